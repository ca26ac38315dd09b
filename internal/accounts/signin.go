package accounts

import (
	"context"
	"fmt"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Attempt is what somebody shows who wants in.
type Attempt struct {
	Name     string // phone number or staff code
	Password string
	Address  string // of the network
	Device   string // what the browser calls itself
	Known    string // the cookie of a device that was let in before
	Shared   bool   // a machine that others use too
}

// device is the browser's name as it is stored.
func (a Attempt) device() string {
	text, err := oneLine(strings.ToValidUTF8(a.Device, ""), 10*maxDevice)
	if err != nil {
		return ""
	}
	if runes := []rune(text); len(runes) > maxDevice {
		return strings.TrimSpace(string(runes[:maxDevice]))
	}
	return text
}

// knocked is what an attempt meets: who would come in, and how often that was
// tried.
type knocked struct {
	person     Person // the zero one when the name is nobody's
	password   string // its hash
	account    string
	deviceHash string // "" on a device that was let in nowhere yet
	limits     []limit
	tooMany    bool
}

// SignIn lets somebody in by name and password, or to the next step. Whether the
// name is nobody's, the password wrong, not set or the account ended is not told
// apart, neither by the sentence nor by the work done.
func (p *People) SignIn(ctx context.Context, a Attempt) (Entry, error) {
	var k knocked
	err := p.db.Write(ctx, func(tx *store.Tx) (err error) { k, err = knock(tx, a); return err })
	if err != nil {
		return Entry{}, told(err, "look up who signs in")
	}
	if k.tooMany {
		return Entry{}, errTooMany()
	}
	right, err := p.hashes.matches(ctx, a.Password, k.password)
	if err != nil {
		return Entry{}, err
	}
	if !right || k.person.Ended {
		return Entry{}, errWrong()
	}
	var e Entry
	err = p.db.Write(ctx, func(tx *store.Tx) (err error) { e, err = letIn(tx, k, a); return err })
	return e, told(err, "let in "+k.person.ID)
}

func errWrong() error { return fault.Invalid("Số hoặc mật khẩu chưa đúng.") }

func errTooMany() error {
	return fault.TooMany("Đã thử nhiều lần chưa đúng. Hãy chờ 15 phút rồi thử lại, hoặc nhờ người quản trị cấp thẻ mới.")
}

// knock finds the person and counts the attempt, before its outcome is known, so
// that attempts at the same time count too.
func knock(tx *store.Tx, a Attempt) (k knocked, err error) {
	phone, code := loginOf(a.Name)
	person, found, err := personByLogin(tx, phone, code)
	if err != nil {
		return k, err
	}
	if k.password, err = passwordOf(tx, person.ID); err != nil {
		return k, err
	}
	k.person, k.account = person, person.ID
	if !found {
		k.account = "nobody " + viet.Fold(strings.ToValidUTF8(phone+code+" "+a.Name, ""))
	}
	trusted := false
	if k.deviceHash, trusted, err = deviceOf(tx, person.ID, a.Known); err != nil {
		return k, err
	}
	k.limits = signInLimits(k.account, a.Address, k.deviceHash, trusted)
	if !trusted {
		if k.tooMany, err = addressIsFull(tx, a.Address); err != nil || k.tooMany {
			return k, err
		}
	}
	k.tooMany, err = tooMany(tx, k.limits)
	return k, err
}

// letIn begins the visit of somebody whose password was right.
func letIn(tx *store.Tx, k knocked, a Attempt) (Entry, error) {
	unchanged, err := holdPerson(tx, k.person.ID, k.password)
	if err != nil {
		return Entry{}, err
	}
	if !unchanged {
		return Entry{}, errWrong()
	}
	v := Visit{Person: k.person, Step: stepAfterPassword(k.person), Device: a.device(), Shared: a.Shared, deviceHash: k.deviceHash}
	e, err := begin(tx, v)
	if err != nil || e.Step != Inside {
		return e, err
	}
	return e, forgive(tx, k.limits)
}

// stepAfterPassword is what a person has to do once the password was right.
func stepAfterPassword(p Person) Step {
	switch {
	case p.HasCode:
		return CodeNeeded
	case p.Role.NeedsCode():
		return CodeSetUp
	}
	return Inside
}

// ChangePassword sets another password from inside. The other visits and a card
// end, and this visit gets a new secret.
func (p *People) ChangePassword(ctx context.Context, secret, old, new string) (Entry, error) {
	v, err := p.visitAt(ctx, secret, Inside)
	if err != nil {
		return Entry{}, err
	}
	guesses := []limit{{subject("change", v.Person.ID), changeTries, true}}
	many, current := false, ""
	err = p.db.Write(ctx, func(tx *store.Tx) (err error) {
		if many, err = tooMany(tx, guesses); err == nil {
			current, err = passwordOf(tx, v.Person.ID)
		}
		return err
	})
	if err != nil {
		return Entry{}, told(err, "count a change of password")
	}
	if many {
		return Entry{}, errTooMany()
	}
	if err := p.checkChange(ctx, v.Person, current, old, new); err != nil {
		return Entry{}, err
	}
	hash, err := p.hashes.hash(ctx, new)
	if err != nil {
		return Entry{}, err
	}
	var e Entry
	err = p.db.Write(ctx, func(tx *store.Tx) (err error) {
		unchanged, err := holdPerson(tx, v.Person.ID, current)
		if err != nil {
			return err
		}
		if !unchanged {
			return errSignIn()
		}
		if e, err = replacePassword(tx, v, hash, Inside); err != nil {
			return err
		}
		return forgive(tx, guesses)
	})
	return e, told(err, "change the password of "+v.Person.ID)
}

// checkChange refuses a wrong old password and a weak new one.
func (p *People) checkChange(ctx context.Context, person Person, current, old, new string) error {
	right, err := p.hashes.matches(ctx, old, current)
	if err != nil {
		return err
	}
	if !right {
		return fault.Invalid("Chưa đổi được mật khẩu.", fault.Field{Name: "old", Sentence: "Mật khẩu đang dùng chưa đúng. Hãy gõ lại."})
	}
	if old == new {
		return weak("Mật khẩu mới giống mật khẩu đang dùng. Hãy chọn câu khác.")
	}
	return checkPassword(new, person)
}

// SetPassword sets the password of somebody who came by a card.
func (p *People) SetPassword(ctx context.Context, secret, password string) (Entry, error) {
	v, err := p.visitAt(ctx, secret, PasswordSetUp)
	if err != nil {
		return Entry{}, err
	}
	if err := checkPassword(password, v.Person); err != nil {
		return Entry{}, err
	}
	hash, err := p.hashes.hash(ctx, password)
	if err != nil {
		return Entry{}, err
	}
	var e Entry
	err = p.db.Write(ctx, func(tx *store.Tx) (err error) {
		held, err := holdAny(tx, v.Person.ID)
		if err != nil {
			return err
		}
		if !held {
			return errSignIn()
		}
		e, err = replacePassword(tx, v, hash, stepAfterPassword(v.Person))
		return err
	})
	return e, told(err, "set the password of "+v.Person.ID)
}

// replacePassword stores the password of somebody whose row is held, ends the
// other visits and the card, and moves this visit on.
func replacePassword(tx *store.Tx, v Visit, hash string, next Step) (Entry, error) {
	if err := setPassword(tx, v.Person.ID, hash); err != nil {
		return Entry{}, err
	}
	if err := endVisitsOf(tx, v.Person.ID, v.ID); err != nil {
		return Entry{}, err
	}
	if _, err := deleteCard(tx, v.Person.ID); err != nil {
		return Entry{}, err
	}
	if err := tx.Audit(v.Person.ID, "set password", kindPerson, v.Person.ID, ""); err != nil {
		return Entry{}, err
	}
	v.Person.HasPassword = true
	return moveOn(tx, v, next)
}

// visitAt gives the visit of a secret, at one step alone.
func (p *People) visitAt(ctx context.Context, secret string, step Step) (v Visit, err error) {
	if v, err = p.Visit(ctx, secret); err == nil && v.Step != step {
		err = errSignIn()
	}
	if err != nil {
		return Visit{}, fmt.Errorf("visit: %w", err)
	}
	return v, nil
}
