// Command bench compares the portal's search with other engines: on the same
// passages, with the same queries, in one run. It is a module of its own, so
// that the engines it compares with stay out of the product; it refuses to ship
// a corpus, whose folder it is told.
//
//	make bench-search CORPUS=DIR SIZES="10000 100000" OUT=table.md
//
// The folder holds corpus.jsonl.gz, lines {"id","title","body"} with the ids
// d00000, d00001 …, and queries.jsonl, lines {"q","kind","src","rel":[ids]}.
//
// For each size and engine the program starts itself anew: once to prepare what
// is no part of the index (the portal's database), once to build the index, once
// to ask. An engine is one file with a type that has the methods of engine.
package main
