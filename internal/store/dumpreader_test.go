package store

import (
	"strings"
	"testing"

	"sotay/internal/fault"
)

// Inside the package: a database per input would make fuzzing slow.
func FuzzDumpReader(f *testing.F) {
	const head = `{"dump":"sotay","version":1,"schema":3}` + "\n"
	f.Add(head + `{"table":"counter","columns":["name","n"]}` + "\n" + `["changes",42]` + "\n" + `{"end":true,"rows":1}` + "\n")
	f.Add(head + `[null]` + "\n")
	f.Add(head + `{"end":true}`)
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		d := newDumpReader(strings.NewReader(text))
		_, err := d.head()
		if err == nil {
			width := 0
			err = d.body(func(m mark) error {
				width = len(m.Columns)
				return nil
			}, func(values []any) error {
				if width == 0 || len(values) != width {
					t.Errorf("got a row of %d values in a table of %d columns", len(values), width)
				}
				for _, v := range values {
					for kind, c := range codecs {
						if decoded, err := c.decode(v); err == nil && decoded == nil {
							t.Errorf("%s made nothing of %v", kind, v)
						}
					}
				}
				return nil
			})
		}
		if err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("got %v, want Invalid", err)
		}
	})
}

func TestALineOverTheLimitIsRefused(t *testing.T) {
	d := newDumpReader(strings.NewReader(strings.Repeat(" ", maxDumpLine+2)))
	if _, err := d.head(); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("got %v, want Invalid", err)
	}
}
