package viet_test

import (
	"testing"

	"sotay/internal/viet"
)

func TestReadDateTakesWhatPeopleType(t *testing.T) {
	for text, want := range map[string]viet.Date{
		"16/5/2027": "2027-05-16", " 16/05/2027 ": "2027-05-16", "01-02-2027": "2027-02-01", "1.2.2027": "2027-02-01", "2027-05-16": "2027-05-16",
		"5/16/2027": "", "31/4/2027": "", "16/5/27": "", "16/5": "", "": "", "mai": "", "16/5/2027 8h": "", "0/0/0000": "",
	} {
		if got := viet.ReadDate(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
