package content

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sotay/internal/fault"
)

// checkAsked refuses wordings that are too many, empty or too long.
func checkAsked(asked []string, faults []fault.Field) []fault.Field {
	if len(asked) > MaxAsked {
		faults = append(faults, fault.Field{Name: "asked", Sentence: fmt.Sprintf("Có %d cách hỏi khác; nhiều nhất %d.", len(asked), MaxAsked)})
	}
	for _, wording := range asked {
		if faults = checkText("asked", wording, MaxAskedRunes, faults); strings.ContainsAny(wording, "\n\t") {
			faults = append(faults, fault.Field{Name: "asked", Sentence: "Mỗi cách hỏi khác phải nằm trên một dòng."})
		}
	}
	return faults
}

// WholeGuide stands for a section where wordings ask for a guide as a whole.
const WholeGuide = "bai"

// checkAskedSections also refuses wordings of a section that the guide has not.
func checkAskedSections(asked map[string][]string, sections []Section, faults []fault.Field) []fault.Field {
	for _, anchor := range slices.Sorted(maps.Keys(asked)) {
		faults = checkAsked(asked[anchor], faults)
		if anchor != WholeGuide && (anchor == "" || !slices.ContainsFunc(sections, func(s Section) bool { return s.Anchor == anchor })) {
			faults = append(faults, fault.Field{Name: "asked", Sentence: fmt.Sprintf("Bài không có mục %q. Hãy ghi đúng tên neo của một mục.", anchor)})
		}
	}
	return faults
}

// joinAsked writes wordings of sections as a column holds them: an anchor, a
// tab, a wording on each line.
func joinAsked(asked map[string][]string) string {
	var lines []string
	for _, anchor := range slices.Sorted(maps.Keys(asked)) {
		for _, wording := range asked[anchor] {
			lines = append(lines, anchor+"\t"+wording)
		}
	}
	return strings.Join(lines, "\n")
}

func splitAsked(stored string) map[string][]string {
	asked := map[string][]string{}
	for _, line := range splitList(stored) {
		anchor, wording, _ := strings.Cut(line, "\t")
		asked[anchor] = append(asked[anchor], wording)
	}
	return asked
}
