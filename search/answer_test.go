package search_test

import (
	"slices"
	"strings"
	"testing"

	"sotay/search"
)

func find(t *testing.T, index *search.Index, q search.Query) search.Result {
	t.Helper()
	result, err := index.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	return result
}

func TestADirectAnswerIsOneThatClearlyWins(t *testing.T) {
	index := judgedIndex(t)
	given, right := 0, 0
	for _, file := range []string{"testdata/judged.txt", "testdata/unseen.txt"} {
		for _, j := range readJudgements(t, file) {
			d := find(t, index, search.Query{Text: j.query}).Direct
			if _, isTerm := termOf(d); d != nil && !isTerm { // a term is only explained
				given++
				if slices.Contains(j.relevant, d.Code) || placeOf([]search.Hit{{Code: d.Code, Ref: refOf(t, index, d.Code)}}, j.relevant) == 1 {
					right++
				} else {
					t.Logf("%q got %s %s", j.query, d.Code, d.Title)
				}
				if d.Short == "" || d.URL == "" {
					t.Errorf("%q: incomplete: %+v", j.query, d)
				}
			}
		}
	}
	t.Logf("%d direct answers, %d right", given, right)
	if given < 50 || float64(right) < 0.98*float64(given) {
		t.Errorf("got %d direct answers, %d of them right; want at least 50, and 98 of 100 right", given, right)
	}
}

// refOf is the imported id of an answer.
func refOf(t *testing.T, index *search.Index, code string) string {
	hits := find(t, index, search.Query{Text: code, Limit: 1}).Hits
	if len(hits) == 0 || hits[0].Code != code {
		t.Fatalf("%s is not found by its code", code)
	}
	return hits[0].Ref
}

func TestALoosenedSearchTellsWhatItDropped(t *testing.T) {
	index := seeded(t)
	result := find(t, index, search.Query{Text: "hòm phiếu bọc nhung gấm"})
	if !result.Loosened || !slices.Contains(result.Dropped, "gấm") || slices.Contains(result.Dropped, "phiếu") {
		t.Errorf("got loosened %v, dropped %q", result.Loosened, result.Dropped)
	}
	if result := find(t, index, search.Query{Text: "thẻ cử tri bị mất"}); result.Loosened || len(result.Dropped) > 0 {
		t.Errorf("a query whose words are all there: got loosened %v, dropped %q", result.Loosened, result.Dropped)
	}
}

func TestALiteralSearchWithoutHitsOffersTheUnderstoodOne(t *testing.T) {
	result := find(t, seeded(t), search.Query{Text: "baafu cuwr", Literal: true})
	if result.Total != 0 || len(result.Instead) != 1 || result.Instead[0].Text != "bầu cử" || result.Instead[0].Hits == 0 {
		t.Errorf("got %d hits and instead %+v", result.Total, result.Instead)
	}
}

func TestFacetsCountWhatAFilterWouldLeave(t *testing.T) {
	index := judgedIndex(t)
	all := find(t, index, search.Query{Text: "thẻ cử tri", Facets: true, Limit: 50})
	if len(all.Facets) != 5 {
		t.Fatalf("got %d facets, want 5", len(all.Facets))
	}
	for _, facet := range all.Facets {
		for i, c := range facet.Counts {
			if i > 0 && facet.Counts[i-1].Hits < c.Hits {
				t.Errorf("%s: %+v is not the most first", facet.Name, facet.Counts)
			}
			filter := search.Filter{}
			switch facet.Name {
			case search.FacetKind:
				filter.Kinds = []string{c.Value}
			case search.FacetTopic:
				filter.Topics = []string{c.Value}
			case search.FacetSession:
				filter.Sessions = []string{c.Value}
			case search.FacetAgency:
				filter.Agencies = []string{c.Value}
			case search.FacetYear:
				filter.Years = []string{c.Value}
			}
			narrowed := find(t, index, search.Query{Text: "thẻ cử tri", Filter: filter, Facets: true})
			if narrowed.Total < c.Hits {
				t.Errorf("%s %q: promised %d, got %d", facet.Name, c.Value, c.Hits, narrowed.Total)
			}
		}
	}
	sum := 0
	for _, c := range all.Facets[0].Counts {
		sum += c.Hits
	}
	if sum != all.Total {
		t.Errorf("kinds add up to %d, want %d", sum, all.Total)
	}
	one := find(t, index, search.Query{Text: "thẻ cử tri", Facets: true, Filter: search.Filter{Kinds: []string{search.KindGuide}}})
	if len(one.Facets[0].Counts) != len(all.Facets[0].Counts) {
		t.Errorf("with a kind chosen: got %+v, want the others to be there to choose", one.Facets[0].Counts)
	}
}

func TestNewestComesFirstWhenAsked(t *testing.T) {
	hits := find(t, judgedIndex(t), search.Query{Text: "thẻ cử tri", Newest: true, Limit: 50}).Hits
	if len(hits) < 10 {
		t.Fatalf("got %d hits", len(hits))
	}
	for i := 1; i < len(hits); i++ {
		if hits[i-1].Date < hits[i].Date {
			t.Errorf("%s stands before %s", hits[i-1].Date, hits[i].Date)
		}
	}
}

func TestASearchWithinOneLawStaysThere(t *testing.T) {
	hits := find(t, seeded(t), search.Query{Text: "kiểm phiếu", Filter: search.Filter{Laws: []string{"luat-85-2015"}}, Limit: 50}).Hits
	if len(hits) == 0 {
		t.Fatal("got no hits")
	}
	for _, h := range hits {
		if h.Ref != "luat-85-2015" && !strings.HasPrefix(h.Ref, "luat-85-2015 ") {
			t.Errorf("got %s", h.Ref)
		}
	}
}

