package accounts

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// Operator is who acts from the command line: no person, may everything.
const Operator = "operator"

// People is the room's handle.
type People struct {
	db     *store.DB
	hashes *hasher
}

// New makes the handle.
func New(db *store.DB) *People { return &People{db: db, hashes: newHasher()} }

// Person is somebody who may sign in, with all that is held of them but secrets.
type Person struct {
	ID, Name      string
	Phone, Code   string // one of them at least, unless erased
	Unit          Unit
	Team, Duty    string
	Role          Role
	Ended, Erased bool
	HasPassword   bool
	HasCode       bool // signs in with a one-time code as well
	Created       time.Time

	teamKey string // Team as it is compared
}

// NewPerson is what a form says of a person.
type NewPerson struct {
	Name, Phone, Code string
	Unit              string // its id; "" is the province for those who work there
	Team, Duty        string
	Role              Role
}

// kindPerson names people in the audit log.
const kindPerson = "person"

// Add adds a person; they come in by a card. Faults name the fields name, phone,
// code, unit, team, duty and role.
func (p *People) Add(ctx context.Context, n NewPerson, by string) (added Person, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		added, err = addPerson(tx, a, n, by)
		return err
	})
	return added, taken(err, "add a person")
}

func addPerson(tx *store.Tx, a actor, n NewPerson, by string) (Person, error) {
	id := tx.NewID()
	n, err := checked(tx, a, id, n)
	if err != nil {
		return Person{}, err
	}
	if err := insertPerson(tx, id, n, by); err != nil {
		return Person{}, err
	}
	if err := tx.Audit(by, "add", kindPerson, id, string(n.Role)); err != nil {
		return Person{}, err
	}
	return personByID(tx, id)
}

// checked applies the rules to what a form says of the person with this id, and
// gives it as it is stored.
func checked(tx *store.Tx, a actor, id string, n NewPerson) (NewPerson, error) {
	n, faults := n.cleaned()
	if n.Unit == "" && n.Role != Trainee && n.Role != Lead {
		province, err := theProvince(tx)
		if err != nil {
			return n, err
		}
		n.Unit = province
	}
	unit, known, err := unitOf(tx, n.Unit)
	if err != nil {
		return n, err
	}
	if !known && (n.Unit != "" || n.Role == Trainee || n.Role == Lead) {
		faults = append(faults, fault.Field{Name: "unit", Sentence: "Hãy chọn đơn vị trong danh sách."})
	} else {
		faults = append(faults, a.mayHave(n, unit)...)
	}
	others, err := takenFields(tx, a, id, n)
	if err != nil {
		return n, err
	}
	if faults = append(faults, others...); len(faults) > 0 {
		return n, fault.Invalid("Có chỗ chưa đúng. Hãy sửa các ô được đánh dấu rồi lưu lại.", faults...)
	}
	return n, nil
}

// takenFields says which of phone and code somebody else signs in with.
func takenFields(tx *store.Tx, a actor, id string, n NewPerson) ([]fault.Field, error) {
	phone, code, err := takenBy(tx, id, n)
	if err != nil {
		return nil, err
	}
	var faults []fault.Field
	for _, f := range []struct{ name, label, other string }{{"phone", "Số điện thoại", phone}, {"code", "Mã", code}} {
		if f.other == "" {
			continue
		}
		whose := "một người khác"
		if other, err := inScope(tx, a, f.other); err == nil {
			whose = other.Name
		} else if !fault.Is(err, fault.KindNotFound) {
			return nil, err
		}
		faults = append(faults, fault.Field{Name: f.name, Sentence: fmt.Sprintf("%s này đã ghi cho %s. Hãy kiểm tra lại.", f.label, whose)})
	}
	return faults, nil
}

// taken turns the race for one phone number or code into a fault; other errors
// are told with what was attempted.
func taken(err error, attempted string) error {
	if store.IsUnique(err) {
		return fault.Conflict("Số điện thoại hoặc mã này vừa được ghi cho một người khác. Hãy tải lại trang rồi kiểm tra.")
	}
	return told(err, attempted)
}

// told says what was attempted when an internal error came up.
func told(err error, attempted string) error {
	if _, known := fault.Of(err); err == nil || known {
		return err
	}
	return fmt.Errorf("%s: %w", attempted, err)
}

// Change changes what is held of a person. A change of role ends all visits and
// the card.
func (p *People) Change(ctx context.Context, id string, n NewPerson, by string) error {
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		before, err := inScope(tx, a, id)
		if err != nil {
			return err
		}
		if before.Erased {
			return errNoPerson()
		}
		return change(tx, a, before, n, by)
	})
	return taken(err, "change person "+id)
}

