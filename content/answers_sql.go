package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const answerColumns = `SELECT a.id, a.number, a.ref, a.slug, a.question, a.short, a.asked, a.topic, a.agency, a.field,
	COALESCE(s.id, ''), COALESCE(s.slug, ''), COALESCE(s.title, ''), COALESCE(s.held_on, ''),
	a.answered_on, a.trust, a.basis, a.effective, a.level, a.letter, a.supersedes, a.revision, a.updated_ms `

const answerTables = ` FROM answers a LEFT JOIN sessions s ON s.id = a.session_id AND s.published `

// answerFields are the places to scan answerColumns into.
type answerFields struct {
	a                         Answer
	topic, basis, asked, old  string
	number, revision, updated int64
}

func (f *answerFields) places() []any {
	a := &f.a
	return []any{&a.ID, &f.number, &a.Ref, &a.Slug, &a.Question, &a.Short, &f.asked, &f.topic, &a.Agency, &a.Field,
		&a.Session.ID, &a.Session.Slug, &a.Session.Title, &a.Session.HeldOn,
		&a.Date, &a.Trust, &f.basis, &a.Effective, &a.Level, &a.Letter, &f.old, &f.revision, &f.updated}
}

func (f *answerFields) answer(r register) Answer {
	f.a.Number, f.a.Revision = int(f.number), int(f.revision)
	f.a.Topic = r.topic(f.topic)
	f.a.Basis = r.bases(f.basis)
	f.a.Asked, f.a.Supersedes = splitList(f.asked), splitList(f.old)
	f.a.UpdatedAt = store.FromMillis(f.updated)
	return f.a
}

func scanAnswer(r register) func(scan func(...any) error) (Answer, error) {
	return func(scan func(...any) error) (Answer, error) {
		var f answerFields
		if err := scan(f.places()...); err != nil {
			return Answer{}, err
		}
		return f.answer(r), nil
	}
}

func publishedAnswers(tx *store.Tx, r register, f AnswerFilter, limit int) ([]Answer, error) {
	before := int64(NumberOfCode(f.AfterCode))
	if before == 0 {
		before = 1 << 40
	}
	return store.Collect(tx, scanAnswer(r), answerColumns+answerTables+`WHERE a.published AND a.number < $1 AND `+current+`
		AND ($2 = '' OR a.topic = $2) AND ($3 = '' OR s.slug = $3) ORDER BY a.number DESC LIMIT $4`,
		before, f.Topic, string(f.Session), int64(limit))
}

func countAnswers(tx *store.Tx, f AnswerFilter) (int, error) {
	var n int64
	err := tx.QueryRow(`SELECT COUNT(*)`+answerTables+`WHERE a.published AND `+current+` AND ($1 = '' OR a.topic = $1) AND ($2 = '' OR s.slug = $2)`,
		f.Topic, string(f.Session)).Scan(&n)
	return int(n), err
}

func answersWithBodies(tx *store.Tx, r register, after, limit int) ([]Answer, error) {
	return store.Collect(tx, func(scan func(...any) error) (Answer, error) {
		var f answerFields
		var body string
		if err := scan(append(f.places(), &body)...); err != nil {
			return Answer{}, err
		}
		a := f.answer(r)
		var err error
		a.Body, err = decodeBody(body)
		return a, err
	}, answerColumns+`, b.body`+answerTables+`JOIN bodies b ON b.kind = 'answer' AND b.object_id = a.id
		WHERE a.published AND a.number > $1 ORDER BY a.number LIMIT $2`, int64(after), int64(limit))
}

