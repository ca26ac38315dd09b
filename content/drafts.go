package content

import (
	"context"
	"slices"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Save is one act of saving a draft.
type Save struct {
	Kind, ID string
	Version  int // the one that was being edited
	Text     Text
	By       string
}

const noKind = "Không có loại bài này."

// StartDraft opens the thing's next revision: its open one as it is, else a copy
// of what readers see; without an id a new thing from the kind's template.
func (l *Library) StartDraft(ctx context.Context, kind, id, by string) (Revision, error) {
	if id == "" {
		return l.StartDraftWith(ctx, kind, Template(kind), by)
	}
	return l.begin(ctx, kind, func(tx *store.Tx) (Revision, error) {
		r, err := openRevision(tx, kind, id)
		if !fault.Is(err, fault.KindNotFound) {
			return r, err
		}
		if r, err = shownRevision(tx, kind, id); err != nil {
			return Revision{}, err
		}
		return startRevision(tx, kind, id, r.Text(), by)
	})
}

// StartDraftWith begins a new thing with a text.
func (l *Library) StartDraftWith(ctx context.Context, kind string, t Text, by string) (Revision, error) {
	if !edited(kind) {
		return Revision{}, fault.NotFound(noKind)
	}
	t, err := t.clean(kind)
	if err != nil {
		return Revision{}, err
	}
	return l.begin(ctx, kind, func(tx *store.Tx) (Revision, error) {
		id := tx.NewID()
		if kind == KindLaw {
			var err error
			if id, t, err = freeKey(tx, t); err != nil {
				return Revision{}, err
			}
		}
		return startRevision(tx, kind, id, t, by)
	})
}

func (l *Library) begin(ctx context.Context, kind string, start func(*store.Tx) (Revision, error)) (Revision, error) {
	if !edited(kind) {
		return Revision{}, fault.NotFound(noKind)
	}
	var r Revision
	err := l.db.Write(ctx, func(tx *store.Tx) (err error) {
		r, err = start(tx)
		return err
	})
	return r, err
}

// startRevision begins an open revision; one that another person began at the
// same moment is returned instead.
func startRevision(tx *store.Tx, kind, id string, t Text, by string) (Revision, error) {
	number, version, shown, err := lastNumbers(tx, kind, id)
	if err != nil {
		return Revision{}, err
	}
	t.Slug = t.slug(kind)
	r := Revision{Kind: kind, ID: id, Number: number + 1, Version: version + 1, Base: shown, State: StateDraft,
		Slug: t.Slug, Title: t.title(kind), Source: t.Source(kind), By: by, Authors: []string{by}, At: tx.Now()}
	stored, err := insertRevision(tx, r)
	if err != nil {
		return Revision{}, err
	}
	if !stored {
		return openRevision(tx, kind, id)
	}
	if err := wrote(tx, kind, id, by); err != nil {
		return Revision{}, err
	}
	return r, tx.Audit(by, "draft", kind, id, "")
}

// SaveDraft stores a draft's text, however unfinished. The same person writes on
// in the same revision; another one's text, or one after a review, begins the
// next, and what was there stays as it is. On fault.Conflict the stored revision
// is returned as well, so that both texts can be shown. What was stored already
// may be sent again.
func (l *Library) SaveDraft(ctx context.Context, s Save) (Revision, error) {
	if !edited(s.Kind) {
		return Revision{}, fault.NotFound(noKind)
	}
	text, err := s.Text.clean(s.Kind)
	if err != nil {
		return Revision{}, err
	}
	var r Revision
	err = l.db.Write(ctx, func(tx *store.Tx) (err error) {
		r, err = s.store(tx, text)
		return err
	})
	return r, err
}

func (s Save) store(tx *store.Tx, t Text) (Revision, error) {
	open, err := openRevision(tx, s.Kind, s.ID)
	if fault.Is(err, fault.KindNotFound) {
		if open, err = newestRevision(tx, s.Kind, s.ID); err == nil {
			err = fault.Conflict("Bản nháp này đã đăng hoặc đã bỏ. Chữ anh, chị vừa gõ chưa lưu: hãy sao lại rồi mở bản nháp mới.")
		}
		return open, err
	}
	if err != nil {
		return Revision{}, err
	}
	t = t.following(open)
	next := open
	next.Slug, next.Title, next.Source, next.By = t.Slug, t.title(s.Kind), t.Source(s.Kind), s.By
	switch {
	case next.Source == open.Source && next.Slug == open.Slug && (open.Version == s.Version || open.By == s.By):
		return open, nil
	case open.State != StateDraft:
		return open, fault.Conflict("Bài này đang chờ duyệt. Hãy rút bài về rồi sửa tiếp.")
	case open.Version != s.Version:
		return open, fault.Conflict("Bài đã được lưu từ nơi khác sau lúc anh, chị mở. Hãy so hai bản rồi lưu lại; chưa bản nào bị mất.")
	}
	stored, err := next.saveOver(tx, open)
	if fault.Is(err, fault.KindConflict) {
		open, readErr := openRevision(tx, s.Kind, s.ID)
		if readErr != nil {
			return Revision{}, err
		}
		return open, err
	}
	return stored, err
}

// following takes over what no form edits, and settles the address: that of a
// new thing follows its title until somebody chose one.
func (t Text) following(open Revision) Text {
	old := open.Text()
	for _, f := range frontFields(open.Kind) {
		if f.Input == InputChecks && sameSet(t.Fields[f.Name], old.Fields[f.Name]) {
			t.Fields[f.Name] = old.Fields[f.Name] // forms send them in an order of their own
		}
		if f.Input != inputCarried {
			continue
		}
		delete(t.Fields, f.Name)
		if values := old.Fields[f.Name]; len(values) > 0 {
			t.Fields[f.Name] = values
		}
	}
	fromTitle := Slug(viet.Slug(old.title(open.Kind)))
	switch wanted := Slug(viet.Slug(string(t.Slug))); {
	case open.Base > 0 && wanted == "" && open.Kind != KindAnswer:
		t.Slug = open.Slug
	case open.Base == 0 && wanted == fromTitle:
		t.Slug = ""
	}
	t.Slug = t.slug(open.Kind)
	return t
}

// sameSet reports whether two lists hold the same values in whatever order.
func sameSet(a, b []string) bool {
	return len(a) > 0 && slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// saveOver stores the revision in the place of the one that was open, or after it.
func (r Revision) saveOver(tx *store.Tx, open Revision) (Revision, error) {
	if err := r.addAuthor(tx, r.By); err != nil {
		return Revision{}, err
	}
	if r.By == open.By && open.Submitted.IsZero() {
		return r, r.change(tx, StateDraft, open.Version)
	}
	return r.replace(tx, open)
}

// replace ends the open revision as it is and stores r as the next number.
func (r Revision) replace(tx *store.Tx, open Revision) (Revision, error) {
	number, _, _, err := lastNumbers(tx, r.Kind, r.ID)
	if err != nil {
		return Revision{}, err
	}
	was := open.State
	open.State = StateReplaced
	if err := open.change(tx, was, open.Version); err != nil {
		return Revision{}, err
	}
	r.Number, r.Version, r.State, r.Submitted, r.At = number+1, open.Version+1, StateDraft, time.Time{}, tx.Now()
	stored, err := insertRevision(tx, r)
	if err == nil && !stored {
		err = fault.Conflict(seenOlder)
	}
	return r, err
}

// Rebase makes a draft's text the next one after what readers see now, once its
// author has compared both.
func (l *Library) Rebase(ctx context.Context, kind, id string, version int, by string) (Revision, error) {
	return l.begin(ctx, kind, func(tx *store.Tx) (Revision, error) {
		open, err := openRevision(tx, kind, id)
		if err != nil {
			return Revision{}, err
		}
		if open.Version != version || open.State != StateDraft {
			return open, fault.Conflict(seenOlder)
		}
		_, _, shown, err := lastNumbers(tx, kind, id)
		if err != nil || shown == open.Base {
			return open, err
		}
		next := open
		next.Base, next.By = shown, by
		if err := next.addAuthor(tx, by); err != nil {
			return Revision{}, err
		}
		return next.replace(tx, open)
	})
}

// mayDiscard keeps the drafts of others; who reviews may clear them away.
func (r Revision) mayDiscard(by string, reviews bool) error {
	if !reviews && !slices.Contains(r.Authors, by) {
		return fault.Denied("Chỉ người soạn hoặc người duyệt bỏ được bản nháp này.")
	}
	return nil
}

// MayDiscard tells whether a person may put the open draft into the bin: its
// authors, and who reviews.
func (l *Library) MayDiscard(ctx context.Context, kind, id, by string, reviews bool) error {
	r, err := l.OpenRevision(ctx, kind, id)
	if err != nil {
		return err
	}
	return r.mayDiscard(by, reviews)
}

// Discard puts a draft into the bin.
func (l *Library) Discard(ctx context.Context, kind, id string, version int, by string, reviews bool) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		r, err := act{kind, id, version, by, "discard"}.take(tx, func(r *Revision) (string, error) {
			if r.State != StateDraft {
				return "", fault.Conflict("Bài này đang chờ duyệt. Hãy rút bài về rồi bỏ.")
			}
			if err := r.mayDiscard(by, reviews); err != nil {
				return "", err
			}
			r.State = StateDiscarded
			return r.Title, nil
		})
		if err != nil {
			return err
		}
		return stopDrafting(tx, r.Kind, r.ID)
	})
}

