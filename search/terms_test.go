package search_test

import (
	"strings"
	"testing"

	"sotay/search"
)

func TestATermIsFoundByItsNameItsAbbreviationAndWhatOthersSay(t *testing.T) {
	index := seeded(t)
	for _, query := range []string{"UBBC", "ubbc là gì", "Ủy ban bầu cử", "uy ban bau cu", "HĐND", "hdnd là gì", "hòm phiếu phụ là gì", "bầu lại là gì", "hòm phụ", "KVBP", "thế nào là hòm phiếu phụ", "xin hỏi UBBC là gì ạ"} {
		result, err := index.Search(t.Context(), search.Query{Text: query, Filter: search.Filter{Kinds: []string{search.KindTerm}}})
		if err != nil || len(result.Hits) == 0 || result.Hits[0].Kind != search.KindTerm || !strings.HasPrefix(result.Hits[0].URL, "/thuat-ngu#tn-") {
			t.Errorf("%s among terms: got %+v, %v", query, result.Hits, err)
		}
		all, err := index.Search(t.Context(), search.Query{Text: query})
		if err != nil || all.Direct == nil || !strings.HasPrefix(all.Direct.URL, "/thuat-ngu#tn-") || all.Direct.Short == "" {
			t.Errorf("%s: got %+v, %v, want its meaning at once", query, all.Direct, err)
		}
	}
}

func TestAQuestionAboutATermIsAnsweredNotExplained(t *testing.T) {
	index := seeded(t)
	for _, query := range []string{"ai được mang hòm phiếu phụ đi", "giấy đi bầu nơi khác xin ở đâu", "phiếu hỏng xử lý thế nào", "quy định về hòm phiếu"} {
		result, err := index.Search(t.Context(), search.Query{Text: query})
		if err != nil || result.Direct != nil && strings.HasPrefix(result.Direct.URL, "/thuat-ngu") {
			t.Errorf("%s: got %+v, %v", query, result.Direct, err)
		}
	}
}

func TestASituationIsFoundAsPeopleSayIt(t *testing.T) {
	index := seeded(t)
	for _, query := range []string{"quên thẻ cử tri ở nhà", "quen the cu tri", "để thẻ ở nhà"} {
		result, err := index.Search(t.Context(), search.Query{Text: query, Filter: search.Filter{Kinds: []string{search.KindSituation}}})
		if err != nil || len(result.Hits) == 0 || !strings.HasPrefix(result.Hits[0].URL, "/tinh-huong/quen-the-cu-tri") {
			t.Errorf("%s: got %+v, %v", query, result.Hits, err)
		}
	}
}
