package content

import (
	"fmt"

	"sotay/internal/store"
)

// topicRow is what administrators made of a topic.
type topicRow struct {
	Topic
	position int64
}

func topicRows(tx *store.Tx) ([]topicRow, error) {
	return store.Collect(tx, func(scan func(...any) error) (r topicRow, err error) {
		return r, scan(&r.Slug, &r.Name, &r.Summary, &r.position)
	}, `SELECT slug, name, summary, position FROM topics ORDER BY position, slug`)
}

func putTopic(tx *store.Tx, t Topic, position int) error {
	_, err := tx.Exec(`INSERT INTO topics (slug, name, summary, position) VALUES ($1, $2, $3, $4)
		ON CONFLICT (slug) DO UPDATE SET name = excluded.name, summary = excluded.summary, position = excluded.position`,
		t.Slug, t.Name, t.Summary, int64(position))
	if err != nil {
		return fmt.Errorf("store topic %s: %w", t.Slug, err)
	}
	return nil
}
