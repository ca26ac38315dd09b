package accounts_test

import (
	"strings"
	"testing"

	"sotay/internal/accounts"
	"sotay/internal/fault"
)

func TestVisitsAreListedAndEndedByTheirOwner(t *testing.T) {
	w := newTown(t)
	p, other := w.withPassword(accounts.Trainer), w.withPassword(accounts.Trainer)
	var secrets []string
	for _, device := range []string{"Firefox", strings.Repeat("x", 500), "a\x00\xffb"} {
		a := attempt(p.Phone)
		a.Device = device
		secrets = append(secrets, w.entry(accounts.Inside)(w.SignIn(ctx, a)).Secret)
	}
	visits, err := w.Visits(ctx, p.ID)
	if err != nil || len(visits) != 3 || len(visits[1].Device) != 120 || visits[0].Person.ID != p.ID {
		t.Fatalf("got %+v, %v, want the three", visits, err)
	}
	wantFault(t, w.EndVisit(ctx, visits[0].ID, other.ID), fault.KindNotFound)
	if err := w.EndVisit(ctx, visits[0].ID, p.ID); err != nil {
		t.Fatal(err)
	}
	w.wantNoVisit(secrets[2])
	wantFault(t, w.EndVisit(ctx, visits[0].ID, p.ID), fault.KindNotFound)
	wantFault(t, w.EndVisit(ctx, "\x00'", p.ID), fault.KindNotFound)
	if err := w.EndOtherVisits(ctx, visits[2].ID, p.ID); err != nil {
		t.Fatal(err)
	}
	w.wantNoVisit(secrets[1])
	w.wantVisit(secrets[0], accounts.Inside)
	if err := w.SignOut(ctx, secrets[0]); err != nil {
		t.Fatal(err)
	}
	w.wantNoVisit(secrets[0])
	if err := w.SignOut(ctx, secrets[0]); err != nil {
		t.Errorf("got %v, want signing out twice to do nothing", err)
	}
}

func TestWhatRevokesVisits(t *testing.T) {
	w := newTown(t)
	tests := []struct {
		name string
		act  func(p accounts.Person) error
	}{
		{"ending the account", func(p accounts.Person) error { return w.End(ctx, p.ID, accounts.Operator) }},
		{"another role", func(p accounts.Person) error {
			return w.Change(ctx, p.ID, accounts.NewPerson{Name: p.Name, Phone: p.Phone, Role: accounts.Secretary}, accounts.Operator)
		}},
		{"erasure", func(p accounts.Person) error { return w.Erase(ctx, p.ID, accounts.Operator) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := w.withPassword(accounts.Trainer)
			e := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
			if err := tt.act(p); err != nil {
				t.Fatal(err)
			}
			w.wantNoVisit(e.Secret)
		})
	}
	p := w.withPassword(accounts.Trainer)
	e := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	if err := w.Change(ctx, p.ID, accounts.NewPerson{Name: "Tên Khác", Phone: p.Phone, Role: p.Role}, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	if v, err := w.Visit(ctx, e.Secret); err != nil || v.Person.Name != "Tên Khác" {
		t.Errorf("got %q, %v, want the visit to go on under the new name", v.Person.Name, err)
	}
}

func TestReadingAVisitWritesNothing(t *testing.T) {
	w := newTown(t)
	e := w.entry(accounts.Inside)(w.UseCard(ctx, w.card(w.person(accounts.Trainee, vietTri, "")).Secret, accounts.Attempt{}))
	before := w.number(`SELECT count(*) FROM audit`)
	for range 3 {
		w.wantVisit(e.Secret, accounts.Inside)
	}
	if w.number(`SELECT count(*) FROM audit`) != before {
		t.Error("reading a visit was audited")
	}
}
