package content

import (
	"crypto/sha256"
	"fmt"
	"testing"
)

// tableOnRevision is the sum of the table as it stood on DeadlinesRevised.
const tableOnRevision = "928923c000b439b5952d20c329d36008b1659950d3c83f5e7393687c6ea8eea2"

func TestTheDayOfTheTableFollowsTheTable(t *testing.T) {
	if got := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%+v", deadlines))); got != tableOnRevision {
		t.Errorf("the limits changed since %s: set DeadlinesRevised to today and tableOnRevision to %s", DeadlinesRevised, got)
	}
}
