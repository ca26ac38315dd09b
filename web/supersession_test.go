package web_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sotay/content"
)

// Address, list, search, site map and API agree on which answer counts.
func TestAnOldAnswerLeadsToTheNewest(t *testing.T) {
	s := newSite(t)
	old, err := s.lib.Answer(t.Context(), "HĐ-0001")
	if err != nil {
		t.Fatal(err)
	}
	text := content.Text{Fields: map[string][]string{
		"question": {"Cắm trại ven hồ có phải báo trước?"}, "short": {"Có, báo trước."}, "topic": {old.Topic.Slug}, "agency": {"Sở Nội vụ"}, "field": {"Nội vụ"},
		"date": {"2026-03-01"}, "trust": {"V"}, "basis": {"luat-85-2015 dieu-69"}, "level": {"letter"}, "letter": {"12/UBBC ngày 01/3/2026"}, "supersedes": {"HĐ-0001"},
	}, Markdown: "Có, báo trước."}
	now := s.published(t, text)
	v := s.visitor(t)
	for _, path := range []string{old.Path(), "/hoi-dap/hd-0001"} {
		if a := v.get(path); a.StatusCode != 302 || a.Header.Get("Location") != now.Path() {
			t.Errorf("%s: got status %d to %q, want 302 to %s", path, a.StatusCode, a.Header.Get("Location"), now.Path())
		}
	}
	page := v.get(now.Path())
	if page.count("a[href='"+old.Path()+"?cu=1']") != 1 || !strings.Contains(page.said(".who"), "Công văn trả lời: 12/UBBC ngày 01/3/2026") {
		t.Errorf("the new answer does not lead to the old one, or not say its weight: %s", page.said(".who"))
	}
	past := v.get(old.Path() + "?cu=1")
	if past.StatusCode != 200 || past.count(".banner.stop a[href='"+now.Path()+"']") != 1 || past.count("meta[name=robots][content=noindex]") != 1 || past.said("h1") != old.Question {
		t.Errorf("the old text: status %d, banner %q", past.StatusCode, past.said(".banner"))
	}
	if strings.Contains(v.get("/sitemap.xml").text, old.Path()) || !strings.Contains(v.get("/sitemap.xml").text, now.Path()) {
		t.Error("the site map does not agree")
	}
	var api struct {
		SupersededBy string `json:"superseded_by"`
	}
	if err := json.Unmarshal([]byte(v.get("/api/v1/answers/HĐ-0001").text), &api); err != nil || api.SupersededBy != now.Code() {
		t.Errorf("the API says %+v, %v", api, err)
	}
	found := ""
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		found = v.get("/tim-kiem?q=di+lam+an+xa+co+duoc+bo+phieu+o+noi+khac").text
		if strings.Contains(found, now.Path()) && !strings.Contains(found, old.Path()) {
			return
		}
	}
	t.Errorf("search by the old wording: new %v, old %v", strings.Contains(found, now.Path()), strings.Contains(found, old.Path()))
}

// published writes an answer, which somebody else approves and publishes at once.
func (s *site) published(t *testing.T, text content.Text) content.Answer {
	t.Helper()
	r, err := s.lib.StartDraftWith(t.Context(), content.KindAnswer, text, "lan")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.lib.Submit(t.Context(), r.Kind, r.ID, r.Version, "", "lan"); err != nil {
		t.Fatal(err)
	}
	waiting, err := s.lib.Waiting(t.Context())
	if err != nil || len(waiting) != 1 {
		t.Fatal(waiting, err)
	}
	if err := s.lib.Approve(t.Context(), r.Kind, r.ID, waiting[0].Version, content.Approval{When: content.WhenNow}, "dung"); err != nil {
		t.Fatal(err)
	}
	a, err := s.lib.AnswerByID(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
