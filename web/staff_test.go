package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"

	"sotay/internal/accounts"
	"sotay/internal/store"
	"sotay/web"
)

// Two communes of the province, and the province itself.
const (
	provinceUnit = "25"
	ownUnit      = "07900"
	otherUnit    = "08674"
)

const goodPassword = "con trâu đi trước cái cày"

// person is somebody of a role in a unit, whom the operator added.
func (s *site) person(t testing.TB, role accounts.Role, unit, name, phone string) accounts.Person {
	t.Helper()
	if err := s.people.SeedUnits(t.Context(), "tỉnh Phú Thọ"); err != nil {
		t.Fatal(err)
	}
	p, err := s.people.Add(t.Context(), accounts.NewPerson{Name: name, Phone: phone, Unit: unit, Role: role}, accounts.Operator)
	if err != nil {
		t.Fatalf("add %s: %v", role, err)
	}
	return p
}

// inside is a browser in which a person has signed in, by the ways of the room.
func (s *site) inside(t testing.TB, p accounts.Person) *visitor {
	t.Helper()
	v := s.visitor(t)
	v.cookies["phien"] = s.secret(t, p)
	return v
}

// secret signs a person in by a card, a password and a code where the role needs them.
func (s *site) secret(t testing.TB, p accounts.Person) string {
	t.Helper()
	ctx := t.Context()
	cards, err := s.people.IssueCards(ctx, []string{p.ID}, accounts.Operator)
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.people.UseCard(ctx, cards[0].Secret, accounts.Attempt{Address: "10.0.0.1", Device: "Chrome"})
	if err != nil {
		t.Fatal(err)
	}
	if e.Step == accounts.PasswordSetUp {
		if e, err = s.people.SetPassword(ctx, e.Secret, goodPassword); err != nil {
			t.Fatal(err)
		}
	}
	if e.Step == accounts.CodeSetUp {
		key, _, err := s.people.CodeSetUp(ctx, e.Secret)
		if err != nil {
			t.Fatal(err)
		}
		if e, err = s.people.ConfirmCode(ctx, e.Secret, codeNow(t, s, key), "10.0.0.1"); err != nil {
			t.Fatal(err)
		}
	}
	if e.Step != accounts.Inside {
		t.Fatalf("%s got no further than step %d", p.Role, e.Step)
	}
	return e.Secret
}

// codeNow is the one-time code at the time of the database.
func codeNow(t testing.TB, s *site, key string) string {
	t.Helper()
	code, err := totp.GenerateCode(key, s.now(t))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// submit sends a form with the token of the visit.
func (v *visitor) submit(path string, fields url.Values, header ...string) answer {
	v.t.Helper()
	if fields == nil {
		fields = url.Values{}
	}
	fields.Set("khoa", web.TokenOf(v.cookies["phien"]))
	return v.post(path, fields, header...)
}

func TestAnAddressAsksWhatTheTableSays(t *testing.T) {
	s := newSite(t)
	visitors := map[accounts.Role]*visitor{}
	for i, role := range accounts.Roles() {
		unit := ownUnit
		if role.May(accounts.Desk) {
			unit = provinceUnit
		}
		visitors[role] = s.inside(t, s.person(t, role, unit, "Người "+strings.Repeat("A", i+1), "091200000"+string(rune('0'+i))))
	}
	seen := 0
	for line, act := range s.Acts() {
		if act == "" || strings.Contains(line, "/dang-xuat") || line == "POST /ho-so/mat-khau" { // these end the visit
			continue
		}
		method, path, _ := strings.Cut(line, " ")
		path = fill(path)
		for role, v := range visitors {
			seen++
			a := v.open(method, path)
			if role.May(act) {
				if a.StatusCode == 401 || a.StatusCode == 403 || strings.HasPrefix(a.Header.Get("Location"), "/dang-nhap") || a.StatusCode >= 500 {
					t.Errorf("%s as %s, who may %s: got status %d %s", line, role, act, a.StatusCode, a.said("main p"))
				}
				continue
			}
			if a.StatusCode != 403 {
				t.Errorf("%s as %s, who may not %s: got status %d", line, role, act, a.StatusCode)
			}
		}
		checkStranger(t, s.visitor(t), line, method, path)
		if method == "POST" {
			for role, v := range visitors {
				if role.May(act) {
					wantStatus(t, line+" without the token", v.post(path, url.Values{}), 403)
				}
			}
		}
	}
	if seen < 80 {
		t.Errorf("asked only %d times: the test is blind", seen)
	}
}

func (v *visitor) open(method, path string) answer {
	v.t.Helper()
	if method == "POST" {
		return v.submit(path, nil)
	}
	return v.get(path)
}

// checkStranger asserts that who has not signed in is led to where they do.
func checkStranger(t *testing.T, v *visitor, line, method, path string) {
	t.Helper()
	if method == "POST" {
		wantStatus(t, line+" as a stranger", v.post(path, url.Values{}), 401)
		return
	}
	a := v.get(path)
	if a.StatusCode != 303 || !strings.HasPrefix(a.Header.Get("Location"), "/dang-nhap") {
		t.Errorf("%s as a stranger: got status %d to %q", line, a.StatusCode, a.Header.Get("Location"))
	}
}

// fill puts something into each parameter of an address that is no thing's.
func fill(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") {
			parts[i] = "00000000-0000-7000-8000-000000000000"
		}
	}
	return strings.Join(parts, "/")
}

