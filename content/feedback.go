package content

import (
	"context"
	"fmt"
	"time"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// NewFeedback is what a reader says of a page.
type NewFeedback struct {
	Kind  string // KindGuide, KindAnswer or KindSituation
	ID    string
	Clear bool
	Note  string // optional
}

// PageFeedback is what readers said of one page.
type PageFeedback struct {
	Kind, ID       string
	Title, Path    string
	Clear, Unclear int
}

// FeedbackNote is a sentence that a reader wrote.
type FeedbackNote struct {
	Kind, ID    string
	Title, Path string
	Clear       bool
	Note        string
	At          time.Time
}

// FeedbackReport is what readers say of the pages.
type FeedbackReport struct {
	Pages []PageFeedback // the least clear first
	Notes []FeedbackNote // the newest first
}

// GiveFeedback adds up whether a page is clear. Nothing is kept of who says so.
func (l *Library) GiveFeedback(ctx context.Context, f NewFeedback) error {
	note, faults := cleanField("note", f.Note, MaxNoteRunes, nil)
	if found := PersonalData(note); len(found) > 0 {
		faults = append(faults, fault.Field{Name: "note", Sentence: fmt.Sprintf("Góp ý có %s. Hãy xóa đi rồi gửi lại.", nameAll(found))})
	}
	if len(faults) > 0 {
		return fault.Invalid("Góp ý chưa gửi được.", faults...)
	}
	err := l.db.Write(ctx, func(tx *store.Tx) error {
		page, err := pageBehind(tx, f.Kind, f.ID)
		if err != nil {
			return err
		}
		today := viet.DateOf(tx.Now())
		if err := addFeedback(tx, today, page.Kind, page.ID, f.Clear); err != nil {
			return err
		}
		if err := forgetFeedback(tx, today.AddDays(-FeedbackDays)); err != nil || note == "" {
			return err
		}
		return insertNote(tx, FeedbackNote{Kind: page.Kind, ID: page.ID, Clear: f.Clear, Note: note})
	})
	if err != nil {
		return fmt.Errorf("give feedback on %s %s: %w", f.Kind, f.ID, err)
	}
	return nil
}

// pageBehind names the page of a thing that readers see.
func pageBehind(tx *store.Tx, kind, id string) (Citing, error) {
	if kind != KindGuide && kind != KindAnswer && kind != KindSituation {
		return Citing{}, fault.NotFound("Trang này không nhận góp ý.")
	}
	pages, err := citingPages(tx, []cite.Citing{{Kind: kind, ObjectID: id}})
	if err == nil && len(pages) == 0 {
		err = fault.NotFound("Không có trang này, hoặc trang đã gỡ xuống.")
	}
	if err != nil {
		return Citing{}, err
	}
	return pages[0], nil
}

// Feedback lists what readers have said since a day, at most so many pages and
// so many notes. Pages that readers do not see any more are left out.
func (l *Library) Feedback(ctx context.Context, since viet.Date, limit int) (FeedbackReport, error) {
	limit = max(0, min(limit, maxFeedbackListed))
	var report FeedbackReport
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		pages, err := leastClear(tx, since, limit)
		if err != nil {
			return err
		}
		notes, err := newestNotes(tx, since, limit)
		if err != nil {
			return err
		}
		var ids []string
		for _, p := range pages {
			ids = append(ids, p.ID)
		}
		for _, n := range notes {
			ids = append(ids, n.ID)
		}
		names, err := pageNames(tx, ids)
		if err != nil {
			return err
		}
		for _, p := range pages {
			if name, seen := names[Thing{p.Kind, p.ID}]; seen {
				p.Title, p.Path = name.title, name.path
				report.Pages = append(report.Pages, p)
			}
		}
		for _, n := range notes {
			if name, seen := names[Thing{n.Kind, n.ID}]; seen {
				n.Title, n.Path = name.title, name.path
				report.Notes = append(report.Notes, n)
			}
		}
		return nil
	})
	if err != nil {
		return FeedbackReport{}, fmt.Errorf("read feedback since %s: %w", since, err)
	}
	return report, nil
}
