package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"sotay/internal/viet"
)

// published is what the check compares texts with: the dates that stand in the
// calendar or in what is published, and its facts, as they were after a change.
type published struct {
	seq   int64
	days  map[viet.Date]bool
	facts *facts
}

// Days around election day in which a date that nothing else knows is doubted.
const (
	doubtBefore = 130
	doubtAfter  = 70
)

// comparer keeps what the check compares texts with. Reading all that is published
// takes long: who asks while somebody reads waits for that instead of reading too.
type comparer struct {
	mu    sync.Mutex
	known *published
}

// Prepare reads what texts are compared with, so that the first to write after a
// start need not wait for it.
func (l *Library) Prepare(ctx context.Context) error {
	_, err := l.published(ctx)
	return err
}

// published gives what is published to compare with; read anew only when
// something was published since.
func (l *Library) published(ctx context.Context) (*published, error) {
	l.compared.mu.Lock()
	defer l.compared.mu.Unlock()
	seq, err := l.db.LastChange(ctx)
	if err != nil {
		return nil, fmt.Errorf("read last change: %w", err)
	}
	if known := l.compared.known; known != nil && known.seq == seq {
		return known, nil
	}
	g := gatherer{days: map[viet.Date]bool{}}
	g.calendar(l.election())
	if err := l.gatherTexts(ctx, &g); err != nil {
		return nil, err
	}
	l.compared.known = &published{seq, g.days, newFacts(g.facts)}
	return l.compared.known, nil
}

// gatherTexts takes in what readers see.
func (l *Library) gatherTexts(ctx context.Context, g *gatherer) error {
	if err := l.EachLaw(ctx, g.law); err != nil {
		return err
	}
	if err := l.EachGuide(ctx, func(x Guide) error {
		g.add(place{id: x.ID, path: x.Path(), title: x.Title}, x.Body, x.Summary)
		g.days[x.Effective] = true
		return nil
	}); err != nil {
		return err
	}
	if err := l.EachAnswer(ctx, func(a Answer) error {
		g.add(place{id: a.ID, path: a.Path(), title: a.Question}, a.Body, a.Short)
		g.days[a.Date], g.days[a.Effective] = true, true
		return nil
	}); err != nil {
		return err
	}
	if err := l.EachTerm(ctx, func(t Term) error {
		g.add(place{id: t.ID, path: t.Path(), title: t.Title}, t.Body, t.Summary)
		return nil
	}); err != nil {
		return err
	}
	return l.EachSituation(ctx, func(s Situation) error {
		g.add(place{id: s.ID, path: s.Path(), title: s.Title}, s.Body, s.Summary)
		g.days[s.Effective] = true
		return nil
	})
}

// gatherer collects dates and facts, a text at a time.
type gatherer struct {
	days  map[viet.Date]bool
	facts []fact
}

// add takes in a text.
func (g *gatherer) add(at place, b Body, plain ...string) {
	for _, text := range plain {
		g.section(at, "", text)
	}
	for _, s := range b.Sections {
		for _, m := range fullDate.FindAllStringSubmatch(s.Text, -1) {
			g.days[dayOf(m[1], m[2], m[3])] = true
		}
		g.section(at, s.Heading, plainDates(s.Text))
	}
}

func (g *gatherer) section(at place, heading, text string) {
	for _, f := range sectionsRead.facts(section{at.title, heading, text}) {
		at.text = f.place.text
		g.fact(at, f)
	}
}

// section is a part of a text with the words above it.
type section struct{ title, heading, text string }

// sectionsRead remembers the facts of sections: most stay as they are when
// something is published, and the facts follow from the words alone.
var sectionsRead = sectionFacts{of: map[section][]fact{}}

type sectionFacts struct {
	mu sync.Mutex
	of map[section][]fact
}

// maxSectionsRead is several times what a province publishes; what is no longer
// published is forgotten with all the rest.
const maxSectionsRead = 50000

