package accounts_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sotay/internal/accounts"
	"sotay/internal/fault"
)

func TestAFormIsCheckedFieldByField(t *testing.T) {
	w := newTown(t)
	taken, err := w.Add(ctx, accounts.NewPerson{Name: "Nguyễn Văn An", Phone: "0912345678", Code: "CB-1", Role: accounts.Trainer}, accounts.Operator)
	if err != nil {
		t.Fatal(err)
	}
	good := accounts.NewPerson{Name: "Lê Thị Mai", Phone: "0987654321", Unit: vietTri, Role: accounts.Trainee}
	tests := []struct {
		name   string
		change func(n *accounts.NewPerson)
		want   []string
	}{
		{"no name", func(n *accounts.NewPerson) { n.Name = " " }, []string{"name"}},
		{"a letter", func(n *accounts.NewPerson) { n.Name = "A" }, []string{"name"}},
		{"a tag for a name", func(n *accounts.NewPerson) { n.Name = "<b>Mai</b>" }, []string{"name"}},
		{"a long name", func(n *accounts.NewPerson) { n.Name = strings.Repeat("Mai ", 30) }, []string{"name"}},
		{"a NUL", func(n *accounts.NewPerson) { n.Name, n.Team, n.Duty = "Mai\x00", "a\x00", "\xff" }, []string{"name", "team", "duty"}},
		{"a NUL to sign in with", func(n *accounts.NewPerson) { n.Phone, n.Code = "09\x00", "CB\x00" }, []string{"phone", "code"}},
		{"neither phone nor code", func(n *accounts.NewPerson) { n.Phone = "" }, []string{"phone"}},
		{"half a phone number", func(n *accounts.NewPerson) { n.Phone = "09123" }, []string{"phone"}},
		{"a code with blanks", func(n *accounts.NewPerson) { n.Code = "CB 1" }, []string{"code"}},
		{"a phone number as code", func(n *accounts.NewPerson) { n.Code = "0912345678" }, []string{"code"}},
		{"an unknown role", func(n *accounts.NewPerson) { n.Role = "root" }, []string{"role"}},
		{"an unknown unit", func(n *accounts.NewPerson) { n.Unit = "99999" }, []string{"unit"}},
		{"no unit", func(n *accounts.NewPerson) { n.Unit = "" }, []string{"unit"}},
		{"taken", func(n *accounts.NewPerson) { n.Phone, n.Code = "+84912345678", "cb-1" }, []string{"phone", "code"}},
		{"everything", func(n *accounts.NewPerson) { *n = accounts.NewPerson{} }, []string{"name", "phone", "role"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := good
			tt.change(&n)
			p, err := w.Add(ctx, n, accounts.Operator)
			wantFields(t, err, tt.want...)
			if p.ID != "" {
				t.Errorf("got %+v beside the fault", p)
			}
		})
	}
	p, err := w.Add(ctx, accounts.NewPerson{Name: "  Lê  Thị Mai ", Phone: "+84 987.654.321", Code: " đv-7 ", Unit: vietTri, Team: " Tổ  3", Duty: "thư ký", Role: accounts.Trainee}, accounts.Operator)
	if err != nil || p.Name != "Lê Thị Mai" || p.Phone != "0987654321" || p.Code != "ĐV-7" || p.Team != "Tổ 3" || p.Unit.Name != "phường Việt Trì" || !p.Created.Equal(w.now()) {
		t.Errorf("got %+v, %v, want it tidied", p, err)
	}
	if p, err := w.Person(ctx, taken.ID, taken.ID); err != nil || p.Unit.ID != provinceID {
		t.Errorf("got unit %+v, %v, want the province for who works there", p.Unit, err)
	}
	wantFields(t, w.Change(ctx, p.ID, accounts.NewPerson{Name: p.Name, Phone: taken.Phone, Unit: vietTri, Role: p.Role}, accounts.Operator), "phone")
	if err := w.Change(ctx, p.ID, accounts.NewPerson{Name: p.Name, Phone: p.Phone, Code: p.Code, Unit: vietTri, Role: p.Role}, accounts.Operator); err != nil {
		t.Errorf("got %v, want one's own number to be no clash", err)
	}
}

