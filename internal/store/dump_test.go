package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

func dump(t testing.TB, db *store.DB) string {
	t.Helper()
	var b bytes.Buffer
	if err := db.Dump(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func load(t testing.TB, db *store.DB, text string) {
	t.Helper()
	if err := store.Load(ctx, db, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
}

// fill puts rows into the sample tables that are hard to carry over.
func fill(t testing.TB, db *store.DB) {
	t.Helper()
	sample(t, db)
	write(t, db, func(tx *store.Tx) error {
		tree := `INSERT INTO zz_tree (id, parent_id, done, share, data, n) VALUES ($1, $2, $3, $4, $5, $6)`
		rows := [][]any{
			{"t9", nil, true, 0.1, []byte{0, 255, '\n'}, int64(math.MaxInt64)},
			{"t0", "t9", false, -1e-300, []byte("ă"), int64(math.MinInt64)}, // before its parent
			{"T1", "t1", true, 1e21, []byte{}, int64(1<<53 + 1)},
			{"đ \u2028<&>\"\\\n\t😀", "t0", true, math.MaxFloat64, []byte{1}, int64(0)},
			{"", nil, true, 3.0, []byte{2}, int64(0)},
		}
		for _, row := range rows {
			if _, err := tx.Exec(tree, row...); err != nil {
				return err
			}
		}
		for i, twig := range []string{"b", "a", "a", "Ă", ""} {
			if _, err := tx.Exec(`INSERT INTO zz_leaf (id, tree_id, place) VALUES ('l', 't9', $1)`, i); err != nil {
				return err
			}
			if _, err := tx.Exec(`INSERT INTO aa_twig (leaf_id, place, note) VALUES ('l', $1, $2)`, 0, twig); err != nil {
				return err
			}
		}
		return errors.Join(tx.Changed("guide", "g1", "an"), tx.Changed("guide", "g2", "an"), audit("g1")(tx))
	})
}

// SQLite to the engine under test and back: with TEST_POSTGRES to PostgreSQL.
func TestADumpGoesFromEngineToEngineAndBack(t *testing.T) {
	first, second, third := openFile(t), storetest.Open(t), openFile(t)
	fill(t, first)
	want := dump(t, first)
	for _, db := range []*store.DB{second, third} {
		sampleEmpty(t, db)
		load(t, db, want)
		if got := dump(t, db); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", db.Engine(), got, want)
		}
		storetest.CheckTypes(t, db)
		write(t, db, func(tx *store.Tx) error { return tx.Changed("guide", "g3", "an") })
		if last, err := db.LastChange(ctx); err != nil || last != 3 {
			t.Errorf("%s: got change %d, %v, want 3: the numbers go on", db.Engine(), last, err)
		}
	}
}

// sampleEmpty makes the sample tables without a row.
func sampleEmpty(t testing.TB, db *store.DB) {
	t.Helper()
	sample(t, db)
	write(t, db, func(tx *store.Tx) error { _, err := tx.Exec(`DELETE FROM zz_tree`); return err })
}

func TestForeignKeysHoldAfterALoad(t *testing.T) {
	db := storetest.Open(t)
	sampleEmpty(t, db)
	load(t, db, dump(t, filled(t)))
	err := db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(`INSERT INTO zz_tree (id, parent_id) VALUES ('t7', 'none')`); err != nil {
			return err
		}
		t.Error("the statement passed: keys are still checked late")
		return nil
	})
	if !store.IsForeignKey(err) {
		t.Errorf("got %v, want a foreign key violation", err)
	}
}

func filled(t testing.TB) *store.DB {
	db := openFile(t)
	fill(t, db)
	return db
}

func TestADumpOfABusyDatabaseIsOfOneMoment(t *testing.T) {
	db := storetest.Open(t)
	stop := busy(t, db)
	var dumps []string
	for range 5 {
		dumps = append(dumps, dump(t, db))
	}
	stop()
	for _, text := range dumps {
		copied := storetest.Open(t)
		load(t, copied, text)
		if dump(t, copied) != text {
			t.Error("the dump of the copy differs")
		}
		last, err := copied.LastChange(ctx)
		changes := number(t, copied, `SELECT count(*) FROM changes`)
		lines := number(t, copied, `SELECT count(*) FROM audit`)
		if err != nil || last != changes || changes != 3*lines || lines == 0 {
			t.Errorf("got counter %d, %d changes of %d writes, %v, want three each", last, changes, lines, err)
		}
	}
}

