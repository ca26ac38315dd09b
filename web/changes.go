package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

// changesSuffix is the page below a text that tells readers what was changed.
const changesSuffix = "/thay-doi"

type changesPage struct {
	base
	Title     string
	Path      string // of the text
	At        string // of this page
	OfLaw     bool   // our summary was changed, not the law
	Revisions []changedRevision
	Shown     changedRevision // the one whose changes are shown
	Blocks    []changedBlock
	More      int // changed places that are not shown
}

// changedRevision is a revision that readers saw.
type changedRevision struct {
	Number  int
	Date    viet.Date
	Note    string
	Paper   string // the document by which it was approved
	Current bool   // shown on this page
	First   bool   // nothing to compare with
}

// changedBlock is a place that was changed, in words.
type changedBlock struct {
	Heading string
	Pieces  []content.Change
}

const maxChangedBlocks = 200

func (s *Server) showGuideChanges(c *fiber.Ctx) error {
	guide, err := s.guideAt(c, changesSuffix)
	if err != nil || guide.ID == "" {
		return err
	}
	return s.showChanges(c, content.KindGuide, guide.ID, guide.Title, guide.Path(), guidesCrumb, crumb{guide.Topic.Name, guide.Topic.Path()})
}

func (s *Server) showAnswerChanges(c *fiber.Ctx) error {
	answer, err := s.rooms.Library.Answer(c.UserContext(), c.Params("code"))
	if err != nil {
		return err
	}
	if to := answer.Path() + changesSuffix; to != c.Path() {
		return redirectTo(c, to)
	}
	return s.showChanges(c, content.KindAnswer, answer.ID, answer.Question, answer.Path(), crumb{"Hỏi đáp", "/hoi-dap"})
}

func (s *Server) showSituationChanges(c *fiber.Ctx) error {
	one, here, err := textAt(s, c, content.KindSituation, "slug", s.rooms.Library.Situation)
	if !here {
		return err
	}
	return s.showChanges(c, content.KindSituation, one.ID, one.Title, one.Path(), situationsCrumb)
}

func (s *Server) showPlanChanges(c *fiber.Ctx) error {
	plan, here, err := textAt(s, c, content.KindPlan, "plan", s.rooms.Library.Plan)
	if !here {
		return err
	}
	return s.showChanges(c, content.KindPlan, plan.ID, plan.Title, plan.Path(), guidesCrumb, plansCrumb)
}

func (s *Server) showLawChanges(c *fiber.Ctx) error {
	law, here, err := textAt(s, c, content.KindLaw, "law", s.rooms.Library.Law)
	if !here {
		return err
	}
	return s.showChanges(c, content.KindLaw, law.Key, "Tóm tắt "+law.Short, law.Path(), lawsCrumb)
}

func (s *Server) showSessionChanges(c *fiber.Ctx) error {
	session, here, err := textAt(s, c, content.KindSession, "slug", s.rooms.Library.Session)
	if !here {
		return err
	}
	return s.showChanges(c, content.KindSession, session.ID, session.Title, session.Path(), crumb{"Tập huấn", "/tap-huan"})
}

// showTermChanges has an address of its own, for all terms stand on one page.
func (s *Server) showTermChanges(c *fiber.Ctx) error {
	slug := content.Slug(c.Params("slug"))
	terms, err := s.rooms.Library.Terms(c.UserContext())
	if err != nil {
		return fmt.Errorf("list terms: %w", err)
	}
	at := slices.IndexFunc(terms, func(t content.Term) bool { return t.Slug == slug })
	if at < 0 {
		return s.redirectMoved(c, content.KindTerm, slug, fault.NotFound("Không có thuật ngữ này, hoặc thuật ngữ đã gỡ xuống."))
	}
	t := terms[at]
	return s.showChanges(c, content.KindTerm, t.ID, t.Title, t.Path(), crumb{"Thuật ngữ", "/thuat-ngu"})
}

// changesPath is where readers see what was changed in a text; a term has no page
// of its own to stand below.
func changesPath(kind string, slug content.Slug, path string) string {
	if kind == content.KindTerm {
		path = "/thuat-ngu/" + string(slug)
	}
	return path + changesSuffix
}

// showChanges lists what readers saw of a text, and what one revision changed:
// the newest, or that of ?ban=.
func (s *Server) showChanges(c *fiber.Ctx, kind, id, title, path string, crumbs ...crumb) error {
	list, err := s.rooms.Library.PublishedRevisions(c.UserContext(), kind, id)
	if err != nil {
		return fmt.Errorf("show changes of %s %s: %w", kind, id, err)
	}
	if len(list) == 0 {
		return fault.NotFound("Bài này chưa đăng bản nào.")
	}
	page := changesPage{base: s.page(c, "Thay đổi: "+title, "Các bản đã đăng của bài, và chỗ đã sửa."), Title: title, Path: path, At: c.Path(), OfLaw: kind == content.KindLaw}
	page.article(append(crumbs, crumb{title, path})...)
	at := 0
	if number := c.Query("ban"); number != "" {
		for at = range list {
			if fmt.Sprint(list[at].Number) == number {
				break
			}
		}
		if fmt.Sprint(list[at].Number) != number {
			return fault.NotFound("Không có bản này.")
		}
	}
	for i, r := range list {
		view := changedRevision{Number: r.Number, Date: viet.DateOf(r.Published), Note: r.Note, Paper: r.Document, Current: i == at, First: i == len(list)-1}
		page.Revisions = append(page.Revisions, view)
	}
	if page.Shown = page.Revisions[at]; !page.Shown.First {
		page.Blocks, page.More = changedBlocks(content.CompareForReaders(list[at+1], list[at]))
	}
	return s.render(c, "news/changes", page)
}

// changedBlocks leaves out what stayed, and writes headings as readers see them.
func changedBlocks(d content.Diff) (list []changedBlock, more int) {
	for _, b := range d.Blocks {
		if b.Kind == content.OpSame {
			continue
		}
		if len(list) == maxChangedBlocks {
			more++
			continue
		}
		pieces := append([]content.Change(nil), b.Changes...)
		if b.Field == "" && len(pieces) > 0 {
			pieces[0].Text = strings.TrimPrefix(pieces[0].Text, "## ")
		}
		list = append(list, changedBlock{b.Heading, pieces})
	}
	return list, more
}

// marksOf gives each section of a text a short mark that changes with its words,
// as JSON by anchor.
func marksOf(sections []content.Section) string {
	marks := map[string]string{}
	for _, section := range sections {
		if section.Anchor != "" {
			sum := sha256.Sum256([]byte(section.Heading + "\n" + section.Text))
			marks[section.Anchor] = hex.EncodeToString(sum[:4])
		}
	}
	text, err := json.Marshal(marks) // in the order of its keys
	if err != nil {
		return ""
	}
	return string(text)
}