func TestOnePhoneNumberIsAddedOnceAtTheSameTime(t *testing.T) {
	w := newTown(t)
	var added atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			_, err := w.Add(ctx, accounts.NewPerson{Name: "Lê Thị Mai", Phone: "0912345678", Unit: vietTri, Role: accounts.Trainee}, accounts.Operator)
			if err == nil {
				added.Add(1)
			} else if !fault.Is(err, fault.KindInvalid) && !fault.Is(err, fault.KindConflict) {
				t.Errorf("got %v, want a fault", err)
			}
		})
	}
	wg.Wait()
	if added.Load() != 1 {
		t.Errorf("got %d, want 1", added.Load())
	}
}

// Everybody against everybody: who sees and changes whom.
func TestNobodySeesOrChangesWhoIsNotTheirs(t *testing.T) {
	w := newTown(t)
	lead := w.person(accounts.Lead, vietTri, "")
	teamLead := w.person(accounts.Lead, vietTri, "tổ 3")
	provinceLead := w.person(accounts.Lead, provinceID, "")
	admin := w.person(accounts.Administrator, "", "")
	endedAdmin := w.person(accounts.Administrator, "", "")
	if err := w.End(ctx, endedAdmin.ID, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	own := w.person(accounts.Trainee, vietTri, "Tổ 3")
	otherTeam := w.person(accounts.Trainee, vietTri, "Tổ 4")
	otherTrainee := w.person(accounts.Trainee, otherUnit, "Tổ 3")
	trainer := w.person(accounts.Trainer, vietTri, "Tổ 3")
	all := []accounts.Person{lead, teamLead, provinceLead, admin, own, otherTeam, otherTrainee, trainer}
	tests := []struct {
		name string
		by   string
		may  []accounts.Person
	}{
		{"operator", accounts.Operator, all},
		{"administrator", admin.ID, all},
		{"lead", lead.ID, []accounts.Person{own, otherTeam}},
		{"lead of a team", teamLead.ID, []accounts.Person{own}},
		{"lead of the province", provinceLead.ID, []accounts.Person{own, otherTeam, otherTrainee}},
		{"trainer", trainer.ID, nil},
		{"trainee", own.ID, nil},
		{"nobody", "0190-nobody", nil},
		{"empty", "", nil},
		{"ended administrator", endedAdmin.ID, nil},
	}
	for _, tt := range tests {
		for _, p := range all {
			may := slices.ContainsFunc(tt.may, func(o accounts.Person) bool { return o.ID == p.ID })
			got, err := w.Person(ctx, p.ID, tt.by)
			if want := may || p.ID == tt.by; (err == nil) != want || (got.ID != "") != want {
				t.Errorf("%s sees %s of %s: got %v, want %v", tt.name, p.Role, p.Unit.Name, err, want)
			}
			same := accounts.NewPerson{Name: p.Name, Phone: p.Phone, Unit: p.Unit.ID, Team: p.Team, Role: p.Role}
			for act, try := range map[string]func() error{
				"changes":        func() error { return w.Change(ctx, p.ID, same, tt.by) },
				"ends a card of": func() error { return w.RevokeCard(ctx, p.ID, tt.by) },
				"issues to":      func() error { _, err := w.IssueCards(ctx, []string{p.ID}, tt.by); return err },
			} {
				err := try()
				if (err == nil) != may || err != nil && !fault.Is(err, fault.KindNotFound) && !fault.Is(err, fault.KindDenied) {
					t.Errorf("%s %s %s of %s: got %v, want %v", tt.name, act, p.Role, p.Unit.Name, err, may)
				}
			}
			if !may {
				if err := w.End(ctx, p.ID, tt.by); err == nil {
					t.Errorf("%s ended %s of %s", tt.name, p.Role, p.Unit.Name)
				}
				if err := w.Erase(ctx, p.ID, tt.by); err == nil {
					t.Errorf("%s erased %s of %s", tt.name, p.Role, p.Unit.Name)
				}
			}
		}
	}
	wantFault(t, w.Erase(ctx, own.ID, lead.ID), fault.KindDenied)
	_, err := w.EraseBefore(ctx, "2030-01-01", lead.ID)
	wantFault(t, err, fault.KindDenied)
}

func TestALeadMakesTraineesOfTheOwnUnitOnly(t *testing.T) {
	w := newTown(t)
	lead := w.person(accounts.Lead, vietTri, "Tổ 3")
	n := accounts.NewPerson{Name: "Trần Văn Bình", Phone: "0911111111", Unit: vietTri, Team: "tổ 3", Role: accounts.Trainee}
	p, err := w.Add(ctx, n, lead.ID)
	if err != nil {
		t.Fatal(err)
	}
	promoted := n
	promoted.Role = accounts.Administrator
	moved := n
	moved.Unit = otherUnit
	elsewhere := n
	elsewhere.Team = "Tổ 4"
	wantFields(t, w.Change(ctx, p.ID, promoted, lead.ID), "role")
	wantFields(t, w.Change(ctx, p.ID, moved, lead.ID), "unit")
	wantFields(t, w.Change(ctx, p.ID, elsewhere, lead.ID), "team")
	for _, bad := range []accounts.NewPerson{promoted, moved, elsewhere} {
		bad.Phone = "0922222222"
		if _, err := w.Add(ctx, bad, lead.ID); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("got %v for %+v, want Invalid", err, bad)
		}
	}
	hidden := w.person(accounts.Trainee, otherUnit, "")
	n.Phone = hidden.Phone
	_, err = w.Add(ctx, n, lead.ID)
	wantFields(t, err, "phone")
	if f, _ := fault.Of(err); strings.Contains(f.Fields[0].Sentence, hidden.Name) {
		t.Errorf("got %q: the name of somebody out of the scope", f.Fields[0].Sentence)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	w := newTown(t)
	last := w.person(accounts.Administrator, "", "")
	same := accounts.NewPerson{Name: last.Name, Phone: last.Phone, Role: accounts.Trainer}
	wantFault(t, w.End(ctx, last.ID, last.ID), fault.KindConflict)
	wantFault(t, w.Change(ctx, last.ID, same, last.ID), fault.KindConflict)
	wantFault(t, w.Erase(ctx, last.ID, last.ID), fault.KindConflict)
	other := w.person(accounts.Administrator, "", "")
	if err := w.End(ctx, last.ID, other.ID); err != nil {
		t.Error(err)
	}
	wantFault(t, w.End(ctx, other.ID, other.ID), fault.KindConflict)
}

func TestTwoLastAdministratorsDoNotEndEachOther(t *testing.T) {
	for round := range 10 {
		w := newTown(t)
		one, other := w.person(accounts.Administrator, "", ""), w.person(accounts.Administrator, "", "")
		acts := []func(id, by string) error{
			func(id, by string) error { return w.End(ctx, id, by) },
			func(id, by string) error { return w.Erase(ctx, id, by) },
			func(id, by string) error {
				return w.Change(ctx, id, accounts.NewPerson{Name: "Lê Thị Mai", Code: "doi" + id[:4], Role: accounts.Trainer}, by)
			},
		}
		act := acts[round%len(acts)]
		var both sync.WaitGroup
		begin := make(chan struct{})
		for _, pair := range [][2]string{{one.ID, other.ID}, {other.ID, one.ID}} {
			both.Go(func() {
				<-begin
				if err := act(pair[0], pair[1]); err != nil {
					if _, known := fault.Of(err); !known {
						t.Errorf("round %d: %v", round, err)
					}
				}
			})
		}
		close(begin)
		both.Wait()
		if n := w.number(`SELECT count(*) FROM people WHERE role = 'administrator' AND NOT ended`); n != 1 {
			t.Fatalf("round %d: %d administrators are left, want 1", round, n)
		}
	}
}

func TestPeopleAreListedByGivenNamesPageByPage(t *testing.T) {
	w := newTown(t)
	names := []string{"Nguyễn Văn An", "Đỗ Thị Ánh", "Lê Bình", "Trần Đức Dũng", "Phạm Đạt", "Vũ Ngọc Ánh", "Bùi Thị Yến", "Hồ Ân"}
	for i, name := range names {
		if _, err := w.Add(ctx, accounts.NewPerson{Name: name, Phone: fmt.Sprintf("08%08d", i), Unit: vietTri, Role: accounts.Trainee}, accounts.Operator); err != nil {
			t.Fatal(err)
		}
	}
	other := w.person(accounts.Trainee, otherUnit, "")
	want := []string{"Nguyễn Văn An", "Đỗ Thị Ánh", "Vũ Ngọc Ánh", "Hồ Ân", "Lê Bình", "Trần Đức Dũng", "Phạm Đạt", other.Name, "Bùi Thị Yến"}
	for _, size := range []int{1, 2, 4, 100} {
		var got []string
		f := accounts.Filter{Limit: size}
		for {
			page, err := w.List(ctx, f, accounts.Operator)
			if err != nil || page.Total != len(want) {
				t.Fatalf("got %d in all, %v, want %d", page.Total, err, len(want))
			}
			for _, p := range page.People {
				got = append(got, p.Name)
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("pages of %d: got  %q\nwant %q", size, got, want)
		}
	}
}

func TestAListIsNarrowedByWhatIsAskedAndWhoAsks(t *testing.T) {
	w := newTown(t)
	lead, teamLead, provinceLead := w.person(accounts.Lead, vietTri, ""), w.person(accounts.Lead, vietTri, "Tổ 3"), w.person(accounts.Lead, provinceID, "")
	add := func(name, phone, code, unit, team string) accounts.Person {
		p, err := w.Add(ctx, accounts.NewPerson{Name: name, Phone: phone, Code: code, Unit: unit, Team: team, Role: accounts.Trainee}, accounts.Operator)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	add("Đặng Văn Ba", "0811111111", "", vietTri, "Tổ 3")
	add("Hoàng Thị Tư", "", "CB-100", vietTri, "")
	add("Lý Thị Năm", "0833333333", "", otherUnit, "")
	ended := add("Mạc Văn Sáu", "0844444444", "", vietTri, "Tổ 3")
	if err := w.End(ctx, ended.ID, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		f    accounts.Filter
		by   string
		want string
	}{
		{"all of one unit", accounts.Filter{Unit: vietTri, Role: "trainee"}, accounts.Operator, "Đặng Văn Ba, Hoàng Thị Tư"},
		{"ended", accounts.Filter{Ended: true}, accounts.Operator, "Mạc Văn Sáu"},
		{"without tones", accounts.Filter{Query: "dang  van"}, accounts.Operator, "Đặng Văn Ba"},
		{"by phone", accounts.Filter{Query: "083 333.33"}, accounts.Operator, "Lý Thị Năm"},
		{"marks of LIKE are letters", accounts.Filter{Query: "%"}, accounts.Operator, ""},
		{"and so is this one", accounts.Filter{Query: "_"}, accounts.Operator, ""},
		{"and the escape", accounts.Filter{Query: "!"}, accounts.Operator, ""},
		{"a lead", accounts.Filter{}, lead.ID, "Đặng Văn Ba, Hoàng Thị Tư"},
		{"a lead, another unit", accounts.Filter{Unit: otherUnit}, lead.ID, ""},
		{"a lead, other roles", accounts.Filter{Role: "administrator"}, lead.ID, ""},
		{"a lead, searching", accounts.Filter{Query: "Lý"}, lead.ID, ""},
		{"a lead of a team", accounts.Filter{}, teamLead.ID, "Đặng Văn Ba"},
		{"a lead of the province", accounts.Filter{}, provinceLead.ID, "Đặng Văn Ba, Lý Thị Năm, Hoàng Thị Tư"},
		{"a lead of the province, one unit", accounts.Filter{Unit: otherUnit}, provinceLead.ID, "Lý Thị Năm"},
		{"nonsense for a page", accounts.Filter{After: "\x00\xff", Query: "Ba\x00"}, teamLead.ID, "Đặng Văn Ba"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page, err := w.List(ctx, tt.f, tt.by)
			var names []string
			for _, p := range page.People {
				names = append(names, p.Name)
			}
			if got := strings.Join(names, ", "); err != nil || got != tt.want || page.Total != len(names) {
				t.Errorf("got %s (%d), %v, want %s", got, page.Total, err, tt.want)
			}
		})
	}
	_, err := w.List(ctx, accounts.Filter{}, w.person(accounts.Trainer, "", "").ID)
	wantFault(t, err, fault.KindDenied)
	for _, f := range []accounts.Filter{{Unit: "\x00"}, {Role: "root"}} {
		_, err := w.List(ctx, f, accounts.Operator)
		wantFault(t, err, fault.KindInvalid)
	}
}

func TestNamesAreForShowing(t *testing.T) {
	w := newTown(t)
	var ids []string
	for range 23 {
		ids = append(ids, w.person(accounts.Trainee, vietTri, "").ID)
	}
	if err := w.Erase(ctx, ids[3], accounts.Operator); err != nil {
		t.Fatal(err)
	}
	names, err := w.Names(ctx, append(ids, "", accounts.Operator, "0190-nobody", ids[0]))
	if err != nil || len(names) != 24 || names[accounts.Operator] != "Người vận hành" || names[ids[3]] != "người đã xóa tên" || names[ids[22]] != "Lê Thị Mai" {
		t.Errorf("got %v, %v", names, err)
	}
}

func TestAViewOfPersonalDataIsNotedAndOnesOwnIsNot(t *testing.T) {
	w := newTown(t)
	admin, p := w.person(accounts.Administrator, "", ""), w.person(accounts.Trainee, vietTri, "")
	if _, err := w.Person(ctx, p.ID, p.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Person(ctx, p.ID, admin.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.List(ctx, accounts.Filter{Query: "Mai bí mật"}, admin.ID); err != nil {
		t.Fatal(err)
	}
	if got, want := w.acts(accounts.AuditFilter{By: admin.ID}), []string{"view", "list"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := w.acts(accounts.AuditFilter{By: p.ID}); got != nil {
		t.Errorf("got %v, want nothing of one's own data", got)
	}
}

func TestTheAuditLogHoldsNoNamesAndNumbers(t *testing.T) {
	w := newTown(t)
	n := accounts.NewPerson{Name: "Quách Thị Bảy", Phone: "0955555555", Code: "MA-BAY", Unit: vietTri, Team: "Tổ Sáu", Duty: "đếm phiếu", Role: accounts.Trainee}
	p, err := w.Add(ctx, n, accounts.Operator)
	if err != nil {
		t.Fatal(err)
	}
	n.Name, n.Phone, n.Code, n.Team, n.Duty, n.Role = "Quách Thị Tám", "0966666666", "MA-TAM", "Tổ Bảy", "niêm phong", accounts.Lead
	if err := w.Change(ctx, p.ID, n, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	w.entry(accounts.PasswordSetUp)(w.UseCard(ctx, w.card(p).Secret, accounts.Attempt{}))
	page, err := w.AuditLog(ctx, accounts.AuditFilter{})
	if err != nil || len(page.Lines) != 4 {
		t.Fatalf("got %+v, %v, want four lines", page.Lines, err)
	}
	if got, want := page.Lines[2].Note, "role trainee to lead, name, phone, code, team, duty"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	text := fmt.Sprint(page.Lines)
	for _, secret := range []string{"Quách", "0955555555", "0966666666", "MA-", "Tổ", "phiếu"} {
		if strings.Contains(text, secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
}

func TestFindingByNumberKeepsToTheScope(t *testing.T) {
	w := newTown(t)
	p := w.person(accounts.Trainee, otherUnit, "")
	if got, err := w.Find(ctx, "+84"+p.Phone[1:], accounts.Operator); err != nil || got.ID != p.ID {
		t.Errorf("got %+v, %v", got, err)
	}
	_, err := w.Find(ctx, p.Phone, w.person(accounts.Lead, vietTri, "").ID)
	wantFault(t, err, fault.KindNotFound)
	_, err = w.Find(ctx, "", accounts.Operator)
	wantFault(t, err, fault.KindNotFound)
}

func TestAnEndedContextEndsTheWork(t *testing.T) {
	w := newTown(t)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := w.SignIn(gone, attempt("0912345678")); err == nil || fault.Is(err, fault.KindInvalid) {
		t.Errorf("got %v, want the context's error", err)
	}
	if err := w.Run(gone); err == nil {
		t.Error("got no error, want the loop to end with its context")
	}
}
