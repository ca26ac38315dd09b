package web

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

var deskCrumb = crumb{"Bàn làm việc", "/bien-tap"}

// thing is a text that is written on the site, whatever is published of it.
type thing struct{ Kind, ID string }

// editedPaths name the kinds that are written here in addresses.
var editedPaths = map[string]string{content.KindGuide: "huong-dan", content.KindAnswer: "hoi-dap", content.KindSession: "tap-huan",
	content.KindSituation: "tinh-huong", content.KindTerm: "thuat-ngu", content.KindPlan: "so-do", content.KindLaw: "van-ban"}

// editedKind is the kind that an address names, "" for none that is written here.
func editedKind(name string) string {
	at := slices.IndexFunc(content.EditedKinds(), func(kind string) bool { return editedPaths[kind] == name && name != "" })
	if at < 0 {
		return ""
	}
	return content.EditedKinds()[at]
}

// thingAt is the thing that an address names.
func thingAt(c *fiber.Ctx) (thing, error) {
	t := thing{editedKind(c.Params("kind")), c.Params("id")}
	if t.Kind == "" || t.ID == "" || len(t.ID) > maxCodeBytes {
		return thing{}, fault.NotFound(noPage)
	}
	return t, nil
}

func thingOf(r content.Revision) thing { return thing{r.Kind, r.ID} }

// Path is the address where something is done with the thing.
func (t thing) Path(act string) string {
	return "/bien-tap/" + editedPaths[t.Kind] + "/" + t.ID + "/" + act
}

// Name is the thing's kind in addresses.
func (t thing) Name() string { return editedPaths[t.Kind] }

// Key names the thing where a device keeps what was typed.
func (t thing) Key() string { return t.Name() + ":" + t.ID }

// Label is the thing's kind in words.
func (t thing) Label() string { return content.KindLabel(t.Kind) }

// Lower is the same within a sentence.
func (t thing) Lower() string { return viet.LowerFirst(t.Label()) }

// startText begins a new thing, with a name when there is one already.
func (s *Server) startText(c *fiber.Ctx) error {
	f, err := readForm(c, "loai", "ten")
	if err != nil {
		return err
	}
	name, err := f.one("loai")
	if err != nil {
		return err
	}
	kind := editedKind(name)
	if kind == "" {
		return fault.Invalid("Hãy chọn loại bài muốn soạn.")
	}
	title := readText(strings.Join(f["ten"], " "), MaxQueryRunes)
	if title.Fault != "" {
		return fault.Invalid(title.Fault, fault.Field{Name: "ten", Sentence: title.Fault})
	}
	rev, err := s.rooms.Library.StartDraftWith(c.UserContext(), kind, content.TemplateNamed(kind, title.Text), actor(c).ID)
	if err != nil {
		return fmt.Errorf("start %s: %w", kind, err)
	}
	return c.Redirect(thingOf(rev).Path("soan"), fiber.StatusSeeOther)
}