func TestLoadRefusesWhatIsNoDump(t *testing.T) {
	whole := dump(t, filled(t))
	lines := strings.SplitAfter(strings.TrimSuffix(whole, "\n"), "\n")
	tests := []struct{ name, text string }{
		{"nothing", ""},
		{"no JSON", "xin chào\n"},
		{"another file", `{"a":1}` + "\n"},
		{"a list", "[]\n"},
		{"null", "null\n"},
		{"another version", strings.Replace(whole, `"version":1`, `"version":2`, 1)},
		{"a newer schema", strings.Replace(whole, `"schema":`, `"schema":9`, 1)},
		{"only the head", lines[0]},
		{"cut off", strings.Join(lines[:len(lines)-1], "")},
		{"cut in a line", whole[:len(whole)/2]},
		{"a row missing", strings.Replace(whole, `["changes",2]`+"\n", "", 1)},
		{"a row before any table", lines[0] + "[1]\n"},
		{"an empty row before any table", lines[0] + "[]\n"},
		{"a row too short", strings.Replace(whole, `["changes",2]`, `["changes"]`, 1)},
		{"a value of the wrong type", strings.Replace(whole, `["changes",2]`, `["changes","2"]`, 1)},
		{"a number with a fraction", strings.Replace(whole, `["changes",2]`, `["changes",2.5]`, 1)},
		{"a list as a value", strings.Replace(whole, `["changes",2]`, `["changes",[2]]`, 1)},
		{"two values in a line", strings.Replace(whole, `["changes",2]`, `["changes",2] 1`, 1)},
		{"bad base64", strings.Replace(whole, `"AP8K"`, `"AP8"`, 1)},
		{"an unknown table", strings.Replace(whole, `"table":"counter"`, `"table":"countess"`, 1)},
		{"goose's table", strings.Replace(whole, `"table":"counter"`, `"table":"goose_db_version"`, 1)},
		{"an unknown column", strings.Replace(whole, `["name","n"]`, `["name","n) --"]`, 1)},
		{"a column twice", strings.Replace(whole, `["name","n"]`, `["name","name"]`, 1)},
		{"a table twice", strings.Replace(whole, lines[1], lines[1]+lines[1], 1)},
		{"an unknown attribute", strings.Replace(whole, `{"table":"counter"`, `{"x":1,"table":"counter"`, 1)},
		{"something behind the tail", whole + "{}\n"},
		{"a number of rows that is wrong", strings.Replace(whole, `"rows":`, `"rows":1`, 1)},
		{"a row that points to nothing", strings.Replace(whole, `"l","t9",0`, `"l","t8",0`, 1)},
		{"a row twice", strings.Replace(whole, `["changes",2]`, `["changes",2]`+"\n"+`["changes",2]`, 1)},
	}
	db := storetest.Open(t)
	sampleEmpty(t, db)
	empty := dump(t, db)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.text == whole {
				t.Fatal("the case changes nothing")
			}
			err := store.Load(ctx, db, strings.NewReader(tt.text))
			if !fault.Is(err, fault.KindInvalid) {
				t.Errorf("got %v, want Invalid", err)
			}
			if got := dump(t, db); got != empty {
				t.Errorf("something was left:\n%s", got)
			}
		})
	}
	load(t, db, whole) // the database is well
}

func TestLoadKeepsTheReadersError(t *testing.T) {
	want := errors.New("cable cut")
	err := store.Load(ctx, storetest.Open(t), iotest.ErrReader(want))
	if !errors.Is(err, want) || fault.Is(err, fault.KindInvalid) {
		t.Errorf("got %v, want the reader's error", err)
	}
}

func TestLoadRefusesADatabaseThatHoldsSomething(t *testing.T) {
	db := storetest.Open(t)
	empty := dump(t, db)
	write(t, db, audit("g1"))
	if err := store.Load(ctx, db, strings.NewReader(empty)); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("got %v, want Invalid", err)
	}
	if n := number(t, db, `SELECT count(*) FROM audit`); n != 1 {
		t.Errorf("got %d lines, want the one that was there", n)
	}
}

func TestADumpOfAnOlderSchemaLeavesDefaults(t *testing.T) {
	db := storetest.Open(t)
	sampleEmpty(t, db)
	text := `{"dump":"sotay","version":1,"schema":1}
{"table":"counter","columns":["n","name"]}
[5,"changes"]
{"table":"zz_tree","columns":["id"]}
["t5"]
{"end":true,"rows":2}
`
	load(t, db, text)
	if n := number(t, db, `SELECT count(*) FROM zz_tree WHERE id = 't5' AND NOT done AND parent_id IS NULL`); n != 1 {
		t.Errorf("got %d trees with defaults, want 1", n)
	}
	if last, err := db.LastChange(ctx); err != nil || last != 5 {
		t.Errorf("got change %d, %v, want 5", last, err)
	}
}

func TestDumpGoesParentsFirst(t *testing.T) {
	var order []string
	for line := range strings.Lines(dump(t, filled(t))) {
		var m struct{ Table string }
		if json.Unmarshal([]byte(line), &m) == nil && m.Table != "" {
			order = append(order, m.Table)
		}
	}
	got := fmt.Sprint(order)
	at := func(name string) int { return strings.Index(got, name) }
	if !(0 < at("zz_tree") && at("zz_tree") < at("zz_leaf") && at("zz_leaf") < at("aa_twig") && at("aa_twig") < at("answers")) {
		t.Errorf("got %s, want parents before children, else by name", got)
	}
	if strings.Contains(got, "goose") || strings.Contains(got, "sqlite") {
		t.Errorf("got %s, want no table of the engine or of goose", got)
	}
}

func TestForeignKeysInACircleAreRefused(t *testing.T) {
	db := openFile(t)
	write(t, db, func(tx *store.Tx) error {
		if _, err := tx.Exec(`CREATE TABLE za (id TEXT NOT NULL PRIMARY KEY, b TEXT REFERENCES zb (id))`); err != nil {
			return err
		}
		_, err := tx.Exec(`CREATE TABLE zb (id TEXT NOT NULL PRIMARY KEY, a TEXT REFERENCES za (id))`)
		return err
	})
	if err := db.Dump(ctx, &bytes.Buffer{}); err == nil {
		t.Error("the dump passed")
	}
}
