package store

import (
	"fmt"
	"slices"
	"strings"
)

// table is what a dump has to know of a table.
type table struct {
	name     string
	columns  []column
	key      []column // of the primary key, in its order
	parents  []string // tables that foreign keys point to
	selfKeys []string // names of foreign keys that point to the table itself, PostgreSQL only
}

type column struct {
	name string
	kind string // TEXT, BIGINT, BOOLEAN, DOUBLE PRECISION, BYTEA
}

type columnRow struct {
	table, name, kind string
	key               int64 // place in the primary key, 0 = none
}

type keyRow struct{ table, parent, name string }

// tables reads the schema: every table but goose's, parents before children.
func tables(tx *Tx) ([]table, error) {
	columns, err := Collect(tx, func(scan func(...any) error) (c columnRow, err error) {
		return c, scan(&c.table, &c.name, &c.kind, &c.key)
	}, columnsText[tx.db.engine], gooseTable)
	if err != nil {
		return nil, fmt.Errorf("read columns: %w", err)
	}
	keys, err := Collect(tx, func(scan func(...any) error) (k keyRow, err error) {
		return k, scan(&k.table, &k.parent, &k.name)
	}, keysText[tx.db.engine])
	if err != nil {
		return nil, fmt.Errorf("read foreign keys: %w", err)
	}
	found, err := gather(columns, keys)
	if err != nil {
		return nil, err
	}
	return parentsFirst(found)
}

var columnsText = map[string]string{
	SQLite: `SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name <> $1 AND substr(m.name, 1, 7) <> 'sqlite_' ORDER BY m.name, c.cid`,
	Postgres: `SELECT CAST(t.relname AS TEXT), CAST(a.attname AS TEXT), format_type(a.atttypid, -1),
			CAST(COALESCE(array_position(CAST(i.indkey AS SMALLINT ARRAY), a.attnum) + 1, 0) AS BIGINT)
		FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
		WHERE t.relkind = 'r' AND n.nspname = current_schema() AND t.relname <> CAST($1 AS TEXT) ORDER BY t.relname, a.attnum`,
}

var keysText = map[string]string{
	SQLite: `SELECT DISTINCT m.name, f."table", '' FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
		WHERE m.type = 'table' ORDER BY 1, 2`,
	Postgres: `SELECT CAST(t.relname AS TEXT), CAST(p.relname AS TEXT), CAST(k.conname AS TEXT)
		FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
		JOIN pg_namespace n ON n.oid = t.relnamespace
		WHERE k.contype = 'f' AND n.nspname = current_schema() ORDER BY 1, 2, 3`,
}

// gather puts columns and foreign keys together to tables.
func gather(columns []columnRow, keys []keyRow) (map[string]*table, error) {
	found := map[string]*table{}
	for _, c := range columns {
		t := found[c.table]
		if t == nil {
			t = &table{name: c.table}
			found[c.table] = t
		}
		kind := strings.ToUpper(c.kind)
		if _, ok := codecs[kind]; !ok {
			return nil, fmt.Errorf("column %s.%s has type %s, which only one engine has", c.table, c.name, c.kind)
		}
		t.columns = append(t.columns, column{c.name, kind})
	}
	slices.SortStableFunc(columns, func(a, b columnRow) int { return int(a.key - b.key) })
	for _, c := range columns {
		if c.key > 0 {
			found[c.table].key = append(found[c.table].key, column{c.name, strings.ToUpper(c.kind)})
		}
	}
	for _, k := range keys {
		if t := found[k.table]; k.parent != k.table {
			t.parents = append(t.parents, k.parent)
		} else if k.name != "" {
			t.selfKeys = append(t.selfKeys, k.name)
		}
	}
	return found, nil
}

// parentsFirst orders tables by name, but each after those it points to.
func parentsFirst(found map[string]*table) (ordered []table, err error) {
	names := make([]string, 0, len(found))
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	const begun, placed = 1, 2
	state := map[string]int{}
	var place func(name string) error
	place = func(name string) error {
		switch state[name] {
		case begun:
			return fmt.Errorf("foreign keys of table %s run in a circle", name)
		case placed:
			return nil
		}
		state[name] = begun
		for _, parent := range found[name].parents {
			if err := place(parent); err != nil {
				return err
			}
		}
		state[name] = placed
		ordered = append(ordered, *found[name])
		return nil
	}
	for _, name := range names {
		if err := place(name); err != nil {
			return nil, err
		}
	}
	return ordered, nil
}

// selectAll is the query for all rows, in an order that both engines agree on.
func (t table) selectAll(engine string) string {
	key := t.key
	if len(key) == 0 {
		key = t.columns
	}
	var order []string
	for _, c := range key {
		by := c.name
		if c.kind == "TEXT" && engine == Postgres {
			by += ` COLLATE "C"`
		}
		order = append(order, by+" NULLS FIRST")
	}
	return "SELECT " + strings.Join(t.columnNames(), ", ") + " FROM " + t.name + " ORDER BY " + strings.Join(order, ", ")
}

func (t table) columnNames() []string {
	var names []string
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	return names
}

// column finds a column by name.
func (t table) column(name string) (column, bool) {
	i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
	if i < 0 {
		return column{}, false
	}
	return t.columns[i], true
}
