package search

import (
	"fmt"
	"maps"
	"slices"

	"sotay/internal/store"
	"sotay/internal/viet"
)

// storeBatch adds a batch to a day. The order is always the same, so that two
// nodes do not wait for each other.
func storeBatch(tx *store.Tx, day viet.Date, b batch) error {
	var known int64
	if err := tx.QueryRow(`SELECT count(*) FROM searches WHERE day = $1`, string(day)).Scan(&known); err != nil {
		return fmt.Errorf("count searches of %s: %w", day, err)
	}
	for _, query := range slices.Sorted(maps.Keys(b)) {
		t := b[query]
		isNew, err := addAsked(tx, day, query, t, known < maxDayQueries)
		if err != nil {
			return fmt.Errorf("store search %q: %w", query, err)
		}
		if isNew {
			known++
		}
		for _, hit := range slices.Sorted(maps.Keys(t.clicks)) {
			if err := addClicks(tx, day, query, hit, int64(t.clicks[hit])); err != nil {
				return fmt.Errorf("store clicks of search %q: %w", query, err)
			}
		}
	}
	return nil
}

// addAsked counts a query, as a new one of the day only while there is room.
func addAsked(tx *store.Tx, day viet.Date, query string, t *tally, room bool) (isNew bool, err error) {
	if t.asked == 0 {
		return false, nil
	}
	n, err := tx.Exec(`UPDATE searches SET asked = asked + $1, hits = $2 WHERE day = $3 AND query = $4`, int64(t.asked), int64(t.hits), string(day), query)
	if err != nil || n > 0 || !room {
		return false, err
	}
	_, err = tx.Exec(`INSERT INTO searches (day, query, asked, hits, clicks) VALUES ($1, $2, $3, $4, 0)
		ON CONFLICT (day, query) DO UPDATE SET asked = searches.asked + excluded.asked, hits = excluded.hits`, string(day), query, int64(t.asked), int64(t.hits))
	return true, err
}

// addClicks counts clicks on a query of today, or of yesterday when it was
// asked around midnight. Clicks on what nobody asked do not count, and a query
// has no more different hits than its pages can show.
func addClicks(tx *store.Tx, day viet.Date, query, hit string, clicks int64) error {
	for _, on := range []viet.Date{day, day.AddDays(-1)} {
		n, err := tx.Exec(`UPDATE searches SET clicks = clicks + $1 WHERE day = $2 AND query = $3`, clicks, string(on), query)
		if err != nil {
			return err
		}
		if n > 0 {
			return addHit(tx, on, query, hit, clicks)
		}
	}
	return nil
}

func addHit(tx *store.Tx, day viet.Date, query, hit string, clicks int64) error {
	_, err := tx.Exec(`INSERT INTO search_clicks (day, query, hit, clicks)
		SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT)
		WHERE (SELECT count(*) FROM search_clicks WHERE day = $1 AND query = $2 AND hit <> $3) < $5
		ON CONFLICT (day, query, hit) DO UPDATE SET clicks = search_clicks.clicks + excluded.clicks`, string(day), query, hit, clicks, int64(MaxReach))
	return err
}

func deleteSearches(tx *store.Tx, before viet.Date) error {
	if _, err := tx.Exec(`DELETE FROM search_clicks WHERE day < $1`, string(before)); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM dismissed_gaps WHERE day < $1`, string(before)); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM searches WHERE day < $1`, string(before))
	return err
}

// totals adds up each query since a day; hits are those of the last day.
const totals = `WITH days AS (
		SELECT query, day, asked, hits, clicks, row_number() OVER (PARTITION BY query ORDER BY day DESC) AS place FROM searches WHERE day >= $1
	), totals AS (
		SELECT query, CAST(sum(asked) AS BIGINT) AS asked, CAST(sum(clicks) AS BIGINT) AS clicks,
			CAST(sum(CASE WHEN place = 1 THEN hits ELSE 0 END) AS BIGINT) AS hits, max(day) AS last FROM days GROUP BY query
	) SELECT query, asked, hits, clicks, last FROM totals `

func searchesWithoutHits(tx *store.Tx, since viet.Date, limit int) ([]unanswered, error) {
	return store.Collect(tx, scanUnanswered, totals+`WHERE hits = 0 ORDER BY asked DESC, query LIMIT $2`, string(since), int64(limit))
}

func mostAsked(tx *store.Tx, since viet.Date, limit int) ([]Search, error) {
	return store.Collect(tx, scanSearch, totals+`WHERE asked > 0 ORDER BY asked DESC, query LIMIT $2`, string(since), int64(limit))
}

func searchesWithoutClicks(tx *store.Tx, since viet.Date, limit int) ([]Search, error) {
	return store.Collect(tx, scanSearch, totals+`WHERE hits > 0 AND clicks = 0 AND asked >= $2 ORDER BY asked DESC, query LIMIT $3`,
		string(since), int64(leastAsked), int64(limit))
}

func scanSearch(scan func(...any) error) (Search, error) {
	s, err := scanUnanswered(scan)
	return s.Search, err
}

func scanUnanswered(scan func(...any) error) (s unanswered, err error) {
	var asked, hits, clicks int64
	var last string
	err = scan(&s.Query, &asked, &hits, &clicks, &last)
	s.Asked, s.Hits, s.Clicks, s.last = int(asked), int(hits), int(clicks), viet.Date(last)
	return s, err
}

// newestDismissals are those that may still hide a search asked since a day.
func newestDismissals(tx *store.Tx, since viet.Date, limit int) ([]dismissal, error) {
	return store.Collect(tx, func(scan func(...any) error) (d dismissal, err error) {
		var day string
		err = scan(&d.query, &day)
		d.day = viet.Date(day)
		return d, err
	}, `SELECT query, day FROM dismissed_gaps WHERE day >= $1 ORDER BY day DESC, query DESC LIMIT $2`, string(since), int64(limit))
}

func putDismissal(tx *store.Tx, d dismissal, by string) error {
	_, err := tx.Exec(`INSERT INTO dismissed_gaps (query, day, by_whom) VALUES ($1, $2, $3)
		ON CONFLICT (query) DO UPDATE SET day = excluded.day, by_whom = excluded.by_whom WHERE dismissed_gaps.day < excluded.day`,
		d.query, string(d.day), by)
	return err
}
