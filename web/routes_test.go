package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestEveryRouteStandsInTheTable(t *testing.T) {
	s := emptySite(t)
	want := map[string]bool{}
	for _, line := range s.Table() {
		if want[line] {
			t.Errorf("the table has %s twice", line)
		}
		want[line] = true
		if path, ok := strings.CutPrefix(line, "GET "); ok {
			want["HEAD "+path] = true
		}
	}
	got := map[string]bool{}
	for _, list := range s.App().Stack() {
		for _, r := range list {
			if len(r.Handlers) > 1 { // the chain before all routes
				continue
			}
			got[r.Method+" "+r.Path] = true
		}
	}
	for line := range want {
		if !got[line] {
			t.Errorf("the server lacks %s", line)
		}
	}
	for line := range got {
		if !want[line] {
			t.Errorf("the table lacks %s", line)
		}
	}
}

// visits are an address of each route, as a visitor without an attempt opens it.
var visits = []struct {
	path   string
	status int
	h1     string
}{
	{"/", 200, "Sổ tay cho người làm công tác bầu cử"},
	{"/huong-dan", 200, "Hướng dẫn"},
	{"/huong-dan/trang-tri-co-dong", 200, "Trang trí, cổ động"},
	{"/huong-dan/trang-tri-co-dong?giai-doan=before", 200, "Trang trí, cổ động"},
	{"/huong-dan/trang-tri-co-dong?giai-doan=nonsense", 200, "Trang trí, cổ động"},
	{"/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu", 200, "Sắp xếp, trang trí phòng bỏ phiếu"},
	{"/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/tu-kiem-tra", 200, "Tự kiểm tra: Sắp xếp, trang trí phòng bỏ phiếu"},
	{"/huong-dan/khong-co", 404, "Không có trang này"},
	{"/huong-dan/trang-tri-co-dong/khong-co", 404, "Không có trang này"},
	{"/so-do", 200, "Sơ đồ phòng bỏ phiếu"},
	{"/so-do/phong-hai-cua", 200, "Phòng bỏ phiếu hai cửa, cử tri đi một chiều (sơ đồ tham khảo)"},
	{"/so-do/phong-mot-cua?giay=a3", 200, "Phòng bỏ phiếu một cửa, lối vào và lối ra ngăn bằng dây (sơ đồ gợi ý)"},
	{"/so-do/khong-co", 404, "Không có trang này"},
	{"/lich", 200, "Lịch bầu cử"},
	{"/lich?vai-tro=to-bau-cu", 200, "Việc của Tổ bầu cử, theo ngày"},
	{"/lich?vai-tro=khong-co", 404, "Không có trang này"},
	{"/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/the-in", 200, "Thẻ một trang: Sắp xếp, trang trí phòng bỏ phiếu"},
	{"/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/the-in?co=a5", 200, "Thẻ một trang: Sắp xếp, trang trí phòng bỏ phiếu"},
	{"/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/the-in?co=a3", 404, "Không có trang này"},
	{"/moi", 200, "Có gì mới"},
	{"/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/thay-doi", 200, "Thay đổi: Sắp xếp, trang trí phòng bỏ phiếu"},
	{"/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/thay-doi?ban=99", 404, "Không có trang này"},
	{"/huong-dan/trang-tri-co-dong/khong-co/thay-doi", 404, "Không có trang này"},
	{"/hoi-dap/hd-9999/thay-doi", 404, "Không có trang này"},
	{"/van-ban", 200, "Văn bản pháp lý"},
	{"/van-ban/85-2015-qh13", 200, "Luật Bầu cử (85/2015/QH13)"},
	{"/van-ban/85-2015-qh13/dieu-69", 200, "Luật Bầu cử, Điều 69: Nguyên tắc bỏ phiếu"},
	{"/van-ban/khong-co", 404, "Không có trang này"},
	{"/van-ban/85-2015-qh13/dieu-999", 404, "Không có trang này"},
	{"/hoi-dap", 200, "Hỏi đáp"},
	{"/hoi-dap?chu-de=danh-sach-cu-tri", 200, "Hỏi đáp: Danh sách cử tri"},
	{"/hoi-dap?chu-de=khong-co", 404, "Không có trang này"},
	{"/hoi-dap?buoi=2026-03-02-tap-huan-nghiep-vu-bau-cu", 200, "Hỏi đáp tại buổi: "},
	{"/hoi-dap?buoi=khong-co", 404, "Không có trang này"},
	{"/hoi-dap?sau=hd-0030", 200, "Hỏi đáp"},
	{"/hoi-dap?sau=nonsense", 404, "Không có trang này"},
	{"/hoi-dap?sau=hd-0030&trang=2", 200, "Hỏi đáp"},
	{"/hoi-dap?sau=hd-0030&trang=999", 200, "Hỏi đáp"},
	{"/hoi-dap?sau=hd-0030&trang=1", 404, "Không có trang này"},
	{"/hoi-dap?sau=hd-0030&trang=02", 404, "Không có trang này"},
	{"/hoi-dap?trang=2", 404, "Không có trang này"},
	{"/hoi-dap/hd-9999", 404, "Không có trang này"},
	{"/hoi-dap/nonsense", 404, "Không có trang này"},
	{"/tap-huan", 200, "Các buổi tập huấn"},
	{"/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu", 200, "Tập huấn nghiệp vụ"},
	{"/tap-huan/khong-co", 404, "Không có trang này"},
	{"/tim-kiem", 200, "Tìm trong sổ tay"},
	{"/tim-kiem?q=bo+phieu", 200, "Kết quả tìm kiếm"},
	{"/tim-kiem?q=xyzzyqwv", 200, "Chưa có nội dung cho câu này"},
	{"/tim-kiem?q=bau&loai=nonsense", 404, "Không có trang này"},
	{"/tim-kiem?q=bau&chu-de=nonsense", 404, "Không có trang này"},
	{"/tim-kiem?q=bau&loai=hoi-dap&loai=nonsense", 404, "Không có trang này"},
	{"/tim-kiem?q=bau&loai=%ff", 404, "Không có trang này"},
	{"/tim-kiem?q=bau&loai=", 200, "Kết quả tìm kiếm"},
	{"/tim-kiem?q=bau&buoi=nonsense", 404, "Không có trang này"},
	{"/tim-kiem?q=bau&van-ban=nonsense", 404, "Không có trang này"},
	{"/tim-kiem?van-ban=luat-85-2015", 200, "Tìm trong sổ tay"},
	{"/tim-kiem?q=bau&sap=moi", 200, "Kết quả tìm kiếm"},
	{"/tim-kiem?q=bau&trang=0", 404, "Không có trang này"},
	{"/tim-kiem?q=bau&trang=21", 404, "Không có trang này"},
	{"/trac-nghiem", 200, "Tự kiểm tra"},
	{"/trac-nghiem/khong-co", 404, "Không có trang này"},
	{"/trac-nghiem/khong-co/1", 404, "Không có trang này"},
	{"/trac-nghiem/khong-co/ket-qua", 404, "Không có trang này"},
	{"/giup-do", 200, "Giúp đỡ khi dùng trang"},
	{"/quyen-rieng-tu", 200, "Quyền riêng tư"},
	{"/static/nonsense.css", 404, "Không có trang này"},
	{"/hien-thi", 405, "Không nhận yêu cầu này"},
}

