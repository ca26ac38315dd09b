package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

func commentsOn(tx *store.Tx, kind, id string) ([]Comment, error) {
	return store.Collect(tx, func(scan func(...any) error) (Comment, error) {
		var c Comment
		var number, paragraph, at int64
		err := scan(&c.ID, &number, &paragraph, &c.Quote, &c.Text, &c.By, &at, &c.Done)
		c.Number, c.Paragraph, c.At = int(number), int(paragraph), store.FromMillis(at)
		return c, err
	}, `SELECT id, number, paragraph, quote, body, by_whom, at_ms, done FROM comments WHERE kind = $1 AND object_id = $2
		ORDER BY at_ms, id LIMIT $3`, kind, id, int64(maxComments))
}

// insertComment is false when the thing has too many already.
func insertComment(tx *store.Tx, kind, id string, c Comment) (bool, error) {
	n, err := tx.Exec(`INSERT INTO comments (id, kind, object_id, number, paragraph, quote, body, by_whom, at_ms, done, done_by, done_ms)
		SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS TEXT),
			CAST($7 AS TEXT), CAST($8 AS TEXT), CAST($9 AS BIGINT), FALSE, '', 0
		WHERE (SELECT COUNT(*) FROM comments WHERE kind = $2 AND object_id = $3) < $10`,
		c.ID, kind, id, int64(c.Number), int64(c.Paragraph), c.Quote, c.Text, c.By, store.Millis(c.At), int64(maxComments))
	if err != nil {
		return false, fmt.Errorf("store comment on %s %s: %w", kind, id, err)
	}
	return n == 1, nil
}

// commentByID is a remark and the thing that it is on.
func commentByID(tx *store.Tx, id string) (c Comment, kind, thing string, err error) {
	var number int64
	err = tx.QueryRow(`SELECT id, number, by_whom, kind, object_id FROM comments WHERE id = $1`, id).Scan(&c.ID, &number, &c.By, &kind, &thing)
	if errors.Is(err, store.ErrNoRows) {
		err = fault.NotFound("Không có ý kiến này.")
	}
	c.Number = int(number)
	return c, kind, thing, err
}

func finishComment(tx *store.Tx, id, by string) error {
	_, err := tx.Exec(`UPDATE comments SET done = TRUE, done_by = $2, done_ms = $3 WHERE id = $1`, id, by, store.Millis(tx.Now()))
	return err
}

// authorsSince are all who wrote on a thing's revisions from a number on.
func authorsSince(tx *store.Tx, kind, id string, number int) ([]string, error) {
	lists, err := store.Collect(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
		`SELECT authors FROM revisions WHERE kind = $1 AND object_id = $2 AND number >= $3`, kind, id, int64(number))
	var authors []string
	for _, list := range lists {
		authors = append(authors, splitList(list)...)
	}
	return authors, err
}
