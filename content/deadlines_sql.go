package content

import (
	"fmt"
	"slices"
	"strings"

	"sotay/internal/store"
)

// deadlinesOfGuides are the keys that each guide names, by the guide's id. Whole
// bodies are long; the parts in question look the same in each of them.
func deadlinesOfGuides(tx *store.Tx) (map[string][]string, error) {
	const part = `{"Kind":"deadline","Key":"`
	type row struct{ id, body string }
	rows, err := store.Collect(tx, func(scan func(...any) error) (row, error) {
		var r row
		err := scan(&r.id, &r.body)
		return r, err
	}, `SELECT object_id, body FROM bodies WHERE kind = 'guide' AND body LIKE '%"Kind":"deadline"%'`)
	if err != nil {
		return nil, fmt.Errorf("find deadlines in guides: %w", err)
	}
	keys := map[string][]string{}
	for _, r := range rows {
		for _, rest := range strings.Split(r.body, part)[1:] {
			if key, _, _ := strings.Cut(rest, `"`); !slices.Contains(keys[r.id], key) {
				keys[r.id] = append(keys[r.id], key)
			}
		}
	}
	return keys, nil
}
