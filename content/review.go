package content

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// State is where a revision stands on its way to the readers.
type State string

// The states of a revision. At most one revision of a thing is open: a draft,
// in review, or approved.
const (
	StateDraft     State = "draft"     // being written
	StateReview    State = "review"    // waits for another person
	StateApproved  State = "approved"  // waits for its hour, or for a hand
	StatePublished State = "published" // was made the text that readers see
	StateReplaced  State = "replaced"  // somebody else wrote on from it
	StateDiscarded State = "discarded" // in the bin
)

// Revision is one stored text of a thing, with its way so far.
type Revision struct {
	Kind, ID     string
	Number       int // of the thing's revisions, from 1
	Version      int // raised with every act; who acts names the one they saw
	Base         int // number of the revision that readers saw when this began; 0 for none
	State        State
	Title        string
	Slug         Slug
	Source       string    // front matter and Markdown; "" in lists
	By           string    // who saved it last
	Authors      []string  // all who wrote on it; none of them may approve it
	Note         string    // why, in the words of who sent it for review
	At           time.Time // of the last change
	Submitted    time.Time // zero until sent for review
	Reviewed     time.Time // zero until approved or sent back
	PublishAt    time.Time // when an approved one goes out; zero when it is held
	Published    time.Time
	Reviewer     string
	Verdict      string    // the reviewer's note
	Document     string    // the paper by which it was approved
	DocumentDate viet.Date // of that paper
}

// When says when an approved revision goes out.
type When string

// The choices of an approver.
const (
	WhenNow   When = "now"
	WhenLater When = "later" // at Approval.At
	WhenHeld  When = "held"  // until somebody publishes it
)

// Approval is what an approver decides.
type Approval struct {
	Document string
	Date     viet.Date
	Note     string
	When     When
	At       time.Time
}

// longestWait bounds how far ahead a text may be timed to go out.
const longestWait = 366 * 24 * time.Hour

const (
	seenOlder = "Bài đã có thay đổi sau lúc anh, chị mở. Hãy tải lại trang, xem bản mới rồi làm tiếp."
	baseOlder = "Bài đang đăng đã có bản mới hơn bản mà bản nháp này bắt đầu. Hãy so hai bản rồi lấy bản mới làm gốc."
)

// act is one step on the way of a thing's open revision: who takes it, at which
// version they saw the revision.
type act struct {
	kind, id string
	version  int
	by       string
	name     string // for the audit log
}

// take lets step change the open revision and stores what became of it, unless
// somebody else was faster. The audit log tells the note that step gives.
func (a act) take(tx *store.Tx, step func(r *Revision) (note string, err error)) (Revision, error) {
	r, err := openRevision(tx, a.kind, a.id)
	if err != nil {
		return Revision{}, err
	}
	if r.Version != a.version {
		return Revision{}, fault.Conflict(seenOlder)
	}
	was := r.State
	note, err := step(&r)
	if err != nil {
		return Revision{}, err
	}
	if err := r.change(tx, was, a.version); err != nil {
		return Revision{}, err
	}
	return r, tx.Audit(a.by, a.name, a.kind, a.id, note)
}

// change stores the revision as it is now; fault.Conflict when it is not any
// more what it was.
func (r *Revision) change(tx *store.Tx, was State, version int) error {
	r.Version, r.At = version+1, tx.Now()
	changed, err := updateRevision(tx, *r, was, version)
	if err == nil && !changed {
		err = fault.Conflict(seenOlder)
	}
	return err
}

// Submit sends a draft for review. Nothing that must be mended may be
// left in it; who sends it vouches for it as an author does.
func (l *Library) Submit(ctx context.Context, kind, id string, version int, reason, by string) error {
	reason, err := cleanNote("reason", reason, false)
	if err != nil {
		return err
	}
	if err := l.mustPass(ctx, kind, id, version); err != nil {
		return err
	}
	return l.db.Write(ctx, func(tx *store.Tx) error {
		_, err := act{kind, id, version, by, "submit"}.take(tx, func(r *Revision) (string, error) {
			if r.State != StateDraft {
				return "", fault.Conflict("Bài này đã gửi duyệt.")
			}
			if err := r.ready(tx); err != nil {
				return "", err
			}
			r.State, r.Note, r.Submitted = StateReview, reason, tx.Now()
			r.Reviewer, r.Verdict, r.Reviewed = "", "", time.Time{}
			return reason, r.addAuthor(tx, by)
		})
		return err
	})
}

