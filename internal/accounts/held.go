package accounts

import (
	"time"

	"sotay/internal/viet"
)

// Held is all that is held of a person, for that person.
type Held struct {
	ID, Name, Phone, Code  string
	Unit, Team, Duty, Role string
	Created                time.Time
	Ended                  bool
	HasPassword, HasCode   bool
	CardExpires            time.Time `json:",omitzero"` // of the card not yet used
	Visits                 []HeldVisit
	Devices                []time.Time // when each known device was last let in
	Acts, Views            []AuditLine // by the person; of others on the person
	MoreActs, MoreViews    bool        // there are older ones than these
}

// HeldVisit is a visit as its owner may download it.
type HeldVisit struct {
	Device           string
	Started, Expires time.Time
	Shared           bool
}

// AuditLine is one line of the audit log.
type AuditLine struct {
	ID, By, Act, Kind, Object, Note string
	At                              time.Time
}

// AuditFilter narrows the audit log; the zero filter is all, newest first.
type AuditFilter struct {
	By, Act, Kind, Object string
	Query                 string // part of an act, a note or an object, without tones
	From, To              viet.Date
	After                 string
	Limit                 int
}

// AuditPage is one page of the audit log.
type AuditPage struct {
	Lines []AuditLine
	Next  string
}
