package search

import (
	"regexp"
	"strings"
	"unicode"

	"sotay/internal/viet"
)

// loggable is what may be kept of a query: folded words, single blanks, without
// mail addresses, telephone numbers and other long runs of digits. It gives
// itself again.
func loggable(query string) string {
	text := viet.Fold(strings.ToValidUTF8(mail.ReplaceAllString(query, " "), " "))
	text = firstRunes(tidy(strings.Map(loggableRune, text)), maxLogged)
	return tidy(stretch.ReplaceAllStringFunc(text, withoutNumbers))
}

var (
	mail = regexp.MustCompile(`\S*@\S*`)
	// stretch is everything from one digit to the last before a letter.
	stretch = regexp.MustCompile(`[0-9](?:[0-9 /-]*[0-9])?`)
	// digitRun is what a telephone or identity number looks like, grouped or not.
	digitRun = regexp.MustCompile(`[0-9](?:[ -]*[0-9]){4,}`)
	// term of office: "2021-2026"
	years    = regexp.MustCompile(`^(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}$`)
	dividers = regexp.MustCompile(`[ /-]+`)
)

// longNumber is how many digits are nobody's but a person's, however divided:
// "098/765/4321". The number of a law and its year have fewer.
const longNumber = 9

// withoutNumbers empties a stretch of what may name a person. The number of a
// law, "85/2015", stays.
func withoutNumbers(digits string) string {
	n := 0
	for i := range len(digits) {
		if digits[i] >= '0' && digits[i] <= '9' {
			n++
		}
	}
	switch {
	case n >= longNumber:
		return " "
	case years.MatchString(digits):
		return digits
	}
	return digitRun.ReplaceAllString(digits, " ")
}

// loggableRune keeps letters and plain digits; slash and dash divide, the rest
// is blank.
func loggableRune(r rune) rune {
	switch {
	case '0' <= r && r <= '9', r == '/', unicode.IsLetter(r):
		return r
	case unicode.Is(unicode.Pd, r):
		return '-'
	}
	return ' '
}

// tidy leaves one divider between words: a slash beside a digit, a dash between
// digits, else a blank.
func tidy(text string) string {
	text = strings.Trim(text, " /-")
	var b strings.Builder
	last := 0
	for _, at := range dividers.FindAllStringIndex(text, -1) {
		b.WriteString(text[last:at[0]])
		b.WriteByte(divider(text[at[0]:at[1]], isDigit(text[at[0]-1]), isDigit(text[at[1]])))
		last = at[1]
	}
	b.WriteString(text[last:])
	return b.String()
}

func divider(gap string, before, after bool) byte {
	switch {
	case (before || after) && strings.Contains(gap, "/"):
		return '/'
	case before && after && strings.Contains(gap, "-"):
		return '-'
	}
	return ' '
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
