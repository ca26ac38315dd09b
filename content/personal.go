package content

import "regexp"

// Personal is a kind of data that tells who somebody is.
type Personal string

// The kinds that can be told by their form.
const (
	PersonalMail     Personal = "mail"
	PersonalIdentity Personal = "identity"
	PersonalPhone    Personal = "phone"
)

var personalLabels = map[Personal]string{
	PersonalMail: "địa chỉ thư điện tử", PersonalIdentity: "số căn cước hoặc chứng minh nhân dân", PersonalPhone: "số điện thoại",
}

// Label is the kind in words.
func (p Personal) Label() string { return personalLabels[p] }

// personalForms: a run of digits counts whole, so that the beginning of a longer
// number is none. Numbers of law have a slash and fewer digits.
var personalForms = []struct {
	kind Personal
	form *regexp.Regexp
}{
	{PersonalMail, regexp.MustCompile(`[^\s@]+@[^\s@]+\.[^\s@]+`)},
	{PersonalIdentity, regexp.MustCompile(`(?:^|[^0-9])(?:[0-9](?:[ .]?[0-9]){11}|[0-9]{9})(?:[^0-9]|$)`)},
	{PersonalPhone, regexp.MustCompile(`(?:^|[^0-9])(?:\(?\+?84\)?|\(?0)[ .)-]*[0-9](?:[ .()-]{0,2}[0-9]){8,9}(?:[^0-9]|$)`)},
}

// PersonalData finds what in a text tells who somebody is: telephone numbers,
// numbers of identity cards, mail addresses. Names cannot be told by their form.
func PersonalData(text string) []Personal {
	var found []Personal
	for _, p := range personalForms {
		if p.form.MatchString(text) {
			found = append(found, p.kind)
		}
	}
	return found
}
