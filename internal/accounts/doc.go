// Package accounts knows who somebody is, to which unit they belong, and what
// their role may do. It owns the tables of people, units, sign-in and visits.
//
// What a role may do stands in one table, Role.May; the routes of the site ask
// it. What depends on the thing itself, such as a person of one's own unit, is a
// rule of the function that gets the acting person.
//
// It refuses weak passwords, guesses without end, and anything about a person
// that training does not need. Secrets are stored as hashes alone.
//
//	people := accounts.New(db)
//	visit, err := people.Visit(ctx, secret) // fault.SignIn when it has ended
//	if visit.Person.Role.May(accounts.Review) { … }
package accounts
