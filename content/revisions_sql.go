package content

import (
	"fmt"

	"sotay/internal/store"
)

// holdsSource reports whether the thing has revisions, and whether one of them
// has this text: for a text to be published only the one that readers see counts.
func holdsSource(tx *store.Tx, kind, id, source string, publish bool) (known, same bool, err error) {
	var revisions, equal int64
	err = tx.QueryRow(`SELECT COUNT(*), COUNT(CASE WHEN source = $3 AND (CAST($4 AS BOOLEAN) = FALSE OR state = 'published' AND number =
			(SELECT MAX(p.number) FROM revisions p WHERE p.kind = $1 AND p.object_id = $2 AND p.state = 'published')) THEN 1 END)
		FROM revisions WHERE kind = $1 AND object_id = $2`, kind, id, source, publish).Scan(&revisions, &equal)
	return revisions > 0, equal > 0, err
}

func hasPublished(tx *store.Tx, kind, id string) (bool, error) {
	var n int64
	err := tx.QueryRow(`SELECT COUNT(*) FROM revisions WHERE kind = $1 AND object_id = $2 AND state = 'published'`, kind, id).Scan(&n)
	return n > 0, err
}

// noRevisions reports whether nothing was ever saved here.
func noRevisions(tx *store.Tx) (bool, error) {
	var n int64
	err := tx.QueryRow(`SELECT COUNT(*) FROM (SELECT 1 FROM revisions LIMIT 1) r`).Scan(&n)
	return n == 0, err
}

func saveBody(tx *store.Tx, kind, id string, b Body) error {
	text, err := encodeBody(b)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO bodies (kind, object_id, renderer, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, object_id) DO UPDATE SET renderer = excluded.renderer, body = excluded.body`,
		kind, id, int64(RendererVersion), text)
	if err != nil {
		return fmt.Errorf("save body of %s %s: %w", kind, id, err)
	}
	return nil
}

func bodyOf(tx *store.Tx, kind, id string) (Body, error) {
	var text string
	err := tx.QueryRow(`SELECT body FROM bodies WHERE kind = $1 AND object_id = $2`, kind, id).Scan(&text)
	if err != nil {
		return Body{}, fmt.Errorf("read body of %s %s: %w", kind, id, err)
	}
	return decodeBody(text)
}

// stale is a published thing whose stored HTML an older renderer made.
type stale struct{ kind, id, source string }

func staleBodies(tx *store.Tx, limit int) ([]stale, error) {
	return store.Collect(tx, func(scan func(...any) error) (stale, error) {
		var s stale
		err := scan(&s.kind, &s.id, &s.source)
		return s, err
	}, `SELECT b.kind, b.object_id, r.source FROM bodies b
		JOIN revisions r ON r.kind = b.kind AND r.object_id = b.object_id AND r.state = 'published'
		WHERE b.renderer <> $1 AND r.number = (SELECT MAX(n.number) FROM revisions n WHERE n.kind = b.kind AND n.object_id = b.object_id AND n.state = 'published')
		ORDER BY b.kind, b.object_id LIMIT $2`, int64(RendererVersion), int64(limit))
}