// answersSharing ranks answers by how many articles they share with a thing.
func answersSharing(tx *store.Tx, r register, kind, id, topic string, limit int) ([]Answer, error) {
	return store.Collect(tx, scanAnswer(r), `WITH shared AS (
			SELECT c.object_id AS id, COUNT(DISTINCT c.article) AS n FROM citations c
			JOIN citations g ON g.law = c.law AND g.article = c.article AND g.article <> ''
			WHERE g.kind = $1 AND g.object_id = $2 AND c.kind = 'answer' AND c.object_id <> $2 GROUP BY c.object_id)
		`+answerColumns+answerTables+`JOIN shared h ON h.id = a.id
		WHERE a.published AND `+current+` ORDER BY CASE WHEN a.topic = $3 THEN 0 ELSE 1 END, h.n DESC, a.number LIMIT $4`,
		kind, id, topic, int64(limit))
}

func answerByNumber(tx *store.Tx, r register, number int) (Answer, error) {
	return foundAnswer(scanAnswer(r)(tx.QueryRow(answerColumns+answerTables+`WHERE a.number = $1 AND a.published`, int64(number)).Scan))
}

func answerByID(tx *store.Tx, r register, id string) (Answer, error) {
	return foundAnswer(scanAnswer(r)(tx.QueryRow(answerColumns+answerTables+`WHERE a.id = $1 AND a.published`, id).Scan))
}

func foundAnswer(a Answer, err error) (Answer, error) {
	if errors.Is(err, store.ErrNoRows) {
		return Answer{}, fault.NotFound("Không có câu hỏi đáp này, hoặc câu trả lời đã gỡ xuống.")
	}
	return a, err
}

// answerIDByNumber is "" when no answer, shown or not, has the number.
func answerIDByNumber(tx *store.Tx, number int) (string, error) {
	var id string
	err := tx.QueryRow(`SELECT id FROM answers WHERE number = $1`, int64(number)).Scan(&id)
	if errors.Is(err, store.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// answerIdentity finds the stored answer of this number, else of this ref, or
// makes a new id and number.
func answerIdentity(tx *store.Tx, a Answer) (id string, number int, err error) {
	var n int64
	err = tx.QueryRow(`SELECT id, number FROM answers WHERE number = $1`, int64(a.Number)).Scan(&id, &n)
	if errors.Is(err, store.ErrNoRows) {
		err = tx.QueryRow(`SELECT id, number FROM answers WHERE ref = $1 AND ref <> ''`, a.Ref).Scan(&id, &n)
	}
	if err == nil {
		return id, int(n), nil
	}
	if !errors.Is(err, store.ErrNoRows) {
		return "", 0, fmt.Errorf("find answer %d %q: %w", a.Number, a.Ref, err)
	}
	if a.Number > 0 {
		return tx.NewID(), a.Number, nil
	}
	err = tx.QueryRow(`SELECT COALESCE(MAX(number), 0) + 1 FROM answers`).Scan(&n)
	return tx.NewID(), int(n), err
}

func putAnswer(tx *store.Tx, d answerDraft, sessionID *string, published bool) error {
	a := d.answer
	_, err := tx.Exec(`INSERT INTO answers (id, number, ref, slug, question, short, asked, topic, agency, field, session_id, answered_on, trust, basis, effective, level, letter, supersedes, published, revision, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, question = excluded.question, short = excluded.short, asked = excluded.asked, topic = excluded.topic,
			agency = excluded.agency, field = excluded.field, session_id = excluded.session_id, answered_on = excluded.answered_on,
			trust = excluded.trust, basis = excluded.basis, effective = excluded.effective,
			level = excluded.level, letter = excluded.letter, supersedes = excluded.supersedes, published = excluded.published,
			revision = excluded.revision, updated_ms = excluded.updated_ms`,
		a.ID, int64(a.Number), a.Ref, string(a.Slug), a.Question, a.Short, joinList(a.Asked), a.Topic.Slug, a.Agency, a.Field, sessionID, string(a.Date),
		string(a.Trust), joinRefs(d.refs), string(a.Effective), string(a.Level), a.Letter, joinList(a.Supersedes), published, int64(a.Revision), store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store answer %s: %w", a.Code(), err)
	}
	return nil
}
