package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sotay/search"
)

// crowd is an index of the embedded texts and of many answers that are alike.
func crowd(t *testing.T) *search.Index {
	var lines strings.Builder
	for i := range 160 {
		fmt.Fprintf(&lines, `{"id":"c%d","title":"Hòm phiếu phụ số %d ở khu vực nào?","body":"Hòm phiếu phụ mang đến khu vực %d. %s","date":"2026-02-%02d"}`+"\n",
			i, i, i, strings.Repeat("Việc khác. ", i%7), 1+i%28)
	}
	return indexOfText(t, lines.String())
}

func TestTheSameIsFoundInEachOrder(t *testing.T) {
	index := crowd(t)
	for _, query := range []string{"hòm phiếu phụ khu vực cách ly y tế", "hòm phiếu", "thẻ cử tri bị mất", "hòm phiếu khu vực gấm", "xyzzy hòm phiếu"} {
		ids := func(newest bool) (list []string, total int) {
			for offset := 0; offset < 200; offset += 50 {
				result := find(t, index, search.Query{Text: query, Newest: newest, Limit: 50, Offset: offset})
				total = result.Total
				for _, h := range result.Hits {
					text, _, _ := strings.Cut(h.ID, "#") // which of its sections stands for a text may differ
					list = append(list, text)
				}
			}
			slices.Sort(list)
			return list, total
		}
		relevant, total := ids(false)
		newest, other := ids(true)
		if total != other || total <= 200 && !slices.Equal(relevant, newest) {
			t.Errorf("%q: got %d by relevance and %d by date:\n%q\n%q", query, total, other, relevant, newest)
		}
	}
}

func TestTheTotalIsTheSameOnEveryPage(t *testing.T) {
	index := crowd(t)
	for _, query := range []string{"hòm phiếu khu vực gấm", "hòm phiếu phụ", "xyzzy hòm phiếu lụa"} {
		want := find(t, index, search.Query{Text: query, Limit: 10}).Total
		for offset := 10; offset <= 200; offset += 10 {
			if got := find(t, index, search.Query{Text: query, Limit: 10, Offset: offset}).Total; got != want {
				t.Errorf("%q: got %d at %d, want %d", query, got, offset, want)
			}
		}
	}
}

func TestNumbersThatNameNoDocument(t *testing.T) {
	index := seeded(t)
	for _, query := range []string{
		"nhiệm kỳ 2021-2026", "bầu cử ngày 15/3/2026", "tháng 3/2026", "hướng dẫn 5 bước bỏ phiếu", "quyết định 2 người", "kế hoạch 3 ngày", "15-3-2026", "năm 2026",
	} {
		if got := find(t, index, search.Query{Text: query}).Absent; got != "" {
			t.Errorf("%q: got %q absent", query, got)
		}
	}
	for query, want := range map[string]string{"luật số 83": "luat-83-2025", "nghị quyết số 40": "nq-40-2025", "thông tư số 21/2025": "tt-21-2025", "quyết định 8202/2025": "qd-8202-2025"} {
		hits := find(t, index, search.Query{Text: query}).Hits
		if len(hits) == 0 || hits[0].Ref != want {
			t.Errorf("%q: got %v, want %s", query, hits[:min(1, len(hits))], want)
		}
	}
}

func TestALoneWordAtTheEndOfATitleIsSuggested(t *testing.T) {
	index := indexOfText(t, `{"id":"p","title":"Chuyện pháo","body":"Không nổ."}`)
	list, err := index.Suggest(t.Context(), "pháo", 8)
	if err != nil || len(list) == 0 || list[0].Text != "Chuyện pháo" {
		t.Errorf("got %+v, %v", list, err)
	}
}
