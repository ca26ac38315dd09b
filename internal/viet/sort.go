package viet

import (
	"encoding/hex"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// maxSortKeyBytes keeps sort keys small enough for an index. What is cut off
// decides only between texts that begin with the same fifty letters or so.
const maxSortKeyBytes = 480

// sorter is a collator, which serves one caller at a time.
type sorter struct {
	order  *collate.Collator
	buffer collate.Buffer
}

var sorters = sync.Pool{New: func() any { return &sorter{order: collate.New(language.Vietnamese)} }}

// SortKey gives a text of digits and letters a to f whose byte order is the
// Vietnamese order of s: a ă â b c d đ …, and among equal letters the tones as
// dictionaries have them.
func SortKey(s string) string {
	own := sorters.Get().(*sorter)
	defer sorters.Put(own)
	own.buffer.Reset()
	key := own.order.KeyFromString(&own.buffer, NFC(s))
	return hex.EncodeToString(key[:min(len(key), maxSortKeyBytes/2)])
}
