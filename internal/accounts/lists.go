package accounts

import (
	"context"
	"encoding/base64"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Filter narrows a list of people; the zero filter is all that have not ended.
type Filter struct {
	Query string // part of a name, phone or code; tones do not count
	Unit  string // id of a unit; the province's stands for those who work there
	Role  string
	Ended bool   // those that have ended instead
	After string // Next of the page before
	Limit int
}

// Page is one page of a list of people; Next is the After of the following one,
// "" on the last.
type Page struct {
	People []Person
	Total  int
	Next   string
}

// List lists the people whom the acting person looks after, by given names. That
// they were looked at is noted in the audit log.
func (p *People) List(ctx context.Context, f Filter, by string) (page Page, err error) {
	limit := pageSize(f.Limit)
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		s, err := f.within(a)
		if err != nil {
			return err
		}
		if page, err = onePage(tx, s, limit); err != nil {
			return err
		}
		return tx.Audit(by, "list", "people", f.Unit, f.note())
	})
	return page, told(err, "list people")
}

func onePage(tx *store.Tx, s scope, limit int) (Page, error) {
	total, err := countPeople(tx, s)
	if err != nil {
		return Page{}, err
	}
	people, err := pageOfPeople(tx, s, limit+1)
	page := Page{People: people, Total: int(total)}
	if len(people) > limit {
		page.People = people[:limit]
		last := people[limit-1]
		page.Next = joined(nameKey(last.Name), last.ID)
	}
	return page, err
}

// within is the filter, narrowed to what the actor looks after.
func (f Filter) within(a actor) (scope, error) {
	if f.Unit != "" && !isID(f.Unit) || f.Role != "" && Role(f.Role).Label() == "" {
		return scope{}, fault.Invalid("Không có đơn vị hoặc vai trò này. Hãy chọn lại trong danh sách.")
	}
	s := scope{ended: f.Ended, unit: f.Unit, role: f.Role, pattern: likePattern(folded(f.Query))}
	s.afterKey, s.afterID = parted(f.After)
	if a.all() {
		return s, nil
	}
	if !a.Role.May(Members) || a.Unit.ID == "" {
		return s, fault.Denied("Danh sách này dành cho người quản trị và phụ trách đơn vị.")
	}
	if f.Role != "" && f.Role != string(Trainee) {
		s.teamKey = noTeam // a lead has no others
	}
	s.role, s.below = string(Trainee), a.Unit.ID
	if s.teamKey == "" {
		s.teamKey = a.teamKey
	}
	if s.unit == "" && a.Unit.Kind == Commune {
		s.unit = a.Unit.ID
	}
	return s, nil
}

// noTeam is no key of a team, so nobody is in it.
const noTeam = "\u00a0"

// folded is a query as names are stored; a phone number may be written with
// blanks.
func folded(query string) string {
	query, err := oneLine(query, maxQuery)
	if err != nil {
		return ""
	}
	if digits := phoneMarks.Replace(query); digits != "" && strings.Trim(digits, "0123456789") == "" {
		return digits
	}
	return viet.Fold(query)
}

// note tells of a list what was asked, without what was typed.
func (f Filter) note() string {
	var parts []string
	if f.Role != "" {
		parts = append(parts, "role "+f.Role)
	}
	if f.Ended {
		parts = append(parts, "ended")
	}
	if f.Query != "" {
		parts = append(parts, "search")
	}
	return strings.Join(parts, ", ")
}

func pageSize(asked int) int {
	if asked < 1 {
		return defaultPage
	}
	return min(asked, maxPage)
}

// joined makes the After of a next page from the last row's key and id.
func joined(key, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(key + "|" + id))
}

// parted reads what joined made; anything else is the first page.
func parted(after string) (key, id string) {
	raw, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return "", ""
	}
	text, err := viet.Clean(string(raw), 2000)
	if err != nil {
		return "", ""
	}
	key, id, _ = strings.Cut(text, "|")
	return key, id
}
