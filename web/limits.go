package web

import "time"

// Limits of what visitors send and of what one answer may cost.
const (
	MaxBodyBytes   = 1 << 20  // a form; the longest is a document of law
	MaxUploadBytes = 9 << 20  // a form with a file, where one is taken
	MaxHeaderBytes = 16 << 10 // request line and headers
	MaxQueryRunes  = 300      // what is typed into a search field
	MaxFormValues  = 100      // values in one form

	maxPersonRunes = 80   // a name, a duty, a search for people
	maxShownWord   = 200  // of a side of a word that was too long
	maxHereBytes   = 1500 // an address that a form carries back
	maxCodeBytes   = 200  // a code in an address
	maxChoices     = 20   // values of one filter of a search
	maxChoiceRunes = 200  // of one such value: agencies have long names
	maxSuggestions = 8
	noticeTime     = 5 * time.Second // how long counts of what waits may be old
	maxNoticed     = 2000            // people whose counts are remembered
	suggestSeconds = 60              // how long suggestions may be kept
	maxShortName   = 16              // letters of the name of a search engine, by OpenSearch
	maxAPILimit    = 50
	maxAPIOffset   = 1000
	maxListPages   = 1000 // pages of answers that the site map walks
	maxPacked      = 512  // compressed pages kept in memory

	requestTime  = 10 * time.Second // for the rooms to answer
	readTime     = 15 * time.Second // for a request to arrive
	uploadTime   = 3 * time.Minute  // for a file to arrive
	writeTime    = 30 * time.Second
	idleTime     = 60 * time.Second
	retrySeconds = 5 // told with 503
	cookieTime   = 365 * 24 * time.Hour
)

// Limits of what comes from one network address, so that nobody floods the queue
// or tries codes without end. Offices share an address: they are not narrow.
const (
	maxInquiries   = 20 // questions in inquiryTime
	maxReceipts    = 60 // codes looked up in receiptTime
	maxVotes       = 60 // feedback in voteTime
	inquiryTime    = time.Hour
	receiptTime    = 10 * time.Minute
	voteTime       = time.Hour
	maxAddresses   = 20_000 // that each limit remembers
	leastSimilar   = 12     // letters from which similar texts are looked for
	similarTexts   = 4
	feedbackDays   = 90 // of feedback that the desk shows
	feedbackListed = 20
	deskAsked      = 5 // inquiries, unclear pages and notes on the desk
)

// Sizes of lists on pages.
const (
	peoplePerPage     = 50
	maxRowChoices     = 80  // rows of a sheet with a choice of their own, below MaxFormValues
	maxRowsShown      = 200 // faulty or new rows of a preview
	maxRowFaults      = 20  // rows named above a form that was refused
	auditPerPage      = 100
	maxAuditRows      = 50_000 // in one file
	situationsAtHome  = 4      // on the home page
	quizzesAtHome     = 4      // there too
	guidesPerPhase    = 3      // of each phase on the home page
	newestAnswers     = 4      // on the home page
	relatedAnswers    = 5      // below a guide, beside an answer
	topicAnswers      = 4      // of each topic of a session
	relatedGuides     = 3      // beside an answer
	guidesPerDeadline = 2      // of a deadline in the calendar
	hitsPerPage       = 10     // of a search
	facetValues       = 12     // offered of one filter
	leastHeadings     = 2      // from which a text gets its contents list
	provisionPreview  = 160
	gapDays           = 7 // looked back for what readers did not find
	deskGaps          = 8
	textsFound        = 30 // by a search among what is published
)
