package search_test

import (
	"slices"
	"strings"
	"testing"

	"sotay/content"
	"sotay/search"
)

func TestAPlanIsFoundByItsOwnWords(t *testing.T) {
	index := seeded(t)
	for _, tt := range []struct{ query, url, says string }{
		{"lớp học làm phòng bỏ phiếu", "/so-do/lop-hoc", "Lớp học"},
		{"phong hai cua di mot chieu", "/so-do/phong-hai-cua", "hai cửa"},
		{"so do phong 1 cua", "/so-do/phong-mot-cua", "một cửa"},
		{"phải hỏi ban bầu cử trước khi chọn phòng một cửa", "/so-do/phong-mot-cua", "Ban bầu cử"},
		{"chốt trật tự ở ngoài phòng bỏ phiếu nhìn thấy cổng", "/so-do/phong-hai-cua#chu-thich", "17) Chốt trật tự"},
		{"dan dau da bo phieu muc o ban dong dau moi o viet phieu co but", "/so-do/phong-hai-cua#bang-kiem", "(gợi ý)"},
	} {
		for name, filter := range map[string]search.Filter{"plans": {Kinds: []string{search.KindPlan}}, "the topic's plans": {Kinds: []string{search.KindPlan}, Topics: []string{content.PlanTopic}}} {
			result, err := index.Search(t.Context(), search.Query{Text: tt.query, Filter: filter})
			at := slices.IndexFunc(result.Hits, func(h search.Hit) bool { return h.URL == tt.url })
			if err != nil || at < 0 || result.Hits[at].Kind != search.KindPlan || !strings.Contains(unmarked(result.Hits[at].Snippet), tt.says) {
				t.Errorf("%s among %s: got %+v, %v", tt.query, name, result.Hits, err)
			}
		}
	}
	for query, want := range map[string]string{"lớp học": "/so-do/lop-hoc", "so do hoi truong": "/so-do/hoi-truong", "phòng một cửa": "/so-do/phong-mot-cua"} {
		result, err := index.Search(t.Context(), search.Query{Text: query})
		if err != nil || len(result.Hits) == 0 || result.Hits[0].URL != want {
			t.Errorf("%s: got %+v, %v, want %s first", query, result.Hits, err, want)
		}
		list, err := index.Suggest(t.Context(), query, 8)
		if !slices.ContainsFunc(list, func(s search.Suggestion) bool { return s.Kind == search.KindPlan && s.URL == want }) && query != "so do hoi truong" {
			t.Errorf("%s: %s is not suggested: %+v, %v", query, want, list, err)
		}
	}
}

func unmarked(snippet string) string {
	return strings.NewReplacer("<mark>", "", "</mark>", "").Replace(snippet)
}

func TestPlansAreCountedByKind(t *testing.T) {
	result, err := seeded(t).Search(t.Context(), search.Query{Text: "sơ đồ phòng bỏ phiếu", Facets: true})
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, h := range result.Hits {
		if h.Kind == search.KindPlan {
			shown++
		}
	}
	at := slices.IndexFunc(result.Facets, func(f search.Facet) bool { return f.Name == search.FacetKind })
	if counts := result.Facets[at].Counts; shown != 4 || !slices.Contains(counts, search.Count{Value: search.KindPlan, Hits: 4}) {
		t.Errorf("got %d plans, counted %v", shown, counts)
	}
}

// A plan repeats words of the guides that explain it, four plans do so fourfold.
func TestPlansLeaveRoomForWhatExplains(t *testing.T) {
	index := seeded(t)
	for query, want := range map[string]string{
		"sơ đồ phòng bỏ phiếu": "trang-tri-phong-bo-phieu", "trang trí phòng bỏ phiếu": "trang-tri-phong-bo-phieu", "nơi viết phiếu": "trang-tri-phong-bo-phieu",
		"bình chữa cháy": "phong-chay-va-dien-du-phong", "chỗ đặt bình chữa cháy trong phòng bỏ phiếu": "phong-chay-va-dien-du-phong", "hòm phiếu phụ": "hom-phieu-phu-luu-dong",
	} {
		result, err := index.Search(t.Context(), search.Query{Text: query})
		guide := slices.IndexFunc(result.Hits, func(h search.Hit) bool { return h.Kind == search.KindGuide && h.Ref == want })
		plan := slices.IndexFunc(result.Hits, func(h search.Hit) bool { return h.Kind == search.KindPlan })
		if err != nil || guide < 0 || plan >= 0 && plan < guide {
			t.Errorf("%s: the guide stands at %d, the first plan at %d, %v", query, guide, plan, err)
		}
	}
}
