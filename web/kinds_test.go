package web

import (
	"slices"
	"testing"

	"sotay/content"
)

// A kind that the tables of this room forget fails here.
func TestEveryKindStandsInTheTables(t *testing.T) {
	for _, kind := range content.EditedKinds() {
		if editedPaths[kind] == "" || editedKind(editedPaths[kind]) != kind {
			t.Errorf("%s has no name in addresses", kind)
		}
		if !slices.ContainsFunc(citingHeadings, func(h citingHeading) bool { return h.kind == kind && h.heading != "" }) {
			t.Errorf("%s has no heading among what cites a provision", kind)
		}
		if newsKinds[kind] == "" {
			t.Errorf("%s has no name among the news", kind)
		}
		if kindName(kind) == "" {
			t.Errorf("%s has no name in search", kind)
		}
	}
}
