package office_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"sotay/internal/office"
)

func TestWhatIsWrittenReadsBackTheSame(t *testing.T) {
	head := []string{"họ tên", "điện thoại", "ghi chú", "", "cuối"}
	rows := [][]string{
		{"Nguyễn Thị Ánh", "0912345678", "=1+1", "+84", "-5"},
		{"@cmd", "\tx", "\rx", "＝1", "'=đã có dấu", "''@", "'", "it's", "a,b;c\td", `nói "có"`, "dòng một\ndòng hai", " cách ", "sep=;"},
		{"", "", "giữa"},
		{"\r\nx", "a\r\nb", "_x000D_", "<b>&amp;", "]]>", "𝒳 😀", "１２３", "true", "1e5", "0"},
	}
	for _, format := range []office.Format{office.XLSX, office.CSV} {
		t.Run(string(format), func(t *testing.T) {
			data, err := office.Write(format, head, rows)
			if err != nil {
				t.Fatal(err)
			}
			got, err := office.Rows("a."+string(format), data)
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range append([][]string{head}, rows...) {
				if i >= len(got) || got[i].Number != i+1 || !reflect.DeepEqual(got[i].Cells, want) {
					t.Errorf("row %d: got %v, want %q", i+1, got[min(i, len(got)-1)], want)
				}
			}
		})
	}
}

func TestNoWrittenCellIsAFormula(t *testing.T) {
	cells := []string{"=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", "'=1"}
	data, err := office.Write(office.CSV, []string{"ô"}, columns(cells))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\r\n")[1:] {
		if line = strings.TrimPrefix(line, `"`); !strings.HasPrefix(line, "'") {
			t.Errorf("csv: got %q, want an apostrophe first", line)
		}
	}
	if data, err = office.Write(office.XLSX, []string{"ô"}, columns(cells)); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for i := range cells {
		at := fmt.Sprintf("A%d", i+2)
		kind, _ := file.GetCellType("Sheet1", at)
		formula, _ := file.GetCellFormula("Sheet1", at)
		if kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString || formula != "" {
			t.Errorf("%s: got type %d, formula %q, want text", at, kind, formula)
		}
	}
}

func columns(cells []string) (rows [][]string) {
	for _, c := range cells {
		rows = append(rows, []string{c})
	}
	return rows
}

func TestCSVOfEveryProgramIsRead(t *testing.T) {
	want := []office.Row{{Number: 1, Cells: []string{"họ tên", "tổ"}}, {Number: 3, Cells: []string{"Ánh, \"cả\"", "1"}}}
	body := "họ tên;tổ\r\n\r\n\"Ánh, \"\"cả\"\"\";1\r\n"
	tests := []struct {
		name string
		data []byte
	}{
		{"semicolons", []byte(body)},
		{"byte order mark", []byte("\xef\xbb\xbf" + body)},
		{"no end of line at the end", []byte(strings.TrimSpace(body))},
		{"old Mac line ends", []byte(strings.ReplaceAll(body, "\r\n", "\r"))},
		{"Unix line ends", []byte(strings.ReplaceAll(body, "\r\n", "\n"))},
		{"tabs", []byte(strings.ReplaceAll(body, ";", "\t"))},
		{"commas", []byte(strings.ReplaceAll(body, ";", ","))},
		{"a line that names the separator", []byte("sep=;\r\n" + body)},
		{"UTF-16 little-endian", inUTF16(body, binary.LittleEndian)},
		{"UTF-16 big-endian", inUTF16(body, binary.BigEndian)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := office.Rows("a.csv", tt.data)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, %v, want %v", got, err, want)
			}
		})
	}
}

func inUTF16(text string, order binary.ByteOrder) []byte {
	var b bytes.Buffer
	for _, unit := range append([]uint16{0xFEFF}, utf16.Encode([]rune(text))...) {
		binary.Write(&b, order, unit)
	}
	return b.Bytes()
}

