package search

import (
	"strings"
)

// code names a syllable in three bytes: sixteen bits of its folded form and
// eight of its tones and marks. No two Vietnamese syllables have one code; of
// other words a few have, and then only a rank is off.
type code uint32

// Codes that name no syllable.
const (
	lineBreak code = 0 // between two wordings of a question
	frameMark code = 1 // before a syllable of a title that says nothing
)

const codeBytes = 3

func (s syllable) code() code {
	return code(numberOfFolded(s.folded))<<8 | code(signature(s.exact))
}

// folded is the code without tones.
func (c code) folded() code { return c >> 8 }

// The parts of Vietnamese syllables without tones. A syllable is a beginning and
// a rhyme; other words are told by a hash.
var (
	beginnings = places("", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x")
	rhymes     = places(strings.Fields(`a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ic ich iec iem ien ieng iep iet ieu im in inh ip it iu
		o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong ooc oong op ot u ua uan uang uat uau uay uc ue uech uenh ui um un ung
		uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uyn uynh uyt uyu y yem yen yeng yet yeu`)...)
)

const longestBeginning = 3

func places(list ...string) map[string]uint32 {
	at := make(map[string]uint32, len(list))
	for i, s := range list {
		at[s] = uint32(i)
	}
	return at
}

// numberOfFolded is from 1 to 65535.
func numberOfFolded(folded string) uint32 {
	if n := numberOfSyllable(folded); n > 0 {
		return n
	}
	first := 1 + uint32(len(beginnings)*len(rhymes))
	return first + hash(folded)%(1<<16-first)
}

// numberOfSyllable is 0 for what can be no Vietnamese syllable.
func numberOfSyllable(folded string) uint32 {
	for n := min(longestBeginning, len(folded)); n >= 0; n-- {
		if beginning, ok := beginnings[folded[:n]]; ok {
			if rhyme, ok := rhymes[folded[n:]]; ok {
				return 1 + beginning*uint32(len(rhymes)) + rhyme
			}
		}
	}
	return 0
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// diacritics of a letter: its tone, from 1 to 5, and its mark, 1 or 2: no
// letter has more than two.
type diacritics struct{ tone, mark uint8 }

var diacriticsOf = func() (table [0x1F00]diacritics) {
	for mark, vowels := range []string{"aàáảãạeèéẻẽẹiìíỉĩịoòóỏõọuùúủũụyỳýỷỹỵ", "âầấẩẫậêềếểễệôồốổỗộưừứửữự", "ăằắẳẵặơờớởỡợ"} {
		for i, r := range []rune(vowels) {
			table[r] = diacritics{uint8(i % 6), uint8(mark)}
		}
	}
	return table
}()

// signature tells syllables of one folded form apart: six tones, đ or d, and the
// marks of up to three vowels.
func signature(exact string) uint8 {
	tone, bar, marks := 0, 0, 0
	for _, r := range exact {
		switch {
		case r == 'đ':
			bar = 1
		case r >= 0 && int(r) < len(diacriticsOf):
			d := diacriticsOf[r]
			if d.tone != 0 {
				tone = int(d.tone)
			}
			if d.mark != 0 || isVowel(r) || d.tone != 0 {
				marks = (marks*3 + int(d.mark)) % 21
			}
		}
	}
	return uint8(tone + 6*bar + 12*marks)
}
