package content

import (
	"context"
	"time"
)

// Comment is a reviewer's or author's remark on a paragraph of a revision.
type Comment struct {
	ID        string
	Number    int // of the revision
	Paragraph int // from 1; 0 for the text as a whole
	Quote     string
	Text      string
	By        string
	At        time.Time
	Done      bool
}

// Comments lists the remarks on all revisions of a thing, oldest first.
func (l *Library) Comments(ctx context.Context, kind, id string) ([]Comment, error) {
	return nil, errNotYet
}

// AddComment stores a remark; ID, At, By and Done are given to it.
func (l *Library) AddComment(ctx context.Context, kind, id string, c Comment, by string) (Comment, error) {
	return Comment{}, errNotYet
}

// FinishComment marks a remark as dealt with.
func (l *Library) FinishComment(ctx context.Context, id, by string) error { return errNotYet }
