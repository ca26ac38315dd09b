package content

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// Comment is a reviewer's or author's remark on a paragraph of a revision.
type Comment struct {
	ID        string
	Number    int    // of the revision
	Paragraph int    // from 1, as Compare counts the blocks; 0 for the text as a whole
	Quote     string // the beginning of the paragraph as it was
	Text      string
	By        string
	At        time.Time
	Done      bool
}

// Comments lists the remarks on all revisions of a thing, oldest first.
func (l *Library) Comments(ctx context.Context, kind, id string) ([]Comment, error) {
	var list []Comment
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = commentsOn(tx, kind, id)
		return err
	})
	return list, err
}

// AddComment stores a remark on a revision; ID, By, At and Done are given to it.
func (l *Library) AddComment(ctx context.Context, kind, id string, c Comment, by string) (Comment, error) {
	c, err := c.clean()
	if err != nil {
		return Comment{}, err
	}
	err = l.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := revisionByNumber(tx, kind, id, c.Number); err != nil {
			return err
		}
		c.ID, c.By, c.At, c.Done = tx.NewID(), by, tx.Now(), false
		added, err := insertComment(tx, kind, id, c)
		if err == nil && !added {
			err = fault.TooMany(fmt.Sprintf("Bài này đã có %d ý kiến. Hãy trao đổi trực tiếp với người soạn.", maxComments))
		}
		if err != nil {
			return err
		}
		return tx.Audit(by, "comment", kind, id, "")
	})
	return c, err
}

func (c Comment) clean() (Comment, error) {
	var err error
	if c.Text, err = cleanTyped(c.Text, maxCommentRunes); err != nil || c.Text == "" {
		return c, tooMuch("text", fmt.Sprintf("Ý kiến phải có chữ và dài nhất %d ký tự.", maxCommentRunes))
	}
	if c.Quote, err = cleanTyped(c.Quote, MaxGuideBytes); err != nil {
		return c, tooMuch("quote", "Đoạn trích có ký tự không đọc được.")
	}
	c.Quote = shorten(oneLine(c.Quote), maxQuoteRunes)
	if c.Paragraph < 0 || c.Paragraph > MaxGuideBytes {
		return c, tooMuch("paragraph", "Không có đoạn này.")
	}
	return c, nil
}

// MayFinish tells whether a person may mark the remark as dealt with: who made
// it, the authors of the text, and who reviews.
func (c Comment) MayFinish(by string, authors []string, reviews bool) bool {
	return reviews || c.By == by || slices.Contains(authors, by)
}

// FinishComment marks a remark as dealt with.
func (l *Library) FinishComment(ctx context.Context, id, by string, reviews bool) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		c, kind, thing, err := commentByID(tx, id)
		if err != nil {
			return err
		}
		authors, err := authorsSince(tx, kind, thing, c.Number)
		if err != nil {
			return err
		}
		if !c.MayFinish(by, authors, reviews) {
			return fault.Denied("Chỉ người góp ý, người soạn bài hoặc người duyệt đánh dấu được góp ý này là đã xong.")
		}
		if err := finishComment(tx, id, by); err != nil {
			return err
		}
		return tx.Audit(by, "finish comment", kind, thing, "")
	})
}
