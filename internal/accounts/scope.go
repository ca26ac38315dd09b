package accounts

import (
	"fmt"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// actor is who acts, as their scope is asked.
type actor struct {
	Person
	operator bool
}

// actorOf gives the acting person. Nobody who has ended acts.
func actorOf(tx *store.Tx, by string) (actor, error) {
	if by == Operator {
		return actor{operator: true}, nil
	}
	person, err := personByID(tx, by)
	if fault.Is(err, fault.KindNotFound) || err == nil && person.Ended {
		return actor{}, fault.Denied("Tài khoản của anh, chị không còn hiệu lực. Hãy hỏi người quản trị.")
	}
	return actor{Person: person}, err
}

// all reports whether the actor may see and change everybody.
func (a actor) all() bool { return a.operator || a.Role.May(Staff) }

// looksAfter reports whether a person lies in the actor's scope: everybody for
// administrators; for a lead the trainees of the own unit, or of the own team
// where the lead has one. The province's lead looks after its communes too.
func (a actor) looksAfter(p Person) bool {
	if a.all() {
		return true
	}
	return a.Role.May(Members) && p.Role == Trainee && !p.Erased && a.covers(p.Unit) && (a.teamKey == "" || a.teamKey == p.teamKey)
}

func (a actor) covers(u Unit) bool {
	return a.Unit.ID != "" && (u.ID == a.Unit.ID || u.Parent == a.Unit.ID)
}

// sees reports whether the actor may know of a person.
func (a actor) sees(p Person) bool { return a.looksAfter(p) || !a.operator && p.ID == a.ID }

// inScope gives a person whom the actor looks after; others are not found.
func inScope(tx *store.Tx, a actor, id string) (Person, error) {
	person, err := personByID(tx, id)
	if err == nil && !a.looksAfter(person) {
		err = errNoPerson()
	}
	return person, err
}

// mayHave refuses a person that the actor may not make of somebody.
func (a actor) mayHave(n NewPerson, u Unit) []fault.Field {
	if a.all() {
		return nil
	}
	var faults []fault.Field
	if n.Role != Trainee {
		faults = append(faults, fault.Field{Name: "role", Sentence: "Phụ trách đơn vị chỉ thêm và sửa học viên. Vai trò khác do người quản trị giao."})
	}
	if !a.covers(u) {
		faults = append(faults, fault.Field{Name: "unit", Sentence: fmt.Sprintf("Anh, chị chỉ thêm và sửa học viên của %s.", a.Unit.Name)})
	}
	if a.teamKey != "" && a.teamKey != teamKey(n.Team) {
		faults = append(faults, fault.Field{Name: "team", Sentence: fmt.Sprintf("Anh, chị chỉ thêm và sửa học viên của %s.", a.Team)})
	}
	return faults
}

// LooksAfterUnit reports whether a person may change what is held of a unit:
// administrators of every one, a lead of the own one and of those below it.
func (p Person) LooksAfterUnit(u Unit) bool {
	a := actor{Person: p}
	return a.all() || a.Role.May(Members) && a.covers(u)
}

func errNoPerson() error {
	return fault.NotFound("Không có người này trong phạm vi anh, chị phụ trách.")
}

// isID reports whether a text could be an id, whatever stood in an address.
func isID(s string) bool {
	return 0 < len(s) && len(s) <= maxID && strings.Trim(s, "0123456789abcdefghijklmnopqrstuvwxyz-") == ""
}
