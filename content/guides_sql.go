package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const guideColumns = `SELECT id, slug, topic, phase, title, summary, roles, trust, basis, effective, minutes, position, series, step, series_title, asked, revision, updated_ms FROM guides `

func scanGuide(r register) func(scan func(...any) error) (Guide, error) {
	return func(scan func(...any) error) (Guide, error) {
		var g Guide
		var topic, roles, basis, asked string
		var minutes, position, step, revision, updated int64
		err := scan(&g.ID, &g.Slug, &topic, &g.Phase, &g.Title, &g.Summary, &roles, &g.Trust, &basis, &g.Effective, &minutes, &position, &g.Series, &step, &g.SeriesTitle, &asked, &revision, &updated)
		if err != nil {
			return Guide{}, err
		}
		g.Topic = r.topic(topic)
		for _, role := range splitList(roles) {
			g.Roles = append(g.Roles, Audience(role))
		}
		g.Basis = r.bases(basis)
		g.Asked = splitAsked(asked)
		g.Minutes, g.Position, g.Step, g.Revision = int(minutes), int(position), int(step), int(revision)
		g.UpdatedAt = store.FromMillis(updated)
		return g, nil
	}
}

func publishedGuides(tx *store.Tx, r register, f GuideFilter) ([]Guide, error) {
	return store.Collect(tx, scanGuide(r), guideColumns+`WHERE published AND ($1 = '' OR topic = $1) AND ($2 = '' OR phase = $2)
		ORDER BY phase_rank, position, slug`, f.Topic, string(f.Phase))
}

func guideBySlug(tx *store.Tx, r register, slug Slug) (Guide, error) {
	return foundGuide(scanGuide(r)(tx.QueryRow(guideColumns+`WHERE slug = $1 AND published`, string(slug)).Scan))
}

func guideByID(tx *store.Tx, r register, id string) (Guide, error) {
	return foundGuide(scanGuide(r)(tx.QueryRow(guideColumns+`WHERE id = $1 AND published`, id).Scan))
}

func foundGuide(g Guide, err error) (Guide, error) {
	if errors.Is(err, store.ErrNoRows) {
		return Guide{}, fault.NotFound("Không có bài hướng dẫn này, hoặc bài đã gỡ xuống.")
	}
	return g, err
}

// guideID is the id of the guide of that slug, a new one when there is none.
func guideID(tx *store.Tx, slug Slug) (string, error) {
	var id string
	err := tx.QueryRow(`SELECT id FROM guides WHERE slug = $1`, string(slug)).Scan(&id)
	if errors.Is(err, store.ErrNoRows) {
		return tx.NewID(), nil
	}
	return id, err
}

func putGuide(tx *store.Tx, d guideDraft, published bool) error {
	g := d.guide
	_, err := tx.Exec(`INSERT INTO guides (id, slug, topic, phase, phase_rank, title, summary, roles, trust, basis, effective, minutes, position, series, step, series_title, asked, published, revision, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, topic = excluded.topic, phase = excluded.phase, phase_rank = excluded.phase_rank,
			title = excluded.title, summary = excluded.summary, roles = excluded.roles, trust = excluded.trust, basis = excluded.basis,
			effective = excluded.effective, minutes = excluded.minutes, position = excluded.position,
			series = excluded.series, step = excluded.step, series_title = excluded.series_title, asked = excluded.asked, published = excluded.published,
			revision = excluded.revision, updated_ms = excluded.updated_ms`,
		g.ID, string(g.Slug), g.Topic.Slug, string(g.Phase), int64(g.Phase.rank()), g.Title, g.Summary, joinList(g.Roles), string(g.Trust),
		joinRefs(d.refs), string(g.Effective), int64(g.Minutes), int64(g.Position), string(g.Series), int64(g.Step), g.SeriesTitle, joinAsked(g.Asked), published, int64(g.Revision), store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store guide %s: %w", g.Slug, err)
	}
	return nil
}
