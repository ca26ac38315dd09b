package accounts_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sotay/internal/accounts"
	"sotay/internal/fault"
)

func TestATraineeComesInByACardOnce(t *testing.T) {
	w := newTown(t)
	p := w.person(accounts.Trainee, vietTri, "Tổ 3")
	card := w.card(p)
	if want := w.now().Add(30 * 24 * time.Hour); !card.Expires.Equal(want) || len(card.Secret) != 26 {
		t.Errorf("got %q until %s, want 128 bits until %s", card.Secret, card.Expires, want)
	}
	for range 2 {
		if holder, err := w.CardHolder(ctx, card.Secret); err != nil || holder.ID != p.ID {
			t.Errorf("got %+v, %v, want the holder, the card not used up", holder, err)
		}
	}
	e := w.entry(accounts.Inside)(w.UseCard(ctx, card.Secret, accounts.Attempt{Device: "Chrome"}))
	if want := w.now().Add(30 * 24 * time.Hour); !e.Expires.Equal(want) || e.Known == "" {
		t.Errorf("got until %s, want %s and a known device", e.Expires, want)
	}
	w.wantVisit(e.Secret, accounts.Inside)
	_, err := w.UseCard(ctx, card.Secret, accounts.Attempt{})
	wantFault(t, err, fault.KindNotFound)
	_, err = w.CardHolder(ctx, card.Secret)
	wantFault(t, err, fault.KindNotFound)
}

func TestCardsOfAUnitAreForThoseWithoutOneAndComeInParts(t *testing.T) {
	w := newTown(t)
	lead := w.person(accounts.Lead, vietTri, "")
	held := w.card(w.person(accounts.Trainee, vietTri, ""))
	for range 203 {
		w.person(accounts.Trainee, vietTri, "")
	}
	w.person(accounts.Trainee, otherUnit, "")
	seen := map[string]bool{}
	issue := func(after string, renew bool) accounts.CardBatch {
		t.Helper()
		batch, err := w.IssueUnitCards(ctx, vietTri, after, renew, lead.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, card := range batch.Cards {
			seen[card.Person.ID] = true
		}
		return batch
	}
	first := issue("", false)
	second := issue(first.Next, false)
	if len(first.Cards) != 200 || len(second.Cards) != 3 || first.Held+second.Held != 1 || second.Next != "" || len(seen) != 203 {
		t.Errorf("got %d and %d cards, %d people, %d held, next %q", len(first.Cards), len(second.Cards), len(seen), first.Held+second.Held, second.Next)
	}
	if _, err := w.CardHolder(ctx, held.Secret); err != nil {
		t.Errorf("the card that was there is gone: %v", err)
	}
	if again := issue("", false); len(again.Cards) != 0 || again.Held != 204 || again.Next != "" {
		t.Errorf("printed again: got %d cards, %d held", len(again.Cards), again.Held)
	}
	first = issue("", true)
	if second = issue(first.Next, true); len(first.Cards)+len(second.Cards) != 204 {
		t.Errorf("renewed: got %d and %d cards", len(first.Cards), len(second.Cards))
	}
	if _, err := w.CardHolder(ctx, held.Secret); err == nil {
		t.Error("a renewed card still counts")
	}
	if _, err := w.IssueUnitCards(ctx, otherUnit, "", false, lead.ID); err != nil {
		t.Fatal(err)
	}
	if n := w.number(`SELECT count(*) FROM cards c JOIN people p ON p.id = c.person_id WHERE p.unit_id = $1`, otherUnit); n != 0 {
		t.Errorf("a lead printed %d cards of another unit", n)
	}
}

func TestACardUsedAtOnceGivesOneEntry(t *testing.T) {
	w := newTown(t)
	for _, role := range []accounts.Role{accounts.Trainee, accounts.Trainer} {
		card := w.card(w.person(role, vietTri, ""))
		var in atomic.Int64
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := w.UseCard(ctx, card.Secret, accounts.Attempt{}); err == nil {
					in.Add(1)
				} else {
					wantFault(t, err, fault.KindNotFound)
				}
			})
		}
		wg.Wait()
		if in.Load() != 1 {
			t.Errorf("%s: got %d entries, want 1", role, in.Load())
		}
	}
}

func TestACardIsReadAsPeopleCopyIt(t *testing.T) {
	w := newTown(t)
	card := w.card(w.person(accounts.Trainee, vietTri, ""))
	typed := strings.NewReplacer("0", "O", "1", "l").Replace(strings.ToUpper(card.Secret))
	if _, err := w.CardHolder(ctx, " "+typed[:5]+"-"+typed[5:]+"\n"); err != nil {
		t.Errorf("got %v, want the card to be read", err)
	}
	for _, secret := range []string{"", "a\x00\xff", strings.Repeat("a", 1<<16), card.Secret[1:], card.Secret + "0"} {
		_, err := w.CardHolder(ctx, secret)
		wantFault(t, err, fault.KindNotFound)
	}
	if w.number(`SELECT count(*) FROM cards WHERE secret_hash = $1`, card.Secret) != 0 {
		t.Error("a secret is stored as it is")
	}
}

func TestACardOnASharedMachineLetsInForTwoHours(t *testing.T) {
	w := newTown(t)
	e := w.entry(accounts.Inside)(w.UseCard(ctx, w.card(w.person(accounts.Trainee, vietTri, "")).Secret, accounts.Attempt{Shared: true}))
	if want := w.now().Add(2 * time.Hour); !e.Expires.Equal(want) || e.Known != "" {
		t.Errorf("got until %s, known %q, want %s and no cookie of the device", e.Expires, e.Known, want)
	}
}

