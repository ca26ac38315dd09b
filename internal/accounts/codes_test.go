package accounts_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sotay/internal/accounts"
	"sotay/internal/fault"
)

func (w *town) halfway(p accounts.Person) accounts.Entry {
	w.t.Helper()
	return w.entry(accounts.CodeNeeded)(w.SignIn(ctx, attempt(p.Phone)))
}

func TestApproversAndAdministratorsNeedACode(t *testing.T) {
	w := newTown(t)
	for _, role := range accounts.Roles() {
		if role == accounts.Trainee {
			continue
		}
		want := accounts.Inside
		if role == accounts.Administrator || role == accounts.Approver {
			want = accounts.CodeSetUp
		}
		p := w.withPassword(role)
		w.entry(want)(w.SignIn(ctx, attempt(p.Phone)))
	}
}

func TestACodeIsTakenOneStepEarlyOrLate(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	for _, off := range []time.Duration{-30 * time.Second, 0, 30 * time.Second} {
		half := w.halfway(p)
		code := w.code(key)
		w.pass(off)
		w.entry(accounts.Inside)(w.ConfirmCode(ctx, half.Secret, " "+code[:3]+" "+code[3:], "10.0.0.1"))
		w.pass(5*time.Minute - off)
	}
	half := w.halfway(p)
	code := w.code(key)
	w.pass(2 * time.Minute)
	_, err := w.ConfirmCode(ctx, half.Secret, code, "10.0.0.1")
	wantFields(t, err, "code")
}

func TestACodeCountsOnce(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	first, second := w.halfway(p), w.halfway(p)
	code := w.code(key)
	w.entry(accounts.Inside)(w.ConfirmCode(ctx, first.Secret, code, "10.0.0.1"))
	_, err := w.ConfirmCode(ctx, second.Secret, code, "10.0.0.1")
	wantFields(t, err, "code")
	w.pass(30 * time.Second) // the code of the step before would still be in the window
	_, err = w.ConfirmCode(ctx, second.Secret, code, "10.0.0.1")
	wantFields(t, err, "code")
	w.entry(accounts.Inside)(w.ConfirmCode(ctx, second.Secret, w.code(key), "10.0.0.1"))
}

func TestOneCodeUsedAtOnceGivesOneEntry(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	code := w.code(key)
	var halves []accounts.Entry
	for range 4 {
		halves = append(halves, w.halfway(p))
	}
	var in atomic.Int64
	var wg sync.WaitGroup
	for _, half := range append(halves, halves...) { // each visit twice as well
		wg.Go(func() {
			if e, err := w.ConfirmCode(ctx, half.Secret, code, "10.0.0.1"); err == nil && e.Step == accounts.Inside {
				in.Add(1)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("got %d entries, want 1", in.Load())
	}
}

func TestAfterFiveWrongCodesTheVisitEnds(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	half := w.halfway(p)
	for range 4 {
		_, err := w.ConfirmCode(ctx, half.Secret, "abcdef", "10.0.0.1")
		wantFields(t, err, "code")
	}
	_, err := w.ConfirmCode(ctx, half.Secret, "", "10.0.0.1")
	wantFault(t, err, fault.KindSignIn)
	w.wantNoVisit(half.Secret)
	_, err = w.ConfirmCode(ctx, half.Secret, w.code(key), "10.0.0.1")
	wantFault(t, err, fault.KindSignIn)
}

// Somebody who has the password must not get five guesses at the code for each
// sign-in without end.
func TestCodesAreNotGuessedByManySignIns(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	guesses := 0
	for i := range 12 {
		half, err := w.SignIn(ctx, accounts.Attempt{Name: p.Phone, Password: password, Address: "10.7.0." + string(rune('a'+i))})
		if err != nil {
			break
		}
		for range 4 {
			if _, err := w.ConfirmCode(ctx, half.Secret, "abcdef", "10.7.0.1"); fault.Is(err, fault.KindInvalid) {
				guesses++
			}
		}
	}
	if guesses != 10 {
		t.Errorf("got %d guesses at the code, want 10 in a quarter of an hour", guesses)
	}
	half := w.halfway(p)
	_, err := w.ConfirmCode(ctx, half.Secret, w.code(key), "10.0.0.1")
	wantFault(t, err, fault.KindTooMany)
	w.pass(15 * time.Minute)
	w.entry(accounts.Inside)(w.ConfirmCode(ctx, w.halfway(p).Secret, w.code(key), "10.0.0.1"))
}

func TestStrangersWithThePasswordDoNotLockOutAKnownDevice(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	own := w.entry(accounts.Inside)(w.ConfirmCode(ctx, w.halfway(p).Secret, w.code(key), "10.0.0.1"))
	for range 3 {
		half, err := w.SignIn(ctx, accounts.Attempt{Name: p.Phone, Password: password, Address: "10.8.0.1"})
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			_, _ = w.ConfirmCode(ctx, half.Secret, "abcdef", "10.8.0.1")
		}
	}
	w.pass(time.Minute)
	a := attempt(p.Phone)
	a.Known = own.Known
	half := w.entry(accounts.CodeNeeded)(w.SignIn(ctx, a))
	w.entry(accounts.Inside)(w.ConfirmCode(ctx, half.Secret, w.code(key), "10.0.0.1"))
}

func TestAKeyIsPendingUntilACodeWasTaken(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Administrator)
	first := w.entry(accounts.CodeSetUp)(w.SignIn(ctx, attempt(p.Phone)))
	second := w.entry(accounts.CodeSetUp)(w.SignIn(ctx, attempt(p.Phone)))
	key, _, err := w.CodeSetUp(ctx, first.Secret)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := w.CodeSetUp(ctx, first.Secret)
	if err != nil || again != key {
		t.Errorf("got another key, %v, want the same as long as the visit lasts", err)
	}
	_, err = w.ConfirmCode(ctx, second.Secret, w.code(key), "")
	wantFields(t, err, "code") // of another visit
	w.entry(accounts.Inside)(w.ConfirmCode(ctx, first.Secret, w.code(key), ""))
	other, _, err := w.CodeSetUp(ctx, second.Secret)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.ConfirmCode(ctx, second.Secret, w.code(other), "")
	wantFault(t, err, fault.KindSignIn) // a key that is set stays
	w.entry(accounts.CodeNeeded)(w.SignIn(ctx, attempt(p.Phone)))
}

func TestOnlyAdministratorsResetCodes(t *testing.T) {
	w := newTown(t)
	p, _ := w.withCode()
	half := w.halfway(p)
	lead := w.person(accounts.Lead, provinceID, "")
	wantFault(t, w.ResetCode(ctx, p.ID, lead.ID), fault.KindDenied)
	wantFault(t, w.ResetCode(ctx, p.ID, p.ID), fault.KindDenied)
	if err := w.ResetCode(ctx, p.ID, w.person(accounts.Administrator, "", "").ID); err != nil {
		t.Fatal(err)
	}
	w.wantNoVisit(half.Secret)
	w.entry(accounts.CodeSetUp)(w.SignIn(ctx, attempt(p.Phone)))
}
