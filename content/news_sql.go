package content

import (
	"fmt"

	"sotay/internal/store"
)

// newestPublished lists what was published last of what readers can see now, one
// part of the query for each kind. What was published at one moment stands by its
// rank, the eleventh column.
func newestPublished(tx *store.Tx, limit int) ([]News, error) {
	return store.Collect(tx, scanNews, `SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, g.title, g.summary, g.slug, g.topic, 0, 1 FROM revisions r
			JOIN guides g ON g.id = r.object_id AND g.published WHERE r.kind = 'guide' AND r.state = 'published' AND r.published_ms > 0
		UNION ALL
		SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, s.title, s.summary, s.slug, s.topic, 0, 2 FROM revisions r
			JOIN situations s ON s.id = r.object_id AND s.published WHERE r.kind = 'situation' AND r.state = 'published' AND r.published_ms > 0
		UNION ALL
		SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, a.question, a.short, a.slug, a.topic, a.number, 3 FROM revisions r
			JOIN answers a ON a.id = r.object_id AND a.published WHERE r.kind = 'answer' AND r.state = 'published' AND r.published_ms > 0
		UNION ALL
		SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, l.short, l.title, l.slug, '', 0, 4 FROM revisions r
			JOIN laws l ON l.id = r.object_id AND l.published WHERE r.kind = 'law' AND r.state = 'published' AND r.published_ms > 0
		UNION ALL
		SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, p.title, '', p.slug, '', 0, 5 FROM revisions r
			JOIN plans p ON p.id = r.object_id AND p.published WHERE r.kind = 'plan' AND r.state = 'published' AND r.published_ms > 0
		UNION ALL
		SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, s.title, '', s.slug, '', 0, 6 FROM revisions r
			JOIN sessions s ON s.id = r.object_id AND s.published WHERE r.kind = 'session' AND r.state = 'published' AND r.published_ms > 0
		UNION ALL
		SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, t.title, t.summary, t.slug, '', 0, 7 FROM revisions r
			JOIN terms t ON t.id = r.object_id AND t.published WHERE r.kind = 'term' AND r.state = 'published' AND r.published_ms > 0
		ORDER BY 4 DESC, 3 DESC, 11, 10 DESC, 2 LIMIT $1`, int64(limit))
}

func scanNews(scan func(...any) error) (News, error) {
	var n News
	var revision, published, number, rank int64
	var topic string
	err := scan(&n.Kind, &n.ID, &revision, &published, &n.Note, &n.Title, &n.Summary, &n.Slug, &topic, &number, &rank)
	n.Revision, n.Published = int(revision), store.FromMillis(published)
	n.Path = pathAt(n.Kind, n.Slug, topic, int(number))
	return n, err
}

// publishedRevisions are the revisions of a thing that readers saw, newest first,
// with their texts.
func publishedRevisions(tx *store.Tx, kind, id string) ([]Revision, error) {
	list, err := store.Collect(tx, scanWhole, revisionHead+`, source FROM revisions
		WHERE kind = $1 AND object_id = $2 AND state = 'published' ORDER BY number DESC LIMIT $3`, kind, id, int64(maxShownHistory))
	if err != nil {
		return nil, fmt.Errorf("list published revisions of %s %s: %w", kind, id, err)
	}
	return list, nil
}
