package accounts_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// sheets is a province with an administrator, a unit lead and a few trainees.
type sheets struct {
	t           testing.TB
	db          *store.DB
	people      *accounts.People
	units       []accounts.Unit // communes
	admin, lead accounts.Person
}

func newSheets(t testing.TB) *sheets {
	t.Helper()
	db := storetest.Open(t)
	s := &sheets{t: t, db: db, people: accounts.New(db)}
	if err := s.people.SeedUnits(t.Context(), "Phú Thọ"); err != nil {
		t.Fatal(err)
	}
	units, err := s.people.Units(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.units = units[1:]
	s.admin = s.add(accounts.NewPerson{Name: "Quản Thị Trị", Phone: "0900000001", Role: accounts.Administrator})
	s.lead = s.add(accounts.NewPerson{Name: "Phụ Văn Trách", Phone: "0900000002", Unit: s.units[0].ID, Role: accounts.Lead})
	return s
}

func (s *sheets) add(n accounts.NewPerson) accounts.Person {
	s.t.Helper()
	p, err := s.people.Add(s.t.Context(), n, accounts.Operator)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// table is rows counted from 1.
func table(rows ...[]string) []accounts.SheetRow {
	var all []accounts.SheetRow
	for i, cells := range rows {
		all = append(all, accounts.SheetRow{Number: i + 1, Cells: cells})
	}
	return all
}

var sheetHead = []string{"Họ tên", "Điện thoại", "Mã", "Đơn vị", "Tổ", "Nhiệm vụ", "Vai trò"}

func (s *sheets) preview(by string, rows ...[]string) accounts.Preview {
	s.t.Helper()
	p, err := s.people.PreviewSheet(s.t.Context(), "a.xlsx", table(rows...), by)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

func (s *sheets) take(id string, c accounts.Choices, by string) accounts.SheetReport {
	s.t.Helper()
	r, err := s.people.ImportSheet(s.t.Context(), id, c, by)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *sheets) names(by string) (names []string) {
	s.t.Helper()
	page, err := s.people.List(s.t.Context(), accounts.Filter{Limit: 200}, by)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, p := range page.People {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return names
}

func (s *sheets) find(query string) accounts.Person {
	s.t.Helper()
	page, err := s.people.List(s.t.Context(), accounts.Filter{Query: query}, accounts.Operator)
	if err != nil || len(page.People) != 1 {
		s.t.Fatalf("find %q: got %v, %v, want one", query, page.People, err)
	}
	return page.People[0]
}

func states(p accounts.Preview) (list []accounts.RowState) {
	for _, row := range p.Rows {
		list = append(list, row.State)
	}
	return list
}

func TestASheetOfPeopleIsReadWhateverItsHead(t *testing.T) {
	s := newSheets(t)
	unit := s.units[3]
	bare := strings.SplitN(unit.Name, " ", 2)[1]
	tests := []struct {
		name string
		rows [][]string
	}{
		{"as we write it", [][]string{sheetHead, {"Lê Thị Hoa", "0912345678", "", unit.Name, "Tổ 3", "Tổ trưởng", "Học viên"}}},
		{"other order, no tones, a star", [][]string{{"STT", "VAI TRO", "To", "Nhiem vu", "Don vi *", "SĐT", "Ho va ten (in hoa)"}, {"1", "hoc vien", "Tổ 3", "Tổ trưởng", strings.ToUpper(bare), "912345678", "Lê Thị Hoa"}}},
		{"titles above", [][]string{{"ỦY BAN BẦU CỬ"}, {}, {"Danh sách tổ", "", "2026"}, sheetHead, {"Lê Thị Hoa", "+84 912.345.678", "", unit.ID, "Tổ 3", "Tổ trưởng"}}},
		{"name in two columns", [][]string{{"Họ đệm", "Tên", "Điện thoại", "Xã, phường", "Tổ", "Chức vụ"}, {"Lê Thị", "Hoa", "'0912345678", bare, "Tổ 3", "Tổ trưởng"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := s.preview(accounts.Operator, tt.rows...)
			want := accounts.NewPerson{Name: "Lê Thị Hoa", Phone: "0912345678", Unit: unit.ID, Team: "Tổ 3", Duty: "Tổ trưởng", Role: accounts.Trainee}
			if len(p.Rows) != 1 || p.Rows[0].Person != want || p.Rows[0].State != accounts.RowNew || p.Rows[0].Number != len(tt.rows) || p.New != 1 {
				t.Errorf("got %+v, want %+v", p.Rows, want)
			}
		})
	}
}

func TestASheetWithoutAHeadOrPeopleIsRefused(t *testing.T) {
	s := newSheets(t)
	many := [][]string{sheetHead}
	for range 5001 {
		many = append(many, []string{"Lê Thị Hoa", "0912345678"})
	}
	tests := []struct {
		name string
		rows [][]string
		want string
	}{
		{"nothing", nil, "Không thấy dòng tên cột"},
		{"no head", [][]string{{"Lê Thị Hoa", "0912345678"}}, "Không thấy dòng tên cột"},
		{"nothing to sign in with", [][]string{{"Họ tên", "Đơn vị"}, {"Lê Thị Hoa", "x"}}, "Không thấy dòng tên cột"},
		{"head alone", [][]string{sheetHead, {}, {"", " "}}, "chưa có ai"},
		{"a column twice", [][]string{{"Họ tên", "SĐT", "Điện thoại"}, {"a", "b", "c"}}, "hai cột"},
		{"too many", many, "nhiều nhất 5.000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := s.people.PreviewSheet(t.Context(), "a.csv", table(tt.rows...), accounts.Operator)
			if f, ok := fault.Of(err); !ok || f.Kind != fault.KindInvalid || !strings.Contains(f.Sentence, tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestFaultsOfRowsNameTheCell(t *testing.T) {
	s := newSheets(t)
	unit := s.units[0].Name
	s.add(accounts.NewPerson{Name: "Đã Có", Phone: "0911111111", Code: "CB-1", Unit: s.units[0].ID, Role: accounts.Trainee})
	s.add(accounts.NewPerson{Name: "Cũng Có", Phone: "0911111112", Code: "CB-2", Unit: s.units[0].ID, Role: accounts.Trainee})
	s.add(accounts.NewPerson{Name: "Ba Có", Phone: "0911111113", Code: "CB-3", Unit: s.units[0].ID, Role: accounts.Trainee})
	rows := [][]string{
		{"", "0912000001", "", unit}, {"Lê Hoa", "12", "", unit}, {"Lê Hoa", "", "", unit}, {"Lê Hoa", "0912000002", "a b", unit},
		{"Lê Hoa", "0912000003", "", "xã Không Đâu"}, {"Lê Hoa", "0912000004", "", ""}, {"Lê Hoa", "0912000005", "", unit, "", "", "Vua"},
		{"Lê Hoa", "0912000006", "", unit, strings.Repeat("dài ", 200)}, {"Lê Hoa", "0912000007", "", unit}, {"Lê Hồng", "0912000007", "", unit},
		{"Lê Hậu", "0911111111", "CB-2", unit}, {"Đã Có", "0911111111", "", unit}, {"Ba Có", "0911111113", "", unit}, {"Ba Có", "", "CB-3", unit},
	}
	want := []string{"name", "phone", "phone", "code", "unit", "unit", "role", "team", "", "phone", "code", "phone", "", "name"}
	p := s.preview(accounts.Operator, append([][]string{sheetHead}, rows...)...)
	for i, row := range p.Rows {
		field := ""
		if len(row.Faults) > 0 {
			field = row.Faults[0].Name
		}
		if field != want[i] || (field != "") != (row.State == accounts.RowFaulty) || field != "" && !strings.Contains(row.Faults[0].Sentence, " ") {
			t.Errorf("row %d %q: got %s %v, want a fault of %q", row.Number, rows[i], row.State, row.Faults, want[i])
		}
	}
	if p.Faulty != 12 || p.New != 1 {
		t.Errorf("got %d faulty, %d new, want 12 and 1", p.Faulty, p.New)
	}
	_, err := s.people.ImportSheet(t.Context(), p.ID, accounts.Choices{}, accounts.Operator)
	if f, ok := fault.Of(err); !ok || f.Kind != fault.KindInvalid || len(f.Fields) != 12 || f.Fields[0].Name != "2" {
		t.Errorf("import with faults: got %v, want 12 rows refused", err)
	}
	if names := s.names(accounts.Operator); slices.Contains(names, "Lê Hoa") {
		t.Error("a sheet with faults was imported in part")
	}
	if r := s.take(p.ID, accounts.Choices{SkipFaulty: true}, accounts.Operator); r.Added != 1 || len(r.Skipped) != 12 {
		t.Errorf("skipping the faulty: got %+v", r)
	}
}

func TestPossibleDoublesNeedAChoice(t *testing.T) {
	s := newSheets(t)
	unit := s.units[0]
	old := s.add(accounts.NewPerson{Name: "Nguyễn Thị Hòa", Phone: "0911111111", Unit: unit.ID, Team: "Tổ 1", Duty: "Tổ viên", Role: accounts.Trainee})
	s.add(accounts.NewPerson{Name: "Trần Hùng", Phone: "0922222222", Unit: unit.ID, Role: accounts.Trainee})
	rows := [][]string{sheetHead,
		{"Nguyễn Thị Hòa", "0911111111", "", unit.Name, "Tổ 2"},                     // signs in with this phone
		{"TRAN HUNG", "0933333333", "", unit.Name},                                  // the same name there
		{"Trần Hùng", "0944444444", "", s.units[1].Name},                            // elsewhere
		{"Trần Hùng", "0955555555", "", s.units[1].Name},                            // twin of the row above
		{"Nguyễn Thị Hòa", "0966666666", "", unit.Name, "", "", "Phụ trách đơn vị"}, // same name, another role
	}
	p := s.preview(s.admin.ID, rows...)
	if want := []accounts.RowState{accounts.RowChanged, accounts.RowSimilar, accounts.RowNew, accounts.RowNew, accounts.RowSimilar}; !reflect.DeepEqual(states(p), want) {
		t.Fatalf("got %v, want %v", states(p), want)
	}
	first := p.Rows[0]
	if len(first.Matches) != 1 || first.Matches[0].ID != old.ID || !reflect.DeepEqual(first.Differs, []string{"team"}) || first.Person.Duty != "Tổ viên" {
		t.Errorf("the changed row: got %+v", first)
	}
	if p.Rows[3].Twin != 4 || p.Rows[2].Twin != 0 {
		t.Errorf("twins: got %d and %d, want 0 and 4", p.Rows[2].Twin, p.Rows[3].Twin)
	}
	_, err := s.people.ImportSheet(t.Context(), p.ID, accounts.Choices{Rows: map[int]accounts.Choice{2: accounts.AddNew}}, s.admin.ID)
	if f, ok := fault.Of(err); !ok || len(f.Fields) != 3 {
		t.Fatalf("undecided: got %v, want three rows refused", err)
	}
	_, err = s.people.ImportSheet(t.Context(), p.ID, accounts.Choices{Changed: accounts.Update, Similar: accounts.Update}, s.admin.ID)
	if f, ok := fault.Of(err); !ok || len(f.Fields) != 1 || !strings.Contains(f.Fields[0].Sentence, "cùng sửa một người") {
		t.Fatalf("two rows for one person: got %v", err)
	}
	r := s.take(p.ID, accounts.Choices{Changed: accounts.Update, Similar: accounts.Skip, Rows: map[int]accounts.Choice{3: accounts.Update, 6: accounts.AddNew}}, s.admin.ID)
	if r.Added != 3 || r.Updated != 2 || len(r.Skipped) != 0 {
		t.Errorf("got %+v, want 3 added, 2 updated", r)
	}
	if got := s.find("0911111111"); got.Team != "Tổ 2" || got.Duty != "Tổ viên" || got.ID != old.ID {
		t.Errorf("updated by phone: got %+v", got)
	}
	if got := s.find("0933333333"); got.Name != "TRAN HUNG" {
		t.Errorf("updated by name: got %+v", got)
	}
	storetest.CheckTypes(t, s.db)
}

func TestASheetIsImportedOnce(t *testing.T) {
	s := newSheets(t)
	p := s.preview(s.admin.ID, sheetHead, []string{"Lê Hoa", "0912000001", "", s.units[0].Name})
	var wg sync.WaitGroup
	done := make(chan error, 8)
	for range 8 {
		wg.Go(func() {
			_, err := s.people.ImportSheet(context.Background(), p.ID, accounts.Choices{}, s.admin.ID)
			done <- err
		})
	}
	wg.Wait()
	close(done)
	good := 0
	for err := range done {
		if err == nil {
			good++
		} else if _, ok := fault.Of(err); !ok {
			t.Errorf("got %v, want a fault", err)
		}
	}
	if good != 1 || s.find("0912000001").Name != "Lê Hoa" {
		t.Errorf("%d of 8 imports passed, want 1", good)
	}
}

func TestAWaitingSheetIsItsOwnersForADay(t *testing.T) {
	s := newSheets(t)
	rows := [][]string{sheetHead, {"Lê Hoa", "0912000001", "", s.units[0].Name}}
	first := s.preview(s.admin.ID, rows...)
	second := s.preview(s.admin.ID, rows...)
	if _, err := s.people.Preview(t.Context(), first.ID, s.admin.ID); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("a sheet that another took the place of: got %v", err)
	}
	for _, by := range []string{s.lead.ID, accounts.Operator} {
		if _, err := s.people.Preview(t.Context(), second.ID, by); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("somebody else's sheet: got %v", err)
		}
	}
	for _, id := range []string{"", "x'", strings.Repeat("a", 300)} {
		if _, err := s.people.Preview(t.Context(), id, s.admin.ID); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("id %q: got %v", id, err)
		}
	}
	s.db.SetClock(func() time.Time { return storetest.Start.Add(25 * time.Hour) })
	if _, err := s.people.ImportSheet(t.Context(), second.ID, accounts.Choices{}, s.admin.ID); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("after a day: got %v", err)
	}
	if err := s.people.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.count(`SELECT count(*) FROM imports`); n != 0 {
		t.Errorf("%d sheets are kept longer than a day", n)
	}
}

func (s *sheets) count(sql string) (n int64) {
	s.t.Helper()
	if err := s.db.Read(s.t.Context(), func(tx *store.Tx) error { return tx.QueryRow(sql).Scan(&n) }); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func TestALeadImportsTraineesOfTheOwnUnitAlone(t *testing.T) {
	s := newSheets(t)
	other := s.add(accounts.NewPerson{Name: "Người Khác", Phone: "0911111111", Unit: s.units[1].ID, Role: accounts.Trainee})
	secretary := s.add(accounts.NewPerson{Name: "Thư Ký", Phone: "0911111112", Unit: s.units[0].ID, Role: accounts.Secretary})
	p := s.preview(s.lead.ID, sheetHead,
		[]string{"Lê Hoa", "0912000001"},
		[]string{"Lê Hoa", "0912000002", "", s.units[1].Name},
		[]string{"Lê Hoa", "0912000003", "", "", "", "", "Quản trị"},
		[]string{"Lê Hoa", other.Phone},
		[]string{"Lê Hoa", secretary.Phone},
		[]string{secretary.Name, "0912000004"})
	want := []accounts.RowState{accounts.RowNew, accounts.RowFaulty, accounts.RowFaulty, accounts.RowFaulty, accounts.RowFaulty, accounts.RowNew}
	if !reflect.DeepEqual(states(p), want) {
		t.Errorf("got %v, want %v", states(p), want)
	}
	for _, row := range p.Rows {
		if len(row.Matches) > 0 || strings.Contains(fmt.Sprint(row.Faults), other.Name) {
			t.Errorf("row %d tells a lead of somebody else's people: %+v", row.Number, row)
		}
	}
	if p.Rows[0].Person.Unit != s.units[0].ID {
		t.Errorf("without a unit: got %q, want the lead's", p.Rows[0].Person.Unit)
	}
	trainer := s.add(accounts.NewPerson{Name: "Giảng Viên", Phone: "0911111113", Role: accounts.Trainer})
	for _, by := range []string{trainer.ID, other.ID, secretary.ID, "", "nobody"} {
		for name, err := range map[string]error{
			"preview": func() error {
				_, err := s.people.PreviewSheet(t.Context(), "a", table(sheetHead, []string{"A B", "0912000009"}), by)
				return err
			}(),
			"import":  func() error { _, err := s.people.ImportSheet(t.Context(), p.ID, accounts.Choices{}, by); return err }(),
			"undo":    func() error { _, err := s.people.UndoImport(t.Context(), p.ID, by); return err }(),
			"imports": func() error { _, err := s.people.Imports(t.Context(), by); return err }(),
			"sheet":   func() error { _, _, err := s.people.Sheet(t.Context(), accounts.Filter{}, by); return err }(),
		} {
			if !fault.Is(err, fault.KindDenied) {
				t.Errorf("%s by %q: got %v, want it denied", name, by, err)
			}
		}
	}
	if _, rows, err := s.people.Sheet(t.Context(), accounts.Filter{}, s.lead.ID); err != nil || len(rows) != 0 {
		t.Errorf("the lead's sheet: got %v, %v, want nobody yet", rows, err)
	}
}

func TestTheSameSheetOutAndInChangesNothing(t *testing.T) {
	s := newSheets(t)
	s.add(accounts.NewPerson{Name: "Nguyễn Thị Hòa", Phone: "0911111111", Code: "CB-1", Unit: s.units[0].ID, Team: "Tổ 1", Duty: "=Tổ viên", Role: accounts.Trainee})
	s.add(accounts.NewPerson{Name: "Thư Ký", Code: "TK-2", Role: accounts.Secretary})
	for i := range 600 {
		s.add(accounts.NewPerson{Name: "Lê Hoa", Phone: fmt.Sprintf("09120%05d", i), Unit: s.units[i%len(s.units)].ID, Role: accounts.Trainee})
	}
	head, rows, err := s.people.Sheet(t.Context(), accounts.Filter{}, s.admin.ID)
	if err != nil || len(rows) != 604 {
		t.Fatalf("got %d rows, %v, want 604", len(rows), err)
	}
	p := s.preview(s.admin.ID, append([][]string{head}, rows...)...)
	if p.Same != len(rows) || len(p.Rows) != len(rows) {
		t.Errorf("got %d the same of %d, %d changed, %d similar, %d faulty", p.Same, len(rows), p.Changed, p.Similar, p.Faulty)
	}
	before := s.count(`SELECT count(*) FROM audit WHERE act IN ('add', 'change')`)
	if r := s.take(p.ID, accounts.Choices{}, s.admin.ID); r.Same != len(rows) || r.Added+r.Updated != 0 {
		t.Errorf("got %+v", r)
	}
	if after := s.count(`SELECT count(*) FROM audit WHERE act IN ('add', 'change')`); after != before {
		t.Errorf("%d changes were noted", after-before)
	}
	if _, rows, err := s.people.Sheet(t.Context(), accounts.Filter{Unit: s.units[0].ID, Role: string(accounts.Lead)}, s.admin.ID); err != nil || len(rows) != 1 || rows[0][3] != s.units[0].Name || rows[0][6] != "Phụ trách đơn vị" {
		t.Errorf("one role of one unit: got %v, %v", rows, err)
	}
}

func TestAnImportIsUndoneButForWhoSignedInOrChanged(t *testing.T) {
	s := newSheets(t)
	unit := s.units[0]
	old := s.add(accounts.NewPerson{Name: "Nguyễn Thị Hòa", Phone: "0911111111", Unit: unit.ID, Team: "Tổ 1", Role: accounts.Trainee})
	s.add(accounts.NewPerson{Name: "Trần Hùng", Phone: "0922222222", Unit: unit.ID, Role: accounts.Trainee})
	p := s.preview(s.lead.ID, sheetHead,
		[]string{"Nguyễn Thị Hoà", "0911111111", "", "", "Tổ 2"}, []string{"Trần Văn Hùng", "0922222222"},
		[]string{"Vào Rồi", "0933333333"}, []string{"Sửa Rồi", "0944444444"}, []string{"Chưa Vào", "0955555555"}, []string{"Có Thẻ", "0966666666"})
	r := s.take(p.ID, accounts.Choices{Changed: accounts.Update}, s.lead.ID)
	if r.Added != 4 || r.Updated != 2 {
		t.Fatalf("got %+v", r)
	}
	cards, err := s.people.IssueCards(t.Context(), []string{s.find("0933333333").ID, s.find("0966666666").ID}, s.lead.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, card := range cards {
		if card.Person.Phone == "0933333333" {
			if _, err := s.people.UseCard(t.Context(), card.Secret, accounts.Attempt{Address: "192.0.2.1"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, n := range []accounts.NewPerson{{Name: "Sửa Rồi", Phone: "0944444444", Duty: "Thư ký"}, {Name: "Trần Hùng Khác", Phone: "0922222222"}} {
		n.Unit, n.Role = unit.ID, accounts.Trainee
		if err := s.people.Change(t.Context(), s.find(n.Phone).ID, n, s.admin.ID); err != nil {
			t.Fatal(err)
		}
	}
	if held, err := s.people.Held(t.Context(), old.ID); err != nil || len(held.BeforeImports) != 1 || held.BeforeImports[0].Team != "Tổ 1" {
		t.Errorf("what is held for undoing is not told: %+v, %v", held.BeforeImports, err)
	}
	second := s.add(accounts.NewPerson{Name: "Phụ Trách Khác", Phone: "0900000003", Unit: s.units[1].ID, Role: accounts.Lead})
	if _, err := s.people.UndoImport(t.Context(), r.ID, second.ID); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("undone by another lead: got %v", err)
	}
	list, err := s.people.Imports(t.Context(), s.admin.ID)
	if err != nil || len(list) != 1 || list[0].ID != r.ID || list[0].Added != 4 || list[0].Waiting {
		t.Errorf("imports: got %+v, %v", list, err)
	}
	undone, err := s.people.UndoImport(t.Context(), r.ID, s.lead.ID)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, k := range undone.Kept {
		kept[k.Person.Name] = k.SignedIn
	}
	if want := map[string]bool{"Vào Rồi": true, "Sửa Rồi": false, "Trần Hùng Khác": false}; undone.Removed != 2 || undone.PutBack != 1 || !reflect.DeepEqual(kept, want) {
		t.Errorf("got %+v, want 2 removed, 1 put back, %v kept", undone, want)
	}
	if got := s.find("0911111111"); got.Name != "Nguyễn Thị Hòa" || got.Team != "Tổ 1" {
		t.Errorf("not put back: %+v", got)
	}
	if names := s.names(s.lead.ID); !reflect.DeepEqual(names, []string{"Nguyễn Thị Hòa", "Sửa Rồi", "Trần Hùng Khác", "Vào Rồi"}) {
		t.Errorf("got %v", names)
	}
	if _, err := s.people.UndoImport(t.Context(), r.ID, s.lead.ID); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("undone twice: got %v", err)
	}
	if n := s.count(`SELECT count(*) FROM import_people`); n != 0 {
		t.Errorf("%d rows of people are kept after undoing", n)
	}
	storetest.CheckTypes(t, s.db)
}

func TestUndoingKeepsWhoOnlyCameInOnASharedMachine(t *testing.T) {
	s := newSheets(t)
	p := s.preview(s.admin.ID, sheetHead, []string{"Lê Hoa", "0912000001", "", s.units[0].Name})
	r := s.take(p.ID, accounts.Choices{}, s.admin.ID)
	cards, err := s.people.IssueCards(t.Context(), []string{s.find("0912000001").ID}, s.admin.ID)
	if err != nil {
		t.Fatal(err)
	}
	entry, err := s.people.UseCard(t.Context(), cards[0].Secret, accounts.Attempt{Address: "192.0.2.1", Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.people.SignOut(t.Context(), entry.Secret); err != nil {
		t.Fatal(err)
	}
	if err := s.people.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	undone, err := s.people.UndoImport(t.Context(), r.ID, s.admin.ID)
	if err != nil || undone.Removed != 0 || len(undone.Kept) != 1 || !undone.Kept[0].SignedIn {
		t.Errorf("got %+v, %v, want the person kept", undone, err)
	}
}

func TestAnImportCanBeUndoneForAWeekAndIsThenForgotten(t *testing.T) {
	s := newSheets(t)
	p := s.preview(s.admin.ID, sheetHead, []string{"Lê Hoa", "0912000001", "", s.units[0].Name})
	r := s.take(p.ID, accounts.Choices{}, s.admin.ID)
	s.db.SetClock(func() time.Time { return r.Until.Add(time.Minute) })
	if _, err := s.people.UndoImport(t.Context(), r.ID, s.admin.ID); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("after a week: got %v", err)
	}
	if err := s.people.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.count(`SELECT count(*) FROM import_people`) + s.count(`SELECT count(*) FROM imports`); n != 0 {
		t.Errorf("%d rows are kept", n)
	}
}

func TestErasingForgetsWhatImportsKept(t *testing.T) {
	s := newSheets(t)
	old := s.add(accounts.NewPerson{Name: "Nguyễn Thị Hòa", Phone: "0911111111", Unit: s.units[0].ID, Role: accounts.Trainee})
	p := s.preview(s.admin.ID, sheetHead, []string{"Nguyễn Thị Hoa", "0911111111"}, []string{"Lê Hoa", "0912000001", "", s.units[0].Name})
	r := s.take(p.ID, accounts.Choices{Changed: accounts.Update}, s.admin.ID)
	if err := s.people.Erase(t.Context(), old.ID, s.admin.ID); err != nil {
		t.Fatal(err)
	}
	if n := s.count(`SELECT count(*) FROM import_people WHERE earlier <> ''`); n != 0 {
		t.Errorf("an erased name is kept %d times", n)
	}
	if undone, err := s.people.UndoImport(t.Context(), r.ID, s.admin.ID); err != nil || undone.Removed != 1 || undone.PutBack != 0 {
		t.Errorf("got %+v, %v", undone, err)
	}
}

func TestAFaultWhileImportingStoresNothing(t *testing.T) {
	s := newSheets(t)
	p := s.preview(s.admin.ID, sheetHead, []string{"Lê Hoa", "0912000001", "", s.units[0].Name}, []string{s.admin.Name, s.admin.Phone, "", "", "", "", "Học viên"})
	_, err := s.people.ImportSheet(t.Context(), p.ID, accounts.Choices{Changed: accounts.Update}, s.admin.ID)
	if f, ok := fault.Of(err); !ok || !strings.HasPrefix(f.Sentence, "Dòng 3: ") {
		t.Fatalf("got %v, want the last administrator kept", err)
	}
	if slices.Contains(s.names(accounts.Operator), "Lê Hoa") {
		t.Error("the row above was stored all the same")
	}
	if _, err := s.people.Preview(t.Context(), p.ID, s.admin.ID); err != nil {
		t.Errorf("the sheet is lost: %v", err)
	}
}

func TestSheetsAreNotedInTheAuditLog(t *testing.T) {
	s := newSheets(t)
	p := s.preview(s.admin.ID, sheetHead, []string{"Lê Hoa", "0912000001", "", s.units[0].Name})
	r := s.take(p.ID, accounts.Choices{}, s.admin.ID)
	if _, _, err := s.people.Sheet(t.Context(), accounts.Filter{}, s.admin.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.people.UndoImport(t.Context(), r.ID, s.admin.ID); err != nil {
		t.Fatal(err)
	}
	log, err := s.people.AuditLog(t.Context(), accounts.AuditFilter{By: s.admin.ID})
	if err != nil {
		t.Fatal(err)
	}
	var acts []string
	for _, line := range log.Lines {
		acts = append(acts, line.Act)
		if strings.Contains(line.Note, "Hoa") || strings.Contains(line.Note, "0912") {
			t.Errorf("the log tells what is held of somebody: %+v", line)
		}
	}
	for _, act := range []string{"preview", "import", "add", "export", "undo import", "remove"} {
		if !slices.Contains(acts, act) {
			t.Errorf("got %v, %q is not noted", acts, act)
		}
	}
}

func FuzzPreviewSheet(f *testing.F) {
	f.Add("Họ tên", "Điện thoại", "Lê Hoa", "0912000001", "xã")
	f.Add("Tên", "Mã", "\x00", "'=1", "\xff")
	s := newSheets(f)
	f.Fuzz(func(t *testing.T, head1, head2, a, b, c string) {
		rows := table([]string{head1, head2, "Đơn vị", "Vai trò"}, []string{a, b, c, a}, []string{"Lê Hoa", "0912000001", s.units[0].Name, c})
		p, err := s.people.PreviewSheet(context.Background(), a, rows, accounts.Operator)
		if _, refused := fault.Of(err); err != nil && !refused {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		if again, err := s.people.Preview(context.Background(), p.ID, accounts.Operator); err != nil || !reflect.DeepEqual(p, again) {
			t.Fatalf("got %+v, then %+v, %v", p, again, err)
		}
	})
}

// thousand is a sheet of a thousand people of all units.
func (s *sheets) thousand() []accounts.SheetRow {
	rows := [][]string{sheetHead}
	for i := range 1000 {
		rows = append(rows, []string{fmt.Sprintf("Nguyễn Văn %c%c", 'A'+i%26, 'a'+i/26%26), fmt.Sprintf("09%08d", 10_000_000+i), "", s.units[i%len(s.units)].Name, "Tổ 1", "Tổ viên", ""})
	}
	return table(rows...)
}

func BenchmarkImportOfAThousandPeople(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := newSheets(b)
		rows := s.thousand()
		b.StartTimer()
		p, err := s.people.PreviewSheet(context.Background(), "a.xlsx", rows, s.admin.ID)
		if err != nil {
			b.Fatal(err)
		}
		if r, err := s.people.ImportSheet(context.Background(), p.ID, accounts.Choices{}, s.admin.ID); err != nil || r.Added != 1000 {
			b.Fatal(r, err)
		}
	}
}
