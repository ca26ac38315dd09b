package content

import (
	"crypto/sha256"
	"fmt"
	"testing"
)

// tableOnRevision is the sum of the table as it stood on DeadlinesRevised.
const tableOnRevision = "0a5709357ca209ee5031906dde4d3db080e36f32aa96374afa05b7c6ca0e6d98"

func TestTheDayOfTheTableFollowsTheTable(t *testing.T) {
	if got := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%+v", deadlines))); got != tableOnRevision {
		t.Errorf("the limits changed since %s: set DeadlinesRevised to today and tableOnRevision to %s", DeadlinesRevised, got)
	}
}
