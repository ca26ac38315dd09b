package content

import (
	"sync/atomic"

	"sotay/internal/store"
)

// Library is the handle of this room.
type Library struct {
	db       *store.DB
	known    atomic.Pointer[knownRegister]
	glossary atomic.Pointer[Glossary]
	plans    atomic.Pointer[knownPlans]
}

// New makes a library over an open database.
func New(db *store.DB) *Library { return &Library{db: db} }

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
