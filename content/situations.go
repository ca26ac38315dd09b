package content

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gopkg.in/yaml.v3"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Situation tells what to do when something happens: a few questions that lead
// to advice.
type Situation struct {
	ID        string
	Slug      Slug
	Topic     Topic
	Title     string
	Summary   string
	Trust     Trust
	Basis     []Basis
	Effective viet.Date
	Position  int                 // order inside its topic
	Asked     map[string][]string // by anchor of a node: wordings in which readers ask for it
	Revision  int
	UpdatedAt time.Time
	Nodes     []Node // the first one is where it begins; loaded for a single situation
	Body      Body   // loaded for a single situation, not in lists
}

// Path is the situation's address on the site.
func (s Situation) Path() string { return "/tinh-huong/" + string(s.Slug) }

// Ended is the day on which a document it rests on ceased to be in force, ""
// while all are.
func (s Situation) Ended() viet.Date { return firstEnd(s.Basis) }

// Opening is the text above the first node.
func (s Situation) Opening() []Part { return beforeNodes(s.Body.Parts) }

// SituationFilter narrows a list of situations; the zero filter is all.
type SituationFilter struct{ Topic string }

// Situations lists published situations by position, without bodies.
func (l *Library) Situations(ctx context.Context, f SituationFilter) ([]Situation, error) {
	var list []Situation
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		list, err = publishedSituations(tx, r, f)
		return err
	})
	return list, err
}

// Situation is one published situation with its tree.
func (l *Library) Situation(ctx context.Context, slug Slug) (Situation, error) {
	return l.situationWhere(ctx, func(tx *store.Tx, r register) (Situation, error) {
		s, err := situationBySlug(tx, r, slug)
		if fault.Is(err, fault.KindNotFound) {
			id, idErr := thingID(tx, KindSituation, slug)
			if idErr != nil {
				return Situation{}, idErr
			}
			err = goneSince(tx, KindSituation, id, err)
		}
		return s, err
	})
}

// SituationByID is one published situation with its tree.
func (l *Library) SituationByID(ctx context.Context, id string) (Situation, error) {
	return l.situationWhere(ctx, func(tx *store.Tx, r register) (Situation, error) { return situationByID(tx, r, id) })
}

func (l *Library) situationWhere(ctx context.Context, find func(*store.Tx, register) (Situation, error)) (Situation, error) {
	var s Situation
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		if s, err = find(tx, r); err != nil {
			return err
		}
		s.Body, err = bodyOf(tx, KindSituation, s.ID)
		return err
	})
	return s, err
}

// EachSituation calls visit with every published situation and its tree.
func (l *Library) EachSituation(ctx context.Context, visit func(Situation) error) error {
	list, err := l.Situations(ctx, SituationFilter{})
	if err != nil {
		return err
	}
	for _, head := range list {
		s, err := l.SituationByID(ctx, head.ID)
		if err != nil {
			return err
		}
		if err := visit(s); err != nil {
			return err
		}
	}
	return nil
}

// situationFront is the front matter of a situation's source.
type situationFront struct {
	Title     string   `yaml:"title"`
	Topic     string   `yaml:"topic"`
	Summary   string   `yaml:"summary"`
	Trust     string   `yaml:"trust"`
	Effective string   `yaml:"effective"`
	Position  int      `yaml:"position"`
	Basis     []string `yaml:"basis"`

	Asked askedFront `yaml:"asked"`
}

// askedFront are wordings by anchor; a plain list asks for the text as a whole.
type askedFront map[string][]string

// UnmarshalYAML reads a list or lists by anchor.
func (a *askedFront) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		var list []string
		err := n.Decode(&list)
		*a = askedFront{WholeGuide: list}
		return err
	}
	var lists map[string][]string
	err := n.Decode(&lists)
	*a = lists
	return err
}

// situationDraft is a situation's source, read and checked.
type situationDraft struct {
	situation Situation
	refs      []cite.Ref
	body      Body
}

// readSituation reads a situation's source: front matter and Markdown.
func readSituation(source string) (situationDraft, error) {
	var front situationFront
	markdown, firstLine, err := readFront(source, &front, MaxGuideBytes)
	if err != nil {
		return situationDraft{}, err
	}
	body, err := renderAt(markdown, firstLine, MaxGuideBytes)
	if err != nil {
		return situationDraft{}, err
	}
	nodes, err := readTree(markdown, firstLine, body)
	if err != nil {
		return situationDraft{}, err
	}
	d, faults := front.draft(body)
	d.situation.Nodes = nodes
	return d, invalid(faults)
}

// draft checks the front matter against the rules and the text below it.
func (front situationFront) draft(body Body) (situationDraft, []fault.Field) {
	d := situationDraft{body: body, situation: Situation{
		Title: front.Title, Summary: front.Summary, Trust: Trust(front.Trust), Effective: viet.Date(front.Effective),
		Position: front.Position, Asked: front.Asked,
	}}
	var faults []fault.Field
	d.situation.Topic, faults = checkTopic(front.Topic, faults)
	faults = checkText("title", front.Title, MaxTitleRunes, faults)
	faults = checkText("summary", front.Summary, MaxSummaryRunes, faults)
	faults = checkTrust(d.situation.Trust, faults)
	faults = checkDate("effective", d.situation.Effective, faults)
	faults = checkAskedSections(front.Asked, body.Sections, faults)
	d.refs, faults = checkBasis(front.Basis, true, faults)
	return d, faults
}

// saveSituation stores a situation's source as its next revision and, when
// published, shows it to readers.
func saveSituation(tx *store.Tx, slug Slug, s saving) error {
	d, err := readSituation(s.source)
	if err != nil {
		return fmt.Errorf("read situation %s: %w", slug, err)
	}
	s.kind, s.slug = KindSituation, slug
	if s.id, err = thingIDOrNew(tx, KindSituation, slug); err != nil {
		return err
	}
	d.situation.ID, d.situation.Slug = s.id, slug
	if d.situation.Revision, err = s.saveRevision(tx); err != nil {
		return err
	}
	if shown, err := s.keepsShownText(tx); shown || err != nil {
		return err
	}
	if err := putSituation(tx, d, s.publish); err != nil {
		return err
	}
	return s.show(tx, d.body, d.refs)
}

func (c *check) situation(s Situation) error {
	c.basis(s.Path(), s.Basis)
	c.body(s.Path(), s.Body)
	c.dates(place{id: s.ID, path: s.Path(), title: s.Title}, s.Body, map[string]string{"title": s.Title, "summary": s.Summary})
	if s.Effective == "" {
		c.advise(s.Path(), "effective", "thiếu ngày bắt đầu áp dụng (effective).")
	}
	if !slices.ContainsFunc(s.Body.Parts, func(p Part) bool { return p.Kind == PartContact }) {
		c.advise(s.Path(), "markdown", "thiếu người để gọi ({{gọi:…}}).")
	}
	return nil
}
