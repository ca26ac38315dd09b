package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const termColumns = `SELECT t.id, t.slug, t.title, t.short, t.also, t.summary, t.trust, t.basis, t.revision, t.updated_ms`

// scanTerm reads the columns of a term and, after them, those of what a query adds.
func scanTerm(r register, after ...any) func(scan func(...any) error) (Term, error) {
	return func(scan func(...any) error) (Term, error) {
		var t Term
		var also, basis string
		var revision, updated int64
		err := scan(append([]any{&t.ID, &t.Slug, &t.Title, &t.Short, &also, &t.Summary, &t.Trust, &basis, &revision, &updated}, after...)...)
		t.Also, t.Basis = splitList(also), r.bases(basis)
		t.Revision, t.UpdatedAt = int(revision), store.FromMillis(updated)
		return t, err
	}
}

// publishedTerms lists terms without their bodies.
func publishedTerms(tx *store.Tx, r register) ([]Term, error) {
	return store.Collect(tx, scanTerm(r), termColumns+` FROM terms t WHERE t.published ORDER BY t.slug`)
}

func termsWithBodies(tx *store.Tx, r register) ([]Term, error) {
	return store.Collect(tx, func(scan func(...any) error) (Term, error) {
		var body string
		t, err := scanTerm(r, &body)(scan)
		if err == nil {
			t.Body, err = decodeBody(body)
		}
		return t, err
	}, termColumns+`, b.body FROM terms t JOIN bodies b ON b.kind = 'term' AND b.object_id = t.id WHERE t.published ORDER BY t.slug`)
}

func termByID(tx *store.Tx, r register, id string) (Term, error) {
	t, err := scanTerm(r)(tx.QueryRow(termColumns+` FROM terms t WHERE t.id = $1 AND t.published`, id).Scan)
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
