package content

import (
	"context"
	"time"

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

// Save is one act of saving a draft.
type Save struct {
	Kind, ID string
	Version  int // the one that was being edited
	Text     Text
	By       string
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

// StartDraft opens the thing's next revision: its open one as it is, else a copy
// of what readers see; without an id a new thing from the kind's template.
func (l *Library) StartDraft(ctx context.Context, kind, id, by string) (Revision, error) {
	return Revision{}, errNotYet
}

// StartDraftWith begins a new thing with a text.
func (l *Library) StartDraftWith(ctx context.Context, kind string, t Text, by string) (Revision, error) {
	return Revision{}, errNotYet
}

// SaveDraft stores a draft's text. On fault.Conflict the stored revision is
// returned as well, so that both texts can be shown.
func (l *Library) SaveDraft(ctx context.Context, s Save) (Revision, error) {
	return Revision{}, errNotYet
}

// OpenRevision is the thing's draft, or what waits of it.
func (l *Library) OpenRevision(ctx context.Context, kind, id string) (Revision, error) {
	return Revision{}, errNotYet
}

// Revision is one revision with its source.
func (l *Library) Revision(ctx context.Context, kind, id string, number int) (Revision, error) {
	return Revision{}, errNotYet
}

// Revisions lists a thing's revisions, newest first, without sources.
func (l *Library) Revisions(ctx context.Context, kind, id string) ([]Revision, error) {
	return nil, errNotYet
}

// Submit sends a draft for review.
func (l *Library) Submit(ctx context.Context, kind, id string, version int, reason, by string) error {
	return errNotYet
}

// Withdraw takes one's own text back from review.
func (l *Library) Withdraw(ctx context.Context, kind, id string, version int, by string) error {
	return errNotYet
}

// SendBack gives a text back to its authors with a note.
func (l *Library) SendBack(ctx context.Context, kind, id string, version int, note, by string) error {
	return errNotYet
}

// Approve decides that readers may see a text, and when.
func (l *Library) Approve(ctx context.Context, kind, id string, version int, a Approval, by string) error {
	return errNotYet
}

// Publish brings out an approved revision that was held.
func (l *Library) Publish(ctx context.Context, kind, id string, version int, by string) error {
	return errNotYet
}

// PublishDue brings out the approved revisions whose hour has come.
func (l *Library) PublishDue(ctx context.Context) (int, error) { return 0, errNotYet }

// Run publishes in the background until ctx ends.
func (l *Library) Run(ctx context.Context) error { return errNotYet }

// Rebase makes a draft's text the next one after what readers see now, once its
// author has compared both.
func (l *Library) Rebase(ctx context.Context, kind, id string, version int, by string) (Revision, error) {
	return Revision{}, errNotYet
}

// Discard puts a draft into the bin.
func (l *Library) Discard(ctx context.Context, kind, id string, version int, by string) error {
	return errNotYet
}

// Recover takes a revision out of the bin.
func (l *Library) Recover(ctx context.Context, kind, id string, number int, by string) (Revision, error) {
	return Revision{}, errNotYet
}

// Restore makes an old revision's text a new draft.
func (l *Library) Restore(ctx context.Context, kind, id string, number int, by string) (Revision, error) {
	return Revision{}, errNotYet
}

// TakeDown hides a published thing from readers, who are told why.
func (l *Library) TakeDown(ctx context.Context, kind, id, reason, by string) error { return errNotYet }

// PutBack shows a thing again that was taken down.
func (l *Library) PutBack(ctx context.Context, kind, id, by string) error { return errNotYet }

// Moved is the present address of a thing that had this slug before.
func (l *Library) Moved(ctx context.Context, kind string, slug Slug) (string, error) {
	return "", errNotYet
}

// Drafts lists the drafts that a person writes on; "" asks for all.
func (l *Library) Drafts(ctx context.Context, by string) ([]Revision, error) { return nil, errNotYet }

// Waiting lists what waits for review, the longest waiting first.
func (l *Library) Waiting(ctx context.Context) ([]Revision, error) { return nil, errNotYet }

// Approved lists what is approved and not yet out.
func (l *Library) Approved(ctx context.Context) ([]Revision, error) { return nil, errNotYet }

// Bin lists what was discarded, newest first.
func (l *Library) Bin(ctx context.Context) ([]Revision, error) { return nil, errNotYet }
