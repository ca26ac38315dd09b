package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// Step is how far a visit has come.
type Step int

// The steps: all but Inside are half-way and last minutes.
const (
	Inside        Step = iota + 1
	CodeNeeded         // the password was right; now the one-time code
	CodeSetUp          // has to set up one-time codes first
	PasswordSetUp      // came by a card; has to choose a password
)

// stepNames are the steps as they are stored.
var stepNames = map[Step]string{Inside: "inside", CodeNeeded: "code", CodeSetUp: "setup", PasswordSetUp: "password"}

func stepNamed(name string) Step {
	for step, own := range stepNames {
		if own == name {
			return step
		}
	}
	return 0
}

// Entry is what a visitor gets who comes one step further: a new secret.
type Entry struct {
	Secret  string // value of the visit's cookie
	Known   string // value of the device's cookie; "" leaves the one that is there
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

	deviceHash, pending, secretHash string
}

// lasts is how long a visit stays from now.
func (v Visit) lasts() time.Duration {
	switch {
	case v.Step != Inside:
		return halfwayVisit
	case v.Shared:
		return sharedVisit
	case v.Person.Role.IsStaff():
		return staffVisit
	}
	return traineeVisit
}

// newSecret makes 256 random bits as text.
func newSecret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: the program ends instead
	return hex.EncodeToString(b[:])
}

// hashOf is what is stored of a secret.
func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func errSignIn() error { return fault.SignIn("Hãy đăng nhập để tiếp tục.") }

// begin stores a new visit and gives its secret, which is stored nowhere.
func begin(tx *store.Tx, v Visit) (e Entry, err error) {
	e = Entry{Secret: newSecret(), Step: v.Step, Person: v.Person, Expires: tx.Now().Add(v.lasts())}
	v.ID, v.Started, v.Expires, v.secretHash = tx.NewID(), tx.Now(), e.Expires, hashOf(e.Secret)
	if v.Step == CodeSetUp {
		v.pending = newCodeKey()
	}
	if err := insertVisit(tx, v); err != nil {
		return Entry{}, err
	}
	if v.Step != Inside {
		return e, nil
	}
	e.Known, err = arrive(tx, v)
	return e, err
}

// moveOn brings a visit to its next step, or from inside to inside, with a new
// secret. It does so once: the old secret must still be the visit's.
func moveOn(tx *store.Tx, v Visit, next Step) (e Entry, err error) {
	wasInside := v.Step == Inside
	oldHash := v.secretHash
	v.Step, v.pending = next, ""
	e = Entry{Secret: newSecret(), Step: next, Person: v.Person, Expires: v.Expires}
	if !wasInside {
		e.Expires = tx.Now().Add(v.lasts())
	}
	if next == CodeSetUp {
		v.pending = newCodeKey()
	}
	v.Expires, v.secretHash = e.Expires, hashOf(e.Secret)
	moved, err := updateVisit(tx, v, oldHash)
	if err != nil {
		return Entry{}, err
	}
	if !moved {
		return Entry{}, errSignIn()
	}
	if next != Inside || wasInside {
		return e, nil
	}
	e.Known, err = arrive(tx, v)
	return e, err
}

// arrive notes that somebody has come in: in the audit log for staff, and with
// the device unless others use it too. It gives the value of the device's cookie
// when it needs a new one.
func arrive(tx *store.Tx, v Visit) (cookie string, err error) {
	if v.Person.Role.IsStaff() {
		if err := tx.Audit(v.Person.ID, "sign in", kindPerson, v.Person.ID, ""); err != nil {
			return "", err
		}
	}
	if v.Shared {
		return "", nil
	}
	if v.deviceHash == "" {
		cookie = newSecret()
		v.deviceHash = hashOf(cookie)
	}
	return cookie, rememberDevice(tx, v.Person.ID, v.deviceHash)
}

// deviceOf gives the hash of a device's cookie if somebody was let in there, and
// whether it was this person.
func deviceOf(tx *store.Tx, person, cookie string) (hash string, trusted bool, err error) {
	if len(cookie) != 64 {
		return "", false, nil
	}
	hash = hashOf(cookie)
	anybody, own, err := knownDevice(tx, person, hash)
	if err != nil || !anybody {
		return "", false, err
	}
	return hash, own, nil
}

// Visit gives the visit of a secret, or fault.SignIn when it has ended. Its step
// says whether the person is inside yet.
func (p *People) Visit(ctx context.Context, secret string) (v Visit, err error) {
	if len(secret) != 64 {
		return Visit{}, errSignIn()
	}
	err = p.db.Read(ctx, func(tx *store.Tx) (err error) { v, err = visitNow(tx, hashOf(secret)); return err })
	if err != nil {
		return Visit{}, told(err, "read a visit")
	}
	return v, nil
}

// visitNow gives the visit of a hash unless it has run out or its person ended.
func visitNow(tx *store.Tx, hash string) (Visit, error) {
	v, err := visitByHash(tx, hash)
	if err == nil && (v.Person.Ended || !v.Expires.After(tx.Now())) {
		err = errSignIn()
	}
	if err != nil {
		return Visit{}, err
	}
	return v, nil
}

// Visits lists the visits of a person that last, newest first, also those that
// are half-way.
func (p *People) Visits(ctx context.Context, person string) (visits []Visit, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) (err error) { visits, err = visitsOf(tx, person); return err })
	return visits, told(err, "list visits of "+person)
}

// EndVisit ends one visit of the acting person; administrators end anybody's.
func (p *People) EndVisit(ctx context.Context, id, by string) error {
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		if !isID(id) {
			return errNoVisit()
		}
		person, err := personOfVisit(tx, id)
		if err != nil {
			return err
		}
		if person != by && !a.all() {
			return errNoVisit()
		}
		if err := deleteVisit(tx, id); err != nil {
			return err
		}
		return tx.Audit(by, "end visit", kindPerson, person, "")
	})
	return told(err, "end visit "+id)
}

func errNoVisit() error { return fault.NotFound("Phiên đăng nhập này đã kết thúc.") }

// EndOtherVisits ends all visits of the acting person but the one with the id
// keep.
func (p *People) EndOtherVisits(ctx context.Context, keep, by string) error {
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		if err := endVisitsOf(tx, by, keep); err != nil {
			return err
		}
		return tx.Audit(by, "end visits", kindPerson, by, "")
	})
	return told(err, "end the other visits of "+by)
}

// SignOut ends the visit of a secret.
func (p *People) SignOut(ctx context.Context, secret string) error {
	err := p.db.Write(ctx, func(tx *store.Tx) error { return deleteVisitByHash(tx, hashOf(secret)) })
	return told(err, "sign out")
}

// Run deletes now and then what has run out, until the context ends.
func (p *People) Run(ctx context.Context) error {
	for {
		if err := p.Sweep(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(sweepEvery):
		}
	}
}

// Sweep deletes visits, cards, devices and counts that have run out. Nothing
// depends on it but the size of the tables.
func (p *People) Sweep(ctx context.Context) error {
	return told(p.db.Write(ctx, deleteWhatRanOut), "delete what ran out")
}
