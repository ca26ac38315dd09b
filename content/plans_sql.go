package content

import (
	"fmt"

	"sotay/internal/store"
)

// storedPlan is a plan as it lies in the database.
type storedPlan struct {
	id, key, title, source string
	revision, updated      int64
}

const planColumns = `SELECT id, slug, title, source, revision, updated_ms FROM plans `

func scanPlan(scan func(...any) error) (storedPlan, error) {
	var p storedPlan
	err := scan(&p.id, &p.key, &p.title, &p.source, &p.revision, &p.updated)
	return p, err
}

func publishedPlans(tx *store.Tx) ([]storedPlan, error) {
	return store.Collect(tx, scanPlan, planColumns+`WHERE published ORDER BY slug`)
}

const noPlan = "Không có sơ đồ này, hoặc sơ đồ đã gỡ xuống."

func putPlan(tx *store.Tx, p storedPlan, published bool) error {
	_, err := tx.Exec(`INSERT INTO plans (id, slug, title, source, published, revision, updated_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, title = excluded.title, source = excluded.source, published = excluded.published,
			revision = excluded.revision, updated_ms = excluded.updated_ms`,
		p.id, p.key, p.title, p.source, published, p.revision, store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store plan %s: %w", p.key, err)
	}
	return nil
}
