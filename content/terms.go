package content

import (
	"context"
	"fmt"
	"time"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
)

// Term is a word of the trade, explained.
type Term struct {
	ID        string
	Slug      Slug
	Title     string
	Short     string   // its abbreviation, "" when it has none
	Also      []string // how others say it
	Summary   string   // what it means, in one or two sentences
	Trust     Trust
	Basis     []Basis
	Revision  int
	UpdatedAt time.Time
	Body      Body // more about it, may be empty; loaded for a single term and for the glossary
}

// Path is the term's place on the site.
func (t Term) Path() string { return "/thuat-ngu#" + t.Anchor() }

// Anchor is the term's id on the page of all terms.
func (t Term) Anchor() string { return "tn-" + string(t.Slug) }

// Terms lists published terms by slug, with bodies.
func (l *Library) Terms(ctx context.Context) ([]Term, error) {
	var list []Term
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		list, err = termsWithBodies(tx, r)
		return err
	})
	return list, err
}

// TermByID is one published term with its body.
func (l *Library) TermByID(ctx context.Context, id string) (Term, error) {
	var t Term
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		if t, err = termByID(tx, r, id); err != nil {
			return err
		}
		t.Body, err = bodyOf(tx, KindTerm, t.ID)
		return err
	})
	return t, err
}

// EachTerm calls visit with every published term and its body.
func (l *Library) EachTerm(ctx context.Context, visit func(Term) error) error {
	list, err := l.Terms(ctx)
	for _, t := range list {
		if err == nil {
			err = visit(t)
		}
	}
	return err
}

// termFront is the front matter of a term's source.
type termFront struct {
	Title   string   `yaml:"title"`
	Short   string   `yaml:"short"`
	Also    []string `yaml:"also"`
	Summary string   `yaml:"summary"`
	Trust   string   `yaml:"trust"`
	Basis   []string `yaml:"basis"`
}

// termDraft is a term's source, read and checked.
type termDraft struct {
	term Term
	refs []cite.Ref
	body Body
}

// Limits of terms.
const (
	maxTermSummary = 300
	maxTermShort   = 20
)

// readTerm reads a term's source: front matter and Markdown.
func readTerm(source string) (termDraft, error) {
	var front termFront
	body, err := readSource(source, &front, MaxAnswerBytes)
	if err != nil {
		return termDraft{}, err
	}
	d, faults := front.draft(body)
	return d, invalid(faults)
}

// draft checks the front matter against the rules.
func (front termFront) draft(body Body) (termDraft, []fault.Field) {
	d := termDraft{body: body, term: Term{Title: front.Title, Short: front.Short, Also: front.Also, Summary: front.Summary, Trust: Trust(front.Trust)}}
	faults := checkText("title", front.Title, MaxTitleRunes, nil)
	faults = checkText("summary", front.Summary, maxTermSummary, faults)
	if front.Short != "" {
		faults = checkText("short", front.Short, maxTermShort, faults)
	}
	if len(front.Also) > MaxAsked {
		faults = append(faults, fault.Field{Name: "also", Sentence: fmt.Sprintf("Có %d cách gọi khác; nhiều nhất %d.", len(front.Also), MaxAsked)})
	}
	for _, name := range front.Also {
		faults = checkText("also", name, MaxTitleRunes, faults)
	}
	faults = checkTrust(d.term.Trust, faults)
	d.refs, faults = checkBasis(front.Basis, false, faults)
	return d, faults
}

// saveTerm stores a term's source as its next revision and, when published,
// shows it to readers.
func saveTerm(tx *store.Tx, slug Slug, s saving) error {
	d, err := readTerm(s.source)
	if err != nil {
		return fmt.Errorf("read term %s: %w", slug, err)
	}
	s.kind, s.slug = KindTerm, slug
	if s.id, err = thingIDOrNew(tx, KindTerm, slug); err != nil {
		return err
	}
	d.term.ID, d.term.Slug = s.id, slug
	if d.term.Revision, err = s.saveRevision(tx); err != nil {
		return err
	}
	if shown, err := s.keepsShownText(tx); shown || err != nil {
		return err
	}
	if err := putTerm(tx, d, s.publish); err != nil {
		return err
	}
	return s.show(tx, d.body, d.refs)
}

func (c *check) term(t Term) error {
	c.basis(t.Path(), t.Basis)
	c.body("/thuat-ngu", t.Body) // all terms stand on one page
	c.dates(place{id: t.ID, path: t.Path(), title: t.Title}, t.Body, map[string]string{"summary": t.Summary})
	return nil
}
