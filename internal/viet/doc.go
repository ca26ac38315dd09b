// Package viet knows how Vietnamese is written: folding for search, slugs,
// dates and numbers, and the one gate through which typed and
// imported text enters. It knows no noun of this site and imports nothing of
// ours; golang.org/x/text is used nowhere else.
//
//	viet.Fold("Đổi thẻ cử tri") // "doi the cu tri"
//	viet.Slug("Đổi thẻ cử tri") // "doi-the-cu-tri"
package viet
