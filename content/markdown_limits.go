package content

import (
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// checkSource refuses what would be dear to parse, and the runes that stand for
// pieces of our own while a text is rendered.
func checkSource(source string, firstLine, limit int) error {
	if len(source) > limit {
		return fault.Invalid(fmt.Sprintf("Văn bản dài %s byte; nhiều nhất %s. Hãy chia thành nhiều bài.", viet.Number(len(source)), viet.Number(limit)))
	}
	if !utf8.ValidString(source) {
		return fault.Invalid("Văn bản không phải UTF-8. Hãy lưu lại tệp dạng UTF-8.")
	}
	var c lineCheck
	for i, line := range strings.Split(source, "\n") {
		if problem := c.line(line); problem != "" {
			return lineFault(firstLine+i, "%s", problem)
		}
	}
	return nil
}

// lineCheck counts over the lines of a text what costs time.
type lineCheck struct {
	marks   map[rune]int
	inTable bool
	rows    int
	depth   int // of the lists and quotes that may be open
	work    int // lines times depth: a parser goes through all open blocks for each line
	blank   bool
}

// line gives the sentence that says what is wrong with a line, or "".
func (c *lineCheck) line(line string) string {
	if r, found := unusableRune(line); found {
		return fmt.Sprintf("có ký tự không dùng được (U+%04X). Hãy xóa ký tự này.", r)
	}
	if containerDepth(line) > maxNesting {
		return fmt.Sprintf("danh sách hoặc khung lồng nhau quá %d tầng. Hãy viết phẳng hơn.", maxNesting)
	}
	if mark := c.countMarks(line); mark != 0 {
		return fmt.Sprintf("cả bài có quá %s dấu “%c”. Hãy bớt dấu này hoặc chia bài.", viet.Number(maxInlineMarks), mark)
	}
	if c.work += c.open(line); c.work > maxNestedLines {
		return "danh sách hoặc khung lồng nhau quá dài. Hãy viết phẳng hơn hoặc chia bài."
	}
	return c.tableLine(line)
}

// unusableRune finds a control or private-use character, also one written as an
// entity such as &#xE000;.
func unusableRune(line string) (rune, bool) {
	if strings.Contains(line, "&") {
		line += html.UnescapeString(line)
	}
	for _, r := range line {
		if r != '\t' && unicode.IsControl(r) || 0xE000 <= r && r <= 0xF8FF {
			return r, true
		}
	}
	return 0, false
}

// containerDepth estimates from one line how deep lists and quotes are nested:
// its markers, and one level for every two columns before a marker.
func containerDepth(line string) int {
	depth, width := 0, 0
	for line != "" {
		switch rest, isMarker := cutMarker(line); {
		case isMarker:
			depth, width, line = depth+1+width/2, 0, rest
		case line[0] == ' ':
			width, line = width+1, line[1:]
		case line[0] == '\t':
			width, line = width+4, line[1:]
		default:
			return depth
		}
	}
	return depth
}

// open estimates how many lists and quotes are open at a line. A blank line
// leaves them open, and so does one that continues a paragraph.
func (c *lineCheck) open(line string) int {
	blank := strings.Trim(line, " \t") == ""
	if depth := containerDepth(line); depth > 0 {
		c.depth = depth
	} else if c.blank && !blank && line[0] != ' ' && line[0] != '\t' {
		c.depth = 0
	}
	c.blank = blank
	return c.depth
}

// cutMarker cuts the marker of a quote or a list item from the front of a line.
func cutMarker(line string) (rest string, found bool) {
	if line[0] == '>' {
		return line[1:], true
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	switch end := line[digits:]; {
	case end == "" || digits > 9:
		return line, false
	case digits > 0 && !strings.ContainsAny(end[:1], ".)"), digits == 0 && !strings.ContainsAny(end[:1], "-+*"):
		return line, false
	case len(end) > 1 && end[1] != ' ' && end[1] != '\t':
		return line, false
	default:
		return end[1:], true
	}
}

// countMarks counts what the inline parser stops at; runs of the same emphasis
// mark or backtick count once. It gives the mark that there is too much of.
func (c *lineCheck) countMarks(line string) rune {
	if c.marks == nil {
		c.marks = map[rune]int{}
	}
	var last rune
	for _, r := range line {
		counted := false
		switch r {
		case '*', '_', '`':
			counted = r != last
		case '[', ']', '<', '&':
			counted = true
		}
		if last = r; !counted {
			continue
		}
		if c.marks[r]++; c.marks[r] > maxInlineMarks {
			return r
		}
	}
	return 0
}

// tableLine looks for the line under a table's head and counts the rows below it.
func (c *lineCheck) tableLine(line string) string {
	bare := strings.TrimLeft(line, " \t>")
	switch columns := delimiterColumns(bare); {
	case columns > maxTableColumns:
		return fmt.Sprintf("bảng rộng quá %d cột. Hãy chia bảng.", maxTableColumns)
	case columns > 0:
		c.inTable = true
	case bare == "":
		c.inTable = false
	case c.inTable:
		c.rows++
	}
	if c.rows > maxTableRows {
		return fmt.Sprintf("các bảng trong bài dài quá %s hàng. Hãy chia bài.", viet.Number(maxTableRows))
	}
	return ""
}

// delimiterColumns counts the columns of a line such as |---|:--:|, 0 for other lines.
func delimiterColumns(line string) int {
	line = strings.TrimRight(line, " \t")
	if strings.Trim(line, "-:| \t") != "" || !strings.Contains(line, "-") || !strings.ContainsAny(line, "|:") {
		return 0
	}
	return strings.Count(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|") + 1
}