func TestAVisitorMayOpenEveryRoute(t *testing.T) {
	v := readSite(t).visitor(t)
	for _, tt := range visits {
		a := v.get(tt.path)
		wantStatus(t, tt.path, a, tt.status)
		if got := a.said("h1"); !strings.HasPrefix(got, tt.h1) || got == "" {
			t.Errorf("%s: got heading %q, want %q", tt.path, got, tt.h1)
		}
		checkPage(t, tt.path, a)
	}
	if len(v.cookies) > 0 {
		t.Errorf("reading set cookies: %v", v.cookies)
	}
}

func TestMachinesMayAskEveryRoute(t *testing.T) {
	v := readSite(t).visitor(t)
	for path, want := range map[string]string{
		"/healthz": "text/plain", "/readyz": "text/plain", "/robots.txt": "text/plain", "/sitemap.xml": "application/xml",
		"/opensearch.xml": "application/opensearchdescription+xml", "/tim-kiem/goi-y?q=bau": "application/json", "/tim-kiem/goi-y?q=bau&dang=opensearch": "application/x-suggestions+json",
		"/favicon.ico": "image/png", "/lich.ics": "text/calendar", "/moi.atom": "application/atom+xml", "/api/v1/search?q=bau+cu": "application/json", "/api/v1/answers/hd-0001": "application/json",
	} {
		a := v.get(path)
		wantStatus(t, path, a, 200)
		if got := a.Header.Get("Content-Type"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestAddressesHaveOneForm(t *testing.T) {
	v := readSite(t).visitor(t)
	tests := []struct{ path, want string }{
		{"/huong-dan/", "/huong-dan"},
		{"/HUONG-DAN", "/huong-dan"},
		{"//huong-dan", "/huong-dan"},
		{"//evil.example//", "/evil.example"},
		{"/Huong-Dan//Trang-Tri-Co-Dong/?giai-doan=before", "/huong-dan/trang-tri-co-dong?giai-doan=before"},
		{"/tim-kiem/?q=A%20B", "/tim-kiem?q=A%20B"},
		{"/hoi-dap/hd-0001", "/hoi-dap/hd-0001-cu-tri-di-lam-an-xa-co-duoc-bo-phieu-o-noi-khac-khong"},
		{"/hoi-dap/hd-1", "/hoi-dap/hd-0001-cu-tri-di-lam-an-xa-co-duoc-bo-phieu-o-noi-khac-khong"},
		{"/hoi-dap/HD-0001-Ten-Cu", "/hoi-dap/hd-0001-ten-cu"},
		{"/hoi-dap/hd-0001-ten-cu?x=1", "/hoi-dap/hd-0001-cu-tri-di-lam-an-xa-co-duoc-bo-phieu-o-noi-khac-khong?x=1"},
		{"/huong-dan/danh-sach-cu-tri/trang-tri-phong-bo-phieu", "/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu"},
		{"/huong-dan/danh-sach-cu-tri/trang-tri-phong-bo-phieu/tu-kiem-tra?k1=a", "/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/tu-kiem-tra?k1=a"},
		{"/%48uong-dan", "/huong-dan"},
	}
	for _, tt := range tests {
		a := v.get(tt.path)
		wantStatus(t, tt.path, a, 301)
		if got := a.Header.Get("Location"); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.path, got, tt.want)
		}
	}
}

func TestOddAddressesLeadNowhere(t *testing.T) {
	v := readSite(t).visitor(t)
	for _, path := range []string{
		"/%2e%2e/etc/passwd", "/static/%2e%2e/server.go", "/static/..%2fserver.go", "/static/%252e%252e", "/huong-dan/%00", "/huong-dan/%ff%fe", "/huong-dan/a/%00", "/tap-huan/%00",
		"/huong-dan/trang-tri-co-dong.", "/hoi-dap/%27%20or%201=1", "/van-ban/%3Cscript%3E", "/huong-dan/đặng", "/tap-huan/a%0d%0aset-cookie:x=1",
		"/trac-nghiem/../healthz", "/a/b/c/d/e/f/g", "/huong-dan/" + strings.Repeat("a", 3000), "/.env", "/metrics",
	} {
		a := v.get(path)
		for hops := 0; a.StatusCode == 301 && hops < 3; hops++ {
			if to := a.Header.Get("Location"); !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
				t.Errorf("%s: leads away to %s", path, to)
			}
			a = v.follow(a)
		}
		wantStatus(t, path, a, 404)
		if a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: set a cookie", path)
		}
	}
}

