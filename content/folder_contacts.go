package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sotay/internal/store"
)

// contactLine is one line of contacts.jsonl: whom a unit's people call. Who
// entered it stays behind.
type contactLine struct {
	Unit  string `json:"unit"` // the code of a commune or of the province
	Key   string `json:"key"`
	Phone string `json:"phone,omitempty"`
	Note  string `json:"note,omitempty"`

	number int // of the line
}

func exportContacts(tx *store.Tx, put func(string, []byte) error) error {
	list, err := allContacts(tx)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b contactLine) int {
		return cmp.Or(strings.Compare(a.Unit, b.Unit), strings.Compare(a.Key, b.Key))
	})
	return putLines(put, contactsName, list)
}

var unitCode = regexp.MustCompile(`^[0-9]{1,12}$`)

func (r *folderReader) readContacts(entry fs.DirEntry) error {
	seen := map[[2]string]int{}
	return eachLine(r, entry, MaxListBytes, func(number int, line contactLine) error {
		line.number = number
		c, faults := Contact{Key: line.Key, Phone: line.Phone, Note: line.Note}.clean()
		first, twice := seen[[2]string{line.Unit, line.Key}]
		switch {
		case !unitCode.MatchString(line.Unit):
			return r.refuse(contactsName, number, "unit phải là mã số của xã, phường hoặc tỉnh, như 07900.")
		case len(faults) > 0:
			return r.refuse(contactsName, number, "%s", faults[0].Sentence)
		case c.Phone == "" && c.Note == "":
			return r.refuse(contactsName, number, "thiếu phone. Hãy ghi số hoặc xóa dòng này.")
		case twice:
			return r.refuse(contactsName, number, "số này đã có ở dòng %d. Hãy xóa một dòng.", first)
		}
		line.Phone, line.Note, seen[[2]string{line.Unit, line.Key}] = c.Phone, c.Note, number
		r.folder.contacts = append(r.folder.contacts, line)
		return nil
	})
}

// CheckUnits refuses numbers of units that are not among the known ones: which
// there are is no matter of this room. The error is an ImportError.
func (f *Folder) CheckUnits(known map[string]bool) error {
	r := folderReader{}
	for _, c := range f.contacts {
		if !known[c.Unit] && r.refuse(contactsName, c.number, "không có đơn vị mã %s. Hãy sửa hoặc xóa dòng này.", c.Unit) != nil {
			break
		}
	}
	if len(r.faults) > 0 {
		return &ImportError{Faults: r.faults}
	}
	return nil
}

// saveContacts takes over what units have otherwise; numbers that the folder
// lacks stay.
func (f *Folder) saveContacts(tx *store.Tx, by string) error {
	given := map[string][]Contact{}
	for _, c := range f.contacts {
		given[c.Unit] = append(given[c.Unit], Contact{Key: c.Key, Phone: c.Phone, Note: c.Note})
	}
	for _, unit := range slices.Sorted(maps.Keys(given)) {
		stored, err := contactsOf(tx, unit)
		if err != nil {
			return err
		}
		changed := slices.DeleteFunc(given[unit], func(c Contact) bool { return slices.Contains(stored, c) })
		if len(changed) == 0 {
			continue
		}
		if err := saveContacts(tx, unit, changed, by); err != nil {
			return fmt.Errorf("import %s: %w", contactsName, err)
		}
	}
	return nil
}
