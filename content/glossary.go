package content

import (
	"context"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"sotay/internal/store"
)

// Glossary marks the words of the trade in rendered texts. It is read anew when
// something was published since, so old texts know new terms.
type Glossary struct {
	seq   int64
	first map[string][]markedWords // by the folded first word
}

// markedWords is one way in which a term is written.
type markedWords struct {
	words []string // as written in an abbreviation, else in lower case
	exact bool     // an abbreviation, whose letters count
	term  int      // which term it is, so that one is marked once
	path  string
	note  string
}

// Glossary is the glossary as of the last change.
func (l *Library) Glossary(ctx context.Context) (*Glossary, error) {
	var g *Glossary
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		seq, err := tx.LastChange()
		if err != nil {
			return err
		}
		if g = l.glossary.Load(); g != nil && g.seq == seq {
			return nil
		}
		terms, err := publishedTerms(tx, register{})
		if err != nil {
			return err
		}
		g = newGlossary(terms, seq)
		l.glossary.Store(g)
		return nil
	})
	return g, err
}

func newGlossary(terms []Term, seq int64) *Glossary {
	g := &Glossary{seq: seq, first: map[string][]markedWords{}}
	for i, t := range terms {
		note := t.Summary
		if t.Short != "" {
			note = t.Title + ": " + note
		}
		add := func(text string, exact bool) {
			m := markedWords{exact: exact, term: i, path: t.Path(), note: note}
			for _, w := range wordsIn(text) {
				word := text[w.from:w.to]
				if !exact {
					word = strings.ToLower(word)
				}
				m.words = append(m.words, word)
			}
			if len(m.words) > 0 {
				key := strings.ToLower(m.words[0])
				g.first[key] = append(g.first[key], m)
			}
		}
		add(t.Title, false)
		if t.Short != "" {
			add(t.Short, true)
		}
	}
	return g
}

// span is where a word stands in a text.
type span struct{ from, to int }

func wordsIn(text string) []span {
	var list []span
	from := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		if inside && from < 0 {
			from = i
		}
		if !inside && from >= 0 {
			list, from = append(list, span{from, i}), -1
		}
	}
	if from >= 0 {
		list = append(list, span{from, len(text)})
	}
	return list
}

// Marking marks each term where a page says it first.
type Marking struct {
	glossary *Glossary
	done     map[int]bool
	closed   int // elements around in which nothing is marked
}

// Mark begins a page.
func (g *Glossary) Mark() *Marking { return &Marking{glossary: g, done: map[int]bool{}} }

// unmarked are the elements whose text is left alone: links, headings, code,
// drawings and what is pressed.
var unmarked = map[string]bool{"a": true, "h1": true, "h2": true, "h3": true, "code": true, "pre": true, "svg": true, "button": true, "label": true, "summary": true, "th": true, "textarea": true, "legend": true}

// HTML marks terms in sanitised HTML, whose tags are well formed. The pieces of
// one text are given in their order, because an element may span several.
func (m *Marking) HTML(text string) string {
	if m == nil || len(m.glossary.first) == 0 {
		return text
	}
	var out strings.Builder
	for text != "" {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			at = len(text)
		}
		if m.closed == 0 {
			m.text(&out, text[:at])
		} else {
			out.WriteString(text[:at])
		}
		text = text[at:]
		end := strings.IndexByte(text, '>')
		if end < 0 {
			out.WriteString(text)
			break
		}
		m.tag(text[:end+1])
		out.WriteString(text[:end+1])
		text = text[end+1:]
	}
	return out.String()
}

func (m *Marking) tag(tag string) {
	name := strings.TrimPrefix(tag[1:len(tag)-1], "/")
	if i := strings.IndexAny(name, " \t\n/"); i >= 0 {
		name = name[:i]
	}
	if !unmarked[name] || strings.HasSuffix(tag, "/>") {
		return
	}
	if strings.HasPrefix(tag, "</") {
		m.closed = max(0, m.closed-1)
	} else {
		m.closed++
	}
}

// text marks terms in text between tags.
func (m *Marking) text(out *strings.Builder, text string) {
	words, written := wordsIn(text), 0
	for i := 0; i < len(words); i++ {
		found, n := m.at(text, words[i:])
		if n == 0 {
			continue
		}
		if m.done[found.term] { // its words are no other term either: “ban bầu cử” in “Ủy ban bầu cử”
			i += n - 1
			continue
		}
		from, to := words[i].from, words[i+n-1].to
		out.WriteString(text[written:from])
		out.WriteString(`<a class="term" href="` + html.EscapeString(found.path) + `" data-note="` + html.EscapeString(found.note) + `">` + text[from:to] + `</a>`)
		written = to
		m.done[found.term] = true
		i += n - 1
	}
	out.WriteString(text[written:])
}

// at is the longest term that begins with these words, and of how many words.
func (m *Marking) at(text string, words []span) (best markedWords, n int) {
	key := strings.ToLower(text[words[0].from:words[0].to])
	for _, candidate := range m.glossary.first[key] {
		if len(candidate.words) > n && candidate.stands(text, words) {
			best, n = candidate, len(candidate.words)
		}
	}
	return best, n
}

func (w markedWords) stands(text string, words []span) bool {
	if len(words) < len(w.words) {
		return false
	}
	if before, _ := utf8.DecodeLastRuneInString(text[:words[0].from]); before == '&' || before == '/' || before == '-' {
		return false // an entity, or part of a number like 40/NQ-HĐBCQG
	}
	for i, word := range w.words {
		have := text[words[i].from:words[i].to]
		if !w.exact {
			have = strings.ToLower(have)
		}
		if have != word || i > 0 && !onlyBlank(text[words[i-1].to:words[i].from]) {
			return false
		}
	}
	return true
}

func onlyBlank(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) }) == "" && text != ""
}
