package search

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"sotay/internal/viet"
)

// answer mends a query, unless it is to be taken literally, and searches for it.
func (v *volume) answer(ctx context.Context, d dictionary, asked Query) (Result, error) {
	if asked.Literal {
		return v.literal(ctx, d, asked)
	}
	mended, err := v.correct(ctx, d, asked.Text)
	if err != nil {
		return Result{}, err
	}
	q := d.understand(mended.text)
	if len(q.words) == 0 {
		return Result{Query: asked.Text}, nil
	}
	result, err := v.search(ctx, &q, asked)
	if err != nil {
		return Result{}, err
	}
	var found []string
	for _, h := range result.Hits[:min(len(result.Hits), tonesFrom)] {
		found = append(found, h.Title, h.Heading, h.Snippet)
	}
	result.Corrected = mended.shown(found)
	return result, nil
}

// literal searches for what was typed; where that finds nothing, it tells what
// the query finds as it would be understood.
func (v *volume) literal(ctx context.Context, d dictionary, asked Query) (Result, error) {
	q := d.understandLiteral(asked.Text)
	result, err := v.search(ctx, &q, asked)
	if err != nil || result.Total > 0 {
		return result, err
	}
	asked.Literal, asked.Facets = false, false
	other, err := v.answer(ctx, d, asked)
	if err == nil && other.Total > 0 {
		text := asked.Text
		if other.Corrected != "" {
			text = other.Corrected
		}
		result.Instead = []Try{{text, other.Total}}
	}
	return result, err
}

// search finds one page of hits.
func (v *volume) search(ctx context.Context, q *question, asked Query) (result Result, err error) {
	f, leave, err := v.finder(q, asked)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, leave()) }()
	found, err := f.find(ctx)
	if err != nil {
		return Result{}, err
	}
	result = Result{Query: asked.Text, Understood: q.understood, Near: q.near, Total: found.total, Loosened: found.loosened, Facets: found.facets}
	from := min(asked.Offset, len(found.list))
	for _, c := range found.list[from:min(from+asked.Limit, len(found.list))] {
		hit, err := f.hit(c)
		if err != nil {
			return Result{}, err
		}
		result.Hits = append(result.Hits, hit)
	}
	if q.references.told != "" && !slices.ContainsFunc(found.list, func(c candidate) bool { return c.parts[partNamed] >= namedAll }) && asked.Filter.empty() && !asked.Newest {
		result.Absent = q.references.told
	}
	if len(found.list) == 0 {
		return result, nil
	}
	if found.loosened {
		if result.Dropped, err = f.dropped(found.list[0]); err != nil {
			return Result{}, err
		}
	}
	if asked.Offset == 0 && !asked.Newest {
		if result.Direct, err = f.direct(found); err == nil && result.Direct == nil {
			result.Direct, err = f.meaning(found)
		}
	}
	return result, err
}

// finder opens a snapshot for one question; leave closes it.
func (v *volume) finder(q *question, asked Query) (f *finder, leave func() error, err error) {
	s, err := v.snapshot()
	if err != nil {
		return nil, nil, err
	}
	f = &finder{snapshot: s, q: q, asked: asked, scratch: scratches.Get().(*scratch), today: today(), lexicon: v.lexicon.Load()}
	return f, func() error {
		scratches.Put(f.scratch)
		return s.close()
	}, nil
}

// hit reads what is shown of a candidate.
func (f *finder) hit(c candidate) (h Hit, err error) {
	err = f.visit(c.hitAt, func(v *view) {
		d := v.head()
		f.q.patterns.code(v, &f.coded)
		h = Hit{
			ID: d.ID, Kind: d.Kind, Ref: d.Ref, Code: d.Code, Title: d.Title, URL: d.URL, Heading: d.Heading,
			Snippet: f.q.patterns.snippet(v, &f.coded), Score: c.score, Topic: d.Topic, Agency: d.Agency, Session: d.Session, Date: d.Date, Ended: d.Ended,
		}
	})
	if f.asked.Explain {
		h.Parts = c.parts.explained()
	}
	return h, err
}

// dropped are the words of the query that the best hit has not.
func (f *finder) dropped(best candidate) (words []string, err error) {
	err = f.visit(best.hitAt, func(v *view) {
		f.q.patterns.code(v, &f.coded)
		for i := range f.q.patterns.words {
			if f.q.deciding[i] && !f.q.patterns.words[i].in(&f.coded) {
				words = append(words, f.q.words[i].exact)
			}
		}
	})
	return words, err
}

// What an answer must have to be given at once: so much of the likeness of two
// questions, and so much more of a score than the next hit.
const (
	directLikeness = 0.66
	directLead     = 0.2
)

// rival is the next hit that may answer otherwise: situations say the same as
// answers in another form.
func (f *finder) rival(list []candidate) (rival *candidate, err error) {
	for i := range list {
		other := false
		err := f.visit(list[i].hitAt, func(v *view) {
			other = string(v.facts[factKind]) != KindSituation
		})
		if err != nil {
			return nil, err
		}
		if other {
			return &list[i], nil
		}
	}
	return nil, nil
}

// meaningLikeness is what a query must have of a term's name.
const meaningLikeness = 0.95

// What stands around a word whose meaning is asked for, folded.
var (
	meaningBefore = regexp.MustCompile(`^(cho hoi |xin hoi |hoi )?((nhu )?the nao (la|goi la) )?`)
	meaningBehind = regexp.MustCompile(`( co)?( viet tat)?( la| nghia la| la viet tat)( cua)?( gi| sao| tu gi| chu gi| the nao| co quan nao)?( a)?$`)
)

// meaning is the term that the query names and nothing else.
func (f *finder) meaning(found finding) (d *Direct, err error) {
	if found.loosened || f.q.references.any() {
		return nil, nil
	}
	var words []string
	for _, w := range f.q.words {
		words = append(words, w.folded)
	}
	whole := strings.Join(words, " ")
	from := len(meaningBefore.FindString(whole))
	short := meaningBehind.ReplaceAllString(whole[from:], "")
	first := len(strings.Fields(whole[:from]))
	named := f.q.deciding[first : first+len(strings.Fields(short))]
	for _, c := range found.list {
		err := f.visit(c.hitAt, func(v *view) {
			if string(v.facts[factKind]) != KindTerm {
				return
			}
			t := v.document()
			if (t.Code == "" || viet.Fold(t.Code) != short) && (c.parts[partTitle] < meaningLikeness || slices.Contains(named, false) && !strings.Contains(viet.Fold(joinLines(t.Title, t.Asked)), short)) {
				return
			}
			d = &Direct{ID: t.ID, Code: t.Code, Title: t.Title, URL: t.URL, Short: t.Short}
		})
		if err != nil || d != nil {
			return d, err
		}
	}
	return nil, nil
}

// direct is the first hit when it is a published answer that clearly wins: it is
// in force, it was asked for by its question, and no other hit comes near.
func (f *finder) direct(found finding) (d *Direct, err error) {
	best := found.list[0]
	if found.loosened || f.q.references.any() || best.parts[partTitle] < directLikeness || best.parts[partEnded] > 0 {
		return nil, nil
	}
	if rival, err := f.rival(found.list[1:]); err != nil || rival != nil && best.score-rival.score < directLead {
		return nil, err
	}
	err = f.visit(best.hitAt, func(v *view) {
		a := v.document()
		if a.Kind == KindAnswer && a.Short != "" {
			d = &Direct{ID: a.ID, Code: a.Code, Title: a.Title, URL: a.URL, Short: a.Short, Agency: a.Agency, Date: a.Date}
		}
	})
	return d, err
}
