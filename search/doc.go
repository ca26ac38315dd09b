// Package search finds what readers look for, however they type it: with tones
// or without, in capitals, abbreviated, in an everyday word for an official
// one, with a word cut short. It owns the index, the Vietnamese analysis behind
// it, the list of words that mean the same, and the log of what was asked. The index is derived from the
// database and may be deleted at any time: Run opens or builds it and then
// follows the change log; nobody else writes to it. The package refuses to hand
// user text to a query language, and it knows nothing of HTTP.
//
// A text is indexed as pairs of neighbouring syllables without tones, because
// nearly every Vietnamese word has two syllables and half of all queries have no
// tones. The best candidates are then ranked again on their stored text, by
// tones, order and nearness.
//
//	index := search.Open(dir, db, lib, bank, log)
//	go index.Run(ctx)
//	result, err := index.Search(ctx, search.Query{Text: "bo phieu noi khac"})
package search
