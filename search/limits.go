package search

import "time"

// Limits of one query and of the index's work.
const (
	MaxQueryRunes   = 300 // what is typed beyond is cut off
	MaxLimit        = 50  // hits on one page
	DefaultLimit    = 10  // hits on one page when nothing is asked
	MaxReach        = 200 // no page shows hits beyond this one
	MaxSnippetRunes = 200 // visible characters of a snippet

	maxWords        = 40      // syllables of a query that are looked at
	maxUnits        = 16      // pairs that decide; the rarest are taken
	maxAlternatives = 4       // equal phrases tried for one phrase of a query
	maxSynonym      = 100     // runes of one side of a synonym
	maxWordFile     = 4 << 20 // bytes of a file of synonyms
	maxWordFaults   = 50      // of a file, told at once
	maxReadings     = 4       // versions of a query with an equal phrase put in
	maxLoose        = 24      // near meanings and syllables, beyond which no syllable is added when less is asked
	maxSuggested    = 64      // titles that a half-typed query is compared with
	maxTouched      = 5000    // documents with a rare part of the query, beyond which common parts find no more
	maxRanked       = 50      // candidates ranked again on their text
	maxCompletions  = 64      // pairs that a half-typed one may become
	maxForms        = 256     // numbers of forms that are lifted where a form is asked for
	maxColumns      = 64      // segments whose columns are kept
	maxSyllable     = 32      // runes; longer runs of letters are split
	maxOwned        = 10000   // entries of one guide or law in the index
	tonesFrom       = 5       // hits whose texts give a mended query its tones
	maxMeanings     = 16      // of one mistyped word that are weighed
	shortestSlip    = 3       // letters of a word that may be mistyped
	longestSlip     = 10
	shortestGlued   = 4  // letters of a word that may be several
	longestPart     = 7  // letters of a syllable: "nghiêng"
	learnPause      = 20 // times as long as reading the lexicon took, until it is read again

	searchDeadline = 300 * time.Millisecond
	pollInterval   = 500 * time.Millisecond // of the change log
	lockTimeout    = "500ms"                // for an index folder that another process holds
	batchSize      = 500                    // changes in one batch
	buildBatch     = 2000                   // documents in one batch of a build
)

// sharePerQuery is the part of a query's pairs that a text must contain.
const sharePerQuery = 0.6

// With fewer hits than fewHits less is asked, and what scores at least
// nearEnough of the best is shown.
const (
	fewHits    = 5
	nearEnough = 0.5
)

// Limits of the dictionary and of what a change of it is tried on.
const (
	MaxWords     = 5000 // rows, also those out of use; all are in memory
	WordsPerPage = 50
	MaxSamples   = 10   // queries that a person may add to the trial
	SampleDays   = 90   // of the query log that samples are taken from
	maxAsked     = 10   // samples of the query log
	maxSampled   = 5000 // queries of the log that are looked at for samples
	effectHits   = 5    // shown of each sample
	effectReach  = 20   // hits within which a place is told
)

// LogDays is how long the query log is kept.
const LogDays = 400

// Limits of the query log and of its report.
const (
	logBuffer     = 1024            // searches and clicks that wait to be added up; more are dropped
	flushSize     = 256             // queries added up before they are stored at once
	flushInterval = 2 * time.Second // after which they are stored anyway
	flushTime     = 3 * time.Second // to store the last ones at a stop
	forgetEvery   = 24 * time.Hour  // between two looks for what is too old
	maxLogged     = 120             // runes kept of a query
	maxDayQueries = 20000           // different queries kept of a day
	maxHitBytes   = 200             // of the id of a hit
	MaxGaps       = 200             // entries of one list of the report
	maxDismissed  = 500             // dismissed gaps that are compared with those
	maxClustered  = 1000            // queries without hits that are compared with each other
	leastAsked    = 3               // times asked before a query without clicks tells something
	alikeEnough   = 0.6             // share of common pairs that makes two queries one
)
