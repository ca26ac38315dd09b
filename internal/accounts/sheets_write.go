package accounts

import (
	"context"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Sheet gives the people of a filter whom the acting person looks after as a
// sheet that PreviewSheet reads without a change. It is noted in the audit log.
func (p *People) Sheet(ctx context.Context, f Filter, by string) (head []string, rows [][]string, err error) {
	f.After = ""
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		s, err := f.within(a)
		if err != nil {
			return err
		}
		if rows, err = sheetRows(tx, s); err != nil {
			return err
		}
		return tx.Audit(by, "export", "people", f.Unit, f.note())
	})
	if err != nil {
		return nil, nil, told(err, "write a sheet of people")
	}
	return SheetHead(), rows, nil
}

func sheetRows(tx *store.Tx, s scope) (rows [][]string, err error) {
	total, err := countPeople(tx, s)
	if err != nil {
		return nil, err
	}
	if total > maxSheetOut {
		return nil, fault.Invalid(fmt.Sprintf("Danh sách có %s người; một tệp nhiều nhất %s. Hãy chọn một đơn vị hoặc một vai trò.", viet.Number(int(total)), viet.Number(maxSheetOut)))
	}
	names, err := unitTexts(tx)
	if err != nil {
		return nil, err
	}
	for {
		people, err := pageOfPeople(tx, s, scanPage)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			rows = append(rows, []string{p.Name, p.Phone, p.Code, names[p.Unit.ID], p.Team, p.Duty, p.Role.Label()})
		}
		if len(people) < scanPage {
			return rows, nil
		}
		last := people[len(people)-1]
		s.afterKey, s.afterID = nameKey(last.Name), last.ID
	}
}

// unitTexts is what a sheet calls each unit: its name, or its code where two
// have one name.
func unitTexts(tx *store.Tx) (map[string]string, error) {
	units, err := allUnits(tx)
	if err != nil {
		return nil, err
	}
	called := map[string]int{}
	for _, u := range units {
		called[viet.Fold(u.Name)]++
	}
	names := map[string]string{}
	for _, u := range units {
		names[u.ID] = u.Name
		if called[viet.Fold(u.Name)] > 1 {
			names[u.ID] = u.ID
		}
	}
	return names, nil
}