func TestEveryPostRefusesOtherOrigins(t *testing.T) {
	s := readSite(t)
	quiz := firstQuiz(t, s)
	for _, line := range s.Table() {
		path, isPost := strings.CutPrefix(line, "POST ")
		if !isPost {
			continue
		}
		path = strings.NewReplacer(":quiz", quiz, ":n", "1").Replace(path)
		for name, header := range map[string][]string{
			"other site":         {"Sec-Fetch-Site", "cross-site"},
			"same site":          {"Sec-Fetch-Site", "same-site"},
			"other origin":       {"Origin", "https://evil.example"},
			"no origin":          {},
			"null origin":        {"Origin", "null"},
			"origin and site":    {"Sec-Fetch-Site", "cross-site", "Origin", "http://example.com"},
			"longer host":        {"Origin", "http://example.com.evil.example"},
			"user in the origin": {"Origin", "http://example.com@evil.example"},
		} {
			v := s.visitor(t)
			a := v.send("POST", path, strings.NewReader(""), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)...)
			wantStatus(t, path+" from "+name, a, 403)
			if len(v.cookies) > 0 {
				t.Errorf("%s from %s: set cookies", path, name)
			}
		}
		v := s.visitor(t)
		a := v.send("POST", path, strings.NewReader(""), "Content-Type", "application/x-www-form-urlencoded", "Origin", "http://example.com")
		if a.StatusCode == 403 {
			t.Errorf("%s: refused its own origin", path)
		}
	}
}

