package content

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Answer is a published question with its reply.
type Answer struct {
	ID        string
	Number    int    // the permanent number inside Code
	Ref       string // the id it had in the file it was imported from, or ""
	Slug      Slug
	Question  string
	Short     string   // the answer in at most 30 words; "" when an import had none
	Asked     []string // other wordings in which readers ask the same; only search uses them
	Topic     Topic    // zero when an import named none
	Agency    string   // who answers for it
	Field     string   // the field of work it belongs to
	Session   Session
	Date      viet.Date // when it was given
	Trust     Trust
	Basis     []Basis
	Effective viet.Date
	Level     Level  // with what weight it was given; "" when not said
	Letter    string // number and date of the official letter
	Revision  int
	UpdatedAt time.Time
	Body      Body // loaded for a single answer, not in lists

	Supersedes []string    // codes of the answers whose place it takes
	Replaced   []AnswerRef // the published ones of them, and what those replaced; loaded for a single answer
	Successor  *AnswerRef  // the newest answer that took its place, nil when none did; loaded for a single answer
}

// Code is the answer's permanent code: "HĐ-0001".
func (a Answer) Code() string { return fmt.Sprintf("HĐ-%04d", a.Number) }

// Path is the answer's address on the site; only its number must stay.
func (a Answer) Path() string {
	path := fmt.Sprintf("/hoi-dap/hd-%04d", a.Number)
	if a.Slug != "" {
		path += "-" + string(a.Slug)
	}
	return path
}

// Ended is the day on which a document it rests on ceased to be in force.
func (a Answer) Ended() viet.Date { return firstEnd(a.Basis) }

var codePattern = regexp.MustCompile(`^h[dđ]-([0-9]{1,9})(-.*)?$`)

// NumberOfCode reads a code however typed ("HĐ-0001", "hd-1") and the first
// part of an answer's address; 0 when it is neither.
func NumberOfCode(code string) int {
	m := codePattern.FindStringSubmatch(strings.ToLower(viet.NFC(strings.TrimSpace(code))))
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// AnswerFilter narrows the archive; the zero filter is all, newest first.
type AnswerFilter struct {
	Topic     string
	Session   Slug
	AfterCode string // the last code of the page before
	Limit     int    // answers per page; 0 means AnswersPerPage
}

// AnswerPage is one page of the archive.
type AnswerPage struct {
	Answers  []Answer
	Total    int    // of the whole filter
	NextCode string // AfterCode of the next page, "" on the last
}

// Answers lists published answers, newest code first, without bodies.
func (l *Library) Answers(ctx context.Context, f AnswerFilter) (AnswerPage, error) {
	if f.Limit <= 0 || f.Limit > MaxAnswersPerPage {
		f.Limit = AnswersPerPage
	}
	var page AnswerPage
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		if page.Total, err = countAnswers(tx, f); err != nil {
			return err
		}
		page.Answers, err = publishedAnswers(tx, r, f, f.Limit+1)
		return err
	})
	if len(page.Answers) > f.Limit {
		page.Answers = page.Answers[:f.Limit]
		page.NextCode = page.Answers[f.Limit-1].Code()
	}
	return page, err
}

// Answer is one published answer with its body, by code.
func (l *Library) Answer(ctx context.Context, code string) (Answer, error) {
	return l.answerWhere(ctx, func(tx *store.Tx, r register) (Answer, error) {
		number := NumberOfCode(code)
		a, err := answerByNumber(tx, r, number)
		if fault.Is(err, fault.KindNotFound) {
			id, idErr := answerIDByNumber(tx, number)
			if idErr != nil {
				return Answer{}, idErr
			}
			err = goneSince(tx, KindAnswer, id, err)
		}
		return a, err
	})
}

// AnswerByID is one published answer with its body.
func (l *Library) AnswerByID(ctx context.Context, id string) (Answer, error) {
	return l.answerWhere(ctx, func(tx *store.Tx, r register) (Answer, error) { return answerByID(tx, r, id) })
}

func (l *Library) answerWhere(ctx context.Context, find func(*store.Tx, register) (Answer, error)) (Answer, error) {
	var a Answer
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		if a, err = find(tx, r); err != nil {
			return err
		}
		if a.Body, err = bodyOf(tx, KindAnswer, a.ID); err != nil {
			return err
		}
		return placeAnswer(tx, &a)
	})
	return a, err
}

// EachAnswer calls visit with every published answer and its body, by code.
func (l *Library) EachAnswer(ctx context.Context, visit func(Answer) error) error {
	for after := 0; ; {
		var batch []Answer
		err := l.db.Read(ctx, func(tx *store.Tx) error {
			r, err := l.register(tx)
			if err != nil {
				return err
			}
			if batch, err = answersWithBodies(tx, r, after, answersPerBatch); err != nil {
				return err
			}
			return placeAnswers(tx, batch)
		})
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, a := range batch {
			if err := visit(a); err != nil {
				return err
			}
		}
		after = batch[len(batch)-1].Number
	}
}

