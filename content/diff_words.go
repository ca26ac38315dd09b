package content

import (
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// wordsOf cuts a text into words, runs of blanks and single marks. A combining
// mark stays with what it stands on, so that no syllable is ever cut.
func wordsOf(text string) []string {
	var list []string
	start, last := 0, rune(-1)
	for i, r := range text {
		if i > start && !sticks(last, r) {
			list, start = append(list, text[start:i]), i
		}
		last = r
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

// sticks reports whether r belongs to the same word as the rune before it.
func sticks(before, r rune) bool {
	switch {
	case unicode.IsMark(r) || unicode.Is(unicode.Cf, r):
		return true
	case isWord(r):
		return isWord(before) || unicode.IsMark(before) || unicode.Is(unicode.Cf, before)
	case r == ' ' || r == '\t':
		return before == ' ' || before == '\t'
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// run is a stretch of tokens that both sides have, or that one was replaced by
// another.
type run struct {
	op             Op  // OpSame or OpChanged
	tokens         int // of a same one
	removed, added int // of a changed one
}

// diffTokens compares two lists of tokens within a time; where that does not
// suffice, whole stretches count as replaced.
func diffTokens(a, b []string, within time.Duration) []run {
	numbers := map[string]rune{}
	left, right := numbered(a, numbers), numbered(b, numbers)
	engine := diffmatchpatch.New()
	engine.DiffTimeout = within
	var runs []run
	for _, d := range engine.DiffMainRunes(left, right, false) {
		n := len([]rune(d.Text))
		if n == 0 {
			continue
		}
		if d.Type == diffmatchpatch.DiffEqual {
			runs = append(runs, run{op: OpSame, tokens: n})
			continue
		}
		if len(runs) == 0 || runs[len(runs)-1].op == OpSame {
			runs = append(runs, run{op: OpChanged})
		}
		if last := &runs[len(runs)-1]; d.Type == diffmatchpatch.DiffDelete {
			last.removed += n
		} else {
			last.added += n
		}
	}
	return runs
}

// The library compares runes, so each different token gets one; those that UTF-8
// does not know are passed over.
const (
	firstSurrogate = 0xD800
	surrogates     = 0x800
)

func numbered(tokens []string, numbers map[string]rune) []rune {
	list := make([]rune, len(tokens))
	for i, t := range tokens {
		n, known := numbers[t]
		if !known {
			if n = rune(len(numbers)) + 1; n >= firstSurrogate {
				n += surrogates
			}
			numbers[t] = n
		}
		list[i] = n
	}
	return list
}

// joinRuns makes one change of two that only blanks or marks of punctuation
// part: readers follow words, not commas.
func joinRuns(runs []run, before []string) []run {
	var joined []run
	at := 0
	for i, r := range runs {
		if r.op == OpSame {
			between := len(joined) > 0 && i+1 < len(runs)
			if between && !strings.ContainsFunc(strings.Join(before[at:at+r.tokens], ""), isWord) && !strings.Contains(strings.Join(before[at:at+r.tokens], ""), "\n") {
				joined[len(joined)-1].removed += r.tokens
				joined[len(joined)-1].added += r.tokens
			} else {
				joined = append(joined, r)
			}
			at += r.tokens
			continue
		}
		if last := len(joined) - 1; last >= 0 && joined[last].op == OpChanged {
			joined[last].removed += r.removed
			joined[last].added += r.added
		} else {
			joined = append(joined, r)
		}
		at += r.removed
	}
	return joined
}
