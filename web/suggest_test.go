package web_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"

	"sotay/search"
	"sotay/web"
)

func TestSuggestionsAreAList(t *testing.T) {
	s := readSite(t).again(t)
	s.ShowSuggestions("/thu", search.Suggestion{Text: "Cử tri <đi> xa", Kind: search.KindAnswer, URL: "/hoi-dap/hd-0001"}, search.Suggestion{Text: "Kiểm phiếu", Kind: search.KindGuide, URL: "/huong-dan/kiem-phieu-bien-ban/kiem-phieu#muc-1"})
	v := s.visitor(t)
	if got, want := v.get("/thu?q=cu").text, `{"suggestions":[{"text":"Cử tri \u003cđi\u003e xa","kind":"answer","url":"/hoi-dap/hd-0001"},{"text":"Kiểm phiếu","kind":"guide","url":"/huong-dan/kiem-phieu-bien-ban/kiem-phieu#muc-1"}]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	browser := v.get("/thu?q=cu+tri&dang=opensearch")
	if got := browser.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/x-suggestions+json") {
		t.Errorf("got %s", got)
	}
	if got, want := browser.text, `["cu tri",["Cử tri \u003cđi\u003e xa","Kiểm phiếu"],[],["http://example.com/hoi-dap/hd-0001","http://example.com/huong-dan/kiem-phieu-bien-ban/kiem-phieu#muc-1"]]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSuggestionsAreNeverAnError(t *testing.T) {
	for name, v := range map[string]*visitor{"ready": readSite(t).visitor(t), "not ready": emptySite(t).visitor(t)} {
		for _, q := range []string{"", "+%20", "%ff", "%00", strings.Repeat("a", 301), "xyzzyqwv", "%3Cscript%3E", "%22*%3F", "h"} {
			a := v.get("/tim-kiem/goi-y?q=" + q)
			wantStatus(t, name+": "+q, a, 200)
			var body struct {
				Suggestions []struct{ Text, Kind, URL string }
			}
			if err := json.Unmarshal([]byte(a.text), &body); err != nil || body.Suggestions == nil || len(body.Suggestions) > 8 {
				t.Errorf("%s: %.40s: got %s (%v)", name, q, a.text, err)
			}
			if name == "not ready" && q != "h" && len(body.Suggestions) > 0 {
				t.Errorf("%s: %s: got %s", name, q, a.text)
			}
		}
	}
	v := readSite(t).visitor(t)
	if got := v.get("/tim-kiem/goi-y").text; got != `{"suggestions":[]}` {
		t.Errorf("nothing asked: got %s", got)
	}
	if got := v.get("/tim-kiem/goi-y?dang=opensearch").text; got != `["",[],[],[]]` {
		t.Errorf("nothing asked by a browser: got %s", got)
	}
	if got := v.get("/tim-kiem/goi-y?q=hom").Header.Get("Cache-Control"); got != "public, max-age=60" {
		t.Errorf("got Cache-Control %q", got)
	}
}

func TestBrowsersMaySearchFromTheirAddressBar(t *testing.T) {
	for base, want := range map[string]string{"": "http://example.com", "https://example.com": "https://example.com"} {
		s := readSite(t).again(t, func(c *web.Config) { c.BaseURL = base })
		a := s.visitor(t).get("/opensearch.xml")
		wantStatus(t, "description", a, 200)
		var about struct {
			XMLName       xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
			ShortName     string
			Description   string
			InputEncoding string
			Image         string
			URL           []struct {
				Type     string `xml:"type,attr"`
				Template string `xml:"template,attr"`
			} `xml:"Url"`
		}
		if err := xml.Unmarshal([]byte(a.text), &about); err != nil {
			t.Fatal(err)
		}
		if about.ShortName != "Sổ tay Bầu cử" || about.Description == "" || about.InputEncoding != "UTF-8" || about.Image != want+"/favicon.ico" || len(about.URL) != 2 {
			t.Errorf("got %+v", about)
		}
		for i, address := range []struct{ kind, template string }{
			{"text/html", want + "/tim-kiem?q={searchTerms}"}, {"application/x-suggestions+json", want + "/tim-kiem/goi-y?dang=opensearch&q={searchTerms}"},
		} {
			if about.URL[i].Type != address.kind || about.URL[i].Template != address.template {
				t.Errorf("got %+v, want %+v", about.URL[i], address)
			}
		}
	}
	long := readSite(t).again(t, func(c *web.Config) { c.SiteName = "Sổ tay Bầu cử của tỉnh Phú Thọ" }).visitor(t).get("/opensearch.xml").text
	_, name, _ := strings.Cut(long, "<ShortName>")
	if name, _, _ = strings.Cut(name, "<"); utf8.RuneCountInString(name) > 16 || name == "" {
		t.Errorf("got the short name %q", name)
	}
}

func TestSearchFieldsOfferSuggestions(t *testing.T) {
	v := readSite(t).visitor(t)
	for path, want := range map[string]int{"/": 2, "/tim-kiem": 2, "/tim-kiem?q=phieu": 2, "/huong-dan": 1, "/khong-co": 2, "/tim-kiem?q=phieu&van-ban=luat-85-2015": 1} {
		if got := v.get(path).count(".combo > input[type=search][name=q][data-suggest]"); got != want {
			t.Errorf("%s: got %d fields with suggestions, want %d", path, got, want)
		}
	}
}