func TestALeadSeesOnlyTheOwnUnit(t *testing.T) {
	s := emptySite(t)
	lead := s.inside(t, s.person(t, accounts.Lead, ownUnit, "Lê Thị Phụ Trách", "0912000001"))
	own := s.person(t, accounts.Trainee, ownUnit, "Trần Văn Của Mình", "0912000002")
	other := s.person(t, accounts.Trainee, otherUnit, "Phạm Thị Nơi Khác", "0912000003")
	fields := func() url.Values {
		return url.Values{"name": {"Trần Văn Của Mình"}, "phone": {"0912000002"}, "unit": {ownUnit}, "role": {"trainee"}}
	}
	for _, tt := range []struct {
		what, path string
		own, other int
	}{
		{"see", "/can-bo/:id", 200, 404},
		{"change", "/can-bo/:id", 303, 404},
		{"revoke the card", "/can-bo/:id/thu-the", 303, 404},
		{"end", "/can-bo/:id/khoa", 303, 404},
		{"reopen", "/can-bo/:id/mo", 403, 403},
	} {
		for id, want := range map[string]int{own.ID: tt.own, other.ID: tt.other} {
			path := strings.Replace(tt.path, ":id", id, 1)
			a := lead.get(path)
			if tt.what != "see" {
				a = lead.submit(path, map[bool]url.Values{true: fields(), false: {}}[tt.what == "change"])
			}
			wantStatus(t, tt.what+" "+path, a, want)
		}
	}
	if err := s.people.Reopen(t.Context(), own.ID, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	if text := lead.get("/can-bo").said("table"); !strings.Contains(text, own.Name) || strings.Contains(text, other.Name) {
		t.Errorf("the list of a lead: got %q", text)
	}
	wantStatus(t, "cards of another unit", lead.submit("/can-bo/the", url.Values{"id": {own.ID, other.ID}}), 404)
	wantStatus(t, "a trainee of another unit", lead.submit("/can-bo", url.Values{"name": {"Ai Đó Mới"}, "phone": {"0912000009"}, "unit": {otherUnit}, "role": {"trainee"}}), 422)
	wantStatus(t, "an administrator by a lead", lead.submit("/can-bo", url.Values{"name": {"Ai Đó Mới"}, "phone": {"0912000009"}, "unit": {ownUnit}, "role": {"administrator"}}), 422)
}

func TestRevokedRightsEndAtOnce(t *testing.T) {
	s := emptySite(t)
	admin := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Nguyễn Quản Trị", "0912000001"))
	lead := s.person(t, accounts.Lead, ownUnit, "Lê Thị Phụ Trách", "0912000002")
	v := s.inside(t, lead)
	wantStatus(t, "the list before", v.get("/can-bo"), 200)
	wantStatus(t, "a new role", admin.submit("/can-bo/"+lead.ID, url.Values{"name": {lead.Name}, "phone": {lead.Phone}, "unit": {ownUnit}, "role": {"trainee"}}), 303)
	wantStatus(t, "the list after a new role", v.get("/can-bo"), 303)
	v = s.inside(t, lead)
	wantStatus(t, "the list as a trainee", v.get("/can-bo"), 403)
	wantStatus(t, "the end", admin.submit("/can-bo/"+lead.ID+"/khoa", nil), 303)
	wantStatus(t, "one's own page after the end", v.get("/ho-so"), 303)
}

func TestSigningInGoesThroughEveryStep(t *testing.T) {
	s := emptySite(t)
	p := s.person(t, accounts.Administrator, provinceUnit, "Nguyễn Quản Trị", "0912000001")
	cards, err := s.people.IssueCards(t.Context(), []string{p.ID}, accounts.Operator)
	if err != nil {
		t.Fatal(err)
	}
	v := s.visitor(t)
	card := "/the/" + strings.ToLower(cards[0].Secret)
	a := v.get(card)
	wantStatus(t, "the card", a, 200)
	checkPage(t, card, a)
	if !strings.Contains(a.said("main"), p.Name) {
		t.Errorf("the card does not say for whom it is: %q", a.said("main"))
	}
	a = v.post(card, url.Values{})
	if a.Header.Get("Location") != "/dang-nhap/mat-khau" {
		t.Fatalf("after the card: got %d to %q", a.StatusCode, a.Header.Get("Location"))
	}
	first := v.cookies["phien"]
	wantStatus(t, "half-way is not inside", v.get("/ho-so"), 303)
	wantStatus(t, "half-way may begin anew", v.get("/dang-nhap?ve=/ho-so"), 200)
	for _, weak := range []string{"12345678", "matkhau123", "ngắn", "0912000001"} {
		a = v.post("/dang-nhap/mat-khau", url.Values{"moi": {weak}, "lai": {weak}})
		wantStatus(t, "password "+weak, a, 422)
		if a.count(".err-sum") != 1 {
			t.Errorf("password %q: no sentence", weak)
		}
	}
	a = v.post("/dang-nhap/mat-khau", url.Values{"moi": {goodPassword}, "lai": {goodPassword + "!"}})
	wantStatus(t, "two passwords", a, 422)
	checkPage(t, "/dang-nhap/mat-khau", a)
	a = v.post("/dang-nhap/mat-khau", url.Values{"moi": {goodPassword}, "lai": {goodPassword}})
	if a.Header.Get("Location") != "/dang-nhap/thiet-lap" || v.cookies["phien"] == first {
		t.Fatalf("after the password: got %d to %q", a.StatusCode, a.Header.Get("Location"))
	}
	a = v.get("/dang-nhap/thiet-lap")
	checkPage(t, "/dang-nhap/thiet-lap", a)
	key := strings.ReplaceAll(a.said("b.key"), " ", "")
	a = v.post("/dang-nhap/thiet-lap", url.Values{"ma": {"000000"}})
	wantStatus(t, "a wrong code", a, 422)
	a = v.post("/dang-nhap/thiet-lap", url.Values{"ma": {codeNow(t, s, key)}})
	if a.Header.Get("Location") != "/can-bo" {
		t.Fatalf("after the code: got %d to %q: %s", a.StatusCode, a.Header.Get("Location"), a.said("main"))
	}
	wantStatus(t, "inside", v.get("/ho-so"), 200)
	wantStatus(t, "the card again", s.visitor(t).get(card), 404)
	wantStatus(t, "signing out", v.submit("/dang-xuat", nil), 303)
	wantStatus(t, "after signing out", v.get("/ho-so"), 303)
}

func TestSigningInSaysTheSameOfKnownAndUnknown(t *testing.T) {
	s := emptySite(t)
	p := s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001")
	s.secret(t, p)
	texts := map[string]bool{}
	for _, name := range []string{"0912000001", "0999999999", "KHONG-CO", "' OR 1=1 --", ""} {
		a := s.visitor(t).post("/dang-nhap", url.Values{"tk": {name}, "mk": {"sai mật khẩu rồi"}})
		wantStatus(t, "name "+name, a, 422)
		texts[a.said(".err-sum")] = true
		if v := a.page.Find("#f-mk").AttrOr("value", ""); v != "" {
			t.Errorf("the page gives the password back: %q", v)
		}
	}
	if len(texts) != 1 {
		t.Errorf("the site tells names apart: %v", texts)
	}
	v := s.visitor(t)
	a := v.post("/dang-nhap", url.Values{"tk": {"0912 000 001"}, "mk": {goodPassword}, "ve": {"/ho-so?x=1"}})
	if a.StatusCode != 303 || a.Header.Get("Location") != "/ho-so?x=1" {
		t.Errorf("the right password: got %d to %q", a.StatusCode, a.Header.Get("Location"))
	}
	for _, odd := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/%0d%0aX:1"} {
		a := s.visitor(t).post("/dang-nhap", url.Values{"tk": {"0912000001"}, "mk": {goodPassword}, "ve": {odd}})
		if to := a.Header.Get("Location"); !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
			t.Errorf("way back %q leads to %q", odd, to)
		}
	}
}

