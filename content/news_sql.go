package content

import (
	"fmt"

	"sotay/internal/store"
)

// newestPublished lists what was published last of what readers can see now.
func newestPublished(tx *store.Tx, limit int) ([]News, error) {
	return store.Collect(tx, func(scan func(...any) error) (News, error) {
		var n News
		var revision, number, published int64
		var topic string
		var slug Slug
		err := scan(&n.Kind, &n.ID, &revision, &published, &n.Note, &n.Title, &n.Summary, &slug, &topic, &number)
		n.Revision, n.Published = int(revision), store.FromMillis(published)
		n.Path = pathOfNews(n.Kind, slug, topic, int(number))
		return n, err
	}, `SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, g.title, g.summary, g.slug, g.topic, 0 FROM revisions r
			JOIN guides g ON g.id = r.object_id AND g.published WHERE r.kind = 'guide' AND r.state = 'published' AND r.published_ms > 0
		UNION ALL
		SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, a.question, a.short, a.slug, a.topic, a.number FROM revisions r
			JOIN answers a ON a.id = r.object_id AND a.published WHERE r.kind = 'answer' AND r.state = 'published' AND r.published_ms > 0
		UNION ALL
		SELECT r.kind, r.object_id, r.number, r.published_ms, r.note, s.title, s.summary, s.slug, s.topic, 0 FROM revisions r
			JOIN situations s ON s.id = r.object_id AND s.published WHERE r.kind = 'situation' AND r.state = 'published' AND r.published_ms > 0
		ORDER BY 4 DESC, 3 DESC, 1 DESC, 10 DESC, 2 LIMIT $1`, int64(limit))
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
