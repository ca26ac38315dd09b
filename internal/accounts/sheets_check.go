package accounts

import (
	"fmt"
	"strings"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// RowState is what an import would do with a row.
type RowState string

// The states of a row.
const (
	RowNew     RowState = "new"     // is added
	RowSame    RowState = "same"    // is stored already, word for word
	RowChanged RowState = "changed" // somebody signs in with this phone or code, and differs
	RowSimilar RowState = "similar" // somebody of that unit has this name
	RowFaulty  RowState = "faulty"
)

// PreviewRow is one row of a sheet beside what is stored.
type PreviewRow struct {
	Number   int
	Person   NewPerson // as it would be stored; of a faulty row as it was typed
	UnitName string
	State    RowState
	Faults   []fault.Field // by the fields name, phone, code, unit, team, duty, role
	Matches  []Person      // whom it may be; one at most of a changed row
	Differs  []string      // fields in which the first match differs
	Twin     int           // row above with the same name in the same unit, 0 for none

	typed  sheetPerson
	noUnit bool // none was typed, and none goes without saying
}

// Preview is a sheet beside what is stored.
type Preview struct {
	ID                                  string
	Name                                string // of the file
	Rows                                []PreviewRow
	New, Same, Changed, Similar, Faulty int
	Unused                              []string  // heads of columns that are not used
	Until                               time.Time // it waits
}

// checking holds what the rows of one sheet are compared with.
type checking struct {
	tx     *store.Tx
	actor  actor
	units  map[string]unitFound // by what was typed
	phones map[string]Person    // stored people by what they sign in with
	codes  map[string]Person
	names  map[string][]Person // by unit and folded name
	rowOf  map[string]int      // rows by phone, code and person met so far
	twins  map[string]int      // by unit and folded name
}

type unitFound struct {
	unit Unit
	err  error // a fault
	none bool
}

// checkSheet compares a sheet with what is stored, for the acting person.
func checkSheet(tx *store.Tx, a actor, s sheet) ([]PreviewRow, error) {
	c := checking{tx: tx, actor: a, units: map[string]unitFound{}, rowOf: map[string]int{}, twins: map[string]int{}}
	rows := make([]PreviewRow, len(s.People))
	for i, p := range s.People {
		var err error
		if rows[i], err = c.read(p); err != nil {
			return nil, err
		}
	}
	if err := c.lookUp(rows); err != nil {
		return nil, err
	}
	for i := range rows {
		c.compare(&rows[i])
	}
	return rows, nil
}

// read gives a row as it would be stored, with the faults of its own.
func (c *checking) read(p sheetPerson) (PreviewRow, error) {
	row := PreviewRow{Number: p.Row, typed: p}
	wrong := func(field, sentence string) {
		row.Faults = append(row.Faults, fault.Field{Name: field, Sentence: sentence})
	}
	n := NewPerson{Name: p.Name, Phone: p.Phone, Code: p.Code, Team: p.Team, Duty: p.Duty, Role: Trainee}
	if p.Role != "" {
		role, known := roleNamed(p.Role)
		if !known {
			wrong("role", fmt.Sprintf("Không có vai trò %q. Hãy ghi một trong các vai trò: %s.", p.Role, roleNames()))
		} else {
			n.Role = role
		}
	}
	found, err := c.unit(p.Unit, n.Role)
	if err != nil {
		return row, err
	}
	if f, bad := fault.Of(found.err); bad {
		wrong("unit", f.Sentence)
	}
	n.Unit, row.UnitName, row.noUnit = found.unit.ID, found.unit.Name, found.none
	if !c.actor.all() && n.Team == "" {
		n.Team = c.actor.Team
	}
	clean, faults := n.cleaned()
	row.Faults = append(row.Faults, faults...)
	if len(row.Faults) == 0 && !row.noUnit {
		row.Faults = c.actor.mayHave(clean, found.unit)
	}
	row.Person = clean
	if len(row.Faults) > 0 {
		row.State, row.Person = RowFaulty, NewPerson{Name: p.Name, Phone: p.Phone, Code: p.Code, Unit: p.Unit, Team: p.Team, Duty: p.Duty, Role: n.Role}
		row.UnitName = p.Unit
	}
	return row, nil
}

func roleNames() string {
	var names []string
	for _, r := range Roles() {
		names = append(names, r.Label())
	}
	return strings.Join(names, ", ")
}

// unit finds the unit that a row names. Where it names none, a lead means the
// own one, and who works on the site works in the province.
func (c *checking) unit(typed string, role Role) (unitFound, error) {
	key := typed
	if typed == "" {
		key = "\x00" + string(role)
	}
	found, known := c.units[key]
	if known {
		return found, nil
	}
	var err error
	switch {
	case typed != "":
		found.unit, err = unitNamed(c.tx, typed)
	case !c.actor.all():
		found.unit = c.actor.Unit
	case role == Trainee || role == Lead:
		found.none = true
	default:
		var province string
		if province, err = theProvince(c.tx); err == nil {
			found.unit, _, err = unitOf(c.tx, province)
		}
	}
	if _, bad := fault.Of(err); err != nil && !bad {
		return found, err
	}
	found.err = err
	c.units[key] = found
	return found, nil
}

// lookUp reads the stored people that the rows may be.
func (c *checking) lookUp(rows []PreviewRow) (err error) {
	var phones, codes, units []string
	seen := map[string]bool{"": true}
	for _, row := range rows {
		if row.State == RowFaulty {
			continue
		}
		phones, codes = append(phones, row.Person.Phone), append(codes, row.Person.Code)
		if !seen[row.Person.Unit] {
			seen[row.Person.Unit] = true
			units = append(units, row.Person.Unit)
		}
	}
	if c.phones, err = peopleWith(c.tx, peopleWithPhones, phones, func(p Person) string { return p.Phone }); err != nil {
		return err
	}
	if c.codes, err = peopleWith(c.tx, peopleWithCodes, codes, func(p Person) string { return p.Code }); err != nil {
		return err
	}
	c.names = map[string][]Person{}
	for _, unit := range units {
		people, err := peopleOfUnit(c.tx, unit)
		if err != nil {
			return err
		}
		for _, p := range people {
			if c.actor.looksAfter(p) {
				c.names[inUnit(unit, p.Name)] = append(c.names[inUnit(unit, p.Name)], p)
			}
		}
	}
	return nil
}

// inUnit is the key of a name in a unit, as possible doubles are compared.
func inUnit(unit, name string) string { return unit + "\x00" + viet.Fold(name) }

// compare says what a row is beside the rows above it and what is stored.
func (c *checking) compare(row *PreviewRow) {
	if row.State == RowFaulty {
		return
	}
	name := inUnit(row.Person.Unit, row.Person.Name)
	if row.Twin = c.twins[name]; row.Twin == 0 {
		c.twins[name] = row.Number
	}
	who, known := c.signsIn(row)
	switch {
	case len(row.Faults) > 0:
		row.State = RowFaulty
	case known:
		row.Matches = []Person{who}
		row.Person = row.keeping(who)
		if row.typed.Unit == "" {
			row.UnitName = who.Unit.Name
		}
		if row.Differs = differing(who, row.Person); len(row.Differs) == 0 {
			row.State = RowSame
		} else {
			row.State = RowChanged
		}
	case row.noUnit:
		row.State = RowFaulty
		row.Faults = []fault.Field{{Name: "unit", Sentence: "Thiếu đơn vị. Hãy ghi tên xã, phường."}}
	case len(c.names[name]) > 0:
		row.State = RowSimilar
		row.Matches = c.names[name][:min(len(c.names[name]), maxMatches)]
		row.Differs = differing(row.Matches[0], row.keeping(row.Matches[0]))
	default:
		row.State = RowNew
	}
}

// signsIn finds who signs in with the phone or the code of a row, and notes
// where rows or people collide.
func (c *checking) signsIn(row *PreviewRow) (who Person, known bool) {
	wrong := func(field, sentence string) {
		row.Faults = append(row.Faults, fault.Field{Name: field, Sentence: sentence})
	}
	for _, key := range []struct {
		field, label, value string
		stored              map[string]Person
	}{{"phone", "Số điện thoại", row.Person.Phone, c.phones}, {"code", "Mã", row.Person.Code, c.codes}} {
		if key.value == "" {
			continue
		}
		if above := c.rowOf[key.field+key.value]; above > 0 {
			wrong(key.field, fmt.Sprintf("%s này đã có ở dòng %d. Hãy sửa hoặc bỏ một dòng.", key.label, above))
			continue
		}
		c.rowOf[key.field+key.value] = row.Number
		other, found := key.stored[key.value]
		switch {
		case !found:
		case !c.actor.looksAfter(other):
			wrong(key.field, key.label+" này đã ghi cho một người khác. Hãy kiểm tra lại.")
		case known && other.ID != who.ID:
			wrong(key.field, fmt.Sprintf("Số điện thoại là của %s, mã là của %s. Hãy kiểm tra lại.", who.Name, other.Name))
		default:
			who, known = other, true
		}
	}
	if known && len(row.Faults) == 0 {
		if above := c.rowOf[who.ID]; above > 0 {
			wrong("name", fmt.Sprintf("Dòng %d đã ghi cho cùng người này. Hãy bỏ một dòng.", above))
		}
		c.rowOf[who.ID] = row.Number
	}
	return who, known
}

// keeping is the row's person with what its cells leave empty as it is stored:
// an empty cell takes nothing away.
func (row PreviewRow) keeping(stored Person) NewPerson {
	n := row.Person
	for _, f := range []struct {
		typed, kept string
		text        *string
	}{
		{row.typed.Phone, stored.Phone, &n.Phone}, {row.typed.Code, stored.Code, &n.Code}, {row.typed.Unit, stored.Unit.ID, &n.Unit},
		{row.typed.Team, stored.Team, &n.Team}, {row.typed.Duty, stored.Duty, &n.Duty}, {row.typed.Role, string(stored.Role), (*string)(&n.Role)},
	} {
		if f.typed == "" {
			*f.text = f.kept
		}
	}
	return n
}

// differing names the fields in which a person would change.
func differing(before Person, n NewPerson) (fields []string) {
	for _, f := range []struct{ name, old, new string }{
		{"name", before.Name, n.Name}, {"phone", before.Phone, n.Phone}, {"code", before.Code, n.Code}, {"unit", before.Unit.ID, n.Unit},
		{"team", before.Team, n.Team}, {"duty", before.Duty, n.Duty}, {"role", string(before.Role), string(n.Role)},
	} {
		if f.old != f.new {
			fields = append(fields, f.name)
		}
	}
	return fields
}
