package search

// code names a syllable in four bytes: 23 bits of its folded form, one bit for
// the words of a title that say nothing, and eight bits of its tones and marks.
// Two syllables of one folded form never have the same code unless they have
// the same tones; two folded forms hardly ever do, and then only a rank is off.
type code uint32

const (
	frameBit  code = 1 << 8
	lineBreak code = 0 // between two wordings of a question
	codeBytes      = 4
)

func (s syllable) code() code {
	return code(hash(s.folded))<<9 | code(signature(s.exact))
}

// folded is the code without tones.
func (c code) folded() code { return c >> 9 }

// exact is the code with tones.
func (c code) exact() code { return c &^ frameBit }

// hash is FNV-1a, folded to 23 bits.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return (h ^ h>>23) & (1<<23 - 1)
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
