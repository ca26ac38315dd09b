package content

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sotay/internal/store"
)

// publishedSources lists the texts that readers see, with the sources they were
// made from, after the last one of the batch before.
func publishedSources(tx *store.Tx, folder string, last exported, limit int) ([]exported, error) {
	scan := func(scan func(...any) error) (e exported, err error) {
		err = scan(&e.name, &e.number, &e.source)
		return e, err
	}
	switch folder {
	case lawFolder:
		return store.Collect(tx, scan, `SELECT t.id, t.revision, r.source FROM laws t
			JOIN revisions r ON r.kind = 'law' AND r.object_id = t.id AND r.number = t.revision
			WHERE t.published AND t.id > $1 ORDER BY t.id LIMIT $2`, last.name, int64(limit))
	case sessionFolder:
		return store.Collect(tx, scan, `SELECT t.slug, t.revision, r.source FROM sessions t
			JOIN revisions r ON r.kind = 'session' AND r.object_id = t.id AND r.number = t.revision
			WHERE t.published AND t.slug > $1 ORDER BY t.slug LIMIT $2`, last.name, int64(limit))
	case guideFolder:
		return store.Collect(tx, scan, `SELECT t.slug, t.revision, r.source FROM guides t
			JOIN revisions r ON r.kind = 'guide' AND r.object_id = t.id AND r.number = t.revision
			WHERE t.published AND t.slug > $1 ORDER BY t.slug LIMIT $2`, last.name, int64(limit))
	case situationFolder:
		return store.Collect(tx, scan, `SELECT t.slug, t.revision, r.source FROM situations t
			JOIN revisions r ON r.kind = 'situation' AND r.object_id = t.id AND r.number = t.revision
			WHERE t.published AND t.slug > $1 ORDER BY t.slug LIMIT $2`, last.name, int64(limit))
	case termFolder:
		return store.Collect(tx, scan, `SELECT t.slug, t.revision, r.source FROM terms t
			JOIN revisions r ON r.kind = 'term' AND r.object_id = t.id AND r.number = t.revision
			WHERE t.published AND t.slug > $1 ORDER BY t.slug LIMIT $2`, last.name, int64(limit))
	case planFolder:
		return store.Collect(tx, scan, `SELECT t.slug, t.revision, r.source FROM plans t
			JOIN revisions r ON r.kind = 'plan' AND r.object_id = t.id AND r.number = t.revision
			WHERE t.published AND t.slug > $1 ORDER BY t.slug LIMIT $2`, last.name, int64(limit))
	case answerFolder:
		return store.Collect(tx, scan, `SELECT t.slug, t.number, r.source FROM answers t
			JOIN revisions r ON r.kind = 'answer' AND r.object_id = t.id AND r.number = t.revision
			WHERE t.published AND t.number > $1 ORDER BY t.number LIMIT $2`, last.number, int64(limit))
	}
	return nil, fmt.Errorf("unknown folder %s", folder)
}

// shownSource is the source of what readers see of a thing, "" when they see none.
func shownSource(tx *store.Tx, kind, id string) (source string, err error) {
	err = tx.QueryRow(`SELECT r.source FROM revisions r WHERE r.kind = $1 AND r.object_id = $2 AND r.number = CASE
		WHEN $1 = 'law' THEN (SELECT t.revision FROM laws t WHERE t.id = $2 AND t.published)
		WHEN $1 = 'session' THEN (SELECT t.revision FROM sessions t WHERE t.id = $2 AND t.published)
		WHEN $1 = 'guide' THEN (SELECT t.revision FROM guides t WHERE t.id = $2 AND t.published)
		WHEN $1 = 'situation' THEN (SELECT t.revision FROM situations t WHERE t.id = $2 AND t.published)
		WHEN $1 = 'term' THEN (SELECT t.revision FROM terms t WHERE t.id = $2 AND t.published)
		WHEN $1 = 'plan' THEN (SELECT t.revision FROM plans t WHERE t.id = $2 AND t.published)
		ELSE (SELECT t.revision FROM answers t WHERE t.id = $2 AND t.published) END`, kind, id).Scan(&source)
	if errors.Is(err, store.ErrNoRows) {
		return "", nil
	}
	return source, err
}