// ready refuses what readers could not be shown.
func (r Revision) ready(tx *store.Tx) error {
	if err := readable(r.Kind, r.Source); err != nil {
		return err
	}
	return r.freeSlug(tx)
}

func (r *Revision) addAuthor(tx *store.Tx, by string) error {
	if by != "" && !slices.Contains(r.Authors, by) {
		r.Authors = append(r.Authors, by)
	}
	return wrote(tx, r.Kind, r.ID, by)
}

// Withdraw takes one's own text back from review, also when it is approved and
// not yet out.
func (l *Library) Withdraw(ctx context.Context, kind, id string, version int, by string) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		_, err := act{kind, id, version, by, "withdraw"}.take(tx, func(r *Revision) (string, error) {
			if r.State == StateDraft {
				return "", fault.Conflict("Bài này đang là bản nháp.")
			}
			if !slices.Contains(r.Authors, by) {
				return "", fault.Denied("Chỉ người soạn được rút bài về. Người duyệt thì trả lại.")
			}
			r.backToDraft()
			r.Submitted = time.Time{}
			return "", nil
		})
		return err
	})
}

// backToDraft takes back what was decided; the next save after a review begins
// a new number, so that what was reviewed can be compared.
func (r *Revision) backToDraft() {
	r.State, r.PublishAt, r.Document, r.DocumentDate = StateDraft, time.Time{}, "", ""
}

// SendBack gives a text back to its authors with a note.
func (l *Library) SendBack(ctx context.Context, kind, id string, version int, note, by string) error {
	note, err := cleanNote("note", note, true)
	if err != nil {
		return err
	}
	return l.db.Write(ctx, func(tx *store.Tx) error {
		_, err := act{kind, id, version, by, "send back"}.take(tx, func(r *Revision) (string, error) {
			if r.State == StateDraft {
				return "", fault.Conflict("Bài này đang là bản nháp.")
			}
			r.backToDraft()
			r.Reviewer, r.Verdict, r.Reviewed = by, note, tx.Now()
			return note, nil
		})
		return err
	})
}

// Approve decides that readers may see a text, and when. No author of the text
// may do so.
func (l *Library) Approve(ctx context.Context, kind, id string, version int, a Approval, by string) error {
	a, err := a.clean()
	if err != nil {
		return err
	}
	return l.writeUnique(ctx, func(tx *store.Tx) error {
		r, err := act{kind, id, version, by, "approve"}.take(tx, func(r *Revision) (string, error) {
			if r.State != StateReview {
				return "", fault.Conflict("Bài này chưa gửi duyệt hoặc đã duyệt xong.")
			}
			if err := r.mayApprove(by); err != nil {
				return "", err
			}
			return a.decide(tx, r, by)
		})
		if err != nil || a.When != WhenNow {
			return err
		}
		return publish(tx, r, by)
	})
}

// mayApprove is the rule of two people.
func (r Revision) mayApprove(by string) error {
	if by == "" || slices.Contains(r.Authors, by) {
		return fault.Denied("Người soạn không tự duyệt bài của mình. Hãy nhờ người duyệt khác.")
	}
	return nil
}

func (a Approval) clean() (Approval, error) {
	var err error
	if a.Note, err = cleanNote("note", a.Note, false); err != nil {
		return a, err
	}
	if a.Document, err = cleanTyped(a.Document, maxLineRunes); err != nil {
		return a, tooMuch("document", fmt.Sprintf("Số văn bản dài quá %d ký tự. Hãy rút ngắn.", maxLineRunes))
	}
	a.Document = oneLine(a.Document)
	if faults := checkDate("date", a.Date, nil); len(faults) > 0 {
		return a, invalid(faults)
	}
	if a.When != WhenNow && a.When != WhenLater && a.When != WhenHeld {
		return a, tooMuch("when", "Hãy chọn đăng ngay, đăng vào giờ đã định hoặc chờ đăng.")
	}
	return a, nil
}

