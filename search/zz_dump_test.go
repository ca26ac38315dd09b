package search_test

import (
	"encoding/json"
	"os"
	"testing"

	"sotay/search"
)

func TestZZDump(t *testing.T) {
	index := judgedIndex(t)
	for _, set := range []string{"judged"} {
		var out []any
		for _, j := range readJudgements(t, "testdata/"+set+".txt") {
			r, err := index.Search(t.Context(), search.Query{Text: j.query, Limit: 50, Explain: true})
			if err != nil {
				t.Fatal(err)
			}
			var hits []any
			for _, h := range r.Hits {
				m := map[string]float64{}
				for _, p := range h.Parts {
					m[p.Name] = p.Value
				}
				hits = append(hits, map[string]any{"rel": placeOf([]search.Hit{h}, j.relevant) == 1, "parts": m, "kind": h.Kind, "ref": h.Code + h.Ref})
			}
			out = append(out, map[string]any{"kind": j.kind, "q": j.query, "hits": hits, "total": r.Total})
		}
		raw, _ := json.Marshal(out)
		os.WriteFile("/tmp/dump-"+set+".json", raw, 0o644)
	}
}
