package cite

import (
	"time"

	"sotay/internal/viet"
)

// Effect is what an act does to a provision.
type Effect string

// The effects of amendments.
const (
	Amended  Effect = "amended"
	Replaced Effect = "replaced"
	Repealed Effect = "repealed"
)

// Label says the effect in Vietnamese, "" for an unknown one.
func (e Effect) Label() string {
	switch e {
	case Amended:
		return "được sửa đổi"
	case Replaced:
		return "được thay thế"
	case Repealed:
		return "bị bãi bỏ"
	}
	return ""
}

// Amendment says that a provision changed: by which act, since when.
type Amendment struct {
	ID        string
	Of        Ref // what changed: a whole document, an article or a clause
	By        Ref // the act that changed it
	Effect    Effect
	Successor Ref // what took its place; the zero Ref when nothing did
	Since     viet.Date
	Note      string // what is different, in words
	Person    string // who recorded it
	At        time.Time
}

// Flag is a text that cites what an amendment changed, and that nobody has
// looked at since.
type Flag struct {
	Kind, ObjectID string
	Amendment      Amendment
}

// Affirmed is a text that a person found right after an amendment.
type Affirmed struct {
	Citing
	Person, Note string
	At           time.Time
}
