package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sotay/internal/cite"
	"sotay/internal/store"
)

// News is one publishing of a text that readers can open now, or one recorded
// amendment of a provision.
type News struct {
	Kind, ID  string // KindAmendment for an amendment
	Revision  int    // 0 of an amendment
	Slug      Slug
	Title     string // as the text is called now
	Summary   string
	Path      string
	Note      string // why it was changed, in the words of who wrote it; of an amendment what is different
	Cited     bool   // of an amendment: whether the page at Path lists texts that cite what changed
	Published time.Time
}

// First reports whether the text was new then.
func (n News) First() bool { return n.Revision == 1 }

// News lists what was published or recorded last, newest first.
func (l *Library) News(ctx context.Context, limit int) ([]News, error) {
	var list []News
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		if list, err = newestPublished(tx, limit); err != nil {
			return err
		}
		for i := range list {
			list[i].Note = readersNote(list[i].Note)
		}
		recorded, err := l.newestRecorded(tx, limit)
		if err != nil {
			return err
		}
		list = NewestFirst(append(recorded, list...), limit)
		return nil
	})
	return list, err
}

// NewestFirst puts news in their order, what is as old as something else behind
// it, and keeps the first ones.
func NewestFirst(list []News, limit int) []News {
	slices.SortStableFunc(list, func(a, b News) int { return b.Published.Compare(a.Published) })
	return list[:min(len(list), limit)]
}

// newestRecorded lists the amendments recorded last whose document readers can see.
func (l *Library) newestRecorded(tx *store.Tx, limit int) ([]News, error) {
	r, err := l.register(tx)
	if err != nil {
		return nil, err
	}
	recorded, err := cite.LastRecorded(tx, limit)
	if err != nil {
		return nil, fmt.Errorf("list amendments recorded last: %w", err)
	}
	var list []News
	for _, one := range recorded {
		a := r.amendment(one)
		if a.Of.URL == "" {
			continue
		}
		n := News{Kind: KindAmendment, ID: a.ID, Title: a.Title(), Path: a.Of.URL, Note: a.Note, Published: a.At}
		if a.By.URL != "" {
			n.Summary = "Văn bản sửa: " + a.By.Label + "."
		}
		if n.Cited, err = r.listsCiting(tx, one.Of); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// listsCiting reports whether a provision, or a document cited as a whole, has a
// page that lists texts which cite it.
func (r register) listsCiting(tx *store.Tx, ref cite.Ref) (bool, error) {
	article := ref.Article()
	if article != "" && !r.provisions[ref.Law+" "+article] {
		return false, nil
	}
	found, err := cite.Of(tx, ref.Law, article)
	if err != nil {
		return false, err
	}
	var ids []string
	for _, c := range found {
		ids = append(ids, c.ObjectID)
	}
	names, err := pageNames(tx, ids)
	if err != nil {
		return false, err
	}
	for _, c := range found {
		if _, shown := names[Thing{c.Kind, c.ObjectID}]; shown && (c.Kind != KindLaw || c.ObjectID != ref.Law) {
			return true, nil
		}
	}
	return false, nil
}

// readersNote leaves out what the program itself noted.
func readersNote(note string) string {
	if note == seedNote || note == folderNote || strings.HasPrefix(note, importNote) {
		return ""
	}
	return note
}
