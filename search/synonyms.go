package search

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"sotay/internal/store"
)

//go:embed words.txt
var wordsText string

//go:embed everyday.txt
var everydayText string

// embedded are the words of words.txt and everyday.txt; a broken line fails
// the first test and the start.
var embedded = withoutDoubles(slices.Concat(mustReadWords(wordsText), mustReadWords(everydayText)))

func withoutDoubles(list []Word) []Word {
	seen := map[wordKey]bool{}
	return slices.DeleteFunc(list, func(s Word) bool {
		double := seen[s.key()]
		seen[s.key()] = true
		return double
	})
}

// words is the embedded dictionary. It marks the frames of questions in the
// titles of indexed texts, so that an index does not depend on when it was
// written; queries are read with that of the database.
var words = newDictionary(embedded)

// KindSynonym names changes of the dictionary in the change log.
const KindSynonym = "synonym"

func mustReadWords(text string) []Word {
	list, err := readWords(text)
	if err != nil {
		panic(err)
	}
	return list
}

// readWords reads the format that words.txt explains.
func readWords(text string) (list []Word, err error) {
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if list, err = readLine(list, line); err != nil {
			return nil, fmt.Errorf("words, line %d: %w", i+1, err)
		}
	}
	return list, nil
}

func readLine(list []Word, line string) ([]Word, error) {
	left, right, r := line, "", Same
	if rest, ok := strings.CutPrefix(line, "- "); ok {
		left, r = rest, Courtesy
	} else if before, after, ok := strings.Cut(line, " = "); ok {
		left, right = before, after
	} else if before, after, ok := strings.Cut(line, " ~ "); ok {
		left, right, r = before, after, Related
	} else {
		return nil, fmt.Errorf("%q is no word list", line)
	}
	for _, item := range strings.Split(left, ",") {
		s, err := newWord(item, right, r)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// SeedWords enters the embedded words that were never in the database. What is
// there stays as it is, and what was removed stays removed: the database is the
// truth.
func SeedWords(ctx context.Context, db *store.DB, by string) error {
	return seedWords(ctx, db, embedded, by)
}

func seedWords(ctx context.Context, db *store.DB, list []Word, by string) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		stored, err := allSynonyms(tx)
		if err != nil {
			return err
		}
		return addMissing(tx, stored, list, by)
	})
}

// addMissing inserts what the database never had.
func addMissing(tx *store.Tx, stored, list []Word, by string) error {
	known := map[wordKey]bool{}
	for _, s := range stored {
		known[s.key()] = true
	}
	for _, s := range list {
		if known[s.key()] {
			continue
		}
		if err := insertSynonym(tx, s, by); err != nil {
			return err
		}
	}
	return nil
}

// readDictionary makes the dictionary of the database. One that holds no words
// was never seeded; it gets the embedded ones, because its operator refused the
// sample texts, not the meaning of UBND.
func readDictionary(ctx context.Context, db *store.DB) (dictionary, error) {
	list, err := storedWords(ctx, db)
	if err != nil {
		return dictionary{}, err
	}
	if len(list) == 0 {
		return words, nil
	}
	return newDictionary(list), nil
}

func storedWords(ctx context.Context, db *store.DB) (list []Word, err error) {
	err = db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = allSynonyms(tx)
		return err
	})
	return list, err
}

// dictionary is the present one. It is loaded before the first search; whatever
// asks earlier gets the embedded words.
func (x *Index) dictionary() dictionary {
	if d := x.words.Load(); d != nil {
		return *d
	}
	return words
}

// dictionary knows what else may be said for a phrase. It never changes; another
// one takes its place. The first two maps are by the folded first syllable.
type dictionary struct {
	same   meanings
	near   meanings
	silent map[string][]phrase // courtesies and question words

	syllables map[string]bool // folded, of all of them
}

// meanings are those of phrases that begin with a folded syllable, the longest
// phrase first.
type meanings map[string][]meaning

// meaning is another phrase for one phrase.
type meaning struct {
	from, to phrase
	exactly  bool   // tones are needed: without them it is another word as often
	told     string // what the page says of it; "" towards an everyday word
}

func newDictionary(list []Word) dictionary {
	d := dictionary{same: meanings{}, near: meanings{}, silent: map[string][]phrase{}, syllables: map[string]bool{}}
	short := map[string][]phrase{} // abbreviations of each official word
	for _, s := range list {
		if s.Relation == Same && s.abbreviates() && !s.Removed {
			official := spoken(s.Official)
			short[official] = append(short[official], syllables(s.Typed))
		}
	}
	for _, s := range list {
		if !s.Removed {
			d.enter(s, short[spoken(s.Official)])
		}
	}
	for _, all := range []meanings{d.same, d.near} {
		for _, list := range all {
			slices.SortStableFunc(list, func(a, b meaning) int { return len(b.from) - len(a.from) })
		}
	}
	for _, phrases := range d.silent {
		slices.SortStableFunc(phrases, func(a, b phrase) int { return len(b) - len(a) })
	}
	return d
}

// enter notes a word. Who types "ĐB HĐND" also wants "đại biểu HĐND": for an
// abbreviation the others of its official word are the same thing too.
func (d dictionary) enter(s Word, short []phrase) {
	typed, official := phrase(syllables(s.Typed)), phrase(syllables(s.Official))
	if len(typed) == 0 || (len(official) == 0) != (s.Relation == Courtesy) {
		return // a row that did not come through newWord
	}
	switch s.Relation {
	case Courtesy:
		d.note(typed)
		d.silent[typed[0].folded] = append(d.silent[typed[0].folded], typed)
	case Related:
		d.add(d.near, meaning{from: typed, to: official, told: s.Official, exactly: len(typed) == 1 && !s.abbreviates()})
	case Same:
		d.add(d.same, meaning{from: official, to: typed})
		d.add(d.same, meaning{from: typed, to: official, told: s.Typed + " = " + s.Official})
		for _, other := range short {
			if s.abbreviates() && !other.sounds(typed) {
				d.add(d.same, meaning{from: typed, to: other})
			}
		}
	}
}

func (d dictionary) note(p phrase) {
	for _, s := range p {
		d.syllables[s.folded] = true
	}
}

func (d dictionary) add(to meanings, m meaning) {
	d.note(m.from)
	d.note(m.to)
	to[m.from[0].folded] = append(to[m.from[0].folded], m)
}

// longest finds the meanings of the longest known phrase at the beginning of a
// query's rest, those of equal length together.
func (all meanings) longest(rest []syllable) (found []meaning) {
	for _, m := range all[rest[0].folded] {
		if len(found) > 0 && len(m.from) < len(found[0].from) {
			break
		}
		if m.from.begins(rest) && (!m.exactly || m.from[0].exact == rest[0].exact) {
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
