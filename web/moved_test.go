package web_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sotay/content"
)

// oldAddresses are one of each kind; answers keep theirs, terms stand on one page.
var oldAddresses = []struct{ kind, slug, old, to string }{
	{content.KindGuide, "kiem-phieu", "/huong-dan/kiem-phieu-bien-ban/ten-cu", "/huong-dan/kiem-phieu-bien-ban/kiem-phieu"},
	{content.KindSituation, "mat-dien", "/tinh-huong/ten-cu", "/tinh-huong/mat-dien"},
	{content.KindPlan, "lop-hoc", "/so-do/ten-cu", "/so-do/lop-hoc"},
	{content.KindLaw, "85-2015-qh13", "/van-ban/ten-cu", "/van-ban/85-2015-qh13"},
	{content.KindSession, "2026-03-02-tap-huan-nghiep-vu-bau-cu", "/tap-huan/ten-cu", "/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu"},
	{content.KindTerm, "ban-bau-cu", "/thuat-ngu/ten-cu", "/thuat-ngu#tn-ban-bau-cu"},
}

func TestAnOldAddressOfAnyKindLeadsToTheText(t *testing.T) {
	s := newSite(t)
	var lines strings.Builder
	for _, a := range oldAddresses {
		fmt.Fprintf(&lines, `{"kind":%q,"from":"ten-cu","to":%q}`+"\n", a.kind, a.slug)
	}
	term, err := os.ReadFile("../content/terms/ban-bau-cu.md")
	if err != nil {
		t.Fatal(err)
	}
	folder, err := content.ReadFolder(fstest.MapFS{"moved.jsonl": {Data: []byte(lines.String())}, "terms/ban-bau-cu.md": {Data: term}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.lib.ImportFolder(t.Context(), folder, true, "operator"); err != nil {
		t.Fatal(err)
	}
	for _, a := range oldAddresses {
		for _, path := range []string{a.old, a.old + "/thay-doi"} {
			if path == "/thuat-ngu/ten-cu" {
				continue
			}
			got := s.visitor(t).get(path)
			if to := got.Header.Get("Location"); got.StatusCode != 301 || strings.TrimSuffix(to, "/thay-doi") != a.to {
				t.Errorf("%s: got status %d to %q, want %s", path, got.StatusCode, to, a.to)
			}
		}
	}
}
