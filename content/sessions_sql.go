package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const sessionColumns = `SELECT id, slug, title, held_on, form, units, topics, trust, origin, revision, updated_ms FROM sessions `

func scanSession(r register) func(scan func(...any) error) (Session, error) {
	return func(scan func(...any) error) (Session, error) {
		var s Session
		var units, revision, updated int64
		var slugs string
		err := scan(&s.ID, &s.Slug, &s.Title, &s.HeldOn, &s.Form, &units, &slugs, &s.Trust, &s.Origin, &revision, &updated)
		for _, slug := range splitList(slugs) {
			if topic := r.topic(slug); topic.Slug != "" {
				s.Topics = append(s.Topics, topic)
			}
		}
		s.Units, s.Revision, s.UpdatedAt = int(units), int(revision), store.FromMillis(updated)
		return s, err
	}
}

func publishedSessions(tx *store.Tx, r register) ([]Session, error) {
	return store.Collect(tx, scanSession(r), sessionColumns+`WHERE published ORDER BY held_on DESC, id`)
}

func sessionBySlug(tx *store.Tx, r register, slug Slug) (Session, error) {
	return foundSession(scanSession(r)(tx.QueryRow(sessionColumns+`WHERE slug = $1 AND published`, string(slug)).Scan))
}

func sessionByID(tx *store.Tx, r register, id string) (Session, error) {
	return foundSession(scanSession(r)(tx.QueryRow(sessionColumns+`WHERE id = $1 AND published`, id).Scan))
}

func foundSession(s Session, err error) (Session, error) {
	if errors.Is(err, store.ErrNoRows) {
		return Session{}, fault.NotFound("Không có buổi tập huấn này.")
	}
	return s, err
}

// sessionIDBySlug is nil when there is no session of that slug.
func sessionIDBySlug(tx *store.Tx, slug Slug) (*string, error) {
	var id string
	err := tx.QueryRow(`SELECT id FROM sessions WHERE slug = $1`, string(slug)).Scan(&id)
	if errors.Is(err, store.ErrNoRows) {
		return nil, nil
	}
	return &id, err
}

func putSession(tx *store.Tx, s Session, published bool) error {
	slugs := make([]Slug, len(s.Topics))
	for i, t := range s.Topics {
		slugs[i] = Slug(t.Slug)
	}
	_, err := tx.Exec(`INSERT INTO sessions (id, slug, title, held_on, form, units, topics, trust, origin, published, revision, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, title = excluded.title, held_on = excluded.held_on, form = excluded.form, units = excluded.units,
			topics = excluded.topics, trust = excluded.trust, origin = excluded.origin, published = excluded.published,
			revision = excluded.revision, updated_ms = excluded.updated_ms`,
		s.ID, string(s.Slug), s.Title, string(s.HeldOn), s.Form, int64(s.Units), joinList(slugs), string(s.Trust), s.Origin,
		published, int64(s.Revision), store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store session %s: %w", s.Slug, err)
	}
	return nil
}