func (r *sectionFacts) facts(s section) []fact {
	r.mu.Lock()
	defer r.mu.Unlock()
	list, known := r.of[s]
	if known {
		return list
	}
	for _, one := range statements(s.heading, s.text) {
		for _, f := range factsOf(one, s.heading, s.title) {
			f.place.text = one.text
			list = append(list, f)
		}
	}
	if len(r.of) >= maxSectionsRead {
		clear(r.of)
	}
	r.of[s] = list
	return list
}

func (g *gatherer) fact(at place, f fact) {
	f.place = at
	g.facts = append(g.facts, f)
}

// law takes in a document: its provisions say things, and are what their words
// lead to.
func (g *gatherer) law(law Law) error {
	for _, day := range []viet.Date{law.Issued, law.InForce, law.Ended} {
		g.days[day] = true
	}
	g.add(place{id: law.Key, path: law.Path(), title: law.Short}, law.Body)
	for _, p := range law.Provisions {
		at := place{id: p.ID(), path: p.Path(), title: p.Label() + ". " + p.Title}
		g.add(at, p.Body)
		texts := []string{p.Title}
		for _, s := range p.Body.Sections {
			for _, one := range statements(s.Heading, s.Text) {
				if !one.past && !one.headed {
					texts = append(texts, one.text)
				}
			}
		}
		for _, text := range texts {
			if f := implied(p, text); f.words != nil {
				at.text = text
				g.fact(at, f)
			}
		}
	}
	return nil
}

// calendar takes in the time limits of the law.
func (g *gatherer) calendar(election Election) {
	at := place{id: "lich", path: "/lich", title: "Lịch bầu cử"}
	for _, d := range deadlines {
		limit, ok := d.LimitOn(election)
		if !ok {
			continue
		}
		g.days[d.Date(election)] = true
		days, side := -limit.Days, "trước"
		if days < 0 {
			days, side = limit.Days, "sau"
		}
		if limit.Hours > 0 {
			g.section(at, "", fmt.Sprintf("%s: %s chậm nhất %d giờ trước giờ bắt đầu bỏ phiếu.", d.Who, d.Label, limit.Hours))
		} else if days > 0 {
			g.section(at, "", fmt.Sprintf("%s: %s chậm nhất %d ngày %s ngày bầu cử.", d.Who, d.Label, days, side))
		}
	}
}

// PlainText is a text of another room, to be compared with what is published.
type PlainText struct{ Where, Title, Text string }

// Doubts says what is probably wrong in texts of other rooms.
func (l *Library) Doubts(ctx context.Context, texts []PlainText) ([]Problem, error) {
	known, err := l.published(ctx)
	if err != nil {
		return nil, err
	}
	laws, err := l.Laws(ctx)
	if err != nil {
		return nil, err
	}
	c := check{election: l.election(), numbers: byNumber(slices.Values(laws)), facts: known.facts}
	for _, t := range texts {
		p := passage{place: place{path: t.Where, title: t.Title, text: plainDates(t.Text)}, field: "markdown", whole: strings.ToLower(t.Title + "\n" + t.Text)}
		c.misdated(p)
		c.said(p)
	}
	return c.problems, nil
}

// strange doubts dates near election day that neither the law nor anything
// published knows: a day that was reckoned wrongly is mostly one of those.
func (c *check) strange(where, field string, s statement) {
	if c.days == nil || s.past || s.headed {
		return
	}
	for _, m := range fullDate.FindAllStringSubmatch(s.low, -1) {
		day := dayOf(m[1], m[2], m[3])
		if day.Valid() && !c.days[day] && c.election.Day.AddDays(-doubtBefore) <= day && day <= c.election.Day.AddDays(doubtAfter) {
			c.doubt(where, field, s.text, "ngày %s không có trong lịch bầu cử, cũng không ở bài nào khác. Hãy tính lại.", day)
		}
	}
}
