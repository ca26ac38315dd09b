package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
)

// A dump is JSON lines: a head, then for each table a line with its name and
// columns and one array per row, then a tail that counts the rows.
//
//	{"dump":"sotay","version":1,"schema":3}
//	{"table":"counter","columns":["name","n"]}
//	["changes",42]
//	{"end":true,"rows":1}
const (
	dumpName    = "sotay"
	dumpVersion = 1
)

// mark is any line of a dump that is no row.
type mark struct {
	Dump    string   `json:"dump,omitempty"`
	Version int      `json:"version,omitempty"`
	Schema  int64    `json:"schema,omitempty"`
	Table   string   `json:"table,omitempty"`
	Columns []string `json:"columns,omitempty"`
	End     bool     `json:"end,omitempty"`
	Rows    int64    `json:"rows,omitempty"`
}

// Dump writes all tables, as they are at one moment, as JSON lines that Load
// reads on either engine. Equal content gives equal bytes.
func (db *DB) Dump(ctx context.Context, w io.Writer) error {
	err := db.Read(ctx, func(tx *Tx) error {
		d := &dumper{tx: tx, out: bufio.NewWriter(w)}
		if err := d.all(); err != nil {
			return err
		}
		return d.out.Flush()
	})
	if err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	return nil
}

type dumper struct {
	tx   *Tx
	out  *bufio.Writer
	rows int64
}

func (d *dumper) all() error {
	version, err := schemaVersion(d.tx)
	if err != nil {
		return err
	}
	all, err := tables(d.tx)
	if err != nil {
		return err
	}
	if err := d.line(mark{Dump: dumpName, Version: dumpVersion, Schema: version}); err != nil {
		return err
	}
	for _, t := range all {
		if err := d.table(t); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
	}
	return d.line(mark{End: true, Rows: d.rows})
}

func schemaVersion(tx *Tx) (version int64, err error) {
	err = tx.QueryRow(`SELECT CAST(max(version_id) AS BIGINT) FROM ` + gooseTable).Scan(&version)
	return version, err
}

func (d *dumper) table(t table) error {
	if err := d.line(mark{Table: t.name, Columns: t.columnNames()}); err != nil {
		return err
	}
	rows, err := d.tx.Query(t.selectAll(d.tx.db.engine))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := d.row(t, rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (d *dumper) row(t table, rows *Rows) error {
	cells := make([]any, len(t.columns))
	for i, c := range t.columns {
		cells[i] = codecs[c.kind].cell()
	}
	if err := rows.Scan(cells...); err != nil {
		return err
	}
	for i, cell := range cells {
		v, err := encodeCell(cell)
		if err != nil {
			return fmt.Errorf("column %s: %w", t.columns[i].name, err)
		}
		cells[i] = v
	}
	d.rows++
	return d.line(cells)
}

func (d *dumper) line(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	if b.Len() > maxDumpLine {
		return fmt.Errorf("a row of %d bytes is over the limit of %d", b.Len(), maxDumpLine)
	}
	_, err := d.out.Write(b.Bytes())
	return err
}