func TestScoresAreExplainedWhenAsked(t *testing.T) {
	index := seeded(t)
	hit := find(t, index, search.Query{Text: "thẻ cử tri bị mất", Explain: true}).Hits[0]
	sum := 0.0
	for _, p := range hit.Parts {
		sum += p.Value
	}
	if len(hit.Parts) < 4 || sum < hit.Score-1e-9 || sum > hit.Score+1e-9 {
		t.Errorf("got %+v for a score of %v", hit.Parts, hit.Score)
	}
	if hit := find(t, index, search.Query{Text: "thẻ cử tri bị mất"}).Hits[0]; hit.Parts != nil {
		t.Errorf("got %+v unasked", hit.Parts)
	}
}

func TestTitlesAreSuggestedWhileTyping(t *testing.T) {
	index := seeded(t)
	tests := []struct{ name, typed, want string }{ // want: how the first begins
		{"the beginning of a question", "cử tri đi làm ăn", "Cử tri đi làm ăn xa có được bỏ phiếu ở nơi khác không?"},
		{"without tones", "cu tri di lam an", "Cử tri đi làm ăn xa có được bỏ phiếu ở nơi khác không?"},
		{"a word cut short", "hom phieu ph", "Hòm phiếu phụ"},
		{"inner words", "mất hoặc rá", "Thẻ cử tri bị mất hoặc rách thì cấp lại thế nào?"},
		{"an abbreviation", "ubbc", ""},
		{"a slip", "thẻ cử rti", ""},
		{"Telex", "hofm phieeus phuj", "Hòm phiếu phụ"},
		{"one word", "niêm", ""},
		{"half a word", "ni", ""},
	}
	for _, tt := range tests {
		list, err := index.Suggest(t.Context(), tt.typed, 8)
		if err != nil || len(list) == 0 || len(list) > 8 {
			t.Errorf("%s: got %d suggestions, %v", tt.name, len(list), err)
			continue
		}
		if !strings.HasPrefix(list[0].Text, tt.want) {
			t.Errorf("%s: got %q first, want what begins with %q", tt.name, list[0].Text, tt.want)
		}
		seen := map[string]bool{}
		for _, s := range list {
			if seen[s.Text] || s.Kind == "" || !strings.HasPrefix(s.URL, "/") {
				t.Errorf("%s: got %+v", tt.name, s)
			}
			seen[s.Text] = true
		}
	}
	for _, typed := range []string{"", " ", "?", "zzzz qqqq", "\xff\x00"} {
		if list, err := index.Suggest(t.Context(), typed, 8); err != nil || len(list) > 0 {
			t.Errorf("%q: got %+v, %v, want nothing", typed, list, err)
		}
	}
}

func TestANamedProvisionIsOfTheNamedLaw(t *testing.T) {
	index := seeded(t)
	tests := []struct{ query, first, absent string }{
		{"điều 34", "luat-85-2015 dieu-34", ""},
		{"điều 34 luật bầu cử", "luat-85-2015 dieu-34", ""},
		{"theo pháp luật điều 34", "luat-85-2015 dieu-34", ""},
		{"khoản 9 điều 69", "luat-85-2015 dieu-69", ""},
		{"thông tư 21 điều 11", "tt-21-2025 dieu-11", ""},
		{"luật 72/2025 đ28 khoản 4", "luat-72-2025 dieu-28", ""},
		{"luật 83", "luat-83-2025", ""},
		{"83/2025", "luat-83-2025", ""},
		{"luật bầu cử", "luat-85-2015", ""},
		{"mẫu 5", "", ""},
		{"luật đất đai điều 5", "", "Điều 5 của văn bản được nêu"},
		{"hiến pháp điều 27", "", "Điều 27 của văn bản được nêu"},
		{"nghị định 100 điều 5", "", "Điều 5, Nghị định 100"},
		{"điều 120", "", "Điều 120"},
		{"thông tư 21 điều 34", "tt-21-2025", "Điều 34, Thông tư 21"},
	}
	for _, tt := range tests {
		result := find(t, index, search.Query{Text: tt.query})
		if result.Absent != tt.absent {
			t.Errorf("%q: got absent %q, want %q", tt.query, result.Absent, tt.absent)
		}
		if tt.first != "" && (len(result.Hits) == 0 || result.Hits[0].Ref != tt.first) {
			t.Errorf("%q: got %v first, want %s", tt.query, result.Hits[:min(1, len(result.Hits))], tt.first)
		}
	}
	for _, h := range find(t, index, search.Query{Text: "mẫu 5"}).Hits[:1] {
		if !strings.HasSuffix(h.Ref, " mau-5") {
			t.Errorf("mẫu 5: got %s first, never 15 for 5", h.Ref)
		}
	}
}

func TestWordsThatNoTextHasAreNotRewritten(t *testing.T) {
	index := seeded(t)
	for _, query := range []string{"người Mường, người Dao", "phường Thanh Miếu", "trường mầm non", "con trâu", "trời sấm", "nghỉ Tết", "xe cuu thuong qua ngam"} {
		if got := find(t, index, search.Query{Text: query}).Corrected; got != "" {
			t.Errorf("%q was rewritten as %q", query, got)
		}
	}
}

func TestLongQueriesOverManyTitlesAreSuggestedSafely(t *testing.T) {
	index := seeded(t)
	typed := strings.TrimSpace(strings.Repeat("cử tri đi làm ăn xa có được bỏ phiếu ở nơi khác không ", 6))
	for n := range strings.Fields(typed) {
		if _, err := index.Suggest(t.Context(), strings.Join(strings.Fields(typed)[:n+1], " "), 8); err != nil {
			t.Fatalf("%d words: %v", n+1, err)
		}
	}
}
