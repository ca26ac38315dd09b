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

// finishComment tells which thing the remark is on.
func finishComment(tx *store.Tx, id, by string) (kind, thing string, err error) {
	err = tx.QueryRow(`UPDATE comments SET done = TRUE, done_by = $2, done_ms = $3 WHERE id = $1 RETURNING kind, object_id`,
		id, by, store.Millis(tx.Now())).Scan(&kind, &thing)
	if errors.Is(err, store.ErrNoRows) {
		err = fault.NotFound("Không có ý kiến này.")
	}
	return kind, thing, err
}
