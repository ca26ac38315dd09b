package accounts

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// SheetRow is one row of a sheet, as it was read from a file.
type SheetRow struct {
	Number int
	Cells  []string
}

// sheetHead names the columns of a sheet of people.
var sheetHead = []string{"Họ tên", "Điện thoại", "Mã", "Đơn vị", "Tổ", "Nhiệm vụ", "Vai trò"}

// sheetColumns are the fields by the folded heads of columns.
var sheetColumns = map[string]string{
	"ho ten": "name", "ho va ten": "name", "ten": "name", "name": "name",
	"ho": "family", "ho dem": "family", "ho va dem": "family", "ho va ten dem": "family", "ho lot": "family",
	"dien thoai": "phone", "so dien thoai": "phone", "sdt": "phone", "dtdd": "phone", "di dong": "phone", "phone": "phone",
	"ma": "code", "ma can bo": "code", "ma nhan vien": "code", "code": "code",
	"don vi": "unit", "xa": "unit", "phuong": "unit", "xa phuong": "unit", "don vi cong tac": "unit", "unit": "unit",
	"to": "team", "to bau cu": "team", "team": "team",
	"nhiem vu": "duty", "chuc vu": "duty", "chuc danh": "duty", "duty": "duty",
	"vai tro": "role", "role": "role",
}

// sheetPerson is a row of a sheet as it was typed, by field.
type sheetPerson struct {
	Row    int
	Name   string `json:",omitempty"`
	Phone  string `json:",omitempty"`
	Code   string `json:",omitempty"`
	Unit   string `json:",omitempty"` // name or code
	Team   string `json:",omitempty"`
	Duty   string `json:",omitempty"`
	Role   string `json:",omitempty"` // label
	Family string `json:",omitempty"` // the first words of a name that stands in two columns
}

func (p *sheetPerson) field(name string) *string {
	switch name {
	case "name":
		return &p.Name
	case "phone":
		return &p.Phone
	case "code":
		return &p.Code
	case "unit":
		return &p.Unit
	case "team":
		return &p.Team
	case "duty":
		return &p.Duty
	case "role":
		return &p.Role
	case "family":
		return &p.Family
	}
	return nil
}

// sheet is a sheet of people as it waits for being confirmed.
type sheet struct {
	People []sheetPerson
	Unused []string `json:",omitempty"` // heads of columns that mean nothing here
}

func (s sheet) encoded() (string, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("encode sheet: %w", err)
	}
	return string(text), nil
}

func decodeSheet(text string) (s sheet, err error) {
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return s, fmt.Errorf("decode sheet: %w", err)
	}
	return s, nil
}

// readSheet finds the head among the first rows, where titles may stand above
// it, and reads the people below.
func readSheet(rows []SheetRow) (sheet, error) {
	for i, row := range rows[:min(len(rows), maxTitleRows)] {
		fields := fieldsOf(row)
		if !heads(fields) {
			continue
		}
		s := sheet{Unused: unusedOf(row, fields)}
		if twice := twiceIn(row, fields); twice != "" {
			return s, fault.Invalid(fmt.Sprintf("Bảng có hai cột cùng ghi %q. Hãy bỏ một cột rồi gửi lại.", twice))
		}
		for _, below := range rows[i+1:] {
			if p, some := personOf(below, fields); some {
				s.People = append(s.People, p)
			}
		}
		return s, s.size()
	}
	return sheet{}, fault.Invalid("Không thấy dòng tên cột. Hãy ghi tên cột ở dòng đầu: " + strings.Join(sheetHead, ", ") + ".")
}

func (s sheet) size() error {
	switch n := len(s.People); {
	case n == 0:
		return fault.Invalid("Bảng chưa có ai. Hãy ghi mỗi người một dòng dưới dòng tên cột.")
	case n > maxSheetPeople:
		return fault.Invalid(fmt.Sprintf("Bảng có %s người; mỗi lần nhập nhiều nhất %s. Hãy chia thành nhiều tệp.", viet.Number(n), viet.Number(maxSheetPeople)))
	}
	return nil
}

// fieldsOf gives the field of each column, "" where its head names none.
func fieldsOf(row SheetRow) []string {
	fields := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		fields[i] = sheetColumns[headKey(cell)]
	}
	return fields
}

// headKey is a head as it is compared: no tones, no marks such as the star of a
// required column, no remarks in brackets.
func headKey(cell string) string {
	key, _, _ := strings.Cut(viet.Fold(strings.ToValidUTF8(cell, "")), "(")
	words := strings.FieldsFunc(key, func(r rune) bool { return r < 'a' || r > 'z' })
	return strings.Join(words, " ")
}

// heads reports whether a row is the head: a name, and what to sign in with.
func heads(fields []string) bool {
	found := map[string]bool{}
	for _, f := range fields {
		found[f] = true
	}
	return found["name"] && (found["phone"] || found["code"])
}

func unusedOf(row SheetRow, fields []string) (unused []string) {
	for i, cell := range row.Cells {
		if text := cut(cell, maxTeam); fields[i] == "" && text != "" && len(unused) < maxUnused {
			unused = append(unused, text)
		}
	}
	return unused
}

func twiceIn(row SheetRow, fields []string) string {
	seen := map[string]bool{}
	for i, f := range fields {
		if f != "" && seen[f] {
			return cut(row.Cells[i], maxTeam)
		}
		seen[f] = true
	}
	return ""
}

// personOf reads a row; some is false when the columns in use are empty.
func personOf(row SheetRow, fields []string) (p sheetPerson, some bool) {
	p.Row = row.Number
	for i, cell := range row.Cells[:min(len(row.Cells), len(fields))] {
		if fields[i] == "" {
			continue
		}
		text := cut(strings.TrimPrefix(strings.TrimSpace(cell), "'"), maxSheetCell)
		*p.field(fields[i]) = text
		some = some || text != ""
	}
	p.Name = strings.TrimSpace(p.Family + " " + p.Name)
	p.Family = ""
	return p, some
}

// cut keeps a cell within what is worth telling as a fault; anything that long
// is refused later.
func cut(cell string, most int) string {
	cell = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(cell, "\ufffd")))
	if utf8.RuneCountInString(cell) > most {
		cell = string([]rune(cell)[:most])
	}
	return cell
}

// roleNamed finds a role by its label or its own word, without tones.
func roleNamed(text string) (Role, bool) {
	text = strings.Join(strings.Fields(viet.Fold(text)), " ")
	for _, r := range Roles() {
		if text == viet.Fold(r.Label()) || text == string(r) {
			return r, true
		}
	}
	return "", false
}
