package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC composes letters and their marks, so that equal text has equal bytes.
func NFC(s string) string { return norm.NFC.String(s) }

// Fold gives lower case without diacritics, đ as d; other runes stay.
func Fold(s string) string {
	if foldedASCII(s) {
		return s
	}
	return strings.Map(FoldRune, NFC(s))
}

func foldedASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// foldTable answers for the runes of Vietnamese text without decomposing them.
var foldTable = func() (table [0x1F00]rune) {
	for r := range table {
		table[r] = foldRune(rune(r))
	}
	return table
}()

// FoldRune folds one rune of NFC text; -1 for a mark that stands alone. One
// rune never becomes two, so offsets into text can be kept beside its folding.
func FoldRune(r rune) rune {
	if 0 <= r && int(r) < len(foldTable) {
		return foldTable[r]
	}
	return foldRune(r)
}

func foldRune(r rune) rune {
	switch r {
	case 'đ', 'Đ':
		return 'd'
	case utf8.RuneError:
		return r
	}
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	parts := []rune(norm.NFD.String(string(r)))
	for _, mark := range parts[1:] {
		if !unicode.Is(unicode.Mn, mark) {
			return unicode.ToLower(r)
		}
	}
	return unicode.ToLower(parts[0])
}
