// Package fault holds the errors fit for people: a closed list of kinds, each
// with a Vietnamese sentence that a visitor may read. A fault is made where a
// rule is broken; web turns its kind into a status. Every other error is
// internal and never shown.
//
//	return fault.NotFound("Không có bài này. Có thể bài đã chuyển chỗ.")
package fault

import "errors"

// Kind says which of the closed list a fault is.
type Kind int

// The closed list of kinds.
const (
	KindNotFound    Kind = iota + 1 // the thing is not there, or not for this person to know of
	KindInvalid                     // what was typed breaks a rule; may carry a sentence per field
	KindDenied                      // the person may not do this
	KindSignIn                      // the person has to sign in first
	KindConflict                    // somebody else changed the thing meanwhile
	KindTooMany                     // a rate limit
	KindUnavailable                 // try again later
)

// Field is one form field's sentence.
type Field struct {
	Name     string // the field's name in the form
	Sentence string // what is wrong and how to mend it
}

// Fault is an error that a visitor may read.
type Fault struct {
	Kind     Kind
	Sentence string
	Fields   []Field
}

// Error gives the visitor's sentence.
func (f *Fault) Error() string { return f.Sentence }

// NotFound says that a thing is not there.
func NotFound(sentence string) error { return &Fault{Kind: KindNotFound, Sentence: sentence} }

// Invalid says that input breaks a rule, with one sentence per field at fault.
func Invalid(sentence string, fields ...Field) error {
	return &Fault{Kind: KindInvalid, Sentence: sentence, Fields: fields}
}

// Denied says that the person may not do this.
func Denied(sentence string) error { return &Fault{Kind: KindDenied, Sentence: sentence} }

// SignIn says that the person has to sign in first.
func SignIn(sentence string) error { return &Fault{Kind: KindSignIn, Sentence: sentence} }

// Conflict says that somebody else changed the thing meanwhile.
func Conflict(sentence string) error { return &Fault{Kind: KindConflict, Sentence: sentence} }

// TooMany says that a rate limit was reached.
func TooMany(sentence string) error { return &Fault{Kind: KindTooMany, Sentence: sentence} }

// Unavailable says that the service cannot answer now.
func Unavailable(sentence string) error { return &Fault{Kind: KindUnavailable, Sentence: sentence} }

// Of finds the fault inside err, if there is one.
func Of(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}

// Is reports whether err holds a fault of this kind.
func Is(err error, kind Kind) bool {
	f, ok := Of(err)
	return ok && f.Kind == kind
}
