package office

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// Format is a kind of file that Write makes.
type Format string

// The formats.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// Row is one row of a sheet that has text in it.
type Row struct {
	Number int      // as the program that made the sheet counts, from 1
	Cells  []string // the last one is not empty
}

// Cell is the text in a column, counted from 0; "" beyond the last one.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

var (
	zipMark = []byte("PK\x03\x04")
	oleMark = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	// What an encrypted workbook has in the directory of its OLE container.
	encryptedMark = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// Rows reads the first sheet of an xlsx file, or a csv file: cells as they are
// shown, formulas by the value stored with them. Rows without text are left
// out. What the file is, its name and its first bytes must agree on. A refusal
// is an *Error.
func Rows(name string, data []byte) ([]Row, error) {
	if len(data) > MaxFileBytes {
		return nil, refuse(KindSize)
	}
	if bytes.HasPrefix(data, oleMark) {
		if bytes.Contains(data, encryptedMark) {
			return nil, refuse(KindEncrypted)
		}
		return nil, refuse(KindOldExcel)
	}
	packed := bytes.HasPrefix(data, zipMark)
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm":
		if packed {
			return readXLSX(data)
		}
	case ".csv", ".tsv", ".txt":
		if !packed {
			return readCSV(data)
		}
	}
	return nil, refuse(KindFormat)
}

// Write makes a file of a head and rows, each cell a text. Reading it gives the
// same rows back, but for cells that are empty at the end of a row and for
// characters that no xlsx file can hold.
func Write(format Format, head []string, rows [][]string) ([]byte, error) {
	all := make([][]string, 0, len(rows)+1)
	for i, row := range append([][]string{head}, rows...) {
		if i >= MaxRows {
			return nil, refuse(KindRows)
		}
		if len(row) > MaxColumns {
			return nil, refuseRow(KindColumns, i+1)
		}
		cells := make([]string, len(row))
		for j, cell := range row {
			if len(cell) > MaxCellBytes {
				return nil, refuseRow(KindCell, i+1)
			}
			cells[j] = strings.Map(writable, strings.ToValidUTF8(cell, "\ufffd"))
		}
		all = append(all, cells)
	}
	switch format {
	case XLSX:
		return writeXLSX(all)
	case CSV:
		return writeCSV(all), nil
	}
	return nil, fmt.Errorf("no format %q", format)
}

// writable drops what XML cannot hold.
func writable(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}

// gathering collects rows within the limits.
type gathering struct {
	rows []Row
	text int
}

// add takes a row that has text.
func (g *gathering) add(number int, cells []string) error {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return nil
	}
	if number > MaxRows {
		return refuse(KindRows)
	}
	if len(cells) > MaxColumns {
		return refuseRow(KindColumns, number)
	}
	for _, cell := range cells {
		if len(cell) > MaxCellBytes {
			return refuseRow(KindCell, number)
		}
		if g.text += len(cell); g.text > maxTextBytes {
			return refuse(KindText)
		}
	}
	g.rows = append(g.rows, Row{Number: number, Cells: cells})
	return nil
}
