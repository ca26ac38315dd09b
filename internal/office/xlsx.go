package office

import (
	"bytes"
	"math"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads the first sheet. excelize gets only parts that were measured.
func readXLSX(data []byte) ([]Row, error) {
	slim, err := screen(data)
	if err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(slim), excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked, ShortDatePattern: "dd/mm/yyyy",
	})
	if err != nil {
		return nil, &Error{Kind: KindDamaged, cause: err}
	}
	defer file.Close()
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return nil, refuse(KindFormat)
	}
	return readSheet(file, sheets[0])
}

func readSheet(file *excelize.File, sheet string) ([]Row, error) {
	rows, err := file.Rows(sheet)
	if err != nil {
		return nil, &Error{Kind: KindDamaged, cause: err}
	}
	defer rows.Close()
	var g gathering
	deadline := time.Now().Add(maxReading)
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, &Error{Kind: KindDamaged, Row: number, cause: err}
		}
		if err := g.add(number, cells); err != nil {
			return nil, err
		}
		if time.Now().After(deadline) {
			return nil, refuse(KindText)
		}
	}
	if err := rows.Error(); err != nil {
		return nil, &Error{Kind: KindRows, cause: err}
	}
	return g.rows, nil
}

// writeXLSX makes one sheet whose cells and columns are texts: what is typed
// into it later keeps its leading zeros, and nothing becomes a formula.
func writeXLSX(rows [][]string) ([]byte, error) {
	file := excelize.NewFile()
	defer file.Close()
	const asText = 49 // the number format "@"
	text, err := file.NewStyle(&excelize.Style{NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return nil, err
	}
	bold, err := file.NewStyle(&excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	sheet, err := file.NewStreamWriter(file.GetSheetName(0))
	if err != nil {
		return nil, err
	}
	if err := setColumns(sheet, rows, text); err != nil {
		return nil, err
	}
	for i, row := range rows {
		style := text
		if i == 0 {
			style = bold
		}
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = excelize.Cell{StyleID: style, Value: cell}
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return nil, err
		}
		if err := sheet.SetRow(at, cells); err != nil {
			return nil, err
		}
	}
	if err := sheet.Flush(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = file.Write(&out)
	return out.Bytes(), err
}

// setColumns makes the columns as wide as their text, within reason, and holds
// the head in view.
func setColumns(sheet *excelize.StreamWriter, rows [][]string, text int) error {
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	var widths []int
	for _, row := range rows {
		for j, cell := range row {
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], utf8.RuneCountInString(cell))
		}
	}
	for j, width := range widths {
		if err := sheet.SetColWidth(j+1, j+1, math.Min(math.Max(float64(width)+2, 8), 60)); err != nil {
			return err
		}
		if err := sheet.SetColStyle(j+1, j+1, text); err != nil {
			return err
		}
	}
	return nil
}
