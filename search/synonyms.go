package search

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"sotay/internal/viet"
)

//go:embed words.txt
var wordsText string

// words is the dictionary of words.txt; a broken line fails the first test and
// the start.
var words = mustReadWords(wordsText)

// dictionary knows what else may be said for a phrase. All maps are by the
// folded first syllable.
type dictionary struct {
	entries map[string][]meaning
	silent  map[string][]phrase // courtesies and question words

	syllables map[string]bool // folded, of all of them
}

// meaning is another phrase for one phrase.
type meaning struct {
	from, to phrase
	related  bool   // only related, not the same
	told     string // what the page says of it; "" towards an everyday word
}

func mustReadWords(text string) dictionary {
	d, err := readWords(text)
	if err != nil {
		panic(err)
	}
	return d
}

// readWords reads the format that words.txt explains.
func readWords(text string) (dictionary, error) {
	d := dictionary{entries: map[string][]meaning{}, silent: map[string][]phrase{}, syllables: map[string]bool{}}
	for i, line := range strings.Split(viet.NFC(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := d.readLine(line); err != nil {
			return dictionary{}, fmt.Errorf("words, line %d: %w", i+1, err)
		}
	}
	for _, list := range d.entries {
		slices.SortStableFunc(list, func(a, b meaning) int { return len(b.from) - len(a.from) })
	}
	for _, list := range d.silent {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b) - len(a) })
	}
	return d, nil
}

func (d dictionary) readLine(line string) error {
	if rest, ok := strings.CutPrefix(line, "- "); ok {
		return d.addSilent(rest)
	}
	if left, right, ok := strings.Cut(line, " = "); ok {
		return d.addMeanings(left, right, false)
	}
	if left, right, ok := strings.Cut(line, " ~ "); ok {
		return d.addMeanings(left, right, true)
	}
	return fmt.Errorf("%q is no word list", line)
}

func (d dictionary) addSilent(list string) error {
	for _, item := range strings.Split(list, ",") {
		p := phrase(syllables(item))
		if len(p) == 0 {
			return fmt.Errorf("an empty word")
		}
		d.note(p)
		d.silent[p[0].folded] = append(d.silent[p[0].folded], p)
	}
	return nil
}

func (d dictionary) addMeanings(left, right string, related bool) error {
	official := phrase(syllables(right))
	for _, item := range strings.Split(left, ", ") {
		item = strings.TrimSpace(item)
		other := phrase(syllables(item))
		if len(other) == 0 || len(official) == 0 {
			return fmt.Errorf("an empty side of %q", left+" = "+right)
		}
		told := item + " = " + right
		if related {
			told = ""
		} else {
			d.add(meaning{from: official, to: other})
		}
		d.add(meaning{from: other, to: official, related: related, told: told})
	}
	return nil
}

func (d dictionary) note(p phrase) {
	for _, s := range p {
		d.syllables[s.folded] = true
	}
}

func (d dictionary) add(m meaning) {
	d.note(m.from)
	d.note(m.to)
	d.entries[m.from[0].folded] = append(d.entries[m.from[0].folded], m)
}

// longest finds the meanings of the longest known phrase at the beginning of a
// query's rest, those of equal length together.
func (d dictionary) longest(rest []syllable) (found []meaning) {
	for _, m := range d.entries[rest[0].folded] {
		if len(found) > 0 && len(m.from) < len(found[0].from) {
			break
		}
		if m.from.begins(rest) {
			found = append(found, m)
		}
	}
	return found
}

// silentAt is the length of the longest courtesy that begins here, 0 for none.
// One syllable without tones is no courtesy: "the" is thẻ as often as thế.
func (d dictionary) silentAt(rest []syllable) int {
	for _, p := range d.silent[rest[0].folded] {
		if p.begins(rest) && (len(p) > 1 || p[0].exact == rest[0].exact) {
			return len(p)
		}
	}
	return 0
}
