package office

import "fmt"

// Kind says why a file is refused.
type Kind string

// The closed list of kinds.
const (
	KindSize      Kind = "size"      // the file itself
	KindUnpacked  Kind = "unpacked"  // what it unpacks to, or how many parts it has
	KindRows      Kind = "rows"      // too many
	KindColumns   Kind = "columns"   // too many
	KindCell      Kind = "cell"      // too long
	KindText      Kind = "text"      // too much in all
	KindOldExcel  Kind = "old excel" // .xls
	KindEncrypted Kind = "encrypted" // by a password
	KindFormat    Kind = "format"    // neither xlsx nor csv, or not what its name says
	KindDamaged   Kind = "damaged"   // cannot be read, or holds what no sheet needs
	KindEncoding  Kind = "encoding"  // a text neither UTF-8 nor UTF-16
	KindQuote     Kind = "quote"     // a quotation mark without its second one
)

// Error is why a file is refused. Row is the row at fault, 0 for the whole file.
type Error struct {
	Kind  Kind
	Row   int
	cause error
}

// Error is for the log.
func (e *Error) Error() string {
	text := "sheet refused: " + string(e.Kind)
	if e.Row > 0 {
		text += fmt.Sprintf(", row %d", e.Row)
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap is what the reader of the format said, if anything.
func (e *Error) Unwrap() error { return e.cause }

var sentences = map[Kind]string{
	KindSize:      fmt.Sprintf("Tệp lớn quá %d MB. Hãy chia thành nhiều tệp.", MaxFileBytes>>20),
	KindUnpacked:  "Tệp giải nén ra quá lớn. Hãy chép các dòng cần nhập sang một tệp mới rồi gửi lại.",
	KindRows:      fmt.Sprintf("Bảng dài quá %d dòng. Hãy chia thành nhiều tệp; nếu bảng ngắn hơn, hãy xóa các dòng trống ở cuối.", MaxRows),
	KindColumns:   fmt.Sprintf("Bảng rộng quá %d cột. Hãy bỏ các cột không dùng.", MaxColumns),
	KindCell:      fmt.Sprintf("Có ô dài quá %d KB. Hãy rút ngắn nội dung ô ấy.", MaxCellBytes>>10+1),
	KindText:      "Bảng có quá nhiều chữ. Hãy chia thành nhiều tệp.",
	KindOldExcel:  "Đây là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel rồi lưu lại dạng .xlsx.",
	KindEncrypted: "Tệp được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu rồi lưu lại dạng .xlsx.",
	KindFormat:    "Tệp không phải bảng tính .xlsx hay .csv. Hãy lưu lại dạng .xlsx hoặc .csv.",
	KindDamaged:   "Không đọc được tệp. Hãy mở bằng Excel rồi lưu lại dạng .xlsx.",
	KindEncoding:  "Tệp .csv không phải UTF-8. Hãy lưu lại dạng “CSV UTF-8” hoặc .xlsx.",
	KindQuote:     "Có dấu ngoặc kép mở mà không đóng. Hãy thêm dấu đóng hoặc lưu lại dạng .xlsx.",
}

// Sentence says in Vietnamese what is wrong and how to mend it. It stands here
// because both the command line and the pages show it.
func (e *Error) Sentence() string {
	if e.Row > 0 {
		return fmt.Sprintf("Dòng %d: %s", e.Row, sentences[e.Kind])
	}
	return sentences[e.Kind]
}

func refuse(kind Kind) error { return &Error{Kind: kind} }

func refuseRow(kind Kind, row int) error { return &Error{Kind: kind, Row: row} }
