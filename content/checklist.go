package content

import "context"

// Finding is something to mend in a text before it is published.
type Finding struct {
	Field    string // the form's field; "markdown" for the text
	Line     int    // of the Markdown, from 1; 0 when not known
	Sentence string
	Must     bool // keeps the text from review; else it is advice
}

// Preview renders a text as readers would see it. A text that breaks a rule has
// no body but findings.
func (l *Library) Preview(kind string, t Text) (Body, []Finding) { return Body{}, nil }

// Check goes through the list of what a text needs before it is published.
// questions are the ids of the question bank.
func (l *Library) Check(ctx context.Context, kind, id string, t Text, questions map[string]bool) ([]Finding, error) {
	return nil, nil
}
