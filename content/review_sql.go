package content

import (
	"errors"
	"fmt"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const revisionHead = `SELECT kind, object_id, number, version, base, state, slug, title, by_whom, authors, note, at_ms,
	submitted_ms, reviewed_ms, publish_ms, published_ms, reviewer, verdict, document, document_date`

// revisionRow is where the columns of revisionHead are scanned into.
type revisionRow struct {
	r                                             Revision
	number, version, base                         int64
	authors                                       string
	at, submitted, reviewed, publishAt, published int64
}

func (w *revisionRow) places() []any {
	r := &w.r
	return []any{&r.Kind, &r.ID, &w.number, &w.version, &w.base, &r.State, &r.Slug, &r.Title, &r.By, &w.authors, &r.Note, &w.at,
		&w.submitted, &w.reviewed, &w.publishAt, &w.published, &r.Reviewer, &r.Verdict, &r.Document, &r.DocumentDate}
}

func (w *revisionRow) revision() Revision {
	r := w.r
	r.Number, r.Version, r.Base = int(w.number), int(w.version), int(w.base)
	r.Authors = splitList(w.authors)
	r.At, r.Submitted, r.Reviewed = timeOf(w.at), timeOf(w.submitted), timeOf(w.reviewed)
	r.PublishAt, r.Published = timeOf(w.publishAt), timeOf(w.published)
	return r
}

// timeOf reads a stored instant; 0 is none.
func timeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return store.FromMillis(ms)
}

func millisOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return store.Millis(t)
}

func scanHead(scan func(...any) error) (Revision, error) {
	var w revisionRow
	err := scan(w.places()...)
	return w.revision(), err
}

func scanWhole(scan func(...any) error) (Revision, error) {
	var w revisionRow
	err := scan(append(w.places(), &w.r.Source)...)
	return w.revision(), err
}

func foundRevision(r Revision, err error) (Revision, error) {
	if errors.Is(err, store.ErrNoRows) {
		return Revision{}, fault.NotFound("Không có bản này. Có thể bản đã đăng hoặc đã bỏ.")
	}
	return r, err
}

// openRevision is the thing's draft, or what waits of it.
func openRevision(tx *store.Tx, kind, id string) (Revision, error) {
	return foundRevision(scanWhole(tx.QueryRow(revisionHead+`, source FROM revisions
		WHERE kind = $1 AND object_id = $2 AND state IN ('draft', 'review', 'approved')`, kind, id).Scan))
}

func revisionByNumber(tx *store.Tx, kind, id string, number int) (Revision, error) {
	return foundRevision(scanWhole(tx.QueryRow(revisionHead+`, source FROM revisions
		WHERE kind = $1 AND object_id = $2 AND number = $3`, kind, id, int64(number)).Scan))
}

// newestRevision is the one of the highest number, whatever its state.
func newestRevision(tx *store.Tx, kind, id string) (Revision, error) {
	return foundRevision(scanWhole(tx.QueryRow(revisionHead+`, source FROM revisions
		WHERE kind = $1 AND object_id = $2 ORDER BY number DESC LIMIT 1`, kind, id).Scan))
}

// shownRevision is the newest published one.
func shownRevision(tx *store.Tx, kind, id string) (Revision, error) {
	return foundRevision(scanWhole(tx.QueryRow(revisionHead+`, source FROM revisions
		WHERE kind = $1 AND object_id = $2 AND state = 'published' ORDER BY number DESC LIMIT 1`, kind, id).Scan))
}

func revisionsOf(tx *store.Tx, kind, id string) ([]Revision, error) {
	return store.Collect(tx, scanHead, revisionHead+` FROM revisions WHERE kind = $1 AND object_id = $2
		ORDER BY number DESC LIMIT $3`, kind, id, int64(maxHistory))
}

// lastNumbers are the highest number and version that the thing ever had.
func lastNumbers(tx *store.Tx, kind, id string) (number, version, shown int, err error) {
	var n, v, s int64
	err = tx.QueryRow(`SELECT COALESCE(MAX(number), 0), COALESCE(MAX(version), 0), COALESCE(MAX(CASE WHEN state = 'published' THEN number END), 0)
		FROM revisions WHERE kind = $1 AND object_id = $2`, kind, id).Scan(&n, &v, &s)
	if err != nil {
		err = fmt.Errorf("count revisions of %s %s: %w", kind, id, err)
	}
	return int(n), int(v), int(s), err
}