// decide writes the approval into the revision.
func (a Approval) decide(tx *store.Tx, r *Revision, by string) (string, error) {
	if err := r.ready(tx); err != nil {
		return "", err
	}
	if err := r.fitsShown(tx); err != nil {
		return "", err
	}
	if a.When == WhenLater {
		if !a.At.After(tx.Now()) || a.At.After(tx.Now().Add(longestWait)) {
			return "", tooMuch("at", "Giờ đăng phải ở sau lúc này và trong vòng một năm.")
		}
		r.PublishAt = a.At
	}
	r.State, r.Reviewer, r.Verdict, r.Reviewed = StateApproved, by, a.Note, tx.Now()
	r.Document, r.DocumentDate = a.Document, a.Date
	return oneLine(a.Document + " " + a.Note), nil
}

// fitsShown refuses a revision that began before the one that readers see now:
// publishing it would undo what the other brought.
func (r Revision) fitsShown(tx *store.Tx) error {
	_, _, shown, err := lastNumbers(tx, r.Kind, r.ID)
	if err == nil && (shown != r.Base || r.Number <= shown) {
		err = fault.Conflict(baseOlder)
	}
	return err
}

func cleanNote(field, note string, needed bool) (string, error) {
	note, err := cleanTyped(note, MaxActNoteRunes)
	switch {
	case err != nil:
		return "", tooMuch(field, fmt.Sprintf("Dài quá %d ký tự. Hãy viết gọn.", MaxActNoteRunes))
	case needed && note == "":
		return "", tooMuch(field, "Hãy ghi lý do.")
	}
	return note, nil
}

// OpenRevision is the thing's draft, or what waits of it.
func (l *Library) OpenRevision(ctx context.Context, kind, id string) (Revision, error) {
	return l.revisionWhere(ctx, func(tx *store.Tx) (Revision, error) { return openRevision(tx, kind, id) })
}

// ShownRevision is the one that readers see, also while the thing is taken down.
func (l *Library) ShownRevision(ctx context.Context, kind, id string) (Revision, error) {
	return l.revisionWhere(ctx, func(tx *store.Tx) (Revision, error) { return shownRevision(tx, kind, id) })
}

// Revision is one revision with its source.
func (l *Library) Revision(ctx context.Context, kind, id string, number int) (Revision, error) {
	return l.revisionWhere(ctx, func(tx *store.Tx) (Revision, error) { return revisionByNumber(tx, kind, id, number) })
}

func (l *Library) revisionWhere(ctx context.Context, find func(*store.Tx) (Revision, error)) (Revision, error) {
	var r Revision
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		r, err = find(tx)
		return err
	})
	return r, err
}

// Revisions lists a thing's revisions, newest first, without sources.
func (l *Library) Revisions(ctx context.Context, kind, id string) ([]Revision, error) {
	return l.revisionsWhere(ctx, func(tx *store.Tx) ([]Revision, error) { return revisionsOf(tx, kind, id) })
}

// Drafts lists the drafts that a person writes on, newest first; "" asks for all.
func (l *Library) Drafts(ctx context.Context, by string) ([]Revision, error) {
	return l.revisionsWhere(ctx, func(tx *store.Tx) ([]Revision, error) {
		if by == "" {
			return newestIn(tx, StateDraft)
		}
		return draftsOf(tx, by)
	})
}

// Waiting lists what waits for review, the longest waiting first.
func (l *Library) Waiting(ctx context.Context) ([]Revision, error) {
	return l.revisionsWhere(ctx, func(tx *store.Tx) ([]Revision, error) { return oldestIn(tx, StateReview) })
}

// Approved lists what is approved and not yet out, the longest waiting first.
func (l *Library) Approved(ctx context.Context) ([]Revision, error) {
	return l.revisionsWhere(ctx, func(tx *store.Tx) ([]Revision, error) { return oldestIn(tx, StateApproved) })
}

// Bin lists what was discarded, newest first.
func (l *Library) Bin(ctx context.Context) ([]Revision, error) {
	return l.revisionsWhere(ctx, func(tx *store.Tx) ([]Revision, error) { return newestIn(tx, StateDiscarded) })
}

func (l *Library) revisionsWhere(ctx context.Context, find func(*store.Tx) ([]Revision, error)) ([]Revision, error) {
	var list []Revision
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = find(tx)
		return err
	})
	return list, err
}
