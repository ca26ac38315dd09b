package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// current is the condition under which no published answer has taken the place
// of answer a.
const current = `NOT EXISTS (SELECT 1 FROM superseded o JOIN answers n ON n.id = o.new_id AND n.published WHERE o.old_number = a.number)`

// supersededBy lists the numbers of what an answer took the place of.
func supersededBy(tx *store.Tx, id string) ([]int, error) {
	return store.Collect(tx, scanNumber, `SELECT old_number FROM superseded WHERE new_id = $1 ORDER BY old_number`, id)
}

func scanNumber(scan func(...any) error) (int, error) {
	var n int64
	err := scan(&n)
	return int(n), err
}

func putSuperseded(tx *store.Tx, id string, numbers []int) error {
	if _, err := tx.Exec(`DELETE FROM superseded WHERE new_id = $1`, id); err != nil {
		return fmt.Errorf("clear what answer %s supersedes: %w", id, err)
	}
	for _, n := range numbers {
		added, err := tx.Exec(`INSERT INTO superseded (old_number, new_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, int64(n), id)
		if err != nil {
			return fmt.Errorf("store that answer %s supersedes %d: %w", id, n, err)
		}
		if added == 0 {
			return fault.Invalid(fmt.Sprintf("%s đã có câu khác thay. Hãy thay câu mới nhất ấy.", Answer{Number: n}.Code()))
		}
	}
	return nil
}

// inChains is the set of numbers that took, or lost, a place.
func inChains(tx *store.Tx) (map[int]bool, error) {
	list, err := store.Collect(tx, scanNumber, `SELECT old_number FROM superseded UNION SELECT a.number FROM superseded o JOIN answers a ON a.id = o.new_id`)
	set := map[int]bool{}
	for _, n := range list {
		set[n] = true
	}
	return set, err
}

// successorOf is the published answer that took the place of a number.
func successorOf(tx *store.Tx, number int) (AnswerRef, error) {
	r, err := scanAnswerRef(tx.QueryRow(`SELECT n.id, n.number, n.slug, n.question FROM superseded o JOIN answers n ON n.id = o.new_id
		WHERE o.old_number = $1 AND n.published`, int64(number)).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return r, fault.NotFound("Câu này chưa có câu thay.")
	}
	return r, err
}

// nextInChain is the number of the answer, shown or not, that took the place of a
// number; 0 for none.
func nextInChain(tx *store.Tx, number int) (int, error) {
	var next int64
	err := tx.QueryRow(`SELECT n.number FROM superseded o JOIN answers n ON n.id = o.new_id WHERE o.old_number = $1`, int64(number)).Scan(&next)
	if errors.Is(err, store.ErrNoRows) {
		return 0, nil
	}
	return int(next), err
}

// replacedAnswers are the published answers that an answer took the place of, and
// those whose place they had taken.
func replacedAnswers(tx *store.Tx, id string) ([]AnswerRef, error) {
	return store.Collect(tx, scanAnswerRef, `WITH RECURSIVE older (id, number, slug, question) AS (
			SELECT a.id, a.number, a.slug, a.question FROM superseded o JOIN answers a ON a.number = o.old_number WHERE o.new_id = $1 AND a.published
			UNION SELECT a.id, a.number, a.slug, a.question FROM older n JOIN superseded o ON o.new_id = n.id JOIN answers a ON a.number = o.old_number WHERE a.published)
		SELECT id, number, slug, question FROM older ORDER BY number`, id)
}

func scanAnswerRef(scan func(...any) error) (AnswerRef, error) {
	var r AnswerRef
	var number int64
	err := scan(&r.ID, &number, &r.Slug, &r.Question)
	r.Number = int(number)
	return r, err
}
