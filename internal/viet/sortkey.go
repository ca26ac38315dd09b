package viet

import (
	"encoding/hex"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators are kept because making one is slow and none may be shared.
var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese) }}

// SortKey is text whose byte order is the Vietnamese dictionary order of s:
// a ă â … d đ, tones after letters.
func SortKey(s string) string {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	var buf collate.Buffer
	return hex.EncodeToString(c.KeyFromString(&buf, NFC(s)))
}
