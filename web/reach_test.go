package web_test

import (
	"fmt"
	"strings"
	"testing"

	"sotay/content"
)

// mostTaps is how many taps a reader in a hurry is asked for.
const mostTaps = 3

// Each situation is reached from the home page with few taps, by the links that
// stand on the pages.
func TestEverySituationIsReachedInThreeTaps(t *testing.T) {
	s := readSite(t)
	situations, err := s.lib.Situations(t.Context(), content.SituationFilter{})
	if err != nil || len(situations) < 20 {
		t.Fatalf("got %d situations, %v", len(situations), err)
	}
	c := newCrawl(t, s.visitor(t))
	c.add("/", "the start")
	far := map[string]string{}
	for _, one := range situations {
		far[one.Path()] = one.Title
	}
	for tap := 1; tap <= mostTaps && len(far) > 0; tap++ {
		level := c.waiting
		c.waiting = nil
		for _, address := range level {
			c.open(address)
		}
		for path := range far {
			if _, linked := c.from[path]; linked {
				delete(far, path)
			}
		}
		t.Logf("after %d taps %d of %d situations are left", tap, len(far), len(situations))
	}
	for path, title := range far {
		t.Errorf("%s (%s) is more than %d taps away", path, title, mostTaps)
	}
	for _, one := range situations {
		if a := c.v.get(one.Path()); a.said("h1") != one.Title || a.count(".node") == 0 {
			t.Errorf("%s: got status %d, %q", one.Path(), a.StatusCode, a.said("h1"))
		}
	}
}

// Whatever took the place of whatever: the page of the newest answer links to
// each older text.
func TestEveryOldAnswerIsOneTapFromTheNewest(t *testing.T) {
	s := newSite(t)
	publish := func(question string, old ...string) content.Answer {
		t.Helper()
		text := content.Text{Fields: map[string][]string{
			"question": {question}, "short": {"Có, báo trước."}, "topic": {"quy-trinh-chung"}, "agency": {"Sở Nội vụ"}, "field": {"Nội vụ"},
			"date": {"2026-03-01"}, "trust": {"V"}, "basis": {"luat-85-2015 dieu-69"}, "supersedes": old,
		}, Markdown: "Có, báo trước."}
		return s.published(t, text)
	}
	first := publish("Cắm trại ven hồ có phải báo trước?", "HĐ-0001", "HĐ-0002")
	second := publish("Cắm trại ven suối có phải báo trước?", first.Code(), "HĐ-0003")
	publish("Cắm trại ven biển có phải báo trước?", second.Code())
	publish("Thả diều có phải báo trước?", "HĐ-0004")
	v, old := s.visitor(t), 0
	err := s.lib.EachAnswer(t.Context(), func(a content.Answer) error {
		if a.Successor == nil {
			return nil
		}
		old++
		newest := v.get(a.Path())
		wantStatus(t, a.Path(), newest, 302)
		path := a.Path() + "?cu=1"
		if page := v.get(newest.Header.Get("Location")); page.StatusCode != 200 || page.count(fmt.Sprintf("main a[href='%s']", path)) != 1 {
			t.Errorf("%s: its newest text, %s, does not link to it", a.Code(), newest.Header.Get("Location"))
		}
		if text := v.get(path); text.StatusCode != 200 || text.said("h1") != a.Question || !strings.Contains(text.said(".banner.stop"), "cũ") {
			t.Errorf("%s: got status %d, banner %q", path, text.StatusCode, text.said(".banner"))
		}
		return nil
	})
	if err != nil || old != 6 {
		t.Errorf("saw %d old answers, %v, want 6", old, err)
	}
}
