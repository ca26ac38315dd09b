package quizzes

// Limits of this room.
const (
	MaxFileBytes        = 1 << 20  // a GIFT file
	MaxQuestionBytes    = 64 << 10 // one question with its metadata
	MaxFileQuestions    = 500
	MaxQuizQuestions    = 100
	MaxOptions          = 10
	MaxStemRunes        = 600
	MaxOptionRunes      = 300
	MaxFeedbackRunes    = 600
	MaxExplanationRunes = 3000
	MaxTitleRunes       = 90
	MaxSummaryRunes     = 200
	MaxReadBytes        = 300 // the address to read on
	MaxReadLabelRunes   = 120
	MaxBasis            = 10
	MaxIDBytes          = 100 // the id of a question, the slug of a quiz
	MaxVisitBytes       = 64
	MaxQuestionsAtOnce  = 500 // ids given to Questions

	maxFaults       = 50 // reported of a file at once
	maxFolderFiles  = 1000
	exportedPerFile = 100 // questions
)
