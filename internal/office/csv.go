package office

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// separator of what is written. Vietnamese Windows has the comma for lists, as
// the English one has, so Excel opens such a file in columns on both. A first
// line "sep=;" would do on every machine, but makes Excel forget the byte order
// mark and with it the tones.
const separator = ','

const byteOrderMark = "\xef\xbb\xbf"

// risky begins a cell that a spreadsheet would take for a formula.
const risky = "=+-@\t\r\n＝＋－＠"

func isRisky(cell string) bool {
	first, _ := utf8.DecodeRuneInString(cell)
	return cell != "" && strings.ContainsRune(risky, first)
}

// Disarmed puts an apostrophe before a cell that would be a formula, and before
// one that already has such an apostrophe, so that armed undoes just that.
func Disarmed(cell string) string {
	if isRisky(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

func armed(cell string) string {
	if rest, quoted := strings.CutPrefix(cell, "'"); quoted && isRisky(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}

func writeCSV(rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(separator)
			}
			cell = Disarmed(cell)
			if strings.ContainsAny(cell, "\",;\t\r\n") || strings.TrimSpace(cell) != cell || len(row) == 1 && strings.HasPrefix(cell, "sep=") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString("\r\n")
	}
	return b.Bytes()
}

func readCSV(data []byte) ([]Row, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	r := csvReader{text: text}
	if rest, ok := strings.CutPrefix(text, "sep="); ok && rest != "" && strings.IndexByte(",;\t", rest[0]) >= 0 && (len(rest) == 1 || rest[1] == '\r' || rest[1] == '\n') {
		r.comma, r.text = rest[0], strings.TrimPrefix(strings.TrimPrefix(rest[1:], "\r"), "\n")
	} else {
		r.comma = guessComma(text)
	}
	var g gathering
	for number := 1; r.text != ""; number++ {
		cells, ok := r.record()
		if !ok {
			return nil, refuseRow(KindQuote, number)
		}
		if err := g.add(number, cells); err != nil {
			return nil, err
		}
	}
	return g.rows, nil
}

// decode gives the text of a file in UTF-8, or in the UTF-16 of Excel's
// "Unicode text".
func decode(data []byte) (string, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		data = bytes.TrimPrefix(data, []byte(byteOrderMark))
		if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
			return "", refuse(KindEncoding)
		}
		return string(data), nil
	}
	units := make([]uint16, 0, len(data)/2)
	for data = data[2:]; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	var b strings.Builder
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			if i+1 == len(units) {
				return "", refuse(KindEncoding)
			}
			i++
			r = utf16.DecodeRune(r, rune(units[i]))
		}
		if r == 0 || r == utf8.RuneError {
			return "", refuse(KindEncoding)
		}
		b.WriteRune(r)
	}
	if len(data) > 0 {
		return "", refuse(KindEncoding)
	}
	return b.String(), nil
}

// guessComma is what stands most often between the cells of the first line.
func guessComma(text string) byte {
	var counts [256]int
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if c == '\n' || c == '\r' {
			if counts[','] == 0 && counts[';'] == 0 && counts['\t'] == 0 && strings.TrimSpace(text[:i]) == "" {
				continue // the table begins below blank lines
			}
			break
		}
		counts[c]++
	}
	best := byte(separator)
	for _, c := range []byte{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// csvReader takes records off a text.
type csvReader struct {
	text  string
	comma byte
}

// record takes one line, or more where a cell in quotes has several; false when
// a quotation mark is never closed. What is wrong in other ways is read as it
// stands. A row far too long is cut: the caller refuses it anyway.
func (r *csvReader) record() (cells []string, ok bool) {
	for {
		cell, ok := r.cell()
		if !ok {
			return nil, false
		}
		if len(cells) <= MaxColumns {
			cells = append(cells, armed(cell))
		} else if cell != "" {
			cells[MaxColumns] = cell
		}
		switch {
		case r.text == "":
			return cells, true
		case r.text[0] == r.comma:
			r.text = r.text[1:]
		default:
			r.text = strings.TrimPrefix(r.text, "\r")
			r.text = strings.TrimPrefix(r.text, "\n")
			return cells, true
		}
	}
}

// cell takes one cell and stands before what ends it.
func (r *csvReader) cell() (string, bool) {
	var inside strings.Builder
	if strings.HasPrefix(r.text, `"`) {
		r.text = r.text[1:]
		for {
			i := strings.IndexByte(r.text, '"')
			if i < 0 {
				return "", false
			}
			inside.WriteString(r.text[:i])
			r.text = r.text[i+1:]
			if !strings.HasPrefix(r.text, `"`) {
				break
			}
			inside.WriteByte('"')
			r.text = r.text[1:]
		}
	}
	end := 0
	for end < len(r.text) && r.text[end] != r.comma && r.text[end] != '\n' && r.text[end] != '\r' {
		end++
	}
	inside.WriteString(r.text[:end])
	r.text = r.text[end:]
	return inside.String(), true
}
