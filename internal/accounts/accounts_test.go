package accounts_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

var ctx = context.Background()

const (
	provinceID = "25"
	vietTri    = "07900" // phường Việt Trì
	otherUnit  = "05128" // xã Tân Lạc
	password   = "mưa rơi trên mái ngói"
)

// town is a room full of people with a clock that a test moves.
type town struct {
	*accounts.People
	t      *testing.T
	db     *store.DB
	clock  atomic.Int64 // milliseconds
	phones int
}

func newTown(t *testing.T) *town {
	t.Helper()
	town := &town{t: t, db: storetest.Open(t)}
	town.clock.Store(store.Millis(storetest.Start))
	town.db.SetClock(func() time.Time { return store.FromMillis(town.clock.Load()) })
	town.People = accounts.New(town.db)
	if err := town.SeedUnits(ctx, "tỉnh Phú Thọ"); err != nil {
		t.Fatal(err)
	}
	return town
}

func (w *town) pass(d time.Duration) { w.clock.Add(d.Milliseconds()) }
func (w *town) now() time.Time       { return store.FromMillis(w.clock.Load()) }

// person adds somebody with a phone number of their own.
func (w *town) person(role accounts.Role, unit, team string) accounts.Person {
	w.t.Helper()
	w.phones++
	p, err := w.Add(ctx, accounts.NewPerson{Name: "Lê Thị Mai", Phone: fmt.Sprintf("09%08d", w.phones), Unit: unit, Team: team, Role: role}, accounts.Operator)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// card issues a card as the operator.
func (w *town) card(p accounts.Person) accounts.Card {
	w.t.Helper()
	cards, err := w.IssueCards(ctx, []string{p.ID}, accounts.Operator)
	if err != nil || len(cards) != 1 {
		w.t.Fatalf("got %d cards, %v, want 1", len(cards), err)
	}
	return cards[0]
}

// entry checks that a step went well.
func (w *town) entry(want accounts.Step) func(accounts.Entry, error) accounts.Entry {
	return func(e accounts.Entry, err error) accounts.Entry {
		w.t.Helper()
		if err != nil || e.Step != want {
			w.t.Fatalf("got step %d, %v, want step %d", e.Step, err, want)
		}
		return e
	}
}

// withPassword adds somebody who works here and has chosen the password.
func (w *town) withPassword(role accounts.Role) accounts.Person {
	w.t.Helper()
	unit := ""
	if role == accounts.Lead {
		unit = vietTri
	}
	p := w.person(role, unit, "")
	e := w.entry(accounts.PasswordSetUp)(w.UseCard(ctx, w.card(p).Secret, accounts.Attempt{Shared: true}))
	e, err := w.SetPassword(ctx, e.Secret, password)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.SignOut(ctx, e.Secret); err != nil {
		w.t.Fatal(err)
	}
	return p
}

// withCode adds an approver with password and key of one-time codes.
func (w *town) withCode() (p accounts.Person, key string) {
	w.t.Helper()
	p = w.withPassword(accounts.Approver)
	e := w.entry(accounts.CodeSetUp)(w.SignIn(ctx, accounts.Attempt{Name: p.Phone, Password: password, Address: "1.1.1.1", Shared: true}))
	key, _, err := w.CodeSetUp(ctx, e.Secret)
	if err != nil {
		w.t.Fatal(err)
	}
	w.entry(accounts.Inside)(w.ConfirmCode(ctx, e.Secret, w.code(key), "1.1.1.1"))
	w.pass(2 * time.Minute)
	return p, key
}

// code is what an authenticator app shows now.
func (w *town) code(key string) string {
	w.t.Helper()
	code, err := totp.GenerateCode(key, w.now())
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

func (w *town) wantVisit(secret string, step accounts.Step) {
	w.t.Helper()
	v, err := w.Visit(ctx, secret)
	if err != nil || v.Step != step {
		w.t.Errorf("got step %d, %v, want step %d", v.Step, err, step)
	}
}

func (w *town) wantNoVisit(secret string) {
	w.t.Helper()
	if v, err := w.Visit(ctx, secret); !fault.Is(err, fault.KindSignIn) || v.ID != "" {
		w.t.Errorf("got visit %+v, %v, want SignIn", v, err)
	}
}

func wantFault(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v, want a fault of kind %d", err, kind)
	}
}

// wantFields checks for which fields a form was refused.
func wantFields(t *testing.T, err error, names ...string) {
	t.Helper()
	f, ok := fault.Of(err)
	var got []string
	if ok {
		for _, field := range f.Fields {
			got = append(got, field.Name)
		}
	}
	if !ok || f.Kind != fault.KindInvalid || fmt.Sprint(got) != fmt.Sprint(names) {
		t.Errorf("got %v, %v, want Invalid with %v", err, got, names)
	}
}

// acts lists what the audit log tells, oldest first.
func (w *town) acts(f accounts.AuditFilter) []string {
	w.t.Helper()
	page, err := w.AuditLog(ctx, f)
	if err != nil {
		w.t.Fatal(err)
	}
	var acts []string
	for i := range page.Lines {
		acts = append(acts, page.Lines[len(page.Lines)-1-i].Act)
	}
	return acts
}

func (w *town) number(text string, args ...any) (n int64) {
	w.t.Helper()
	err := w.db.Read(ctx, func(tx *store.Tx) error { return tx.QueryRow(text, args...).Scan(&n) })
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}
