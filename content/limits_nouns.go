package content

// Limits of this room's nouns.
const (
	MaxLawBytes       = 512 << 10 // a law file with its summaries
	MaxTitleRunes     = 90
	MaxSummaryRunes   = 200
	MaxQuestionRunes  = 500
	MaxShortWords     = 30
	AnswersPerPage    = 20
	MaxAnswersPerPage = 100

	maxRefRunes     = 100       // the id of an imported answer
	maxImportLine   = 256 << 10 // bytes of one line of an import
	maxImportFaults = 50        // reported at once
	answersPerBatch = 500       // read at once when all are visited
	rerenderBatch   = 100       // rendered again in one transaction
)
