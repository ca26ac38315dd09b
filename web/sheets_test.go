package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sotay/internal/accounts"
	"sotay/internal/office"
	"sotay/web"
)

var sheetHead = []string{"Họ tên", "Điện thoại", "Mã", "Đơn vị", "Tổ", "Nhiệm vụ", "Vai trò"}

// sheetForm is the body of a form with a file in it, and its type.
func sheetForm(t testing.TB, token, name string, data []byte, more ...string) (*bytes.Buffer, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if token != "" {
		w.WriteField("khoa", token)
	}
	for i := 0; i+1 < len(more); i += 2 {
		w.WriteField(more[i], more[i+1])
	}
	if name != "" {
		f, err := w.CreateFormFile("tep", name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write(data)
	}
	w.Close()
	return &body, w.FormDataContentType()
}

// upload sends a file as the page for sheets does.
func (v *visitor) upload(name string, data []byte, more ...string) answer {
	v.t.Helper()
	body, kind := sheetForm(v.t, web.TokenOf(v.cookies["phien"]), name, data, more...)
	return v.send("POST", "/can-bo/nhap", body, "Content-Type", kind, "Sec-Fetch-Site", "same-origin")
}

func sheetOf(t testing.TB, format office.Format, rows ...[]string) []byte {
	t.Helper()
	data, err := office.Write(format, sheetHead, rows)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestASheetIsPreviewedImportedAndUndone(t *testing.T) {
	s := emptySite(t)
	admin := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Nguyễn Quản Trị", "0912000001"))
	s.person(t, accounts.Trainee, ownUnit, "Trần Văn Hùng", "0912000002")
	unit := unitName(t, s, ownUnit)
	page := admin.get("/can-bo/nhap")
	wantStatus(t, "the form", page, 200)
	checkPage(t, "/can-bo/nhap", page)
	for _, format := range []office.Format{office.XLSX, office.CSV} {
		phone := map[office.Format]string{office.XLSX: "09120001%02d", office.CSV: "09120002%02d"}[format]
		data := sheetOf(t, format,
			[]string{"Lê Thị Mới " + string(format), fmt.Sprintf(phone, 1), "", unit},
			[]string{"TRẦN VĂN HÙNG", fmt.Sprintf(phone, 2), "", unit},
			[]string{"Trần Văn Hùng", "0912000002", "", unit, "Tổ " + string(format)},
			[]string{"Hỏng <b>", "12", "", "xã Không Đâu"})
		a := admin.upload("danh-sach."+string(format), data)
		wantStatus(t, "the upload", a, 303)
		path := a.Header.Get("Location")
		a = admin.get(path)
		wantStatus(t, "the preview", a, 200)
		checkPage(t, path, a)
		if text := a.said("main"); !strings.Contains(text, "Người mới: 1") || !strings.Contains(text, "Dòng có lỗi: 1") || !strings.Contains(text, "10 chữ số") || a.count("select[name=d3]") != 1 || a.count("select[name=d4] option[value=add]") != 0 {
			t.Errorf("%s: the preview: got %q", format, text)
		}
		a = admin.submit(path, url.Values{"da-co": {"update"}})
		wantStatus(t, "undecided", a, 422)
		checkPage(t, path, a)
		if a.count(".err-sum li") != 3 {
			t.Errorf("%s: undecided: got %q", format, a.said(".err-sum"))
		}
		a = admin.submit(path, url.Values{"da-co": {"update"}, "gan-giong": {""}, "d3": {"add"}, "bo-loi": {"1"}})
		wantStatus(t, "the import", a, 303)
		a = admin.get(a.Header.Get("Location"))
		checkPage(t, "/can-bo/nhap", a)
		if text := a.said("main"); !strings.Contains(text, "Đã nhập danh sách") || !strings.Contains(text, "thêm 2 người, sửa 1 người") {
			t.Errorf("%s: after the import: got %q", format, text)
		}
		wantStatus(t, "the import once more", admin.submit(path, url.Values{"da-co": {"update"}}), 404)
		undo := a.page.Find("form[action$='/hoan-tac']").First().AttrOr("action", "")
		wantStatus(t, "undoing", admin.submit(undo, nil), 303)
		wantStatus(t, "undoing twice", admin.submit(undo, nil), 404)
		if text := admin.get("/can-bo").said("table"); strings.Contains(text, "Lê Thị Mới") || strings.Contains(text, "Tổ "+string(format)) {
			t.Errorf("%s: after undoing: got %q", format, text)
		}
	}
}

func unitName(t testing.TB, s *site, id string) string {
	t.Helper()
	u, err := s.people.UnitByName(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return u.Name
}

func TestUndoingTellsWhoStays(t *testing.T) {
	s := emptySite(t)
	lead := s.inside(t, s.person(t, accounts.Lead, ownUnit, "Lê Thị Phụ Trách", "0912000001"))
	a := lead.upload("a.csv", sheetOf(t, office.CSV, []string{"Vào Rồi", "0912000101"}, []string{"Chưa Vào", "0912000102"}))
	path := a.Header.Get("Location")
	wantStatus(t, "the import", lead.submit(path, url.Values{}), 303)
	list, err := s.people.List(t.Context(), accounts.Filter{Query: "Vao Roi"}, accounts.Operator)
	if err != nil || len(list.People) != 1 {
		t.Fatal(list, err)
	}
	s.inside(t, list.People[0])
	a = lead.submit(path+"/hoan-tac", nil)
	wantStatus(t, "undoing", a, 200)
	checkPage(t, path+"/hoan-tac", a)
	if text := a.said("main"); !strings.Contains(text, "Đã xóa 1 người") || !strings.Contains(text, "Vào Rồi: đã đăng nhập") {
		t.Errorf("got %q", text)
	}
}

func TestTheSheetOfAListComesBackUnchanged(t *testing.T) {
	s := emptySite(t)
	lead := s.inside(t, s.person(t, accounts.Lead, ownUnit, "Lê Thị Phụ Trách", "0912000001"))
	s.person(t, accounts.Trainee, ownUnit, "Trần Văn Hùng", "0912000002")
	s.person(t, accounts.Trainee, otherUnit, "Phạm Thị Nơi Khác", "0912000003")
	for _, format := range []office.Format{office.XLSX, office.CSV} {
		a := lead.get("/can-bo." + string(format))
		wantStatus(t, "the file", a, 200)
		if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="can-bo.`+string(format)+`"` || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: got %q, %q", format, got, a.Header.Get("Cache-Control"))
		}
		rows, err := office.Rows("a."+string(format), []byte(a.text))
		if err != nil || len(rows) != 2 || rows[1].Cell(0) != "Trần Văn Hùng" {
			t.Fatalf("%s: got %v, %v", format, rows, err)
		}
		a = lead.upload("a."+string(format), []byte(a.text))
		if text := lead.get(a.Header.Get("Location")).said("main"); !strings.Contains(text, "Đã có và không đổi: 1") || !strings.Contains(text, "Người mới: 0") {
			t.Errorf("%s: got %q", format, text)
		}
	}
}

func TestFilesThatAreNoSheetsAreRefusedWithTheForm(t *testing.T) {
	s := emptySite(t)
	v := s.inside(t, s.person(t, accounts.Lead, ownUnit, "Lê Thị Phụ Trách", "0912000001"))
	for _, tt := range []struct {
		what, name string
		data       []byte
		want       string
	}{
		{"no file", "", nil, "Chưa chọn tệp"},
		{"another kind", "a.pdf", []byte("%PDF-1.4"), ".xlsx hay .csv"},
		{"old Excel", "a.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "kiểu cũ"},
		{"no head", "a.csv", []byte("a,b\n"), "tên cột"},
		{"a little too large", "a.csv", bytes.Repeat([]byte("a\n"), 4<<20+1), "8 MB"},
	} {
		a := v.upload(tt.name, tt.data)
		wantStatus(t, tt.what, a, 422)
		checkPage(t, "/can-bo/nhap", a)
		if got := a.said("#e-tep"); !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.what, got, tt.want)
		}
	}
	good := sheetOf(t, office.CSV, []string{"Lê Thị Mới", "0912000101"})
	wantStatus(t, "an unknown field", v.upload("a.csv", good, "role", "administrator"), 422)
	wantStatus(t, "no form with a file", v.submit("/can-bo/nhap", url.Values{}), 422)
	body, kind := sheetForm(t, "", "a.csv", good)
	wantStatus(t, "without the token", v.send("POST", "/can-bo/nhap", body, "Content-Type", kind, "Sec-Fetch-Site", "same-origin"), 403)
	wantStatus(t, "unknown choices", v.submit("/can-bo/nhap/"+strings.Repeat("0", 36), url.Values{"d1x": {"add"}}), 422)
}

func TestOnlyAddressesForFilesTakeLargeBodies(t *testing.T) {
	s := emptySite(t)
	v := s.inside(t, s.person(t, accounts.Lead, ownUnit, "Lê Thị Phụ Trách", "0912000001"))
	large := bytes.Repeat([]byte("a\n"), 1<<20)
	wantStatus(t, "where files are taken", v.upload("a.csv", large), 422)
	for path, size := range map[string]int{"/can-bo": 1 << 20, "/can-bo/nhap/x": 1 << 20, "/can-bo/nhap": 10 << 20} {
		body, kind := sheetForm(t, web.TokenOf(v.cookies["phien"]), "a.csv", bytes.Repeat([]byte("a"), size))
		req := httptest.NewRequest("POST", path, body)
		req.Header.Set("Content-Type", kind)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		res, err := s.App().Test(req, 20000)
		if err == nil && res.StatusCode != 413 {
			t.Errorf("%s: a body of %d MiB: got status %d", path, size>>20, res.StatusCode)
		}
	}
	var packed bytes.Buffer
	body, kind := sheetForm(t, web.TokenOf(v.cookies["phien"]), "a.csv", make([]byte, 50<<20))
	w := gzip.NewWriter(&packed)
	w.Write(body.Bytes())
	w.Close()
	wantStatus(t, "a packed body", v.send("POST", "/can-bo/nhap", &packed, "Content-Type", kind, "Content-Encoding", "gzip", "Sec-Fetch-Site", "same-origin"), 400)
}

// A page with the names of sheets must show them as text wherever they come.
func TestNamesOfSheetsAreShownAsText(t *testing.T) {
	s := emptySite(t)
	v := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Nguyễn Quản Trị", "0912000001"))
	evil := `<img src=x onerror=alert(1)>`
	data, err := office.Write(office.CSV, append([]string{}, append(sheetHead, evil)...), [][]string{{evil, evil, evil, evil, evil, evil, evil}, {"Lê Thị Mới", "0912000101", "", unitName(t, s, ownUnit), evil, evil}})
	if err != nil {
		t.Fatal(err)
	}
	a := v.upload(evil+".csv", data)
	path := a.Header.Get("Location")
	a = v.get(path)
	wantStatus(t, "the preview", a, 200)
	if a.count("img") != 0 || !strings.Contains(a.said("main"), evil) {
		t.Errorf("the preview shows markup: %d images", a.count("img"))
	}
	wantStatus(t, "the import", v.submit(path, url.Values{"bo-loi": {"1"}}), 303)
	if a = v.get("/can-bo/nhap"); a.count("img") != 0 || !strings.Contains(a.said("main"), "onerror") {
		t.Errorf("the list shows markup: %q", a.said("main"))
	}
}
