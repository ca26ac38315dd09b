package main

import (
	"strings"
	"unicode"

	"sotay/internal/viet"
)

// foldedWords are the words of a query, without tones and in lower case.
func foldedWords(text string) []string {
	return strings.FieldsFunc(viet.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// onlyD writes d for đ, which decomposes into nothing and so is kept by those
// who only drop marks.
var onlyD = strings.NewReplacer("đ", "d", "Đ", "D")
