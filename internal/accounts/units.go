package accounts

import (
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Unit is a province or a commune. ID is its official code.
type Unit struct{ ID, Name, Kind, Parent string }

// The kinds of units.
const (
	Province = "province"
	Commune  = "commune"
)

// unitsFile has all communes of the country, each with its province.
//
//go:embed units.csv
var unitsFile string

// storedUnit is a unit with the columns that are derived from it.
type storedUnit struct {
	Unit
	key, folded, bare string
}

// SeedUnits stores the units of a province, named with or without "tỉnh".
func (p *People) SeedUnits(ctx context.Context, province string) error {
	units, err := unitsOf(province)
	if err != nil {
		return err
	}
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		known, err := allUnits(tx)
		if err != nil {
			return err
		}
		return saveUnits(tx, units, known)
	})
	if err != nil {
		return fmt.Errorf("seed units of %s: %w", province, err)
	}
	return nil
}

// saveUnits writes those units that are new or were renamed.
func saveUnits(tx *store.Tx, units []storedUnit, known []Unit) error {
	have := map[string]Unit{}
	for _, u := range known {
		have[u.ID] = u
	}
	for _, u := range units {
		if have[u.ID] == u.Unit {
			continue
		}
		if err := saveUnit(tx, u); err != nil {
			return err
		}
	}
	return nil
}

// UnitCodes is the set of the codes of all communes and provinces of the country.
func UnitCodes() (map[string]bool, error) {
	rows, err := unitRows()
	if err != nil {
		return nil, err
	}
	codes := map[string]bool{}
	for _, row := range rows {
		codes[row[0]], codes[row[3]] = true, true
	}
	return codes, nil
}

func unitRows() ([][]string, error) {
	rows, err := csv.NewReader(strings.NewReader(unitsFile)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read units.csv: %w", err)
	}
	return rows[1:], nil
}

// unitsOf reads the province and its communes from the embedded file.
func unitsOf(province string) ([]storedUnit, error) {
	rows, err := unitRows()
	if err != nil {
		return nil, err
	}
	wanted := bareName(viet.Fold(strings.TrimSpace(province)))
	var units []storedUnit
	for _, row := range rows {
		code, name, kind, parent, parentName := row[0], row[1], row[2], row[3], row[4]
		if bareName(viet.Fold(parentName)) != wanted {
			continue
		}
		if units == nil {
			units = append(units, derived(Unit{ID: parent, Name: lowerKind(parentName), Kind: Province}))
		}
		units = append(units, derived(Unit{ID: code, Name: strings.ToLower(kind) + " " + name, Kind: Commune, Parent: parent}))
	}
	if units == nil {
		return nil, fmt.Errorf("no province is called %q", province)
	}
	return units, nil
}

func derived(u Unit) storedUnit {
	folded := viet.Fold(u.Name)
	bare := bareName(folded)
	words := strings.Fields(u.Name)
	proper := strings.Join(words[len(words)-len(strings.Fields(bare)):], " ")
	return storedUnit{Unit: u, key: viet.SortKey(proper), folded: folded, bare: bare}
}

// lowerKind writes "Tỉnh Phú Thọ" as it stands inside a sentence.
func lowerKind(name string) string {
	for _, kind := range []string{"Tỉnh ", "Thành phố "} {
		if rest, ok := strings.CutPrefix(name, kind); ok {
			return strings.ToLower(kind) + rest
		}
	}
	return name
}

// unitKinds are the words before a unit's proper name, folded, and how they are
// shortened.
var unitKinds = []struct{ short, long string }{
	{"p.", "phuong "}, {"x.", "xa "}, {"tp.", "thanh pho "}, {"tp ", "thanh pho "}, {"t.", "tinh "}, {"dk.", "dac khu "},
}

// bareName takes the kind from a folded name.
func bareName(folded string) string {
	for _, kind := range []string{"phuong ", "xa ", "tinh ", "thanh pho ", "dac khu "} {
		if rest, ok := strings.CutPrefix(folded, kind); ok {
			return rest
		}
	}
	return folded
}

// spelledOut folds a typed name of a unit and writes its kind in full.
func spelledOut(name string) string {
	folded := strings.Join(strings.Fields(viet.Fold(name)), " ")
	for _, kind := range unitKinds {
		if rest, ok := strings.CutPrefix(folded, kind.short); ok {
			return kind.long + strings.TrimSpace(rest)
		}
	}
	return folded
}

// Units lists the units: the province, then its communes in Vietnamese order.
func (p *People) Units(ctx context.Context) (units []Unit, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) (err error) { units, err = allUnits(tx); return err })
	if err != nil {
		return nil, fmt.Errorf("list units: %w", err)
	}
	return units, nil
}

// UnitByName finds a unit by its name as people type it, with or without xã or
// phường and tones, or by its code.
func (p *People) UnitByName(ctx context.Context, name string) (u Unit, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) (err error) { u, err = unitNamed(tx, name); return err })
	return u, err
}

func unitNamed(tx *store.Tx, name string) (Unit, error) {
	name, err := viet.Clean(name, maxUnitNames)
	if err != nil || name == "" {
		return Unit{}, errNoUnit()
	}
	found, err := unitsNamed(tx, name, spelledOut(name))
	if err != nil {
		return Unit{}, fmt.Errorf("find unit: %w", err)
	}
	for _, u := range found {
		if strings.EqualFold(u.Name, name) || u.ID == name {
			return u, nil
		}
	}
	switch len(found) {
	case 0:
		return Unit{}, errNoUnit()
	case 1:
		return found[0], nil
	}
	return Unit{}, fault.Invalid(fmt.Sprintf("Có %d đơn vị gần giống tên này: %s. Hãy viết đủ dấu và có chữ xã hoặc phường.", len(found), unitNames(found)))
}

func unitNames(units []Unit) string {
	var names []string
	for _, u := range units {
		names = append(names, u.Name)
	}
	return strings.Join(names, ", ")
}

func errNoUnit() error {
	return fault.NotFound("Không có xã, phường này trong tỉnh. Hãy xem lại tên đơn vị.")
}
