package content

import (
	"errors"
	"fmt"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

const inquiryColumns = `SELECT i.id, i.question, i.detail, i.place, i.agency, i.topic, i.state, i.taken_by, i.reason, i.answer_id,
	COALESCE(i.merged_into, ''), i.wording, i.version, i.take_due, i.answer_due, i.due, i.asked_ms, i.taken_ms, i.closed_ms,
	(SELECT COUNT(*) FROM inquiries m WHERE m.merged_into = i.id) FROM inquiries i `

func scanInquiry(tx *store.Tx) func(scan func(...any) error) (Inquiry, error) {
	return func(scan func(...any) error) (i Inquiry, err error) {
		var version, asked, taken, closed, alike int64
		err = scan(&i.ID, &i.Question, &i.Detail, &i.Place, &i.Agency, &i.Topic, &i.State, &i.TakenBy, &i.Reason, &i.AnswerID,
			&i.MergedInto, &i.Wording, &version, &i.TakeDue, &i.ReplyDue, &i.Due, &asked, &taken, &closed, &alike)
		i.Version, i.Alike = int(version), int(alike)
		i.Asked = store.FromMillis(asked)
		if taken > 0 {
			i.Taken = store.FromMillis(taken)
		}
		if closed > 0 {
			i.Closed = store.FromMillis(closed)
		}
		i.Late = i.Due != "" && i.Due < viet.DateOf(tx.Now())
		return i, err
	}
}

// insertInquiry stores a new inquiry unless its receipt is there already.
func insertInquiry(tx *store.Tx, i Inquiry, receipt string) (added bool, err error) {
	n, err := tx.Exec(`INSERT INTO inquiries (id, receipt, question, detail, place, agency, topic, state, waiting, taken_by, reason, answer_id, merged_into,
			wording, version, take_due, answer_due, due, asked_ms, taken_ms, closed_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, TRUE, '', '', '', NULL, '', $9, $10, $11, $12, $13, 0, 0) ON CONFLICT (receipt) DO NOTHING`,
		i.ID, receipt, i.Question, i.Detail, i.Place, i.Agency, i.Topic, string(i.State), int64(i.Version),
		string(i.TakeDue), string(i.ReplyDue), string(i.Due), store.Millis(i.Asked))
	if err != nil {
		return false, fmt.Errorf("store inquiry: %w", err)
	}
	return n > 0, nil
}

// updateInquiry stores what may change of an inquiry; false when somebody else
// changed it meanwhile.
func updateInquiry(tx *store.Tx, i Inquiry) (bool, error) {
	var target *string
	if i.MergedInto != "" {
		target = &i.MergedInto
	}
	taken, closed := int64(0), int64(0)
	if !i.Taken.IsZero() {
		taken = store.Millis(i.Taken)
	}
	if !i.Closed.IsZero() {
		closed = store.Millis(i.Closed)
	}
	n, err := tx.Exec(`UPDATE inquiries SET agency = $1, topic = $2, state = $3, waiting = $4, taken_by = $5, reason = $6, answer_id = $7, merged_into = $8,
			wording = $9, take_due = $10, due = $11, taken_ms = $12, closed_ms = $13, version = version + 1 WHERE id = $14 AND version = $15`,
		i.Agency, i.Topic, string(i.State), i.Waiting(), i.TakenBy, i.Reason, i.AnswerID, target, i.Wording,
		string(i.TakeDue), string(i.Due), taken, closed, i.ID, int64(i.Version))
	if err != nil {
		return false, fmt.Errorf("change inquiry %s: %w", i.ID, err)
	}
	return n > 0, nil
}

func inquiryByID(tx *store.Tx, id string) (Inquiry, error) {
	i, err := scanInquiry(tx)(tx.QueryRow(inquiryColumns+`WHERE i.id = $1`, id).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Inquiry{}, fault.NotFound("Không có câu hỏi này trong hàng đợi.")
	}
	return i, err
}

func inquiryByReceipt(tx *store.Tx, hash string) (Inquiry, error) {
	i, err := scanInquiry(tx)(tx.QueryRow(inquiryColumns+`WHERE i.receipt = $1`, hash).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Inquiry{}, fault.NotFound(noReceipt)
	}
	return i, err
}

// waitingInquiries are those that somebody has to do something about, what is
// owed first at the top.
func waitingInquiries(tx *store.Tx, f InquiryFilter, after Inquiry, limit int) ([]Inquiry, error) {
	return store.Collect(tx, scanInquiry(tx), inquiryColumns+`WHERE i.waiting AND (i.due, i.id) > ($1, $2)
		AND ($3 = '' OR i.agency = $3) AND ($4 = '' OR i.state = $4) ORDER BY i.due, i.id LIMIT $5`,
		string(after.Due), after.ID, f.Agency, string(f.State), int64(limit))
}

// closedInquiries are those of one state, the last closed first.
func closedInquiries(tx *store.Tx, f InquiryFilter, after Inquiry, limit int) ([]Inquiry, error) {
	before := int64(1) << 60
	if after.ID != "" {
		before = store.Millis(after.Closed)
	}
	return store.Collect(tx, scanInquiry(tx), inquiryColumns+`WHERE i.state = $1 AND (i.closed_ms, i.id) < ($2, $3)
		AND ($4 = '' OR i.agency = $4) ORDER BY i.closed_ms DESC, i.id DESC LIMIT $5`,
		string(f.State), before, after.ID, f.Agency, int64(limit))
}

// countInquiries counts what a filter finds, and what of it is late.
func countInquiries(tx *store.Tx, f InquiryFilter) (total, late int, err error) {
	var all, over int64
	err = tx.QueryRow(`SELECT COUNT(*), COUNT(*) FILTER (WHERE i.due <> '' AND i.due < $1) FROM inquiries i
		WHERE (CASE WHEN $2 = '' THEN i.waiting ELSE i.state = $2 END) AND ($3 = '' OR i.agency = $3)`,
		string(viet.DateOf(tx.Now())), string(f.State), f.Agency).Scan(&all, &over)
	return int(all), int(over), err
}

// holdInquiry locks a waiting inquiry into which another is merged, so that the
// two cannot be merged into each other; false when it waits no longer.
func holdInquiry(tx *store.Tx, id string) (bool, error) {
	n, err := tx.Exec(`UPDATE inquiries SET waiting = TRUE WHERE id = $1 AND waiting`, id)
	return n > 0, err
}

// moveMerged lets inquiries that were merged into one be merged into where that
// went.
func moveMerged(tx *store.Tx, from, to string) error {
	_, err := tx.Exec(`UPDATE inquiries SET merged_into = $1 WHERE merged_into = $2`, to, from)
	if err != nil {
		return fmt.Errorf("move inquiries merged into %s: %w", from, err)
	}
	return nil
}

// mergedInto lists the inquiries that were merged into one, in the order in which
// they were asked.
func mergedInto(tx *store.Tx, id string) ([]Inquiry, error) {
	return store.Collect(tx, scanInquiry(tx), inquiryColumns+`WHERE i.merged_into = $1 ORDER BY i.id LIMIT 500`, id)
}

// inquiriesOfAnswer are those for which an answer is being written.
func inquiriesOfAnswer(tx *store.Tx, answerID string) ([]Inquiry, error) {
	return store.Collect(tx, scanInquiry(tx), inquiryColumns+`WHERE i.answer_id = $1 AND i.state IN ('new', 'taken') ORDER BY i.id`, answerID)
}

// clearWording forgets a wording that search has got.
func clearWording(tx *store.Tx, id string) error {
	_, err := tx.Exec(`UPDATE inquiries SET wording = '' WHERE id = $1`, id)
	return err
}

func agenciesOfAnswers(tx *store.Tx) ([]string, error) {
	return store.Collect(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
		`SELECT DISTINCT agency FROM answers WHERE published AND agency <> '' ORDER BY agency LIMIT 100`)
}

// forgetAskers drops what was written with inquiries that were closed before an
// instant.
func forgetAskers(tx *store.Tx, before time.Time) (int, error) {
	n, err := tx.Exec(`UPDATE inquiries SET question = $1, detail = '', place = '', wording = '', version = version + 1
		WHERE state IN ('refused', 'answered', 'merged') AND closed_ms > 0 AND closed_ms < $2 AND question <> $1`, forgottenText, store.Millis(before))
	if err != nil {
		return 0, fmt.Errorf("forget the words of old inquiries: %w", err)
	}
	return int(n), nil
}
