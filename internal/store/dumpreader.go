package store

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sotay/internal/fault"
)

const brokenSentence = "Tệp sao lưu bị hỏng hoặc không đúng định dạng."

// dumpReader reads the lines of a dump and knows their grammar, not the schema.
type dumpReader struct {
	in   *bufio.Scanner
	line int
	rows int64
}

func newDumpReader(r io.Reader) *dumpReader {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), maxDumpLine+1)
	return &dumpReader{in: in}
}

// head reads the first line and gives the schema's version.
func (d *dumpReader) head() (schema int64, err error) {
	m, row, err := d.next()
	if err != nil {
		return 0, err
	}
	if row != nil || m.Dump != dumpName || m.Version != dumpVersion || m.Schema < 1 {
		return 0, d.broken("not a dump of version %d", dumpVersion)
	}
	return m.Schema, nil
}

// body reads the lines between head and tail. It checks the tail.
func (d *dumpReader) body(table func(m mark) error, row func(values []any) error) error {
	for width := 0; ; {
		m, values, err := d.next()
		switch {
		case err != nil:
			return err
		case m.End:
			return d.tail(m)
		case m.Table != "" && len(m.Columns) > 0:
			width = len(m.Columns)
			err = table(m)
		case len(values) == 0 || len(values) != width:
			return d.broken("neither a table nor a row of %d values", width)
		default:
			d.rows++
			err = row(values)
		}
		if err != nil {
			return err
		}
	}
}

func (d *dumpReader) tail(m mark) error {
	if m.Rows != d.rows {
		return d.broken("%d rows, but the tail says %d", d.rows, m.Rows)
	}
	if d.in.Scan() || d.in.Err() != nil {
		return d.broken("something follows the tail")
	}
	return nil
}

// next reads a line: a mark or the values of a row.
func (d *dumpReader) next() (m mark, row []any, err error) {
	d.line++
	if !d.in.Scan() {
		switch err := d.in.Err(); {
		case err == nil:
			return m, nil, d.broken("the file ends too early")
		case errors.Is(err, bufio.ErrTooLong):
			return m, nil, d.broken("the line has more than %d bytes", maxDumpLine)
		default:
			return m, nil, fmt.Errorf("read dump: %w", err)
		}
	}
	dec := json.NewDecoder(bytes.NewReader(d.in.Bytes()))
	dec.UseNumber()
	dec.DisallowUnknownFields()
	if bytes.HasPrefix(d.in.Bytes(), []byte("[")) {
		row = []any{}
		err = dec.Decode(&row)
	} else {
		err = dec.Decode(&m)
	}
	if err == nil {
		_, err = dec.Token()
	}
	if err != io.EOF {
		return m, nil, d.broken("not one JSON value")
	}
	return m, row, nil
}

// broken is the fault of a file that is no dump, with the reason for the log.
func (d *dumpReader) broken(format string, args ...any) error {
	return fmt.Errorf("line %d: %s: %w", d.line, fmt.Sprintf(format, args...), fault.Invalid(brokenSentence))
}
