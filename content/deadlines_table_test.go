package content

import (
	"crypto/sha256"
	"fmt"
	"testing"
)

// tableOnRevision is the sum of the table as it stood on DeadlinesRevised.
const tableOnRevision = "b29678c2aa83db1d8f5857695bea8a3e423b3b30ecca62cbf4a4047646ec1eaf"

func TestTheDayOfTheTableFollowsTheTable(t *testing.T) {
	if got := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%+v", deadlines))); got != tableOnRevision {
		t.Errorf("the limits changed since %s: set DeadlinesRevised to today and tableOnRevision to %s", DeadlinesRevised, got)
	}
}
