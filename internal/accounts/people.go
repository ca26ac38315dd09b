package accounts

import (
	"time"

	"sotay/internal/store"
)

// Operator is who acts from the command line: no person, may everything.
const Operator = "operator"

// People is the room's handle.
type People struct {
	db     *store.DB
	hashes *hasher
	swept  sweeper
}

// New makes the handle.
func New(db *store.DB) *People { return &People{db: db, hashes: newHasher()} }

// Person is somebody who may sign in, with all that is held of them but secrets.
type Person struct {
	ID, Name          string
	Phone, Code       string // one of them at least, unless erased
	Unit              Unit
	Team, Duty        string
	Role              Role
	Ended, Erased     bool
	HasPassword       bool
	HasCode           bool // signs in with a one-time code as well
	Created           time.Time
	teamKey, password string
}

// NewPerson is what a form says of a person.
type NewPerson struct {
	Name, Phone, Code string
	Unit              string // its id; "" is the province for those who work there
	Team, Duty        string
	Role              Role
}

// Filter narrows a list of people; the zero filter is all that have not ended.
type Filter struct {
	Query string // part of a name, phone or code, without tones
	Unit  string // id of a unit
	Role  string
	Ended bool // those that have ended instead
	After string
	Limit int
}

// Page is one page of a list of people; Next is the After of the following one.
type Page struct {
	People []Person
	Total  int
	Next   string
}
