package content

import (
	"regexp"
	"strings"
)

// tableHead are the heads of a table's columns, in lower case.
type tableHead []string

// isRow reports whether a line of plain text is a table's row.
func isRow(line string) bool { return strings.Contains(" "+line+" ", " | ") }

// cellsOf parts a row.
func cellsOf(line string) []string {
	cells := strings.Split(" "+line+" ", " | ")
	for i, cell := range cells {
		cells[i] = strings.TrimSpace(cell)
	}
	return cells
}

func newTableHead(line string) tableHead { return cellsOf(strings.ToLower(line)) }

// past reports whether a whole table is about what was, not a column of it.
func (h tableHead) past() bool { return pastHead.MatchString(h[0]) }

// row reads a row: its bare numbers get the units that heads give them, what
// stands below a head that speaks of the past is left out, and each cell is read
// together with its heads too.
func (h tableHead) row(line string, headed bool) statement {
	s := newStatement(line, headed || h.past())
	s.head = strings.Join(h, " | ")
	cells := cellsOf(s.low)
	for len(cells) > len(h) {
		h = append(tableHead{""}, h...)
	}
	for i := 1; i < len(cells); i++ {
		if pastHead.MatchString(h[i]) {
			cells[i] = ""
			continue
		}
		cells[i] = withUnit(withUnit(cells[i], h[i]), cells[0])
		s.cells = append(s.cells, h[0]+" "+cells[0]+" "+cells[i], h[i]+" "+cells[0]+" "+cells[i])
	}
	for i, cell := range cells[1:] {
		if nameHead.MatchString(h[i+1]) && i+2 < len(cells) {
			s.cells = append(s.cells, cell+" "+cells[i+2]) // Mẫu 24, 4 bản
		}
	}
	s.low = strings.Join(cells, " | ")
	if len(cells) > 2 {
		s.cells = append(s.cells, strings.Join(cells, ", "))
	}
	return s
}

var (
	// bareNumber is a number or a range without a unit at the head of a cell.
	bareNumber = regexp.MustCompile(`^((?:từ|đủ|khoảng|ít nhất|tối thiểu|nhiều nhất|tối đa|không quá|chậm nhất|muộn nhất|trước) )*` + number + `(?: ?(?:đến|tới|-|–) ?` + number + `)?( ngày)?(?:$|[,;(]| \()`)
	// countHead, dayHead and nameHead are the heads that say what numbers below or beside them are.
	countHead = regexp.MustCompile(`^(?:số (?:lượng )?)?(người|thành viên|ủy viên|bản|bộ|ảnh|ngày|giờ|cử tri|đại biểu|tuổi|tháng)(?: [^0-9|]*)?$`)
	dayHead   = regexp.MustCompile(`(trước|sau) ngày bầu`)
	nameHead  = regexp.MustCompile(`^(?:số )?(?:biểu )?(mẫu|điều)\b[^0-9|]*$`)
)

// withUnit writes out the unit that a head gives a cell's bare number.
func withUnit(cell, head string) string {
	m := bareNumber.FindStringSubmatchIndex(cell)
	if m == nil {
		return cell
	}
	end := len(strings.TrimRight(cell[:m[1]], ",;( "))
	rest := cell[end:]
	days := m[8] >= 0
	if side := dayHead.FindStringSubmatch(head); side != nil {
		return strings.TrimSuffix(cell[:end], " ngày") + " ngày " + side[1] + " ngày bầu cử" + rest
	}
	if days {
		return cell
	}
	if name := nameHead.FindStringSubmatch(head); name != nil {
		return name[1] + " " + cell
	}
	if unit := countHead.FindStringSubmatch(head); unit != nil {
		return cell[:end] + " " + unit[1] + rest
	}
	return cell
}
