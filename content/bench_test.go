package content_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// BenchmarkRenderGuide renders the longest embedded guide.
func BenchmarkRenderGuide(b *testing.B) {
	entries, err := os.ReadDir("guides")
	if err != nil {
		b.Fatal(err)
	}
	longest := ""
	for _, entry := range entries {
		text, err := os.ReadFile("guides/" + entry.Name())
		if err != nil {
			b.Fatal(err)
		}
		if _, body, found := strings.Cut(string(text), "\n---\n"); found && len(body) > len(longest) {
			longest = body
		}
	}
	b.SetBytes(int64(len(longest)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := content.Render(longest, content.MaxGuideBytes); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCheckDraft checks a draft as the editor does after each change.
func BenchmarkCheckDraft(b *testing.B) {
	db := storetest.Filled(b, "seeded", func(db *store.DB) error { return content.New(db).Seed(context.Background(), "operator") })
	lib := content.New(db)
	source, err := os.ReadFile("testdata/faults/second/in-va-giao-nhan-phieu-bau.md")
	if err != nil {
		b.Fatal(err)
	}
	text := content.TextOf(content.KindGuide, string(source))
	if _, err := lib.Check(b.Context(), content.KindGuide, "", text, nil); err != nil {
		b.Fatal(err) // the first check after something was published reads all that is
	}
	for b.Loop() {
		if _, err := lib.Check(b.Context(), content.KindGuide, "", text, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLists reads what pages list: the situations without their trees, the
// terms with their bodies, the names of what cites the law.
func BenchmarkLists(b *testing.B) {
	lib, _ := seeded(b)
	lists := map[string]func() error{
		"situations": func() error {
			_, err := lib.Situations(b.Context(), content.SituationFilter{})
			return err
		},
		"terms": func() error {
			_, err := lib.Terms(b.Context())
			return err
		},
		"citing": func() error {
			_, err := lib.Citing(b.Context(), "luat-85-2015", "dieu-69")
			return err
		},
	}
	for name, list := range lists {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := list(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
