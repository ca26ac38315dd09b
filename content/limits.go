package content

// Limits of Markdown, front matter and plans. Those of Markdown are checked
// before parsing, because a parse cannot be stopped half-way.
const (
	MaxGuideBytes  = 64 << 10 // source of a guide or a session
	MaxAnswerBytes = 32 << 10 // source of an answer
	MaxBodyBytes   = 4 << 20  // rendered HTML of one text

	maxNesting       = 32      // lists, quotes, emphasis and links inside one another
	maxTableColumns  = 30      // of one table
	maxTableRows     = 2000    // of all tables of one text
	maxNestedLines   = 100_000 // lines of one text, each counted as often as lists and quotes are open there
	maxInlineMarks   = 2000    // emphasis runs, brackets, backtick runs, angle brackets, ampersands: of each
	maxSelfCheckKeys = 10      // questions in one self-check
	maxKeyBytes      = 80      // a key in a directive
	maxLabelRunes    = 80      // the name of a table for screen readers
	maxFrontMatter   = 16 << 10
	maxPlanBytes     = 64 << 10
	maxPlanTextRunes = 900
	maxPlanObjects   = 40
	maxPlanDoors     = 8
	maxPlanStations  = 16
	maxPlanChecks    = 30
	maxPlanSeats     = 12
	maxPlanMetres    = 30 // a side of a room, and a measure in it
	maxPlanYard      = 12
	planGap          = 2  // decimetres between two objects
	planDoorway      = 12 // decimetres that stay free before a door
)

// Limits of guides, answers, law files and imports.
const (
	MaxLawBytes       = 512 << 10 // a law file with its summaries
	MaxTitleRunes     = 90
	MaxSummaryRunes   = 200
	MaxQuestionRunes  = 500
	MaxShortWords     = 30
	MaxAsked          = 20 // other wordings of one answer or of one section of a guide
	MaxAskedRunes     = 200
	AnswersPerPage    = 20
	MaxAnswersPerPage = 100

	maxRefRunes     = 100       // the id of an imported answer
	maxLineRunes    = 200       // a field of one line
	maxImportLine   = 256 << 10 // bytes of one line of an import
	maxImportFaults = 50        // reported at once
	answersPerBatch = 500       // read at once when all are visited
	rerenderBatch   = 100       // rendered again in one transaction
	MaxActNoteRunes = 1000      // a reason, a verdict, what readers are told
	maxHistory      = 500       // revisions of one thing in a list
	maxShownHistory = 30        // published ones that readers may compare
	maxListed       = 500       // drafts, reviews, things in the bin in a list
	publishBatch    = 50        // looked up at once when their hour has come
	maxComments     = 500       // on one thing
	maxCommentRunes = 2000
	maxQuoteRunes   = 300
	maxPreviewDays  = 30 // a preview link lives at most so long
)

// Limits of inquiries and feedback.
const (
	MinInquiryRunes = 20   // of a question
	MaxInquiryRunes = 2000 // of a question, and of what belongs to it
	MaxPlaceRunes   = 120
	MaxReasonRunes  = 1000 // why a question is refused
	MaxNoteRunes    = 500  // of a reader beside "not clear"
	TakeDays        = 1    // working days until a question is taken or refused
	ReplyDays       = 8    // working days until it is answered
	FeedbackDays    = 400  // how long feedback is kept
	maxTopicName    = 40   // letters, on tiles
	InquiryMonths   = 24   // how long the words of a closed inquiry are kept

	InquiriesPerPage    = 30
	MaxInquiriesPerPage = 100
	maxReceiptBytes     = 100 // typed
	maxFeedbackListed   = 50
	maxAlike            = 500  // waiting inquiries compared with one
	leastAlike          = 0.15 // share of common pairs from which two may ask the same
)

// Limits of exports and of folders that are read.
const (
	MaxFolderFiles = 50_000    // texts of one folder
	MaxFolderBytes = 256 << 20 // of all files together
	MaxListBytes   = 16 << 20  // a file of JSON lines

	maxFileName      = 200
	exportedPerBatch = 500
)