func change(tx *store.Tx, a actor, before Person, n NewPerson, by string) error {
	n, err := checked(tx, a, before.ID, n)
	if err != nil {
		return err
	}
	if before.Role == Administrator && n.Role != Administrator && !before.Ended {
		if err := keepsAnAdministrator(tx, before.ID); err != nil {
			return err
		}
	}
	if err := updatePerson(tx, before.ID, n); err != nil {
		return err
	}
	if n.Role != before.Role {
		if err := shutOut(tx, before.ID); err != nil {
			return err
		}
	}
	note := changes(before, n)
	if note == "" {
		return nil
	}
	return tx.Audit(by, "change", kindPerson, before.ID, note)
}

// changes tells which fields differ, never what they hold; roles and units are
// told.
func changes(before Person, n NewPerson) string {
	var parts []string
	if before.Role != n.Role {
		parts = append(parts, fmt.Sprintf("role %s to %s", before.Role, n.Role))
	}
	if before.Unit.ID != n.Unit {
		parts = append(parts, fmt.Sprintf("unit %s to %s", before.Unit.ID, n.Unit))
	}
	for _, f := range []struct{ name, old, new string }{
		{"name", before.Name, n.Name}, {"phone", before.Phone, n.Phone}, {"code", before.Code, n.Code}, {"team", before.Team, n.Team}, {"duty", before.Duty, n.Duty},
	} {
		if f.old != f.new {
			parts = append(parts, f.name)
		}
	}
	return strings.Join(parts, ", ")
}

// keepsAnAdministrator refuses to take the last administrator away.
func keepsAnAdministrator(tx *store.Tx, id string) error {
	n, err := otherAdministrators(tx, id)
	if err == nil && n == 0 {
		err = fault.Conflict("Đây là người quản trị duy nhất. Hãy giao vai trò quản trị cho một người khác trước.")
	}
	return err
}

// shutOut ends all visits and the card of a person.
func shutOut(tx *store.Tx, id string) error {
	if err := endVisitsOf(tx, id, ""); err != nil {
		return err
	}
	_, err := deleteCard(tx, id)
	return err
}

// End ends an account: nobody signs in with it any more, visits and card end.
func (p *People) End(ctx context.Context, id, by string) error {
	return p.setEnded(ctx, id, by, true)
}

// Reopen opens an account again that was ended.
func (p *People) Reopen(ctx context.Context, id, by string) error {
	return p.setEnded(ctx, id, by, false)
}

func (p *People) setEnded(ctx context.Context, id, by string, ended bool) error {
	act := map[bool]string{true: "end", false: "reopen"}[ended]
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		person, err := inScope(tx, a, id)
		if err != nil {
			return err
		}
		if ended && person.Role == Administrator && !person.Ended {
			if err := keepsAnAdministrator(tx, id); err != nil {
				return err
			}
		}
		changed, err := setEnded(tx, id, ended)
		if err != nil || !changed {
			return err
		}
		if err := shutOut(tx, id); err != nil {
			return err
		}
		return tx.Audit(by, act, kindPerson, id, "")
	})
	return told(err, act+" person "+id)
}

// Person gives one person to themselves or to who looks after them; the latter
// is noted in the audit log.
func (p *People) Person(ctx context.Context, id, by string) (person Person, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		if person, err = personByID(tx, id); err != nil {
			return err
		}
		if !a.sees(person) {
			return errNoPerson()
		}
		if id == by {
			return nil
		}
		return tx.Audit(by, "view", kindPerson, id, "")
	})
	if err != nil {
		return Person{}, told(err, "read person "+id)
	}
	return person, nil
}

// Names gives the names to show for ids. Ids that are nobody's are absent.
func (p *People) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	var asked []string
	for _, id := range ids {
		if id == Operator {
			names[id] = "Người vận hành"
		} else if id != "" && len(asked) < maxNames && !slices.Contains(asked, id) {
			asked = append(asked, id)
		}
	}
	err := p.db.Read(ctx, func(tx *store.Tx) error {
		for part := range slices.Chunk(asked, namesAtOnce) {
			found, err := namesOf(tx, part)
			if err != nil {
				return err
			}
			for _, n := range found {
				names[n.id] = n.name
				if n.erased {
					names[n.id] = "người đã xóa tên"
				}
			}
		}
		return nil
	})
	return names, told(err, "read names")
}

// Find gives whoever signs in with a phone number or a code, to those who look
// after them.
func (p *People) Find(ctx context.Context, login, by string) (person Person, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		phone, code := loginOf(login)
		found, ok, err := personByLogin(tx, phone, code)
		if err != nil {
			return err
		}
		if !ok || !a.sees(found) {
			return errNoPerson()
		}
		person = found
		return tx.Audit(by, "view", kindPerson, found.ID, "")
	})
	return person, told(err, "find a person")
}
