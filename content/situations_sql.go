package content

import (
	"encoding/json"
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const situationColumns = `SELECT id, slug, topic, title, summary, trust, basis, effective, position, asked, revision, updated_ms`

// scanSituation reads the columns of a situation and, after them, those of what a query adds.
func scanSituation(r register, after ...any) func(scan func(...any) error) (Situation, error) {
	return func(scan func(...any) error) (Situation, error) {
		var s Situation
		var topic, basis, asked string
		var position, revision, updated int64
		err := scan(append([]any{&s.ID, &s.Slug, &topic, &s.Title, &s.Summary, &s.Trust, &basis, &s.Effective, &position, &asked, &revision, &updated}, after...)...)
		if err != nil {
			return Situation{}, err
		}
		s.Topic = r.topic(topic)
		s.Basis, s.Asked = r.bases(basis), splitAsked(asked)
		s.Position, s.Revision, s.UpdatedAt = int(position), int(revision), store.FromMillis(updated)
		return s, nil
	}
}

// publishedSituations lists situations without their trees.
func publishedSituations(tx *store.Tx, r register, f SituationFilter) ([]Situation, error) {
	return store.Collect(tx, scanSituation(r), situationColumns+` FROM situations WHERE published AND ($1 = '' OR topic = $1) ORDER BY position, slug`, f.Topic)
}

func situationBySlug(tx *store.Tx, r register, slug Slug) (Situation, error) {
	return situationWithTree(r, tx.QueryRow(situationColumns+`, nodes FROM situations WHERE slug = $1 AND published`, string(slug)))
}

func situationByID(tx *store.Tx, r register, id string) (Situation, error) {
	return situationWithTree(r, tx.QueryRow(situationColumns+`, nodes FROM situations WHERE id = $1 AND published`, id))
}

func situationWithTree(r register, row *store.Row) (Situation, error) {
	var nodes string
	s, err := scanSituation(r, &nodes)(row.Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Situation{}, fault.NotFound("Không có tình huống này, hoặc tình huống đã gỡ xuống.")
	}
	if err != nil {
		return Situation{}, err
	}
	if err := json.Unmarshal([]byte(nodes), &s.Nodes); err != nil {
		return Situation{}, fmt.Errorf("read the tree of situation %s: %w", s.Slug, err)
	}
	return s, nil
}

func putSituation(tx *store.Tx, d situationDraft, published bool) error {
	s := d.situation
	nodes, err := json.Marshal(s.Nodes)
	if err != nil {
		return fmt.Errorf("encode the tree of situation %s: %w", s.Slug, err)
	}
	_, err = tx.Exec(`INSERT INTO situations (id, slug, topic, title, summary, trust, basis, effective, position, asked, nodes, published, revision, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, topic = excluded.topic, title = excluded.title, summary = excluded.summary,
			trust = excluded.trust, basis = excluded.basis, effective = excluded.effective, position = excluded.position, asked = excluded.asked,
			nodes = excluded.nodes, published = excluded.published, revision = excluded.revision, updated_ms = excluded.updated_ms`,
		s.ID, string(s.Slug), s.Topic.Slug, s.Title, s.Summary, string(s.Trust), joinRefs(d.refs), string(s.Effective), int64(s.Position),
		joinAsked(s.Asked), string(nodes), published, int64(s.Revision), store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store situation %s: %w", s.Slug, err)
	}
	return nil
}

// putNodes stores a tree that was rendered anew.
func putNodes(tx *store.Tx, id string, list []Node) error {
	nodes, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("encode the tree of situation %s: %w", id, err)
	}
	_, err = tx.Exec(`UPDATE situations SET nodes = $2 WHERE id = $1`, id, string(nodes))
	return err
}
