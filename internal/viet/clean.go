package viet

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What Clean refuses. The rooms turn these into sentences for people.
var (
	ErrNotUTF8 = errors.New("text is not valid UTF-8")
	ErrControl = errors.New("text holds control or private-use characters")
	ErrTooLong = errors.New("text is too long")
)

// newlines are the line ends of other systems; a byte order mark is no text.
var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\ufeff", "")

// Clean is the one gate for typed and imported text: valid UTF-8 in NFC, lines
// ended by \n, trimmed, at most maxRunes runes. Text with NUL, other control
// characters (tab and newline excepted) or private-use characters is refused.
func Clean(s string, maxRunes int) (string, error) {
	if !utf8.ValidString(s) {
		return "", ErrNotUTF8
	}
	s = newlines.Replace(s)
	if strings.ContainsFunc(s, refused) {
		return "", ErrControl
	}
	s = strings.TrimSpace(NFC(s))
	if len(s) > maxRunes && utf8.RuneCountInString(s) > maxRunes {
		return "", ErrTooLong
	}
	return s, nil
}

func refused(r rune) bool {
	if r == '\n' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || 0xE000 <= r && r <= 0xF8FF
}