// reviseText opens a published thing's next revision.
func (s *Server) reviseText(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	if _, err := readForm(c); err != nil {
		return err
	}
	if _, err := s.rooms.Library.StartDraft(c.UserContext(), t.Kind, t.ID, actor(c).ID); err != nil {
		return fmt.Errorf("revise %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(t.Path("soan"), fiber.StatusSeeOther)
}

// withdrawText takes a text back from review.
func (s *Server) withdrawText(c *fiber.Ctx) error {
	return s.act(c, "soan", func(ctx context.Context, t thing, version int, by string) error {
		return s.rooms.Library.Withdraw(ctx, t.Kind, t.ID, version, by)
	})
}

// rebaseText makes the draft follow what readers see now, after its author
// compared both.
func (s *Server) rebaseText(c *fiber.Ctx) error {
	return s.act(c, "soan", func(ctx context.Context, t thing, version int, by string) error {
		_, err := s.rooms.Library.Rebase(ctx, t.Kind, t.ID, version, by)
		return err
	})
}

// publishText brings out an approved text that was held.
func (s *Server) publishText(c *fiber.Ctx) error {
	return s.act(c, "lich-su", func(ctx context.Context, t thing, version int, by string) error {
		return s.rooms.Library.Publish(ctx, t.Kind, t.ID, version, by)
	})
}

// recoverText takes a revision out of the bin; the form names its number.
func (s *Server) recoverText(c *fiber.Ctx) error {
	return s.act(c, "soan", func(ctx context.Context, t thing, number int, by string) error {
		_, err := s.rooms.Library.Recover(ctx, t.Kind, t.ID, number, by)
		return err
	})
}

// restoreText makes an old revision a new draft; the form names its number.
func (s *Server) restoreText(c *fiber.Ctx) error {
	return s.act(c, "soan", func(ctx context.Context, t thing, number int, by string) error {
		_, err := s.rooms.Library.Restore(ctx, t.Kind, t.ID, number, by)
		return err
	})
}

// act does what one button does with a thing, whose form carries the version or
// the number that was seen.
func (s *Server) act(c *fiber.Ctx, then string, do func(ctx context.Context, t thing, seen int, by string) error) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	f, err := readForm(c, "ban")
	if err != nil {
		return err
	}
	seen, err := f.count("ban")
	if err != nil {
		return err
	}
	if err := do(c.UserContext(), t, seen, actor(c).ID); err != nil {
		return fmt.Errorf("act on %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(t.Path(then), fiber.StatusSeeOther)
}

// count is the value of a field that holds a number from 0.
func (f form) count(name string) (int, error) {
	raw, err := f.one(name)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < 0 {
		return 0, fault.Invalid("Biểu mẫu thiếu số của bản đang mở. Hãy tải lại trang rồi gửi lại.")
	}
	return n, nil
}

// names are the names of people by id.
func (s *Server) names(ctx context.Context, ids ...string) (map[string]string, error) {
	names, err := s.rooms.People.Names(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("name %d people: %w", len(ids), err)
	}
	return names, nil
}

// clockOf is the time of the day in Việt Nam: "8 giờ 41".
func clockOf(t time.Time) string {
	clock, _, _ := strings.Cut(momentOf(t), ",")
	return clock
}

// momentOf is time and day, "" for the zero one.
func momentOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return viet.Clock(t)
}

// revisionView is a revision in a list.
type revisionView struct {
	content.Revision
	Thing    thing
	Name     string // title, or that there is none yet
	ByName   string
	Reviewed string // who did
	Label    string // state in words
	Tag      string // class of the state
	Own      bool   // the reader wrote on it
	Shown    bool   // what readers see now
}

// When is the moment of the last change.
func (v revisionView) When() string { return momentOf(v.At) }

// SentAt is the moment when it was sent for review.
func (v revisionView) SentAt() string { return momentOf(v.Submitted) }

// OutAt says when an approved text goes out.
func (v revisionView) OutAt() string {
	if v.PublishAt.IsZero() {
		return "Chờ người duyệt bấm đăng"
	}
	return "Đăng lúc " + momentOf(v.PublishAt)
}

var stateLabels = map[content.State][2]string{
	content.StateDraft: {"Bản nháp", ""}, content.StateReview: {"Chờ duyệt", "warn"}, content.StateApproved: {"Đã duyệt, chưa đăng", "info"},
	content.StatePublished: {"Đã đăng", "ok"}, content.StateReplaced: {"Đã có người sửa tiếp", ""}, content.StateDiscarded: {"Trong thùng rác", "stop"},
}

func titleOr(title string) string {
	if strings.TrimSpace(title) == "" {
		return "(chưa có tên)"
	}
	return title
}

// viewRevisions names the people of revisions; me is the reader.
func (s *Server) viewRevisions(ctx context.Context, list []content.Revision, me string) ([]revisionView, error) {
	var ids []string
	for _, r := range list {
		ids = append(ids, r.By, r.Reviewer)
	}
	names, err := s.names(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var views []revisionView
	for _, r := range list {
		label := stateLabels[r.State]
		views = append(views, revisionView{
			Revision: r, Thing: thingOf(r), Name: titleOr(r.Title), ByName: names[r.By], Reviewed: names[r.Reviewer],
			Label: label[0], Tag: label[1], Own: slices.Contains(r.Authors, me),
		})
	}
	return views, nil
}