// storedAnswer is the number and the ref of the stored answer that has this ref,
// else of the one that has this number; number 0 when none has.
func storedAnswer(tx *store.Tx, a Answer) (number int, ref string, err error) {
	var n int64
	err = tx.QueryRow(`SELECT number, ref FROM answers WHERE ref = $1 AND ref <> ''`, a.Ref).Scan(&n, &ref)
	if errors.Is(err, store.ErrNoRows) {
		err = tx.QueryRow(`SELECT number, ref FROM answers WHERE number = $1`, int64(a.Number)).Scan(&n, &ref)
	}
	if errors.Is(err, store.ErrNoRows) {
		return 0, "", nil
	}
	return int(n), ref, err
}

// allMoved lists the old addresses of what readers see.
func allMoved(tx *store.Tx) ([]movedLine, error) {
	return store.Collect(tx, func(scan func(...any) error) (m movedLine, err error) {
		err = scan(&m.Kind, &m.From, &m.To)
		return m, err
	}, `SELECT m.kind, m.slug, COALESCE(g.slug, s.slug, u.slug, t.slug, p.slug, l.slug) FROM moved m
		LEFT JOIN guides g ON m.kind = 'guide' AND g.id = m.object_id AND g.published
		LEFT JOIN sessions s ON m.kind = 'session' AND s.id = m.object_id AND s.published
		LEFT JOIN situations u ON m.kind = 'situation' AND u.id = m.object_id AND u.published
		LEFT JOIN terms t ON m.kind = 'term' AND t.id = m.object_id AND t.published
		LEFT JOIN plans p ON m.kind = 'plan' AND p.id = m.object_id AND p.published
		LEFT JOIN laws l ON m.kind = 'law' AND l.id = m.object_id AND l.published
		WHERE COALESCE(g.slug, s.slug, u.slug, t.slug, p.slug, l.slug, '') <> '' ORDER BY m.kind, m.slug`)
}

// openDrafts lists what is open, in the order of
// the texts.
func openDrafts(tx *store.Tx) ([]draftLine, error) {
	list, err := store.Collect(tx, func(scan func(...any) error) (d draftLine, err error) {
		var number int64
		if err = scan(&d.Kind, &d.Of, &number, &d.Slug, &d.Source); number > 0 {
			d.Of = answerFile(int(number))
		}
		return d, err
	}, `SELECT r.kind, COALESCE(g.slug, s.slug, u.slug, t.slug, p.slug, l.slug, ''), COALESCE(a.number, 0), r.slug, r.source FROM revisions r
		LEFT JOIN guides g ON r.kind = 'guide' AND g.id = r.object_id AND g.published
		LEFT JOIN sessions s ON r.kind = 'session' AND s.id = r.object_id AND s.published
		LEFT JOIN answers a ON r.kind = 'answer' AND a.id = r.object_id AND a.published
		LEFT JOIN situations u ON r.kind = 'situation' AND u.id = r.object_id AND u.published
		LEFT JOIN terms t ON r.kind = 'term' AND t.id = r.object_id AND t.published
		LEFT JOIN plans p ON r.kind = 'plan' AND p.id = r.object_id AND p.published
		LEFT JOIN laws l ON r.kind = 'law' AND l.id = r.object_id AND l.published
		WHERE r.state IN ('draft', 'review', 'approved')`)
	slices.SortFunc(list, func(a, b draftLine) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.Of, b.Of), strings.Compare(string(a.Slug), string(b.Slug)), strings.Compare(a.Source, b.Source))
	})
	return list, err
}