func TestAnOldFormComesBackWithWhatWasTyped(t *testing.T) {
	s := emptySite(t)
	admin := s.person(t, accounts.Administrator, provinceUnit, "Nguyễn Quản Trị", "0912000001")
	typed := url.Values{"name": {"Trần Thị <b>Mới"}, "phone": {"0912000002"}, "unit": {ownUnit}, "role": {"trainee"}}
	a := s.visitor(t).post("/can-bo", typed)
	wantStatus(t, "a visit that ended", a, 401)
	checkPage(t, "/can-bo", a)
	if a.page.Find("[name=name]").AttrOr("value", "") != "Trần Thị <b>Mới" {
		t.Errorf("what was typed is lost: %s", a.said("main"))
	}
	v := s.inside(t, admin)
	typed.Set("khoa", "of another visit")
	a = v.post("/can-bo", typed)
	wantStatus(t, "the token of another visit", a, 403)
	again := url.Values{}
	a.page.Find("main input[type=hidden], main textarea").Each(collect(again))
	if again.Get("name") != "Trần Thị <b>Mới" {
		t.Fatalf("got fields %v", again)
	}
	again.Set("name", "Trần Thị Mới")
	wantStatus(t, "sent again", v.post("/can-bo", again), 303)
}

func TestADeviceIsToldByItsKind(t *testing.T) {
	s := emptySite(t)
	p := s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001")
	first := s.inside(t, p)
	v := s.visitor(t)
	v.post("/dang-nhap", url.Values{"tk": {"0912000001"}, "mk": {goodPassword}}, "User-Agent", "Mozilla/5.0 (Linux; Android 13) Chrome/120 <script>")
	a := first.get("/ho-so")
	checkPage(t, "/ho-so", a)
	if text := a.said("main"); !strings.Contains(text, "Chrome trên điện thoại Android") {
		t.Fatalf("got %q", text)
	}
	form := a.page.Find("form[action^='/ho-so/phien/']").First().AttrOr("action", "")
	wantStatus(t, "not me", first.submit(form, nil), 303)
	wantStatus(t, "the other device", v.get("/ho-so"), 303)
	wantStatus(t, "this device", first.get("/ho-so"), 200)
	other := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Lê Người Khác", "0912000002"))
	wantStatus(t, "somebody else's visit", other.submit(form, nil), 404)
}

