package search

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"sotay/internal/viet"

	"github.com/RoaringBitmap/roaring/v2"
)

// Suggest gives titles and headings for what was typed so far, the best first:
// those that have all of it, the last word as the beginning of one, also inside,
// or that other readers ask for in these words. While the index cannot answer it
// is unavailable, as a search is.
func (x *Index) Suggest(ctx context.Context, typed string, limit int) (list []Suggestion, err error) {
	err = x.ask(ctx, typed, func(ctx context.Context, v *volume) (err error) {
		list, err = v.suggest(ctx, x.dictionary(), firstRunes(typed, MaxQueryRunes), min(limit, MaxLimit))
		return err
	})
	return list, err
}

// suggest finds titles for a half-typed query; where there are none, for what
// its abbreviations stand for, then for what may have been meant.
func (v *volume) suggest(ctx context.Context, d dictionary, typed string, limit int) ([]Suggestion, error) {
	typed = viet.NFC(strings.ToValidUTF8(typed, " "))
	list, err := v.titlesFor(ctx, typed, limit)
	if err != nil || len(list) > 0 || limit <= 0 {
		return list, err
	}
	if q := d.understand(typed); len(q.readings) > 1 {
		var words []string
		for _, s := range q.readings[1] {
			words = append(words, s.exact)
		}
		if list, err = v.titlesFor(ctx, strings.Join(words, " "), limit); err != nil || len(list) > 0 {
			return list, err
		}
	}
	mended, err := v.correct(ctx, d, typed)
	if err != nil || !mended.changed {
		return nil, err
	}
	return v.titlesFor(ctx, mended.text, limit)
}

func (v *volume) titlesFor(ctx context.Context, typed string, limit int) (list []Suggestion, err error) {
	q := dictionary{}.understand(typed)
	if len(q.words) == 0 || limit <= 0 {
		return nil, nil
	}
	f, leave, err := v.finder(&q, Query{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, leave()) }()
	open := q.words[len(q.words)-1].end == len(typed)
	f.hits = f.hits[:0]
	for i, s := range f.shelves {
		found, err := s.titled(q.words, open, &q)
		if err != nil {
			return nil, err
		}
		if s.deleted != nil {
			found.AndNot(s.deleted)
		}
		for _, doc := range found.ToArray() {
			f.hits = append(f.hits, hitAt{doc: doc, shelf: uint16(i), group: s.columns.group.of[doc]})
		}
	}
	q.units, q.asides = nil, nil // a title is compared with the words alone
	q.telling = slices.Repeat([]float64{1}, len(q.words))
	q.patterns = q.prepare()
	return f.titles(ctx, limit)
}

// titled are the documents whose title has all pairs of the words. The last word
// may be the beginning of one; a word alone begins a pair.
func (s *shelf) titled(words []syllable, open bool, q *question) (*roaring.Bitmap, error) {
	all := roaring.New()
	for i := 1; i < len(words); i++ {
		p, err := s.postings(fieldTitle, words[i-1].folded+" "+words[i].folded)
		if err != nil {
			return nil, err
		}
		found := p.bitmap()
		if open && i == len(words)-1 {
			err := s.begun(words[i-1].folded+" "+words[i].folded, found, func(term string) {
				q.completions = append(q.completions, term[strings.LastIndexByte(term, ' ')+1:])
			})
			if err != nil {
				return nil, err
			}
		}
		if i == 1 {
			all = found
		} else {
			all.And(found)
		}
	}
	if len(words) > 1 {
		return all, nil
	}
	return all, s.alone(words[0].folded, open, all, q)
}

// alone adds the documents whose title may have a word that stands alone: it
// begins a pair of the title, or ends one.
func (s *shelf) alone(word string, open bool, to *roaring.Bitmap, q *question) error {
	beginning := word
	if !open {
		beginning += " "
	}
	err := s.begun(beginning, to, func(term string) {
		if first := term[:strings.IndexByte(term, ' ')]; first != word && !slices.Contains(q.completions, first) {
			q.completions = append(q.completions, first)
		}
	})
	if err != nil || to.GetCardinality() >= maxSuggested {
		return err
	}
	p, err := s.postings(fieldSingle, word)
	if err == nil {
		p.addTo(to)
	}
	return err
}

// begun adds the documents with a pair in the title that begins so.
func (s *shelf) begun(beginning string, to *roaring.Bitmap, met func(term string)) error {
	return s.eachTerm(fieldTitle, beginning, maxCompletions, func(term string, p postings) error {
		p.addTo(to)
		met(term)
		return nil
	})
}

// titles reads the hits' titles and puts the best first: what begins with the
// words, then what has them in one piece, with their tones, the shorter the
// better.
func (f *finder) titles(ctx context.Context, limit int) ([]Suggestion, error) {
	type ranked struct {
		Suggestion
		score float64
	}
	var list []ranked
	for i, h := range firstOf(f.hits, 4*maxSuggested, f.byFirst) {
		if i%16 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		err := f.visit(h, func(v *view) {
			f.q.patterns.code(v, &f.coded)
			text, in := string(v.texts[inTitle]), inTitle
			if string(v.facts[factKind]) == KindGuide && len(v.texts[inHeading]) > 0 {
				text, in = withoutNumber(string(v.texts[inHeading]))+" – "+text, inHeading
			}
			kind := string(v.facts[factKind])
			if f.coded.named(in) {
				list = append(list, ranked{Suggestion{text, kind, string(v.facts[factURL])}, f.titleScore(in, kind)})
			}
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.Text, b.Text)) })
	seen := map[string]bool{}
	var kept []Suggestion
	for _, s := range list {
		if key := viet.Fold(s.Text); !seen[key] && len(kept) < limit {
			seen[key] = true
			kept = append(kept, s.Suggestion)
		}
	}
	return kept, nil
}

// named reports whether the query has anything of the title, or of another wording.
func (c *coded) named(in int) bool {
	has := func(t int) bool {
		return slices.ContainsFunc(c.folded[t], func(id byte) bool { return id != none })
	}
	return has(in) || has(inTitle) || has(inAsked)
}

func (f *finder) titleScore(in int, kind string) float64 {
	reading, text := f.q.patterns.readings[0], f.coded.folded[in]
	words := float64(len(reading.folded))
	score := float64(max(longestPiece(text, nil, reading), 1)) / words
	if f.q.toned && score > 0 {
		score += 0.5 * float64(longestPiece(text, f.coded.exact[in], reading)) / words
	}
	if len(text) > 0 && text[0] != none && text[0] == reading.folded[0] {
		score += 0.5
	}
	if kind == KindAnswer || kind == KindGuide {
		score += 0.3
	}
	return score - 0.01*float64(len(text))
}

// withoutNumber takes "5. " from the beginning of a heading.
func withoutNumber(heading string) string {
	number, rest, ok := strings.Cut(heading, ". ")
	if ok && strings.Trim(number, "0123456789") == "" {
		return rest
	}
	return heading
}
