package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sotay/internal/viet"
)

// syllable is one syllable, number or foreign word of a text, in the two forms
// that are compared.
type syllable struct {
	folded     string // without tones: "hoa"
	exact      string // lower case in one spelling: "hòa" for hoà, "kí" for ký
	start, end int    // bytes of the text
}

// syllables splits NFC text at everything that is neither letter nor digit, and
// between letters and digits, so that "Đ.69", "đ69" and "Đ 69" are one.
func syllables(text string) []syllable {
	list := make([]syllable, 0, len(text)/5+1)
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		class := classOf(r)
		if class != letter && class != digit {
			at += size
			continue
		}
		end := endOfRun(text, at, class)
		if s := newSyllable(text[at:end]); s.folded != "" {
			s.start, s.end = at, end
			list = append(list, s)
		}
		at = end
	}
	return list
}

// endOfRun is where a run of one class that begins at a byte ends.
func endOfRun(text string, at int, class runeClass) int {
	for runes := 0; at < len(text) && runes < maxSyllable; runes++ {
		r, size := utf8.DecodeRuneInString(text[at:])
		if c := classOf(r); c != class && c != mark {
			break
		}
		at += size
	}
	return at
}

type runeClass uint8

const (
	separator runeClass = iota
	letter
	digit
	mark
)

// classes answers for Latin letters without searching the tables of Unicode.
var classes = func() (table [0x1F00]runeClass) {
	for r := range table {
		table[r] = slowClassOf(rune(r))
	}
	return table
}()

func classOf(r rune) runeClass {
	if 0 <= r && int(r) < len(classes) {
		return classes[r]
	}
	return slowClassOf(r)
}

func slowClassOf(r rune) runeClass {
	switch {
	case r == utf8.RuneError:
		return separator
	case unicode.IsLetter(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	case unicode.IsMark(r):
		return mark
	}
	return separator
}

func newSyllable(text string) syllable {
	folded := viet.Fold(text)
	return syllable{folded: oneFoldedSpelling(folded), exact: oneSpelling(strings.ToLower(text), folded)}
}

// shortI are the consonants after which i and y are the same sound and both are
// written: kí and ký, lí and lý, mĩ and mỹ.
const shortI = "hklmstv"

func endsInFreeY(folded string) bool {
	return len(folded) == 2 && folded[1] == 'y' && strings.IndexByte(shortI, folded[0]) >= 0
}

// oneFoldedSpelling unites spellings without tones: ky as ki, qui as quy, 09 as 9.
func oneFoldedSpelling(folded string) string {
	switch {
	case endsInFreeY(folded):
		return folded[:1] + "i"
	case folded == "qui":
		return "quy"
	case len(folded) > 1 && folded[0] == '0':
		if rest := strings.TrimLeft(folded, "0"); rest != "" {
			return rest
		}
		return "0"
	}
	return folded
}

var (
	yToI = strings.NewReplacer("y", "i", "ý", "í", "ỳ", "ì", "ỷ", "ỉ", "ỹ", "ĩ", "ỵ", "ị")
	iToY = strings.NewReplacer("i", "y", "í", "ý", "ì", "ỳ", "ỉ", "ỷ", "ĩ", "ỹ", "ị", "ỵ")
	// toneToFirst moves the tone of an open oa, oe, uy to its first vowel.
	toneToFirst = strings.NewReplacer(
		"oà", "òa", "oá", "óa", "oả", "ỏa", "oã", "õa", "oạ", "ọa",
		"oè", "òe", "oé", "óe", "oẻ", "ỏe", "oẽ", "õe", "oẹ", "ọe",
		"uỳ", "ùy", "uý", "úy", "uỷ", "ủy", "uỹ", "ũy", "uỵ", "ụy")
	// toneToLast moves it back after qu, where u is part of the consonant.
	toneToLast = strings.NewReplacer("úy", "uý", "ùy", "uỳ", "ủy", "uỷ", "ũy", "uỹ", "ụy", "uỵ")
)

// oneSpelling unites spellings with tones: hoà as hòa, ký as kí, quí as quý.
func oneSpelling(exact, folded string) string {
	switch {
	case endsInFreeY(folded):
		return yToI.Replace(exact)
	case folded == "qui":
		return iToY.Replace(exact)
	case folded == "quy":
		return toneToLast.Replace(exact)
	case strings.HasSuffix(folded, "oa") || strings.HasSuffix(folded, "oe") || strings.HasSuffix(folded, "uy"):
		return toneToFirst.Replace(exact)
	case folded != "" && folded[0] == '0':
		return oneFoldedSpelling(folded)
	}
	return exact
}
