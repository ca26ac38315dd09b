package accounts

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// codeIssuer is what authenticator apps show above the code.
const codeIssuer = "Sổ tay Bầu cử"

var codeKeys = base32.StdEncoding.WithPadding(base32.NoPadding)

// newCodeKey makes a key of one-time codes, 160 bits in base32.
func newCodeKey() string {
	var b [20]byte
	rand.Read(b[:]) // never fails: the program ends instead
	return codeKeys.EncodeToString(b[:])
}

// CodeSetUp gives the key of one-time codes that a visit sets up, as text and as
// the address that a QR code holds. It counts only once ConfirmCode took a code.
func (p *People) CodeSetUp(ctx context.Context, secret string) (key, url string, err error) {
	v, err := p.visitAt(ctx, secret, CodeSetUp)
	if err != nil {
		return "", "", err
	}
	raw, err := codeKeys.DecodeString(v.pending)
	if err != nil {
		return "", "", fmt.Errorf("read the pending key of visit %s: %w", v.ID, err)
	}
	account := v.Person.Code
	if account == "" {
		account = v.Person.Phone
	}
	made, err := totp.Generate(totp.GenerateOpts{Issuer: codeIssuer, AccountName: account, Secret: raw, Period: codePeriod})
	if err != nil {
		return "", "", fmt.Errorf("write the address of a key: %w", err)
	}
	return v.pending, made.URL(), nil
}

// stepOf finds the step, now or one before or after, whose code this is.
func stepOf(key, code string, now time.Time) (int64, bool) {
	code = strings.Join(strings.Fields(code), "")
	opts := totp.ValidateOpts{Period: codePeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
	found, ok := int64(0), false
	for offset := int64(-1); offset <= 1; offset++ {
		at := now.Add(time.Duration(offset*codePeriod) * time.Second)
		if right, err := totp.ValidateCustom(code, key, at, opts); err == nil && right {
			found, ok = at.Unix()/codePeriod, true
		}
	}
	return found, ok
}

// ConfirmCode takes the one-time code of somebody whose password was right, or
// the first one of a key being set up. Each code counts once. After five wrong
// ones the visit ends.
func (p *People) ConfirmCode(ctx context.Context, secret, code, address string) (e Entry, err error) {
	var refused error
	err = p.db.Write(ctx, func(tx *store.Tx) (err error) {
		e, refused, err = confirm(tx, hashOf(secret), code, address)
		return err
	})
	if err != nil {
		return Entry{}, told(err, "confirm a code")
	}
	return e, refused
}

// confirm gives as refused what must be told although the transaction stands:
// the guess has to be counted.
func confirm(tx *store.Tx, hash, code, address string) (e Entry, refused, err error) {
	v, err := visitNow(tx, hash)
	if err != nil {
		return e, nil, err
	}
	if held, err := holdAny(tx, v.Person.ID); err != nil || !held || v.Step != CodeNeeded && v.Step != CodeSetUp {
		return e, errSignIn(), err
	}
	limits, err := codeLimits(tx, v)
	if err != nil {
		return e, nil, err
	}
	n, left, err := guessCode(tx, v.ID)
	if err != nil {
		return e, nil, err
	}
	many, err := tooMany(tx, limits)
	if err != nil {
		return e, nil, err
	}
	if !left || many {
		return e, errTooMany(), deleteVisit(tx, v.ID)
	}
	if refused, err = takeCode(tx, v, code); err != nil {
		return e, nil, err
	}
	if refused != nil && n < wrongCodes {
		return e, refused, nil
	}
	if refused != nil {
		return e, fault.SignIn("Mã chưa đúng 5 lần. Hãy đăng nhập lại từ đầu."), deleteVisit(tx, v.ID)
	}
	return inside(tx, v, limits, address)
}

// inside lets in somebody whose code was right.
func inside(tx *store.Tx, v Visit, limits []limit, address string) (e Entry, refused, err error) {
	_, trusted, err := trustedDevice(tx, v)
	if err != nil {
		return e, nil, err
	}
	for _, l := range [][]limit{limits, signInLimits(v.Person.ID, address, v.deviceHash, trusted)} {
		if err := forgive(tx, l); err != nil {
			return e, nil, err
		}
	}
	v.Person.HasCode = true
	e, err = moveOn(tx, v, Inside)
	return e, nil, err
}

// codeLimits are what a guess at a code counts for. Setting up guesses nothing.
func codeLimits(tx *store.Tx, v Visit) ([]limit, error) {
	if v.Step == CodeSetUp {
		return nil, nil
	}
	device, _, err := trustedDevice(tx, v)
	return []limit{{subject("code", v.Person.ID, device), triesCode, true}}, err
}

// trustedDevice is the hash of the visit's device if the person was let in there
// before.
func trustedDevice(tx *store.Tx, v Visit) (hash string, trusted bool, err error) {
	if v.deviceHash == "" {
		return "", false, nil
	}
	_, trusted, err = knownDevice(tx, v.Person.ID, v.deviceHash)
	if !trusted {
		return "", false, err
	}
	return v.deviceHash, true, err
}

// takeCode uses a code up, or says why not.
func takeCode(tx *store.Tx, v Visit, code string) (refused, err error) {
	key := v.pending
	if v.Step == CodeNeeded {
		if key, err = codeKey(tx, v.Person.ID); err != nil {
			return nil, err
		}
	}
	step, right := stepOf(key, code, tx.Now())
	if !right || key == "" {
		return fault.Invalid("Mã chưa đúng.", fault.Field{Name: "code", Sentence: "Mã chưa đúng. Hãy gõ 6 chữ số đang hiện trong ứng dụng xác thực."}), nil
	}
	if v.Step == CodeSetUp {
		set, err := setCodeKey(tx, v.Person.ID, key, step)
		if err == nil && set {
			return nil, tx.Audit(v.Person.ID, "set up codes", kindPerson, v.Person.ID, "")
		}
		return errSignIn(), err
	}
	fresh, err := useStep(tx, v.Person.ID, key, step)
	if err != nil || fresh {
		return nil, err
	}
	return fault.Invalid("Mã này đã dùng.", fault.Field{Name: "code", Sentence: "Mã này đã dùng. Hãy chờ ứng dụng hiện mã mới rồi gõ lại."}), nil
}

// ResetCode removes the key of one-time codes of somebody who lost it; they set
// up another at their next sign-in. It ends all their visits.
func (p *People) ResetCode(ctx context.Context, id, by string) error {
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		if !a.all() {
			return fault.Denied("Chỉ người quản trị đặt lại được mã một lần.")
		}
		if _, err := inScope(tx, a, id); err != nil {
			return err
		}
		removed, err := removeCodeKey(tx, id)
		if err != nil || !removed {
			return err
		}
		if err := endVisitsOf(tx, id, ""); err != nil {
			return err
		}
		return tx.Audit(by, "reset codes", kindPerson, id, "")
	})
	return told(err, "reset the codes of "+id)
}
