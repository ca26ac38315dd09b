package accounts

import (
	"context"
	"errors"

	"sotay/internal/viet"
)

type hasher struct{}

func newHasher() *hasher { return nil }

type sweeper struct{}

var errNotYet = errors.New("not yet")

func (p *People) SeedUnits(ctx context.Context, province string) error { return errNotYet }
func (p *People) Units(ctx context.Context) ([]Unit, error)            { return nil, errNotYet }
func (p *People) UnitByName(ctx context.Context, name string) (Unit, error) {
	return Unit{}, errNotYet
}
func (p *People) Add(ctx context.Context, n NewPerson, by string) (Person, error) {
	return Person{}, errNotYet
}
func (p *People) Change(ctx context.Context, id string, n NewPerson, by string) error {
	return errNotYet
}
func (p *People) End(ctx context.Context, id, by string) error    { return errNotYet }
func (p *People) Reopen(ctx context.Context, id, by string) error { return errNotYet }
func (p *People) Person(ctx context.Context, id, by string) (Person, error) {
	return Person{}, errNotYet
}
func (p *People) List(ctx context.Context, f Filter, by string) (Page, error) {
	return Page{}, errNotYet
}
func (p *People) Names(ctx context.Context, ids []string) (map[string]string, error) {
	return nil, errNotYet
}
func (p *People) SignIn(ctx context.Context, a Attempt) (Entry, error) { return Entry{}, errNotYet }
func (p *People) CodeSetUp(ctx context.Context, secret string) (key, url string, err error) {
	return "", "", errNotYet
}
func (p *People) ConfirmCode(ctx context.Context, secret, code, address string) (Entry, error) {
	return Entry{}, errNotYet
}
func (p *People) Visit(ctx context.Context, secret string) (Visit, error) { return Visit{}, errNotYet }
func (p *People) Visits(ctx context.Context, person string) ([]Visit, error) {
	return nil, errNotYet
}
func (p *People) EndVisit(ctx context.Context, id, by string) error         { return errNotYet }
func (p *People) EndOtherVisits(ctx context.Context, keep, by string) error { return errNotYet }
func (p *People) SignOut(ctx context.Context, secret string) error          { return errNotYet }
func (p *People) ChangePassword(ctx context.Context, secret, old, new string) (Entry, error) {
	return Entry{}, errNotYet
}
func (p *People) IssueCards(ctx context.Context, ids []string, by string) ([]Card, error) {
	return nil, errNotYet
}
func (p *People) RevokeCard(ctx context.Context, person, by string) error { return errNotYet }
func (p *People) CardHolder(ctx context.Context, secret string) (Person, error) {
	return Person{}, errNotYet
}
func (p *People) UseCard(ctx context.Context, secret string, a Attempt) (Entry, error) {
	return Entry{}, errNotYet
}
func (p *People) SetPassword(ctx context.Context, secret, password string) (Entry, error) {
	return Entry{}, errNotYet
}
func (p *People) Held(ctx context.Context, by string) (Held, error) { return Held{}, errNotYet }
func (p *People) Erase(ctx context.Context, id, by string) error    { return errNotYet }
func (p *People) EraseBefore(ctx context.Context, day viet.Date, by string) (int, error) {
	return 0, errNotYet
}
func (p *People) ResetCode(ctx context.Context, id, by string) error { return errNotYet }
func (p *People) AuditLog(ctx context.Context, f AuditFilter) (AuditPage, error) {
	return AuditPage{}, errNotYet
}
