package search

import (
	"bytes"
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// snippet is at most MaxSnippetRunes of a document around the densest matches,
// as escaped HTML with mark as its only tag. A document whose body has nothing
// of the query shows its short text, or else how its body begins. Single words
// are marked only where no text of the document has more.
func (p *patterns) snippet(v *view, c *coded) string {
	if list := p.places(c.folded[inBody]); len(list) > 0 {
		return p.ofBody(v, c, list)
	}
	places := p.places
	if !slices.ContainsFunc(c.folded[:inBody], func(text []byte) bool { return len(p.places(text)) > 0 }) {
		places = p.wordPlaces
		if list := places(c.folded[inBody]); len(list) > 0 {
			return p.ofBody(v, c, list)
		}
	}
	text, list := string(v.texts[inShort]), places(c.folded[inShort])
	if text == "" {
		text, list = string(v.texts[inBody]), nil
	}
	return cut(text, spans(syllables(text)), list)
}

func (p *patterns) ofBody(v *view, c *coded, list []match) string {
	body := v.texts[inBody]
	return cut(string(body), unpackOffsets(v.offsets, len(c.folded[inBody]), len(body)), list)
}

// match is a part of the query that stands in a text.
type match struct {
	span // of syllables
	unit int
}

// maxPlaces bounds how often one form of a unit is looked for in one text.
const maxPlaces = 24

// places finds the units in a text, in its order.
func (p *patterns) places(text []byte) []match {
	var list []match
	for u, unit := range p.units {
		for _, f := range unit.forms {
			list = appendPlaces(list, text, f.folded, u)
		}
	}
	return sorted(list)
}

// wordPlaces finds the syllables that decide.
func (p *patterns) wordPlaces(text []byte) []match {
	var list []match
	for w := range p.words {
		if id := p.words[w].id; id != none && p.deciding[id] {
			list = appendPlaces(list, text, []byte{id}, w)
		}
	}
	return sorted(list)
}

func sorted(list []match) []match {
	slices.SortFunc(list, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	return list
}

func appendPlaces(list []match, text, wanted []byte, unit int) []match {
	if bytes.IndexByte(wanted, none) >= 0 {
		return list
	}
	last := 0
	for range maxPlaces {
		at := bytes.Index(text[last:], wanted)
		if at < 0 {
			break
		}
		last += at + 1
		list = append(list, match{span{last - 1, last - 1 + len(wanted)}, unit})
	}
	return list
}

func spans(list []syllable) []span {
	at := make([]span, len(list))
	for i, s := range list {
		at[i] = span{s.start, s.end}
	}
	return at
}

// ellipsis stands where text was left out.
const ellipsis = "…"

// cut writes the piece of a text with the most kinds of matches. Matches are
// ranges of syllables in their order; at says where each syllable stands.
func cut(text string, at []span, list []match) string {
	if len(at) == 0 {
		return plainHTML(strings.ToValidUTF8(firstRunes(strings.TrimSpace(text), MaxSnippetRunes), "\ufffd"))
	}
	list = slices.DeleteFunc(list, func(m match) bool { return m.start < 0 || m.start >= m.end || m.end > len(at) })
	m := measured{text: text, at: at}
	m.measure()
	piece := m.widen(m.densest(list))
	return strings.ToValidUTF8(markUp(text, at, list, piece), "\ufffd")
}

// measured is a text whose syllables know how many characters stand before them.
type measured struct {
	text     string
	at       []span
	from, to []int32 // characters before the beginning and the end of each syllable
}

func (m *measured) measure() {
	both := make([]int32, 2*len(m.at))
	m.from, m.to = both[:len(m.at)], both[len(m.at):]
	last, runes := 0, int32(0)
	for i, s := range m.at {
		runes += int32(utf8.RuneCountInString(m.text[last:s.start]))
		m.from[i] = runes
		runes += int32(utf8.RuneCountInString(m.text[s.start:s.end]))
		m.to[i] = runes
		last = s.end
	}
}

// fits reports whether the syllables from one up to another can be shown.
func (m *measured) fits(from, to int) bool { return m.to[to-1]-m.from[from] <= room }

// tail is how many signs after the last syllable may stay: a full stop, a
// closing bracket.
const tail = 2

// room is what a window may hold beside its tail and the two ellipses.
const room = MaxSnippetRunes - tail - 2

// densest is the stretch from one match to another that fits and has the most
// kinds of units, then the most matches; the first syllable when there is none.
func (m *measured) densest(list []match) span {
	best, bestScore := span{0, 1}, -1
	for i, from := range list {
		if i == 0 {
			best = span{from.start, from.start + 1}
		}
		var units [maxWords]bool
		score := 0
		for _, next := range list[i:] {
			if !m.fits(from.start, next.end) {
				break
			}
			score++
			if !units[next.unit] {
				units[next.unit] = true
				score += 100
			}
			if score > bestScore {
				best, bestScore = span{from.start, next.end}, score
			}
		}
	}
	return best
}

// widen adds whole syllables on both sides while they fit: a little before the
// matches, but not beyond their sentence, then all behind, then all before.
func (m *measured) widen(s span) span {
	first := m.from[s.start]
	for s.start > 0 && !endsSentence(m.text[m.at[s.start-1].end:m.at[s.start].start]) && first-m.from[s.start-1] <= room/4 && m.fits(s.start-1, s.end) {
		s.start--
	}
	for s.end < len(m.at) && m.fits(s.start, s.end+1) {
		s.end++
	}
	for s.start > 0 && m.fits(s.start-1, s.end) {
		s.start--
	}
	return s
}

func endsSentence(between string) bool { return strings.ContainsAny(between, ".!?;\n") }

// markUp writes a piece as HTML.
func markUp(text string, at []span, list []match, piece span) string {
	var b strings.Builder
	if piece.start > 0 {
		b.WriteString(ellipsis)
	}
	last := at[piece.start].start
	for _, m := range merged(text, at, list, piece) {
		from, to := at[m.start].start, at[m.end-1].end
		b.WriteString(plainHTML(text[last:from]))
		b.WriteString("<mark>" + plainHTML(text[from:to]) + "</mark>")
		last = to
	}
	end := at[piece.end-1].end
	b.WriteString(plainHTML(text[last:end] + tailOf(text[end:])))
	if piece.end < len(at) {
		b.WriteString(ellipsis)
	}
	return b.String()
}

func plainHTML(text string) string { return html.EscapeString(flat(text)) }

// tailOf is the punctuation that clings to the last syllable.
func tailOf(rest string) string {
	for n, r := range rest {
		if n > 0 && utf8.RuneCountInString(rest[:n]) == tail || unicode.IsSpace(r) || classOf(r) != separator {
			return rest[:n]
		}
	}
	return rest
}

// merged joins matches that overlap, or touch with only a blank between them,
// inside a piece.
func merged(text string, at []span, list []match, piece span) []span {
	var joined []span
	for _, m := range list {
		if m.start < piece.start || m.end > piece.end {
			continue
		}
		if n := len(joined); n > 0 && (m.start < joined[n-1].end || m.start == joined[n-1].end && blank(text[at[m.start-1].end:at[m.start].start])) {
			joined[n-1].end = max(joined[n-1].end, m.end)
			continue
		}
		joined = append(joined, m.span)
	}
	return joined
}

func blank(between string) bool { return strings.TrimSpace(between) == "" }

// flat puts a text on one line.
func flat(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' {
			return ' '
		}
		return r
	}, text)
}
