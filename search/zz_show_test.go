package search_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sotay/search"
)

func TestZZShow(t *testing.T) {
	index := judgedIndex(t)
	raw, _ := os.ReadFile("/tmp/q.txt")
	rel := map[string][]string{}
	for _, j := range readJudgements(t, "testdata/judged.txt") {
		rel[j.query] = j.relevant
	}
	for _, q := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		r, err := index.Search(t.Context(), search.Query{Text: q, Limit: 50, Explain: true})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("\n### %s  [%s] loosened=%v total=%d corr=%q und=%v near=%v\n", q, strings.Join(rel[q], " "), r.Loosened, r.Total, r.Corrected, r.Understood, r.Near)
		for i, h := range r.Hits {
			is := placeOf([]search.Hit{h}, rel[q]) == 1
			if i < 3 || is {
				s := ""
				for _, p := range h.Parts {
					s += fmt.Sprintf(" %s %.2f", p.Name, p.Value)
				}
				fmt.Printf("%2d %v %.3f %-16s %s | %s |%s\n", i+1, is, h.Score, h.Code+h.Ref, h.Title, h.Heading, s)
			}
		}
	}
}