func TestHeadAnswersAsGetWithoutBody(t *testing.T) {
	v := readSite(t).visitor(t)
	a := v.send("HEAD", "/huong-dan", nil)
	wantStatus(t, "HEAD /huong-dan", a, 200)
	if a.text != "" || a.Header.Get("Etag") == "" {
		t.Errorf("got %d bytes, validator %q", len(a.text), a.Header.Get("Etag"))
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	v := readSite(t).visitor(t)
	for _, method := range []string{"PUT", "DELETE", "PATCH"} {
		a := v.send(method, "/huong-dan", nil, "Sec-Fetch-Site", "same-origin")
		wantStatus(t, method, a, 405)
		if allow := a.Header.Get("Allow"); !slices.Contains(strings.Split(allow, ", "), "GET") {
			t.Errorf("%s: got Allow %q, want GET among it", method, allow)
		}
	}
}

func TestFormsRefuseWhatTheyDoNotKnow(t *testing.T) {
	s := readSite(t)
	quiz := firstQuiz(t, s)
	tests := []struct {
		name, path string
		fields     url.Values
		header     []string
	}{
		{"unknown field", "/hien-thi", url.Values{"co": {"l"}, "role": {"admin"}}, nil},
		{"field twice", "/hien-thi", url.Values{"co": {"l", "xl"}}, nil},
		{"unknown value", "/hien-thi", url.Values{"co": {"huge"}}, nil},
		{"half of it", "/hien-thi", url.Values{"co": {"l"}, "nen": {"pink"}}, nil},
		{"way back twice", "/hien-thi", url.Values{"co": {"l"}, "ve": {"/", "/"}}, nil},
		{"index notation", "/hien-thi", url.Values{"co[0]": {"l"}}, nil},
		{"field of the start", "/trac-nghiem/" + quiz, url.Values{"number": {"7"}}, nil},
		{"other kind of body", "/hien-thi", url.Values{"co": {"l"}}, []string{"Content-Type", "application/json"}},
		{"multipart", "/hien-thi", url.Values{"co": {"l"}}, []string{"Content-Type", "multipart/form-data; boundary=x"}},
	}
	for _, tt := range tests {
		v := s.visitor(t)
		a := v.post(tt.path, tt.fields, tt.header...)
		wantStatus(t, tt.name, a, 422)
		if len(v.cookies) > 0 {
			t.Errorf("%s: set cookies %v", tt.name, v.cookies)
		}
	}
}
