package search

import (
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/store/storetest"
	"sotay/quizzes"
)

// seededNouns are the embedded texts.
func seededNouns(t *testing.T) nouns {
	t.Helper()
	db := storetest.Open(t)
	n := nouns{content.New(db), quizzes.New(db)}
	must(t, n.lib.Seed(t.Context(), "operator"))
	must(t, n.bank.Seed(t.Context(), "operator"))
	return n
}

func TestEveryPublishedNounHasDocuments(t *testing.T) {
	n := seededNouns(t)
	seen, found := map[string]bool{}, map[string]int{}
	must(t, n.each(t.Context(), func(docs []document) error {
		for _, d := range docs {
			if seen[d.ID] {
				t.Errorf("two documents are called %s", d.ID)
			}
			seen[d.ID] = true
			found[d.Kind]++
			if !strings.HasPrefix(d.ID, d.Owner) || !strings.HasPrefix(d.URL, "/") || d.Title == "" || d.Group == "" {
				t.Errorf("incomplete: %+v", d)
			}
		}
		return nil
	}))
	for _, kind := range kinds {
		if found[kind] == 0 {
			t.Errorf("no document of kind %s", kind)
		}
	}
}

func TestANounAloneHasTheSameDocuments(t *testing.T) {
	n := seededNouns(t)
	must(t, n.each(t.Context(), func(docs []document) error {
		kind, id, _ := strings.Cut(docs[0].Owner, ":")
		alone, err := n.documents(t.Context(), kind, id)
		if err != nil || len(alone) != len(docs) {
			t.Errorf("%s: got %d documents, %v, want %d", docs[0].Owner, len(alone), err, len(docs))
			return nil
		}
		for i := range docs {
			if alone[i] != docs[i] {
				t.Errorf("got %+v, want %+v", alone[i], docs[i])
			}
		}
		return nil
	}))
}

func TestAGuidesSectionOpensAtItsHeading(t *testing.T) {
	n := seededNouns(t)
	g, err := n.lib.Guide(t.Context(), "trang-tri-phong-bo-phieu")
	must(t, err)
	docs := guideDocuments(g)
	if docs[0].URL != g.Path() || docs[0].Short != g.Summary || docs[0].Heading != "" {
		t.Errorf("introduction: got %+v", docs[0])
	}
	for _, d := range docs[1:] {
		anchor, ok := strings.CutPrefix(d.URL, g.Path()+"#")
		if !ok || anchor == "" || d.Heading == "" || d.Title != g.Title || d.Group != docs[0].Group {
			t.Errorf("section: got %+v", d)
		}
	}
}

func TestASessionIsFoundByItsTitleAndDay(t *testing.T) {
	n := seededNouns(t)
	list, err := n.lib.Sessions(t.Context())
	must(t, err)
	s, err := n.lib.SessionByID(t.Context(), list[0].ID)
	must(t, err)
	docs := sessionDocuments(s)
	if docs[0].URL != s.Path() || docs[0].Title != s.Title || docs[0].Date != string(s.HeldOn) || !strings.Contains(docs[0].Short, s.HeldOn.String()) {
		t.Errorf("got %+v", docs[0])
	}
	for _, d := range docs[1:] {
		if !strings.HasPrefix(d.URL, s.Path()+"#") || d.Heading == "" || d.Group != docs[0].Group {
			t.Errorf("section: got %+v", d)
		}
	}
}

func TestAbsentNounsHaveNoDocuments(t *testing.T) {
	n := seededNouns(t)
	for _, kind := range kinds {
		if docs, err := n.documents(t.Context(), kind, "không có"); len(docs) != 0 || err != nil {
			t.Errorf("%s: got %d documents, %v, want none", kind, len(docs), err)
		}
	}
}

func TestAPlansDocumentsHoldTheWordsOfItsPage(t *testing.T) {
	n := seededNouns(t)
	if _, ok := content.TopicBySlug(content.PlanTopic); !ok {
		t.Errorf("no topic %s", content.PlanTopic)
	}
	plans, err := n.lib.Plans(t.Context())
	must(t, err)
	for _, p := range plans {
		docs := planDocuments(p)
		var texts []string
		for _, d := range docs {
			if d.Title != p.Title || d.Group != docs[0].Group || d.Ref != p.Key || !strings.HasPrefix(d.URL, p.Path()) {
				t.Errorf("got %+v", d)
			}
			for _, text := range d.texts() {
				texts = append(texts, *text)
			}
		}
		all := joinLines(texts...)
		want := []string{p.Name, p.Use, p.Label, p.Description, p.Caution, "Sách Hỏi đáp của HĐBCQG, Câu 155"}
		for _, point := range p.Legend {
			want = append(want, point.Text+" (", point.Place)
		}
		for _, check := range p.Checks {
			want = append(want, check.Text+" (")
		}
		for _, words := range want {
			if !strings.Contains(all, words) {
				t.Errorf("%s lacks %q", p.Key, words)
			}
		}
		if strings.Contains(all, "sach-hoi-dap-2026") || !strings.Contains(all, "("+content.PlanAdvice+")") {
			t.Errorf("%s: sources are not named as readers know them", p.Key)
		}
	}
}