func TestSecretsStayOutOfTheLog(t *testing.T) {
	s := emptySite(t)
	v := s.visitor(t)
	v.get("/the/abcdefghijklmnop")
	v.get("/THE/ABCDEFGHIJKLMNOP/")
	v.send("POST", "/the/abcdefghijklmnop", strings.NewReader(""), "Origin", "https://evil.example")
	v.post("/dang-nhap", url.Values{"tk": {"0912345678"}, "mk": {"một mật khẩu bí mật"}})
	for _, secret := range []string{"abcdefghijklmnop", "0912345678", "bí mật"} {
		if strings.Contains(strings.ToLower(s.log.String()), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// now is the time of the database, which stands still.
func (s *site) now(t testing.TB) (now time.Time) {
	t.Helper()
	if err := s.db.Read(t.Context(), func(tx *store.Tx) error { now = tx.Now(); return nil }); err != nil {
		t.Fatal(err)
	}
	return now
}

// collect puts the fields of a form into values, as a browser sends them.
func collect(into url.Values) func(int, *goquery.Selection) {
	return func(_ int, e *goquery.Selection) {
		value, has := e.Attr("value")
		if !has {
			value = e.Text()
		}
		into.Add(e.AttrOr("name", ""), value)
	}
}

func TestCardsOfAUnitArePrintedForThoseWithoutOne(t *testing.T) {
	s := emptySite(t)
	admin := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Lê Thị Quản Trị", "0912000001"))
	s.person(t, accounts.Trainee, ownUnit, "Trần Văn Một", "0912000002")
	wantStatus(t, "an empty unit", admin.submit("/can-bo/the", url.Values{"don-vi": {otherUnit}}), 422)
	for _, tt := range []struct {
		renew string
		cards int
	}{{"", 1}, {"", 0}, {"1", 1}} {
		a := admin.submit("/can-bo/the", url.Values{"don-vi": {ownUnit}, "cap-lai": {tt.renew}})
		wantStatus(t, "cards", a, 200)
		checkPage(t, "cards", a)
		if got := a.count(".qr-cards li"); got != tt.cards || strings.Contains(a.said("main"), "1 người đã có thẻ") != (tt.cards == 0) {
			t.Errorf("renew %q: got %d cards, want %d: %q", tt.renew, got, tt.cards, a.said("main"))
		}
	}
}
