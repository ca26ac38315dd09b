package web_test

import (
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
	"time"
)

type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Summary string `xml:"summary"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func readFeed(t *testing.T, v *visitor) feed {
	t.Helper()
	a := v.get("/moi.atom")
	wantStatus(t, "/moi.atom", a, 200)
	if got := a.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("the feed is %s", got)
	}
	wantStatus(t, "the feed again", v.get("/moi.atom", "If-None-Match", a.Header.Get("Etag")), 304)
	var f feed
	if err := xml.Unmarshal([]byte(a.text), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheFeedOfNewsIsAtom(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	before := readFeed(t, v)
	if before.ID != "tag:example.com,2026:moi" || before.Title == "" || before.Author == "" || len(before.Links) != 2 || len(before.Entries) != 50 {
		t.Errorf("got id %q, %d links, %d entries", before.ID, len(before.Links), len(before.Entries))
	}
	ids := map[string]bool{}
	for _, e := range before.Entries {
		at, err := time.Parse(time.RFC3339, e.Updated)
		u, wrong := url.Parse(e.Link.Href)
		if err != nil || at.IsZero() || wrong != nil || !u.IsAbs() || e.Title == "" || !strings.HasPrefix(e.ID, "tag:example.com,2026:") || ids[e.ID] {
			t.Errorf("faulty entry %+v", e)
		}
		ids[e.ID] = true
		wantStatus(t, e.Link.Href, v.get(u.RequestURI()), 200)
	}
	if got := v.get("/").page.Find(`link[type="application/atom+xml"]`).AttrOr("href", ""); got != "/moi.atom" {
		t.Errorf("pages name the feed %q", got)
	}

	publishGuide(t, s, "kiem-phieu.md", func(source string) string { return source + "\n\nMột đoạn < mới & khác.\n" })
	after := readFeed(t, v)
	first := after.Entries[0]
	if ids[first.ID] || !strings.HasSuffix(first.ID, "/2") || !strings.HasSuffix(first.Link.Href, changedGuide+"/thay-doi?ban=2") || !strings.Contains(first.Summary, "Sửa, bản 2") {
		t.Errorf("the changed guide is %+v", first)
	}
	for _, e := range after.Entries[1 : len(after.Entries)-1] {
		if !ids[e.ID] {
			t.Errorf("%s has another id than before", e.Title)
		}
	}
	page := v.get("/moi")
	if got := page.said(".linklist li:first-child"); !strings.Contains(got, "Kiểm phiếu tại phòng bỏ phiếu") || !strings.Contains(got, "Sửa, bản 2") {
		t.Errorf("the page of news begins %q", got)
	}
}

func TestReadersSeeWhatWasChanged(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	first := v.get(changedGuide)
	publishGuide(t, s, "kiem-phieu.md", func(source string) string {
		return strings.Replace(source, "title: Kiểm phiếu tại phòng bỏ phiếu", "title: Kiểm phiếu ở phòng bỏ phiếu", 1) + "\n\nMột đoạn **mới**, gửi trước {{hạn:bien-ban-kiem-phieu}}.\n"
	})
	a := v.get(changedGuide + "/thay-doi")
	wantStatus(t, "changes", a, 200)
	if got := a.said("ins"); !strings.Contains(got, "ở") || !strings.Contains(got, "Một đoạn mới, gửi trước …") || strings.Contains(got, "**") {
		t.Errorf("added: %q", got)
	}
	if got := a.said("del"); got != "Bỏ: tại" {
		t.Errorf("removed: %q", got)
	}
	if got := a.said(".linklist"); !strings.Contains(got, "Bản 2, 02/3/2026") || !strings.Contains(got, "Bản 1, 02/3/2026") {
		t.Errorf("the revisions are %q", got)
	}
	checkPage(t, "changes", a)
	if old := v.get(changedGuide + "/thay-doi?ban=1"); old.count("ins,del") != 0 {
		t.Error("the first revision has changes")
	}
	was, is := first.page.Find("article").AttrOr("data-marks", ""), v.get(changedGuide).page.Find("article").AttrOr("data-marks", "")
	if was == "" || was == is || !strings.Contains(is, `"muc-`) {
		t.Errorf("the marks of sections were %q and are %q", was, is)
	}
}
