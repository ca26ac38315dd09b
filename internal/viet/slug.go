package viet

import "strings"

// maxSlugBytes keeps addresses readable and far below any limit of a browser.
const maxSlugBytes = 80

// Slug makes the readable part of an address: folded, only a-z, 0-9 and single
// dashes between words, at most 80 bytes, cut between words where possible.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range Fold(s) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && b.String()[b.Len()-1] != '-':
			b.WriteByte('-')
		}
		if b.Len() > maxSlugBytes {
			break
		}
	}
	return strings.Trim(cutSlug(b.String()), "-")
}

func cutSlug(s string) string {
	if len(s) <= maxSlugBytes {
		return s
	}
	if i := strings.LastIndexByte(s[:maxSlugBytes+1], '-'); i > 0 {
		return s[:i]
	}
	return s[:maxSlugBytes]
}
