package content

import (
	_ "embed" // for the manual
	"fmt"
	"strings"
	"sync"
)

// The manual of those who write is no guide: it rests on no law, nobody approves
// it, and it changes with the program. Its pictures lie with the project's
// documents, so pages show it without them.
//
//go:embed manual/huong-dan-bien-tap.md
var manualSource string

// Manual is how to work on the site, for those who do.
type Manual struct {
	Title string
	Body  Body
}

// ManualForStaff gives the manual, rendered once.
func ManualForStaff() (Manual, error) { return readManual() }

var readManual = sync.OnceValues(func() (Manual, error) {
	title, text, _ := strings.Cut(manualSource, "\n")
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "![") {
			kept = append(kept, line)
		}
	}
	body, err := Render(strings.Join(kept, "\n"), MaxGuideBytes)
	if err != nil {
		return Manual{}, fmt.Errorf("render the manual: %w", err)
	}
	return Manual{Title: strings.TrimPrefix(title, "# "), Body: body}, nil
})
