package content

import (
	"context"
	"math/rand/v2"
	"strings"
)

// Statement is one sentence or table row of what is published, for somebody who
// checks it against the law.
type Statement struct {
	Where string // address of the page, with the section
	Text  string
	Basis []string // what the whole text rests on, as written
}

// Sample draws n statements of guides, answers and situations; the same seed
// draws the same ones from the same texts.
func (l *Library) Sample(ctx context.Context, n int, seed uint64) ([]Statement, error) {
	var all []Statement
	add := func(path string, basis []Basis, b Body, plain ...string) {
		var refs []string
		for _, one := range basis {
			refs = append(refs, one.Ref.String())
		}
		for _, text := range plain {
			all = append(all, Statement{path, text, refs})
		}
		for _, s := range b.Sections {
			where := path
			if s.Anchor != "" {
				where += "#" + s.Anchor
			}
			for _, one := range statements("", s.Text) {
				if len(strings.Fields(one.text)) >= leastWords {
					all = append(all, Statement{where, one.text, refs})
				}
			}
		}
	}
	if err := l.EachGuide(ctx, func(g Guide) error { add(g.Path(), g.Basis, g.Body, g.Summary); return nil }); err != nil {
		return nil, err
	}
	if err := l.EachAnswer(ctx, func(a Answer) error { add(a.Path(), a.Basis, a.Body, a.Question+" "+a.Short); return nil }); err != nil {
		return nil, err
	}
	if err := l.EachSituation(ctx, func(s Situation) error { add(s.Path(), s.Basis, s.Body, s.Summary); return nil }); err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(seed, seed))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))], nil
}

// leastWords is the length from which a sentence says something to be checked.
const leastWords = 6
