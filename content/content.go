package content

import (
	"sync/atomic"

	"sotay/internal/store"
)

// Library is the handle of this room.
type Library struct {
	db        *store.DB
	known     atomic.Pointer[knownRegister]
	flagged   atomic.Pointer[knownFlags]
	held      Election // see HeldOn
	deadlines atomic.Pointer[knownDeadlines]
	compared  comparer
	glossary  atomic.Pointer[Glossary]
	plans     atomic.Pointer[knownPlans]
}

// New makes a library over an open database.
func New(db *store.DB) *Library { return &Library{db: db} }

// HeldOn says which election the texts speak of, before anybody uses the
// library; without it that is the general one of 15 March 2026.
func (l *Library) HeldOn(e Election) *Library {
	l.held = e
	return l
}

func (l *Library) election() Election {
	if l.held.Day == "" {
		return general2026
	}
	return l.held
}

// Slug is the readable part of a thing's address: lower case, no diacritics.
type Slug string

// Kinds of things with revisions, as the tables and the change log name them.
const (
	KindGuide     = "guide"
	KindAnswer    = "answer"
	KindSession   = "session"
	KindLaw       = "law"
	KindSituation = "situation"
	KindTerm      = "term"
	KindPlan      = "plan"
)
