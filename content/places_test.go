package content

import (
	"os"
	"strings"
	"testing"

	"sotay/internal/viet"
)

func TestProvincesAreThoseOfTheUnits(t *testing.T) {
	units, err := os.ReadFile("../internal/accounts/units.csv")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, line := range strings.Split(viet.Fold(string(units)), "\n") {
		cells := strings.Split(line, ",")
		if _, name, ok := strings.Cut(cells[len(cells)-1], "tinh "); ok {
			seen[name] = true
		} else if _, name, ok := strings.Cut(cells[len(cells)-1], "thanh pho "); ok {
			seen[name] = true
		}
	}
	for name := range seen {
		if !province(strings.Fields(name)) {
			t.Errorf("%q is no province", name)
		}
	}
	if n := strings.Count(provinces, "|") - 1; len(seen) != n {
		t.Errorf("%d provinces, %d in the units", n, len(seen))
	}
}