func TestWhatEndsACard(t *testing.T) {
	w := newTown(t)
	trainee := func() accounts.Person { return w.person(accounts.Trainee, vietTri, "") }
	tests := []struct {
		name string
		end  func(p accounts.Person) error
	}{
		{"a new card", func(p accounts.Person) error { w.card(p); return nil }},
		{"revoking it", func(p accounts.Person) error { return w.RevokeCard(ctx, p.ID, accounts.Operator) }},
		{"ending the account", func(p accounts.Person) error { return w.End(ctx, p.ID, accounts.Operator) }},
		{"ending and reopening it", func(p accounts.Person) error {
			if err := w.End(ctx, p.ID, accounts.Operator); err != nil {
				return err
			}
			return w.Reopen(ctx, p.ID, accounts.Operator)
		}},
		{"another role", func(p accounts.Person) error {
			return w.Change(ctx, p.ID, accounts.NewPerson{Name: p.Name, Phone: p.Phone, Role: accounts.Approver}, accounts.Operator)
		}},
		{"erasure", func(p accounts.Person) error { return w.Erase(ctx, p.ID, accounts.Operator) }},
		{"its time", func(accounts.Person) error { w.pass(30 * 24 * time.Hour); return nil }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := trainee()
			card := w.card(p)
			if err := tt.end(p); err != nil {
				t.Fatal(err)
			}
			_, err := w.CardHolder(ctx, card.Secret)
			wantFault(t, err, fault.KindNotFound)
			_, err = w.UseCard(ctx, card.Secret, accounts.Attempt{})
			wantFault(t, err, fault.KindNotFound)
		})
	}
}

func TestAStaffCardLetsChooseAPasswordWithinADay(t *testing.T) {
	w := newTown(t)
	p := w.person(accounts.Trainer, "", "")
	old := w.card(p)
	w.pass(24 * time.Hour)
	_, err := w.UseCard(ctx, old.Secret, accounts.Attempt{})
	wantFault(t, err, fault.KindNotFound)
	e := w.entry(accounts.PasswordSetUp)(w.UseCard(ctx, w.card(p).Secret, accounts.Attempt{}))
	if e.Known != "" {
		t.Error("a device is known before the password is set")
	}
	_, err = w.SetPassword(ctx, e.Secret, "ngắn")
	wantFields(t, err, "password")
	_, err = w.SetPassword(ctx, e.Secret, p.Phone)
	wantFields(t, err, "password")
	in := w.entry(accounts.Inside)(w.SetPassword(ctx, e.Secret, password))
	_, err = w.SetPassword(ctx, e.Secret, password)
	wantFault(t, err, fault.KindSignIn)
	_, err = w.SetPassword(ctx, in.Secret, password)
	wantFault(t, err, fault.KindSignIn)
}

// Somebody who found out the password loses everything when its owner sets
// another by a new card.
func TestANewPasswordByCardEndsAllOtherVisits(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Trainer)
	thief := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	e := w.entry(accounts.PasswordSetUp)(w.UseCard(ctx, w.card(p).Secret, accounts.Attempt{}))
	w.entry(accounts.Inside)(w.SetPassword(ctx, e.Secret, "một câu khác hẳn"))
	w.wantNoVisit(thief.Secret)
}

func TestACardDoesNotPassTheCodeBy(t *testing.T) {
	w := newTown(t)
	p, key := w.withCode()
	e := w.entry(accounts.PasswordSetUp)(w.UseCard(ctx, w.card(p).Secret, accounts.Attempt{}))
	e = w.entry(accounts.CodeNeeded)(w.SetPassword(ctx, e.Secret, "một câu khác hẳn"))
	w.entry(accounts.Inside)(w.ConfirmCode(ctx, e.Secret, w.code(key), ""))
}

func TestCardsAreIssuedAllOrNone(t *testing.T) {
	w := newTown(t)
	own, other := w.person(accounts.Trainee, vietTri, ""), w.person(accounts.Trainee, otherUnit, "")
	lead := w.person(accounts.Lead, vietTri, "")
	_, err := w.IssueCards(ctx, []string{own.ID, other.ID}, lead.ID)
	wantFault(t, err, fault.KindNotFound)
	if n := w.number(`SELECT count(*) FROM cards`); n != 0 {
		t.Errorf("got %d cards, want none", n)
	}
	cards, err := w.IssueCards(ctx, []string{own.ID}, lead.ID)
	if err != nil || len(cards) != 1 || cards[0].Person.ID != own.ID {
		t.Errorf("got %+v, %v, want the card of one's own trainee", cards, err)
	}
	wantFault(t, w.RevokeCard(ctx, other.ID, lead.ID), fault.KindNotFound)
	_, err = w.IssueCards(ctx, []string{lead.ID}, lead.ID)
	wantFault(t, err, fault.KindNotFound)
	if err := w.End(ctx, own.ID, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	_, err = w.IssueCards(ctx, []string{own.ID}, lead.ID)
	wantFault(t, err, fault.KindInvalid)
	_, err = w.IssueCards(ctx, make([]string, 1001), accounts.Operator)
	wantFault(t, err, fault.KindInvalid)
}
