package content

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"sotay/internal/viet"
)

// sheetFields are the fields of an answer by the folded heads of columns.
var sheetFields = map[string]string{
	"ma": "id", "cau hoi": "title", "tra loi": "body", "tra loi ngan": "short", "chu de": "topic", "co quan": "agency",
	"buoi": "session", "buoi tap huan": "session", "ngay": "date", "can cu": "refs", "cach hoi khac": "asked",
}

// ImportSheet imports the rows of a sheet, given with their numbers, by the same
// rules as ImportLines. The first row names the columns, in any order, as the
// fields of JSON lines or in Vietnamese: mã, câu hỏi, trả lời, trả lời ngắn, chủ
// đề, cơ quan, buổi, ngày, căn cứ, cách hỏi khác. The last two may have several
// lines in a cell, one for each; days may be written day/month/year.
func (l *Library) ImportSheet(ctx context.Context, how Import, rows iter.Seq2[int, []string]) (ImportReport, error) {
	reading := newImportReading(how)
	reading.sheet(rows)
	return l.storeImport(ctx, reading)
}

// sheet reads the rows below the head.
func (r *importReading) sheet(rows iter.Seq2[int, []string]) {
	var fields []string // of the columns
	var called map[string]string
	for number, cells := range rows {
		if fields == nil {
			if fields, called = r.sheetHead(number, cells); called == nil {
				return
			}
			continue
		}
		in := importedAnswer{called: called}
		for i, cell := range cells[:min(len(cells), len(fields))] {
			in.set(fields[i], cell)
		}
		line, err := in.line()
		if !r.add(number, line, err) {
			return
		}
	}
	if fields == nil {
		r.breaks(1, "bảng không có dòng nào. Hãy gửi bảng có dòng tên cột: mã, câu hỏi, trả lời.")
	}
}

// sheetHead gives the field of each column, "" for one that is not used, and
// what the sheet calls the fields; nothing when the head is at fault.
func (r *importReading) sheetHead(number int, cells []string) (fields []string, called map[string]string) {
	called = map[string]string{"id": "mã", "title": "câu hỏi", "body": "trả lời"}
	seen := map[string]bool{}
	for _, cell := range cells {
		head := strings.Join(strings.Fields(strings.Map(visibleRune, strings.ToValidUTF8(cell, ""))), " ")
		field := sheetFields[viet.Fold(head)]
		if field == "" && importedFields[strings.ToLower(head)] {
			field = strings.ToLower(head)
		}
		fields = append(fields, field)
		switch {
		case field == "":
			if head != "" && len(r.unknown) < 20 {
				r.unknown[viet.NFC(head)] = true
			}
		case seen[field]:
			r.breaks(number, fmt.Sprintf("có hai cột %q. Hãy bỏ một cột.", head))
		default:
			seen[field], called[field] = true, head
		}
	}
	for _, field := range []string{"id", "title", "body"} {
		if !seen[field] {
			r.breaks(number, fmt.Sprintf("thiếu cột %q. Dòng đầu của bảng phải ghi tên cột: mã, câu hỏi, trả lời.", called[field]))
		}
	}
	if len(r.broken) > 0 {
		return fields, nil
	}
	return fields, called
}

// set puts a cell into a field.
func (in *importedAnswer) set(field, cell string) {
	switch field {
	case "id":
		in.ID = cell
	case "title":
		in.Title = cell
	case "body":
		in.Body = cell
	case "short":
		in.Short = cell
	case "topic":
		in.Topic = cell
	case "agency":
		in.Agency = cell
	case "session":
		in.Session = cell
	case "date":
		in.Date = dayOfCell(cell)
	case "refs":
		in.Refs = linesOfCell(cell)
	case "asked":
		in.Asked = linesOfCell(cell)
	}
}

// linesOfCell are the lines of a cell that have text.
func linesOfCell(cell string) (lines []string) {
	for line := range strings.Lines(strings.ReplaceAll(cell, "\r", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// dayOfCell writes a day as the sources do; what is none stays for the fault.
func dayOfCell(cell string) string {
	text := strings.TrimSpace(cell)
	for _, layout := range []string{"2/1/2006", "2-1-2006", "2.1.2006"} {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format("2006-01-02")
		}
	}
	return text
}