// Recover takes a revision out of the bin, as the thing's draft.
func (l *Library) Recover(ctx context.Context, kind, id string, number int, by string) (Revision, error) {
	return l.begin(ctx, kind, func(tx *store.Tx) (Revision, error) {
		r, err := revisionByNumber(tx, kind, id, number)
		if err != nil {
			return Revision{}, err
		}
		if r.State != StateDiscarded {
			return r, fault.Conflict("Bản này không ở trong thùng rác.")
		}
		return r.reopen(tx, "recover", by)
	})
}

// Restore makes an old revision's text a new draft.
func (l *Library) Restore(ctx context.Context, kind, id string, number int, by string) (Revision, error) {
	return l.begin(ctx, kind, func(tx *store.Tx) (Revision, error) {
		r, err := revisionByNumber(tx, kind, id, number)
		if err != nil {
			return Revision{}, err
		}
		return r.reopen(tx, "restore", by)
	})
}

// reopen makes a new draft of the revision's text; all who wrote it stay its
// authors. What was in the bin leaves it.
func (r Revision) reopen(tx *store.Tx, name, by string) (Revision, error) {
	taken, err := isOpenTaken(tx, r.Kind, r.ID)
	if err != nil {
		return Revision{}, err
	}
	if taken {
		return r, fault.Conflict("Bài này đang có bản nháp hoặc bản chờ duyệt. Hãy đăng hoặc bỏ bản đó trước.")
	}
	number, version, shown, err := lastNumbers(tx, r.Kind, r.ID)
	if err != nil {
		return Revision{}, err
	}
	if old := r; r.State == StateDiscarded {
		old.State = StateReplaced
		if err := old.change(tx, StateDiscarded, r.Version); err != nil {
			return Revision{}, err
		}
		version = max(version, old.Version)
	}
	n := Revision{Kind: r.Kind, ID: r.ID, Number: number + 1, Version: version + 1, Base: shown, State: StateDraft, Slug: r.Slug,
		Title: r.Title, Source: r.Source, By: by, Authors: slices.Clone(r.Authors), At: tx.Now()}
	switch r.State {
	case StatePublished:
		n.Authors = nil // readers saw it already: who brings it back answers for it
	case StateDiscarded:
		n.Base = r.Base // it may have to be compared with what came out meanwhile
	}
	if err := n.addAuthor(tx, by); err != nil {
		return Revision{}, err
	}
	stored, err := insertRevision(tx, n)
	if err != nil {
		return Revision{}, err
	}
	if !stored {
		return Revision{}, fault.Conflict(seenOlder)
	}
	return n, tx.Audit(by, name, r.Kind, r.ID, "")
}
