package accounts

import "time"

// Attempt is what somebody shows who wants in.
type Attempt struct {
	Name     string // phone number or staff code
	Password string
	Address  string // of the network
	Device   string // what the browser calls itself, shortened
	Known    string // the cookie of a device that was let in before
	Shared   bool   // a machine that others use too
}

// Step is how far a visit has come.
type Step int

// The steps: all but Inside are half-way and last minutes.
const (
	Inside        Step = iota + 1
	CodeNeeded         // the password was right; now the one-time code
	CodeSetUp          // has to set up one-time codes first
	PasswordSetUp      // came by a card; has to choose a password
)

// Entry is what a visitor gets who comes one step further: a new secret.
type Entry struct {
	Secret  string // value of the visit's cookie
	Known   string // value of the device's cookie; "" sets none
	Step    Step
	Expires time.Time
	Person  Person
}

// Visit is a stay of a person on one device.
type Visit struct {
	ID               string
	Person           Person
	Step             Step
	Device           string
	Started, Expires time.Time
	Shared           bool
}

// Card is a one-time link, in the only moment when its secret is known.
type Card struct {
	Person  Person
	Secret  string
	Expires time.Time
}
