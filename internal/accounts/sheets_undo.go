package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// PastImport is an import that can still be undone, or a sheet that waits.
type PastImport struct {
	ID, Name, By   string
	Waiting        bool
	Added, Updated int
	At, Until      time.Time
}

// Kept is somebody whom undoing an import left as they are.
type Kept struct {
	Person   Person
	SignedIn bool // otherwise changed by somebody since
}

// Undone says what undoing an import did.
type Undone struct {
	Removed, PutBack int
	Kept             []Kept
}

// asNew is what a form would say of a stored person.
func asNew(p Person) NewPerson {
	return NewPerson{Name: p.Name, Phone: p.Phone, Code: p.Code, Unit: p.Unit.ID, Team: p.Team, Duty: p.Duty, Role: p.Role}
}

// laterHash tells whether somebody is still as an import left them, without
// keeping their data twice.
func laterHash(n NewPerson) string {
	text := fmt.Sprintf("%q", []string{n.Name, n.Phone, n.Code, n.Unit, n.Team, n.Duty, string(n.Role)})
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// UndoImport takes an import back within a week: it removes the people whom it
// added and who never signed in, and gives those it changed what was held of
// them before. Whoever was changed since, or signed in, stays as they are.
func (p *People) UndoImport(ctx context.Context, id, by string) (undone Undone, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		undone = Undone{}
		a, err := importer(tx, by)
		if err != nil {
			return err
		}
		if err := beginUndo(tx, id, a); err != nil {
			return err
		}
		people, err := importPeople(tx, id)
		if err != nil {
			return err
		}
		if err := forgetImport(tx, id); err != nil {
			return err
		}
		for _, one := range people {
			if err := undone.one(tx, a, id, one); err != nil {
				return err
			}
		}
		return tx.Audit(by, "undo import", kindImport, id, fmt.Sprintf("removed %d, put back %d, kept %d", undone.Removed, undone.PutBack, len(undone.Kept)))
	})
	return undone, taken(err, "undo import "+id)
}

// imported is somebody of an import, for undoing it.
type imported struct{ person, earlier, laterHash string }

func (u *Undone) one(tx *store.Tx, a actor, id string, i imported) error {
	who, err := personByID(tx, i.person)
	if err != nil {
		return err
	}
	if !a.looksAfter(who) || who.Erased {
		return nil // not to be known of any more
	}
	changed := laterHash(asNew(who)) != i.laterHash
	if i.earlier == "" {
		used, err := everIn(tx, who)
		if err != nil {
			return err
		}
		if used || changed || who.Ended {
			u.Kept = append(u.Kept, Kept{Person: who, SignedIn: used})
			return nil
		}
		u.Removed++
		if err := removePerson(tx, who.ID); err != nil {
			return err
		}
		return tx.Audit(a.id(), "remove", kindPerson, who.ID, "undo import "+id)
	}
	var earlier NewPerson
	if err := json.Unmarshal([]byte(i.earlier), &earlier); err != nil {
		return fmt.Errorf("decode what was held of %s: %w", who.ID, err)
	}
	if changed {
		u.Kept = append(u.Kept, Kept{Person: who})
		return nil
	}
	err = change(tx, a, who, earlier, a.id())
	if _, refused := fault.Of(err); refused {
		u.Kept = append(u.Kept, Kept{Person: who}) // such as a phone number given to somebody else since
		return nil
	}
	if err == nil {
		u.PutBack++
	}
	return err
}

// everIn reports whether somebody ever came in, or set out to. Visits end, and a
// shared machine is not remembered: the audit log knows each use of a card and
// each sign-in.
func everIn(tx *store.Tx, p Person) (bool, error) {
	if p.HasPassword || p.HasCode {
		return true, nil
	}
	lines, err := tx.AuditLines(store.AuditFilter{By: p.ID, Limit: 1})
	return len(lines) > 0, err
}

// Imports lists what the acting person can confirm or undo, newest first; who
// may see everybody sees the imports of all.
func (p *People) Imports(ctx context.Context, by string) (list []PastImport, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) error {
		a, err := importer(tx, by)
		if err != nil {
			return err
		}
		list, err = importsOf(tx, a)
		return err
	})
	return list, told(err, "list imports")
}

// beforeImports is what was held of somebody before imports that can still be
// undone.
func beforeImports(tx *store.Tx, id string) (list []NewPerson, err error) {
	texts, err := earlierOf(tx, id)
	if err != nil {
		return nil, err
	}
	for _, text := range texts {
		var n NewPerson
		if err := json.Unmarshal([]byte(text), &n); err != nil {
			return nil, fmt.Errorf("decode what was held of %s: %w", id, err)
		}
		list = append(list, n)
	}
	return list, nil
}
