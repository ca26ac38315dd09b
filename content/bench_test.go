package content_test

import (
	"os"
	"strings"
	"testing"

	"sotay/content"
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
