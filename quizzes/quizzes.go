package quizzes

import (
	"regexp"

	"sotay/internal/store"
)

// Bank is the handle of this room.
type Bank struct {
	db *store.DB
}

// New makes a bank over an open database.
func New(db *store.DB) *Bank { return &Bank{db: db} }

// Kinds of things, as the change log, the audit log and citations name them.
const (
	KindQuiz     = "quiz"
	KindQuestion = "question"
)

// plainName is the form of question ids, quiz slugs and topics.
var plainName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func isName(s string) bool { return len(s) <= MaxIDBytes && plainName.MatchString(s) }
