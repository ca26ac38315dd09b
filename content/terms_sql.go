package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const termColumns = `SELECT id, slug, title, short, also, summary, trust, basis, revision, updated_ms FROM terms `

func scanTerm(r register) func(scan func(...any) error) (Term, error) {
	return func(scan func(...any) error) (Term, error) {
		var t Term
		var also, basis string
		var revision, updated int64
		err := scan(&t.ID, &t.Slug, &t.Title, &t.Short, &also, &t.Summary, &t.Trust, &basis, &revision, &updated)
		t.Also, t.Basis = splitList(also), r.bases(basis)
		t.Revision, t.UpdatedAt = int(revision), store.FromMillis(updated)
		return t, err
	}
}

func publishedTerms(tx *store.Tx, r register) ([]Term, error) {
	return store.Collect(tx, scanTerm(r), termColumns+`WHERE published ORDER BY slug`)
}

func termByID(tx *store.Tx, r register, id string) (Term, error) {
	t, err := scanTerm(r)(tx.QueryRow(termColumns+`WHERE id = $1 AND published`, id).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Term{}, fault.NotFound("Không có thuật ngữ này, hoặc thuật ngữ đã gỡ xuống.")
	}
	return t, err
}

func putTerm(tx *store.Tx, d termDraft, published bool) error {
	t := d.term
	_, err := tx.Exec(`INSERT INTO terms (id, slug, title, short, also, summary, trust, basis, published, revision, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, title = excluded.title, short = excluded.short, also = excluded.also,
			summary = excluded.summary, trust = excluded.trust, basis = excluded.basis, published = excluded.published,
			revision = excluded.revision, updated_ms = excluded.updated_ms`,
		t.ID, string(t.Slug), t.Title, t.Short, joinList(t.Also), t.Summary, string(t.Trust), joinRefs(d.refs), published, int64(t.Revision), store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store term %s: %w", t.Slug, err)
	}
	return nil
}
