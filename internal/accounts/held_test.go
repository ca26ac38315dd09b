package accounts_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/store/storetest"
)

func TestAPersonSeesAllThatIsHeld(t *testing.T) {
	w := newTown(t)
	p, err := w.Add(ctx, accounts.NewPerson{Name: "Quách Thị Bảy", Phone: "0955555555", Code: "B7", Unit: vietTri, Team: "Tổ 6", Duty: "đếm phiếu", Role: accounts.Trainee}, accounts.Operator)
	if err != nil {
		t.Fatal(err)
	}
	card := w.card(p)
	w.entry(accounts.Inside)(w.UseCard(ctx, card.Secret, accounts.Attempt{Device: "Firefox"}))
	w.card(p)
	h, err := w.Held(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Quách Thị Bảy", "0955555555", "B7", "phường Việt Trì", "Tổ 6", "đếm phiếu", "Học viên", "Firefox", "CardExpires", "issue card"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
	for _, secret := range []string{"argon2id", "Hash", card.Secret} {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s is in %s", secret, text)
		}
	}
	if len(h.Visits) != 1 || len(h.Devices) != 1 || len(h.Acts) != 1 || len(h.Views) != 3 || h.More {
		t.Errorf("got %+v", h)
	}
	_, err = w.Held(ctx, "0190-nobody")
	wantFault(t, err, fault.KindNotFound)
}

func TestErasureKeepsUnitAndRoleAlone(t *testing.T) {
	w := newTown(t)
	p := w.withPassword(accounts.Lead)
	e := w.entry(accounts.Inside)(w.SignIn(ctx, attempt(p.Phone)))
	for range 2 { // the second time changes nothing
		if err := w.Erase(ctx, p.ID, accounts.Operator); err != nil {
			t.Fatal(err)
		}
	}
	w.wantNoVisit(e.Secret)
	_, err := w.SignIn(ctx, attempt(p.Phone))
	wantFault(t, err, fault.KindInvalid)
	got, err := w.Person(ctx, p.ID, accounts.Operator)
	want := accounts.Person{ID: p.ID, Unit: p.Unit, Role: accounts.Lead, Ended: true, Erased: true, Created: p.Created}
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	for _, table := range []string{"visits", "cards", "devices"} {
		if n := w.number(`SELECT count(*) FROM ` + table); n != 0 {
			t.Errorf("%s: %d rows are left", table, n)
		}
	}
	wantFault(t, w.Change(ctx, p.ID, accounts.NewPerson{Name: p.Name, Phone: p.Phone, Unit: vietTri, Role: p.Role}, accounts.Operator), fault.KindNotFound)
	if err := w.Reopen(ctx, p.ID, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Person(ctx, p.ID, accounts.Operator); err != nil || !got.Ended {
		t.Errorf("got %+v, %v, want an erased account to stay closed", got, err)
	}
	if acts := w.acts(accounts.AuditFilter{Act: "erase"}); len(acts) != 1 {
		t.Errorf("got %v, want one erasure in the log", acts)
	}
	if _, err := w.Add(ctx, accounts.NewPerson{Name: "Người Mới", Phone: p.Phone, Unit: vietTri, Role: accounts.Trainee}, accounts.Operator); err != nil {
		t.Errorf("got %v, want the number to be free again", err)
	}
	storetest.CheckTypes(t, w.db)
}

func TestAfterTheTermTraineesAndLeadsAreErased(t *testing.T) {
	w := newTown(t)
	old := []accounts.Person{w.person(accounts.Trainee, vietTri, ""), w.person(accounts.Lead, otherUnit, "")}
	staff := w.person(accounts.Trainer, vietTri, "")
	e := w.entry(accounts.Inside)(w.UseCard(ctx, w.card(old[0]).Secret, accounts.Attempt{}))
	w.card(old[1])
	w.pass(30 * 24 * time.Hour)
	fresh := w.person(accounts.Trainee, vietTri, "")
	n, err := w.EraseBefore(ctx, "2026-03-02", accounts.Operator)
	if err != nil || n != 0 {
		t.Errorf("got %d, %v, want none added before that day", n, err)
	}
	admin := w.person(accounts.Administrator, "", "")
	counts, err := w.OldPeople(ctx, "2026-03-03", admin.ID)
	if err != nil || counts[accounts.Trainee] != 1 || counts[accounts.Lead] != 1 || len(counts) != 2 {
		t.Errorf("counted %v, %v", counts, err)
	}
	_, err = w.OldPeople(ctx, "2026-03-03", staff.ID)
	wantFault(t, err, fault.KindDenied)
	_, err = w.EraseBefore(ctx, "2026-12-31", admin.ID)
	wantFields(t, err, "day")
	for _, want := range []int{2, 0} {
		n, err := w.EraseBefore(ctx, "2026-03-03", accounts.Operator)
		if err != nil || n != want {
			t.Errorf("got %d, %v, want %d", n, err, want)
		}
	}
	for _, p := range append(old, staff, fresh) {
		got, err := w.Person(ctx, p.ID, accounts.Operator)
		if want := slices.ContainsFunc(old, func(o accounts.Person) bool { return o.ID == p.ID }); err != nil || got.Erased != want || got.Unit != p.Unit || got.Role != p.Role {
			t.Errorf("got %+v, %v, want erased %v", got, err, want)
		}
	}
	w.wantNoVisit(e.Secret)
	if n := w.number(`SELECT count(*) FROM cards`); n != 0 {
		t.Errorf("got %d cards, want none", n)
	}
	_, err = w.EraseBefore(ctx, "15/3/2026", accounts.Operator)
	wantFields(t, err, "day")
}