func TestXLSXCellsAreReadAsShownAndFormulasByTheirStoredValue(t *testing.T) {
	file := excelize.NewFile()
	defer file.Close()
	day, _ := file.NewStyle(&excelize.Style{NumFmt: 14})
	phone := "0000000000"
	zeros, _ := file.NewStyle(&excelize.Style{CustomNumFmt: &phone})
	for at, value := range map[string]any{"A1": "chữ", "B1": 912345678, "C1": 46083, "D1": 912345678, "E1": true, "G1": 1.5} {
		if err := file.SetCellValue("Sheet1", at, value); err != nil {
			t.Fatal(err)
		}
	}
	file.SetCellStyle("Sheet1", "C1", "C1", day)
	file.SetCellStyle("Sheet1", "D1", "D1", zeros)
	file.SetCellFormula("Sheet1", "F1", `WEBSERVICE("http://127.0.0.1/")`)
	file.SetCellValue("Sheet1", "A30", "dưới")
	if _, err := file.NewSheet("Hai"); err != nil {
		t.Fatal(err)
	}
	file.SetCellValue("Hai", "A1", "không đọc")
	var b bytes.Buffer
	if err := file.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := office.Rows("Danh sách.XLSX", b.Bytes())
	want := []office.Row{{Number: 1, Cells: []string{"chữ", "912345678", "02/03/2026", "0912345678", "TRUE", "", "1.5"}}, {Number: 30, Cells: []string{"dưới"}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

// part is one file of a hand-made archive.
type part struct{ name, text string }

const (
	contentTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`
	topRels      = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	workbook     = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Một" sheetId="1" r:id="r1"/></sheets></workbook>`
	bookRels     = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	sheetHead    = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetTail    = `</sheetData></worksheet>`
)

// book is an archive with the parts that a workbook needs, and more.
func book(t testing.TB, sheet string, more ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range append([]part{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", topRels}, {"xl/workbook.xml", workbook},
		{"xl/_rels/workbook.xml.rels", bookRels}, {"xl/worksheets/sheet1.xml", sheet}}, more...) {
		f, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func inlineRow(number int, text string) string {
	return fmt.Sprintf(`<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>`, number, number, text)
}

func TestAHandMadeWorkbookIsRead(t *testing.T) {
	got, err := office.Rows("a.xlsx", book(t, sheetHead+inlineRow(2, "có")+sheetTail))
	if err != nil || len(got) != 1 || got[0].Number != 2 || got[0].Cell(0) != "có" || got[0].Cell(1) != "" || got[0].Cell(-1) != "" {
		t.Errorf("got %v, %v", got, err)
	}
}

// noise does not pack: with it a small part may unpack to much.
func noise(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return string(b)
}

func TestHostileFilesAreRefusedSoonAndCheaply(t *testing.T) {
	plain := book(t, sheetHead+inlineRow(1, "a")+sheetTail)
	lying := bytes.Clone(book(t, sheetHead+inlineRow(1, strings.Repeat("a", 30_000))+sheetTail))
	understate(lying, "xl/worksheets/sheet1.xml", 100)
	manyParts := make([]part, 3000)
	for i := range manyParts {
		manyParts[i] = part{fmt.Sprintf("xl/media/%d", i), ""}
	}
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2000)
	tests := []struct {
		name, file string
		data       []byte
		want       office.Kind
	}{
		{"zip bomb in a sheet", "a.xlsx", book(t, sheetHead+strings.Repeat(" ", 80<<20)+sheetTail), office.KindUnpacked},
		{"zip bomb in a picture", "a.xlsx", book(t, sheetHead+sheetTail, part{"xl/media/1.png", strings.Repeat("\x00", 80<<20)}), office.KindUnpacked},
		{"zip bomb within the ratio", "a.xlsx", book(t, sheetHead+strings.Repeat(" ", 100<<20)+sheetTail, part{"x", noise(2 << 20)}), office.KindUnpacked},
		{"sizes that lie", "a.xlsx", lying, office.KindDamaged},
		{"too many parts", "a.xlsx", book(t, sheetHead+sheetTail, manyParts...), office.KindUnpacked},
		{"a part twice", "a.xlsx", book(t, sheetHead+sheetTail, part{"XL/worksheets/SHEET1.xml", "<a/>"}), office.KindDamaged},
		{"huge row index", "a.xlsx", book(t, sheetHead+inlineRow(1_048_576, "a")+sheetTail), office.KindRows},
		{"row index beyond Excel's", "a.xlsx", book(t, sheetHead+inlineRow(2_000_000_000, "a")+sheetTail), office.KindRows},
		{"too many rows", "a.xlsx", book(t, sheetHead+strings.Repeat(`<row><c t="str"><v>a</v></c></row>`, 20_001)+sheetTail), office.KindRows},
		{"huge column index", "a.xlsx", book(t, sheetHead+strings.Repeat(`<row><c r="XFD1" t="str"><v>a</v></c></row>`, 10_000)+sheetTail), office.KindColumns},
		{"millions of empty cells", "a.xlsx", book(t, sheetHead+"<row>"+strings.Repeat(`<c/>`, 10_000_000)+"</row>"+sheetTail, part{"x", noise(1 << 20)}), office.KindDamaged},
		{"millions of shared texts", "a.xlsx", book(t, sheetHead+sheetTail, part{"x", noise(1 << 20)}, part{"xl/sharedStrings.xml", "<sst>" + strings.Repeat("<si><t/></si>", 4_000_000) + "</sst>"}), office.KindDamaged},
		{"millions of styles", "a.xlsx", book(t, sheetHead+sheetTail, part{"x", noise(1 << 20)}, part{"xl/styles.xml", "<styleSheet><cellXfs>" + strings.Repeat("<xf/>", 10_000_000) + "</cellXfs></styleSheet>"}), office.KindDamaged},
		{"one long text in many cells", "a.xlsx", book(t, sheetHead+strings.Repeat(`<row>`+strings.Repeat(`<c t="s"><v>0</v></c>`, 50)+`</row>`, 200)+sheetTail,
			part{"xl/sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>` + strings.Repeat("a", 30_000) + "</t></si></sst>"}), office.KindText},
		{"a cell too long", "a.xlsx", book(t, sheetHead+inlineRow(1, strings.Repeat("a", 40_000))+sheetTail), office.KindCell},
		{"document type with an outer entity", "a.xlsx", book(t, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`+sheetHead+inlineRow(1, "&e;")+sheetTail), office.KindDamaged},
		{"entity bomb", "a.xlsx", book(t, sheetHead+sheetTail, part{"xl/sharedStrings.xml", `<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>`}), office.KindDamaged},
		{"document type hidden by UTF-16", "a.xlsx", book(t, string(inUTF16(`<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>`+sheetHead+sheetTail, binary.LittleEndian))), office.KindDamaged},
		{"another encoding", "a.xlsx", book(t, `<?xml version="1.0" encoding="UTF-7"?>`+sheetHead+sheetTail), office.KindDamaged},
		{"deep XML", "a.xlsx", book(t, sheetHead+strings.Repeat("<a>", 400_000)+strings.Repeat("</a>", 400_000)+sheetTail), office.KindDamaged},
		{"endless tag", "a.xlsx", book(t, sheetHead+`<row r="`+strings.Repeat("1", 500_000)+`"/>`+sheetTail), office.KindDamaged},
		{"a renamed docx", "a.xlsx", docx(t), office.KindFormat},
		{"old Excel", "a.xls", []byte(ole), office.KindOldExcel},
		{"old Excel renamed", "a.xlsx", []byte(ole), office.KindOldExcel},
		{"encrypted", "a.xlsx", encrypted(t, plain), office.KindEncrypted},
		{"cut off", "a.xlsx", plain[:len(plain)/2], office.KindDamaged},
		{"text named xlsx", "a.xlsx", []byte("a,b\n"), office.KindFormat},
		{"xlsx named csv", "a.csv", plain, office.KindFormat},
		{"another name", "a.ods", plain, office.KindFormat},
		{"too large", "a.csv", bytes.Repeat([]byte("a\n"), 5<<20), office.KindSize},
		{"csv with too many rows", "a.csv", bytes.Repeat([]byte("a\n"), 20_001), office.KindRows},
		{"csv with too many columns", "a.csv", bytes.Repeat([]byte("a,"), 4<<20), office.KindColumns},
		{"csv with a cell too long", "a.csv", bytes.Repeat([]byte("a"), 1<<20), office.KindCell},
		{"csv in another encoding", "a.csv", []byte("h\xf2 t\xean"), office.KindEncoding},
		{"csv with half a UTF-16 letter", "a.csv", []byte("\xff\xfea\x00b"), office.KindEncoding},
		{"csv with a quotation mark left open", "a.csv", append([]byte("a\n\""), bytes.Repeat([]byte("b\n"), 2<<20)...), office.KindQuote},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := office.Rows(tt.file, tt.data)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			var refused *office.Error
			if !errors.As(err, &refused) || refused.Kind != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			} else if !strings.Contains(refused.Sentence(), "Hãy") {
				t.Errorf("the sentence %q says not how to mend it", refused.Sentence())
			}
			if took > 10*time.Second {
				t.Errorf("took %s", took)
			}
			if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown >= 64 {
				t.Errorf("took %d MiB in all", grown)
			}
		})
	}
}

// understate writes another unpacked size into both headers of a part.
func understate(data []byte, name string, size uint32) {
	for _, header := range []struct {
		mark       string
		size, name int
	}{{"PK\x01\x02", 24, 46}, {"PK\x03\x04", 22, 30}} {
		for at := 0; ; at++ {
			i := bytes.Index(data[at:], []byte(header.mark))
			if i < 0 {
				break
			}
			at += i
			if bytes.HasPrefix(data[at+header.name:], []byte(name)) {
				binary.LittleEndian.PutUint32(data[at+header.size:], size)
			}
		}
	}
}

func docx(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml"} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, "<a/>")
	}
	w.Close()
	return b.Bytes()
}

func encrypted(t testing.TB, data []byte) []byte {
	t.Helper()
	locked, err := excelize.Encrypt(data, &excelize.Options{Password: "mật khẩu"})
	if err != nil {
		t.Fatal(err)
	}
	return locked
}

// inMain puts the outermost element into the namespace of sheets.
func inMain(xml string) string {
	return strings.Replace(xml, ">", ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`, 1)
}

func FuzzRowsOfXLSX(f *testing.F) {
	f.Add([]byte(sheetHead+inlineRow(1, "a")+sheetTail), []byte(inMain("<sst><si><t>a</t></si></sst>")), []byte(inMain("<styleSheet></styleSheet>")))
	f.Add([]byte(sheetHead+`<row r="-5"><c r="ZZ9" t="s" s="1"><v>1</v><f>A1</f></c></row>`+sheetTail), []byte(inMain("<sst><si><r><t>b</t></r></si></sst>")),
		[]byte(inMain(`<styleSheet><numFmts><numFmt numFmtId="165" formatCode="[$-42A]d mmmm yyyy;@"/></numFmts><cellXfs><xf/><xf numFmtId="165"/></cellXfs></styleSheet>`)))
	f.Fuzz(func(t *testing.T, sheet, texts, styles []byte) {
		data := book(t, string(sheet), part{"xl/sharedStrings.xml", string(texts)}, part{"xl/styles.xml", string(styles)})
		checkRows(t, "a.xlsx", data)
	})
}

func FuzzRows(f *testing.F) {
	f.Add(true, book(f, sheetHead+inlineRow(1, "a")+sheetTail))
	f.Add(false, []byte("a;b\r\n\"c\n\"\"d\"\te"))
	f.Add(false, []byte("sep=,\n'=1,''@\n"))
	f.Add(false, inUTF16("a\tb\n😀", binary.LittleEndian))
	f.Fuzz(func(t *testing.T, packed bool, data []byte) {
		name := "a.csv"
		if packed {
			name = "a.xlsx"
		}
		checkRows(t, name, data)
	})
}

func checkRows(t *testing.T, name string, data []byte) {
	rows, err := office.Rows(name, data)
	var refused *office.Error
	if err != nil && !errors.As(err, &refused) {
		t.Fatalf("neither read nor refused: %v", err)
	}
	last := 0
	for _, row := range rows {
		if row.Number <= last || row.Number > office.MaxRows || len(row.Cells) > office.MaxColumns || row.Cells[len(row.Cells)-1] == "" {
			t.Fatalf("got %v after row %d", row, last)
		}
		last = row.Number
	}
}

func FuzzOutAndIn(f *testing.F) {
	f.Add("=1", "'+2", "a\r\nb")
	f.Add("sep=;", "", "")
	f.Add("_x0041_", "\x01", " \t")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for _, format := range []office.Format{office.CSV, office.XLSX} {
			data, err := office.Write(format, []string{"một", "hai", "ba", "."}, [][]string{{a, b, c, "."}, {a}, {".", c}})
			if err != nil {
				t.Fatal(err)
			}
			rows, err := office.Rows("a."+string(format), data)
			if err != nil {
				t.Fatal(err)
			}
			again, err := office.Write(format, rows[0].Cells, [][]string{rows[1].Cells})
			if err != nil {
				t.Fatal(err)
			}
			twice, err := office.Rows("a."+string(format), again)
			if err != nil || !reflect.DeepEqual(rows[:2], twice) {
				t.Fatalf("%s: got %v, then %v, %v", format, rows[:2], twice, err)
			}
			if plain(a) && plain(b) && plain(c) && !reflect.DeepEqual(rows[1].Cells, []string{a, b, c, "."}) {
				t.Fatalf("%s: got %q, want %q", format, rows[1].Cells, []string{a, b, c})
			}
		}
	})
}

// plain is text as it comes out of the database.
func plain(s string) bool {
	return strings.ToValidUTF8(s, "") == s && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF })
}