// RelatedAnswers lists published answers that share provisions with a guide,
// those of its topic first.
func (l *Library) RelatedAnswers(ctx context.Context, g Guide, limit int) ([]Answer, error) {
	return l.sharing(ctx, KindGuide, g.ID, g.Topic.Slug, limit)
}

// SimilarAnswers lists published answers that share provisions with an answer.
func (l *Library) SimilarAnswers(ctx context.Context, a Answer, limit int) ([]Answer, error) {
	return l.sharing(ctx, KindAnswer, a.ID, a.Topic.Slug, limit)
}

func (l *Library) sharing(ctx context.Context, kind, id, topic string, limit int) ([]Answer, error) {
	var list []Answer
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		list, err = answersSharing(tx, r, kind, id, topic, limit)
		return err
	})
	return list, err
}

// answerFront is the front matter of an answer's source.
type answerFront struct {
	Code      string   `yaml:"code,omitempty"`
	Ref       string   `yaml:"ref,omitempty"`
	Question  string   `yaml:"question"`
	Short     string   `yaml:"short,omitempty"`
	Asked     []string `yaml:"asked,omitempty"`
	Topic     string   `yaml:"topic,omitempty"`
	Agency    string   `yaml:"agency,omitempty"`
	Field     string   `yaml:"field,omitempty"`
	Session   string   `yaml:"session,omitempty"`
	Date      string   `yaml:"date,omitempty"`
	Trust     string   `yaml:"trust,omitempty"`
	Effective string   `yaml:"effective,omitempty"`
	Basis     []string `yaml:"basis,omitempty"`

	Level      string   `yaml:"level,omitempty"`
	Letter     string   `yaml:"letter,omitempty"`
	Supersedes []string `yaml:"supersedes,omitempty"`
}

// answerDraft is an answer's source, read and checked.
type answerDraft struct {
	answer  Answer
	session Slug
	refs    []cite.Ref
	body    Body
}

// readAnswer reads an answer's source. What the archive asks of an editor
// (short answer, topic, trust, legal basis) an import may lack.
func readAnswer(source string, imported bool) (answerDraft, error) {
	var front answerFront
	body, err := readSource(source, &front, MaxAnswerBytes)
	if err != nil {
		return answerDraft{}, err
	}
	d, faults := front.draft(body, imported)
	return d, invalid(faults)
}

// draft checks the front matter against the rules.
func (front answerFront) draft(body Body, imported bool) (answerDraft, []fault.Field) {
	d := answerDraft{body: body, session: Slug(front.Session), answer: Answer{
		Number: NumberOfCode(front.Code), Ref: front.Ref, Question: front.Question, Short: front.Short, Asked: front.Asked,
		Slug: Slug(viet.Slug(front.Question)), Agency: front.Agency, Field: front.Field,
		Date: viet.Date(front.Date), Trust: Trust(front.Trust), Effective: viet.Date(front.Effective),
		Level: Level(front.Level), Letter: front.Letter, Supersedes: front.Supersedes,
	}}
	faults := checkText("question", front.Question, MaxQuestionRunes, nil)
	faults = checkDate("date", d.answer.Date, faults)
	faults = checkDate("effective", d.answer.Effective, faults)
	faults = checkAsked(front.Asked, faults)
	faults = checkLevel(front, faults)
	if front.Topic != "" || !imported {
		d.answer.Topic, faults = checkTopic(front.Topic, faults)
	}
	if front.Trust != "" || !imported {
		faults = checkTrust(d.answer.Trust, faults)
	}
	if !imported {
		faults = checkShort(front.Short, faults)
	}
	d.refs, faults = checkBasis(front.Basis, !imported, faults)
	return d, faults
}

func checkShort(short string, faults []fault.Field) []fault.Field {
	faults = checkText("short", short, MaxSummaryRunes*2, faults)
	if n := len(strings.Fields(short)); n > MaxShortWords {
		faults = append(faults, fault.Field{Name: "short", Sentence: fmt.Sprintf("Trả lời ngắn có %d tiếng; nhiều nhất %d.", n, MaxShortWords)})
	}
	return faults
}

// saveAnswer stores an answer's source as its next revision and, when
// published, shows it to readers. The code stays what it was; a new answer
// without a code gets the next one.
func saveAnswer(tx *store.Tx, d answerDraft, s saving) error {
	s.kind, s.slug = KindAnswer, d.answer.Slug
	var err error
	if s.id, d.answer.Number, err = answerIdentity(tx, d.answer); err != nil {
		return err
	}
	d.answer.ID = s.id
	if d.answer.Revision, err = s.saveRevision(tx); err != nil {
		return err
	}
	if shown, err := s.keepsShownText(tx); shown || err != nil {
		return err
	}
	sessionID, err := sessionIDBySlug(tx, d.session)
	if err != nil {
		return err
	}
	if err := putAnswer(tx, d, sessionID, s.publish); err != nil {
		return err
	}
	if s.publish {
		if err := supersede(tx, d.answer, s.by); err != nil {
			return err
		}
	}
	return s.show(tx, d.body, d.refs)
}
