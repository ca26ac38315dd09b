package web_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sotay/internal/accounts"
)

var (
	queryName  = regexp.MustCompile(`c\.Query\("([^"]+)"\)`)
	routeLine  = regexp.MustCompile(`(?m)^\t\t(get|post)\("([^"]+)", .*?([a-zA-Z]+)\)*,$`)
	formFields = regexp.MustCompile(`readForm\(c, ([^)]*)\)`)
	quoted     = regexp.MustCompile(`"([a-z-]+)"`)
)

// sources are the handlers' own texts, where tests look for what they read.
func sources(t *testing.T) string {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// fieldsOf are the fields of the form that a handler reads, as far as its text
// names them.
func fieldsOf(source, handler string) []string {
	_, body, _ := strings.Cut(source, "func (s *Server) "+handler+"(")
	body, _, _ = strings.Cut(body, "\n}\n")
	if strings.Contains(body, "s.act(") {
		return []string{"ban"}
	}
	if strings.Contains(body, "s.workOn(") {
		return fieldsOf(source, "workOn")
	}
	m := formFields.FindStringSubmatch(body)
	if m == nil {
		return nil
	}
	var fields []string
	for _, name := range quoted.FindAllStringSubmatch(m[1], -1) {
		fields = append(fields, name[1])
	}
	return fields
}

func TestTextThatNobodyCanReadIsNoFaultOfTheServer(t *testing.T) {
	s := newSite(t)
	source := sources(t)
	var names []string
	for _, m := range queryName.FindAllStringSubmatch(source, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	handlers := map[string]string{}
	for _, m := range routeLine.FindAllStringSubmatch(source, -1) {
		handlers[strings.ToUpper(m[1])+" "+m[2]] = m[3]
	}
	visitors := map[accounts.Role]*visitor{}
	for i, role := range []accounts.Role{accounts.Administrator, accounts.Approver} {
		visitors[role] = s.inside(t, s.person(t, role, provinceUnit, "Người Gõ", "091200000"+string(rune('0'+i))))
	}
	asked, sent := 0, 0
	for line, act := range s.Acts() {
		if strings.Contains(line, "/dang-xuat") || line == "POST /ho-so/mat-khau" {
			continue
		}
		v := s.visitor(t)
		for role, one := range visitors {
			if act != "" && role.May(act) {
				v = one
			}
		}
		method, path, _ := strings.Cut(line, " ")
		for _, bad := range []string{"a%ffb", "%00"} {
			for _, at := range spoilt(path, bad) {
				asked++
				answered(t, v.open(method, at), method, at)
			}
			whole := strings.ReplaceAll(fill(path), ":", "")
			if method == "GET" {
				for _, name := range names {
					asked++
					at := whole + "?" + name + "=" + bad
					answered(t, v.get(at), method, at)
				}
				continue
			}
			fields := fieldsOf(source, handlers[line])
			for _, name := range fields {
				form := url.Values{}
				for _, other := range fields {
					form.Set(other, plausible(other))
				}
				raw, _ := url.QueryUnescape(bad)
				form.Set(name, raw)
				sent++
				answered(t, v.submit(whole, form), method, whole+" with "+name+"="+bad)
			}
		}
	}
	if asked < 3000 || sent < 100 {
		t.Errorf("asked %d times, sent %d forms: the test is blind", asked, sent)
	}
}

// spoilt puts something unreadable into each parameter of an address in turn.
func spoilt(path, bad string) []string {
	var list []string
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if !strings.HasPrefix(part, ":") {
			continue
		}
		other := strings.Split(fill(path), "/")
		for j, name := range parts {
			if name == ":kind" {
				other[j] = "hoi-dap"
			}
		}
		other[i] = bad
		list = append(list, strings.Join(other, "/"))
	}
	return list
}

// plausible is what a handler may take for a field, so that it reads on.
func plausible(field string) string {
	switch field {
	case "loai":
		return "answer"
	case "ro", "ban", "so", "doan":
		return "1"
	case "viec":
		return "luu"
	}
	return "x"
}

func answered(t *testing.T, a answer, method, at string) {
	t.Helper()
	if a.StatusCode >= 500 {
		t.Errorf("%s %q: got status %d", method, at, a.StatusCode)
	}
}
