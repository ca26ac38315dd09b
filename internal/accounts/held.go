package accounts

import (
	"context"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Held is all that is held of a person, for that person.
type Held struct {
	ID, Name, Phone, Code  string
	Unit, Team, Duty, Role string
	Created                time.Time
	HasPassword, HasCode   bool
	CardExpires            time.Time `json:",omitzero"` // of the card not yet used
	Visits                 []HeldVisit
	Devices                []time.Time // when each known device was last let in
	BeforeImports          []NewPerson `json:",omitempty"` // kept a week, so that an import can be undone
	Acts                   []AuditLine // by the person
	Views                  []AuditLine // by others, on the person
	More                   bool        // there are older acts or views than these
}

// HeldVisit is a visit as its owner may download it.
type HeldVisit struct {
	Device           string
	Started, Expires time.Time
	Shared           bool
}

// Held gives all that is held of the acting person, but secrets.
func (p *People) Held(ctx context.Context, by string) (h Held, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) (err error) { h, err = heldOf(tx, by); return err })
	return h, told(err, "read what is held of "+by)
}

func heldOf(tx *store.Tx, id string) (h Held, err error) {
	p, err := personByID(tx, id)
	if err != nil {
		return h, err
	}
	h = Held{
		ID: p.ID, Name: p.Name, Phone: p.Phone, Code: p.Code, Unit: p.Unit.Name, Team: p.Team, Duty: p.Duty, Role: p.Role.Label(),
		Created: p.Created, HasPassword: p.HasPassword, HasCode: p.HasCode,
	}
	if h.CardExpires, err = cardEnd(tx, id); err != nil {
		return h, err
	}
	visits, err := visitsOf(tx, id)
	if err != nil {
		return h, err
	}
	for _, v := range visits {
		h.Visits = append(h.Visits, HeldVisit{v.Device, v.Started, v.Expires, v.Shared})
	}
	devices, err := devicesOf(tx, id)
	if err != nil {
		return h, err
	}
	for _, ms := range devices {
		h.Devices = append(h.Devices, store.FromMillis(ms))
	}
	if h.BeforeImports, err = beforeImports(tx, id); err != nil {
		return h, err
	}
	return h, h.readActs(tx)
}

// readActs reads what the person did, and what others did to the person.
func (h *Held) readActs(tx *store.Tx) error {
	own, err := tx.AuditLines(store.AuditFilter{By: h.ID, Limit: maxHeldActs})
	if err != nil {
		return err
	}
	others, err := tx.AuditLines(store.AuditFilter{Kind: kindPerson, Object: h.ID, NotBy: h.ID, Limit: maxHeldActs})
	if err != nil {
		return err
	}
	for _, l := range own {
		h.Acts = append(h.Acts, AuditLine(l))
	}
	for _, l := range others {
		h.Views = append(h.Views, AuditLine(l))
	}
	h.More = len(own) == maxHeldActs || len(others) == maxHeldActs
	return nil
}

// Erase takes away all that tells who somebody is. Unit and role stay, for
// statistics, and the id, so that the audit log holds together.
func (p *People) Erase(ctx context.Context, id, by string) error {
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		if !a.all() {
			return fault.Denied("Chỉ người quản trị xóa được tên.")
		}
		person, err := inScope(tx, a, id)
		if err != nil || person.Erased {
			return err
		}
		if person.Role == Administrator && !person.Ended {
			if err := keepsAnAdministrator(tx, id); err != nil {
				return err
			}
		}
		if err := erasePerson(tx, id); err != nil {
			return err
		}
		if err := shutOut(tx, id); err != nil {
			return err
		}
		if err := forgetDevices(tx, id); err != nil {
			return err
		}
		if err := forgetImports(tx, id); err != nil {
			return err
		}
		return tx.Audit(by, "erase", kindPerson, id, "")
	})
	return told(err, "erase person "+id)
}

// EraseBefore erases all trainees and unit leads who were added before a day, as
// after a term, and tells how many.
func (p *People) EraseBefore(ctx context.Context, day viet.Date, by string) (n int, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		if err := mayEraseBefore(tx, day, by); err != nil {
			return err
		}
		if n, err = erasePeopleBefore(tx, day.Time()); err != nil {
			return err
		}
		return tx.Audit(by, "erase before", "people", string(day), viet.Number(n))
	})
	return n, told(err, "erase people added before "+string(day))
}

// mayEraseBefore refuses days that are none, and persons who may not erase. A day
// to come would take those who are at work now.
func mayEraseBefore(tx *store.Tx, day viet.Date, by string) error {
	if !day.Valid() {
		return fault.Invalid("Hãy chọn một ngày có thật.", fault.Field{Name: "day", Sentence: "Viết ngày theo dạng 15/3/2026."})
	}
	a, err := actorOf(tx, by)
	switch {
	case err != nil:
		return err
	case !a.all():
		return fault.Denied("Chỉ người quản trị xóa được tên.")
	case !a.operator && day > viet.DateOf(tx.Now()):
		return fault.Invalid("Hãy chọn một ngày không sau hôm nay.", fault.Field{Name: "day", Sentence: "Ngày phải không sau hôm nay."})
	}
	return nil
}

// OldPeople counts whom EraseBefore would erase, by role.
func (p *People) OldPeople(ctx context.Context, day viet.Date, by string) (counts map[Role]int, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) error {
		if err := mayEraseBefore(tx, day, by); err != nil {
			return err
		}
		counts, err = countPeopleBefore(tx, day.Time())
		return err
	})
	return counts, told(err, "count people added before "+string(day))
}
