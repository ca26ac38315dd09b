package content

import (
	"context"
	"fmt"
	"time"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Guide is a published guide.
type Guide struct {
	ID          string
	Slug        Slug
	Topic       Topic
	Phase       Phase
	Title       string
	Summary     string
	Roles       []Audience
	Trust       Trust
	Basis       []Basis
	Effective   viet.Date           // from when the text is valid by law
	Minutes     int                 // reading time
	Position    int                 // order inside its phase
	Series      Slug                // guides that are read one after another; "" for none
	Step        int                 // place in the series, from 1
	SeriesTitle string              // name of the series, where this guide gives it
	Asked       map[string][]string // by anchor of a section: wordings in which readers ask for it; only search uses them
	Revision    int
	UpdatedAt   time.Time
	Body        Body // loaded for a single guide, not in lists
}

// Path is the guide's address on the site.
func (g Guide) Path() string { return g.Topic.Path() + "/" + string(g.Slug) }

// Ended is the day on which a document it rests on ceased to be in force, ""
// while all are.
func (g Guide) Ended() viet.Date { return firstEnd(g.Basis) }

func firstEnd(basis []Basis) viet.Date {
	var first viet.Date
	for _, b := range basis {
		if b.Ended != "" && (first == "" || b.Ended < first) {
			first = b.Ended
		}
	}
	return first
}

// GuideFilter narrows a list of guides; the zero filter is all.
type GuideFilter struct {
	Topic string
	Phase Phase
}

// Guides lists published guides by phase and position, without bodies.
func (l *Library) Guides(ctx context.Context, f GuideFilter) ([]Guide, error) {
	var list []Guide
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		list, err = publishedGuides(tx, r, f)
		return err
	})
	return list, err
}

// Guide is one published guide with its body.
func (l *Library) Guide(ctx context.Context, slug Slug) (Guide, error) {
	return l.guideWhere(ctx, func(tx *store.Tx, r register) (Guide, error) {
		g, err := guideBySlug(tx, r, slug)
		if fault.Is(err, fault.KindNotFound) {
			id, idErr := guideID(tx, slug)
			if idErr != nil {
				return Guide{}, idErr
			}
			err = goneSince(tx, KindGuide, id, err)
		}
		return g, err
	})
}

// GuideByID is one published guide with its body.
func (l *Library) GuideByID(ctx context.Context, id string) (Guide, error) {
	return l.guideWhere(ctx, func(tx *store.Tx, r register) (Guide, error) { return guideByID(tx, r, id) })
}

func (l *Library) guideWhere(ctx context.Context, find func(*store.Tx, register) (Guide, error)) (Guide, error) {
	var g Guide
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		if g, err = find(tx, r); err != nil {
			return err
		}
		g.Body, err = bodyOf(tx, KindGuide, g.ID)
		return err
	})
	return g, err
}

// EachGuide calls visit with every published guide and its body.
func (l *Library) EachGuide(ctx context.Context, visit func(Guide) error) error {
	list, err := l.Guides(ctx, GuideFilter{})
	if err != nil {
		return err
	}
	for _, head := range list {
		g, err := l.GuideByID(ctx, head.ID)
		if err != nil {
			return err
		}
		if err := visit(g); err != nil {
			return err
		}
	}
	return nil
}

// guideFront is the front matter of a guide's source.
type guideFront struct {
	Title       string   `yaml:"title"`
	Topic       string   `yaml:"topic"`
	Phase       string   `yaml:"phase"`
	Roles       []string `yaml:"roles"`
	Summary     string   `yaml:"summary"`
	Trust       string   `yaml:"trust"`
	Effective   string   `yaml:"effective"`
	Position    int      `yaml:"position"`
	Series      string   `yaml:"series"`
	Step        int      `yaml:"step"`
	SeriesTitle string   `yaml:"series_title"`
	Basis       []string `yaml:"basis"`

	Asked map[string][]string `yaml:"asked"`
}

// guideDraft is a guide's source, read and checked.
type guideDraft struct {
	guide Guide
	refs  []cite.Ref
	body  Body
}

// readGuide reads a guide's source: front matter and Markdown.
func readGuide(source string) (guideDraft, error) {
	var front guideFront
	body, err := readSource(source, &front, MaxGuideBytes)
	if err != nil {
		return guideDraft{}, err
	}
	d, faults := front.draft(body)
	return d, invalid(faults)
}

// draft checks the front matter against the rules and the text below it.
func (front guideFront) draft(body Body) (guideDraft, []fault.Field) {
	d := guideDraft{body: body, guide: Guide{
		Title: front.Title, Summary: front.Summary, Phase: Phase(front.Phase), Trust: Trust(front.Trust),
		Effective: viet.Date(front.Effective), Position: front.Position, Minutes: minutes(body.Words), Asked: front.Asked,
		Series: Slug(front.Series), Step: front.Step, SeriesTitle: front.SeriesTitle,
	}}
	for _, role := range front.Roles {
		d.guide.Roles = append(d.guide.Roles, Audience(role))
	}
	var faults []fault.Field
	d.guide.Topic, faults = checkTopic(front.Topic, faults)
	faults = checkText("title", front.Title, MaxTitleRunes, faults)
	faults = checkText("summary", front.Summary, MaxSummaryRunes, faults)
	faults = checkTrust(d.guide.Trust, faults)
	faults = checkDate("effective", d.guide.Effective, faults)
	if d.guide.Phase.rank() == 0 {
		faults = append(faults, fault.Field{Name: "phase", Sentence: "Giai đoạn phải là before, on hoặc after."})
	}
	for _, role := range d.guide.Roles {
		if role.Label() == "" {
			faults = append(faults, fault.Field{Name: "roles", Sentence: fmt.Sprintf("Không có nhóm người đọc %q.", role)})
		}
	}
	faults = front.checkSeries(faults)
	faults = checkAskedSections(front.Asked, body.Sections, faults)
	d.refs, faults = checkBasis(front.Basis, true, faults)
	return d, faults
}

// saveGuide stores a guide's source as its next revision and, when published,
// shows it to readers.
func saveGuide(tx *store.Tx, slug Slug, s saving) error {
	d, err := readGuide(s.source)
	if err != nil {
		return fmt.Errorf("read guide %s: %w", slug, err)
	}
	s.kind, s.slug = KindGuide, slug
	if s.id, err = guideID(tx, slug); err != nil {
		return err
	}
	d.guide.ID, d.guide.Slug = s.id, slug
	if d.guide.Revision, err = s.saveRevision(tx); err != nil {
		return err
	}
	if shown, err := s.keepsShownText(tx); shown || err != nil {
		return err
	}
	if err := putGuide(tx, d, s.publish); err != nil {
		return err
	}
	return s.show(tx, d.body, d.refs)
}

// wordsPerMinute is a calm reading pace on a phone.
const wordsPerMinute = 180

func minutes(words int) int { return max(1, (words+wordsPerMinute/2)/wordsPerMinute) }
