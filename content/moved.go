package content

import (
	"context"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// Moved is the present address of a thing that had this slug
// before.
func (l *Library) Moved(ctx context.Context, kind string, slug Slug) (string, error) {
	var path string
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		id, err := movedTo(tx, kind, slug)
		if err != nil {
			return err
		}
		path, err = pathOf(tx, kind, id)
		return goneSince(tx, kind, id, err)
	})
	return path, err
}

// PathOf is the address of a published thing, whatever its slug.
func (l *Library) PathOf(ctx context.Context, kind, id string) (string, error) {
	var path string
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		path, err = pathOf(tx, kind, id)
		return err
	})
	return path, err
}

func pathOf(tx *store.Tx, kind, id string) (string, error) {
	names, err := pageNames(tx, []string{id})
	if err != nil {
		return "", err
	}
	name, shown := names[Thing{kind, id}]
	if !shown {
		return "", fault.NotFound("Không có bài này trong sổ tay.")
	}
	return name.path, nil
}

// freeSlug refuses an address that another thing of the kind has or had. That of
// an answer begins with its number and needs no care.
func (r Revision) freeSlug(tx *store.Tx) error {
	if r.Kind == KindAnswer {
		return nil
	}
	if r.Slug == "" {
		const sentence = "Bài chưa có địa chỉ. Hãy đặt tên bài có chữ hoặc số."
		return fault.Invalid(sentence, fault.Field{Name: "slug", Sentence: sentence})
	}
	taken, err := slugTaken(tx, r.Kind, r.Slug, r.ID)
	if err == nil && taken {
		err = slugInUse(r.Slug)
	}
	return err
}

// leaveSlug notes the address that the thing has now, when the revision brings
// another one, so that links to it go on working.
func (r Revision) leaveSlug(tx *store.Tx) error {
	if r.Kind == KindAnswer {
		return nil
	}
	old, err := slugOf(tx, r.Kind, r.ID)
	if err != nil || old == "" || old == r.Slug {
		return err
	}
	return move(tx, r.Kind, r.ID, old, r.Slug)
}