// insertRevision stores a revision as it is; false when the number or the place
// of the open revision is taken meanwhile.
func insertRevision(tx *store.Tx, r Revision) (bool, error) {
	n, err := tx.Exec(`INSERT INTO revisions (kind, object_id, number, version, base, state, slug, title, source, by_whom, authors, note, at_ms,
			submitted_ms, reviewed_ms, publish_ms, published_ms, reviewer, verdict, document, document_date)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) ON CONFLICT DO NOTHING`,
		r.Kind, r.ID, int64(r.Number), int64(r.Version), int64(r.Base), string(r.State), string(r.Slug), r.Title, r.Source, r.By,
		joinList(r.Authors), r.Note, store.Millis(tx.Now()), millisOf(r.Submitted), millisOf(r.Reviewed), millisOf(r.PublishAt),
		millisOf(r.Published), r.Reviewer, r.Verdict, r.Document, string(r.DocumentDate))
	if err != nil {
		return false, fmt.Errorf("store revision %d of %s %s: %w", r.Number, r.Kind, r.ID, err)
	}
	return n == 1, nil
}

// updateRevision writes what an act made of a revision, if it is still at the
// version and in the state that the act began with.
func updateRevision(tx *store.Tx, r Revision, was State, version int) (bool, error) {
	n, err := tx.Exec(`UPDATE revisions SET version = $6, state = $7, slug = $8, title = $9, source = $10, by_whom = $11, authors = $12,
			note = $13, at_ms = $14, submitted_ms = $15, reviewed_ms = $16, publish_ms = $17, published_ms = $18, reviewer = $19,
			verdict = $20, document = $21, document_date = $22
		WHERE kind = $1 AND object_id = $2 AND number = $3 AND state = $4 AND version = $5`,
		r.Kind, r.ID, int64(r.Number), string(was), int64(version), int64(r.Version), string(r.State), string(r.Slug), r.Title, r.Source,
		r.By, joinList(r.Authors), r.Note, store.Millis(tx.Now()), millisOf(r.Submitted), millisOf(r.Reviewed), millisOf(r.PublishAt),
		millisOf(r.Published), r.Reviewer, r.Verdict, r.Document, string(r.DocumentDate))
	if err != nil {
		return false, fmt.Errorf("change revision %d of %s %s: %w", r.Number, r.Kind, r.ID, err)
	}
	return n == 1, nil
}

// isOpenTaken reports whether another revision of the thing is open.
func isOpenTaken(tx *store.Tx, kind, id string) (bool, error) {
	var n int64
	err := tx.QueryRow(`SELECT COUNT(*) FROM revisions WHERE kind = $1 AND object_id = $2 AND state IN ('draft', 'review', 'approved')`, kind, id).Scan(&n)
	return n > 0, err
}

// wrote notes that a person writes on the thing's draft.
func wrote(tx *store.Tx, kind, id, by string) error {
	if by == "" {
		return nil
	}
	_, err := tx.Exec(`INSERT INTO drafting (person, kind, object_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, by, kind, id)
	return err
}

// stopDrafting takes a thing from the desks of all who wrote on it.
func stopDrafting(tx *store.Tx, kind, id string) error {
	_, err := tx.Exec(`DELETE FROM drafting WHERE kind = $1 AND object_id = $2`, kind, id)
	return err
}

func draftsOf(tx *store.Tx, person string) ([]Revision, error) {
	return store.Collect(tx, scanHead, revisionHead+` FROM revisions r WHERE state = 'draft'
		AND EXISTS (SELECT 1 FROM drafting d WHERE d.person = $1 AND d.kind = r.kind AND d.object_id = r.object_id)
		ORDER BY at_ms DESC, kind, object_id LIMIT $2`, person, int64(maxListed))
}

func newestIn(tx *store.Tx, state State) ([]Revision, error) {
	return store.Collect(tx, scanHead, revisionHead+` FROM revisions WHERE state = $1
		ORDER BY at_ms DESC, kind DESC, object_id DESC, number DESC LIMIT $2`, string(state), int64(maxListed))
}

func oldestIn(tx *store.Tx, state State) ([]Revision, error) {
	return store.Collect(tx, scanHead, revisionHead+` FROM revisions WHERE state = $1
		ORDER BY at_ms, kind, object_id, number LIMIT $2`, string(state), int64(maxListed))
}

// dueRevisions are the approved ones whose hour has come; few are approved at once.
func dueRevisions(tx *store.Tx, limit int) ([]Revision, error) {
	return store.Collect(tx, scanHead, revisionHead+` FROM revisions WHERE state = 'approved' AND publish_ms > 0 AND publish_ms <= $1
		AND NOT EXISTS (SELECT 1 FROM taken_down d WHERE d.kind = revisions.kind AND d.object_id = revisions.object_id)
		ORDER BY at_ms, kind, object_id, number LIMIT $2`, store.Millis(tx.Now()), int64(limit))
}

// countReturned counts the drafts of a person that a reviewer sent back.
func countReturned(tx *store.Tx, person string) (int, error) {
	var n int64
	err := tx.QueryRow(`SELECT COUNT(*) FROM drafting d JOIN revisions r ON r.kind = d.kind AND r.object_id = d.object_id
		WHERE d.person = $1 AND r.state = 'draft' AND r.reviewed_ms > 0`, person).Scan(&n)
	return int(n), err
}
