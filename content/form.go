package content

import (
	"slices"
	"strings"
)

// Input says how a form asks for a field.
type Input string

// The inputs of forms.
const (
	InputText   Input = "text"   // one line
	InputArea   Input = "area"   // a few sentences, one line when stored
	InputSelect Input = "select" // one of Options
	InputChecks Input = "checks" // any of Options
	InputDate   Input = "date"
	InputLines  Input = "lines" // a list, one item a line
	InputNumber Input = "number"

	inputCarried Input = "" // no form has it: it stays what it was
)

// Option is one choice of a field.
type Option struct{ Value, Label string }

// Field is one entry of a kind's form.
type Field struct {
	Name     string // as in the front matter and in faults
	Label    string
	Hint     string
	Input    Input
	Options  []Option
	Required bool
	Max      int // runes of the value, or of each line; 0 for no limit of its own
}

// Fields lists the fields of a kind's form in their order.
func Fields(kind string) []Field {
	return slices.DeleteFunc(frontFields(kind), func(f Field) bool { return f.Input == inputCarried })
}

// WithTopics gives a field that asks for topics their names and order of now.
func (f Field) WithTopics(topics []Topic) Field {
	if f.Name == "topic" || f.Name == "topics" {
		f.Options = topicOptions(topics)
	}
	return f
}

// frontFields are all entries of a kind's front matter in the order in which
// sources hold them.
func frontFields(kind string) []Field {
	if fields := kindNamed(kind).fields; fields != nil {
		return fields()
	}
	return nil
}

func guideFields() []Field {
	return []Field{
		{Name: "title", Label: "Tên bài", Hint: "Bắt đầu bằng việc phải làm. Nhiều nhất 90 ký tự.", Input: InputText, Required: true, Max: MaxTitleRunes},
		{Name: "topic", Label: "Chủ đề", Input: InputSelect, Options: topicOptions(topics), Required: true},
		{Name: "phase", Label: "Giai đoạn", Input: InputSelect, Options: phaseOptions(), Required: true},
		{Name: "roles", Label: "Người đọc", Hint: "Chọn những nhóm phải làm theo bài.", Input: InputChecks, Options: audienceOptions()},
		{Name: "summary", Label: "Tóm tắt", Hint: "Một câu cho danh sách và kết quả tìm. Nhiều nhất 200 ký tự.", Input: InputArea, Required: true, Max: MaxSummaryRunes},
		{Name: "trust", Label: "Mức tin cậy", Input: InputSelect, Options: trustOptions(), Required: true},
		{Name: "effective", Label: "Áp dụng từ ngày", Input: InputDate},
		{Name: "position", Label: "Thứ tự trong giai đoạn", Hint: "Số nhỏ đứng trước.", Input: InputNumber},
		{Name: "series", Label: "Loạt bài", Hint: "Các bài đọc lần lượt ghi cùng một loạt bài, chữ thường không dấu, ví dụ ngay-bau-cu. Bài đứng riêng thì để trống.", Input: InputText, Max: maxLineRunes},
		{Name: "step", Label: "Bước trong loạt bài", Input: InputNumber},
		{Name: "series_title", Label: "Tên loạt bài", Hint: "Ghi ở bài đầu của loạt.", Input: InputText, Max: MaxTitleRunes},
		basisField(),
		{Name: "asked", Label: "Cách hỏi khác", Hint: "Người đọc hay hỏi thế nào, mỗi câu một dòng. Câu hỏi về một mục: ghi neo của mục rồi dấu hai chấm, ví dụ muc-hom-phieu: câu hỏi.", Input: InputLines, Max: MaxAskedRunes},
	}
}

func answerFormFields() []Field {
	return []Field{
		{Name: "code", Label: "Mã"},
		{Name: "ref", Label: "Mã ở tệp nhập"},
		{Name: "question", Label: "Câu hỏi", Input: InputArea, Required: true, Max: MaxQuestionRunes},
		{Name: "short", Label: "Trả lời ngắn", Hint: "Nhiều nhất 30 tiếng.", Input: InputArea, Required: true, Max: MaxSummaryRunes * 2},
		{Name: "asked", Label: "Cách hỏi khác", Hint: "Người đọc hay hỏi thế nào, mỗi câu một dòng.", Input: InputLines, Max: MaxAskedRunes},
		{Name: "topic", Label: "Chủ đề", Input: InputSelect, Options: topicOptions(topics), Required: true},
		{Name: "agency", Label: "Cơ quan trả lời", Input: InputText, Required: true, Max: maxLineRunes},
		{Name: "field", Label: "Lĩnh vực", Input: InputText, Required: true, Max: maxLineRunes},
		{Name: "session", Label: "Buổi tập huấn", Hint: "Địa chỉ của buổi tập huấn, nếu câu này hỏi tại đó.", Input: InputText, Max: maxLineRunes},
		{Name: "date", Label: "Ngày trả lời", Input: InputDate, Required: true},
		{Name: "trust", Label: "Mức tin cậy", Input: InputSelect, Options: trustOptions(), Required: true},
		{Name: "effective", Label: "Áp dụng từ ngày", Input: InputDate},
		basisField(),
		{Name: "level", Label: "Mức trả lời", Input: InputSelect, Options: levelOptions()},
		{Name: "letter", Label: "Số, ngày công văn", Hint: "Khi trả lời bằng công văn. Ví dụ: số và ký hiệu, ngày ký.", Input: InputText, Max: maxLineRunes},
		{Name: "supersedes", Label: "Thay các câu", Hint: "Mã của câu cũ mà câu này thay, mỗi dòng một mã, ví dụ HĐ-0012. Người mở câu cũ được dẫn tới câu này.", Input: InputLines},
	}
}

func sessionFields() []Field {
	return []Field{
		{Name: "title", Label: "Tên buổi tập huấn", Input: InputText, Required: true, Max: MaxTitleRunes * 2},
		{Name: "held_on", Label: "Ngày mở", Input: InputDate},
		{Name: "form", Label: "Hình thức", Hint: "Trực tiếp, trực tuyến hoặc cả hai.", Input: InputText, Max: maxLineRunes},
		{Name: "units", Label: "Số xã, phường dự", Input: InputNumber},
		{Name: "topics", Label: "Chủ đề", Input: InputChecks, Options: topicOptions(topics)},
		{Name: "trust", Label: "Mức tin cậy", Input: InputSelect, Options: trustOptions()},
		{Name: "source", Label: "Nguồn", Hint: "Thông tin lấy từ đâu.", Input: InputText, Max: maxLineRunes},
	}
}

func situationFields() []Field {
	return []Field{
		{Name: "title", Label: "Tên tình huống", Hint: "Chuyện gì xảy ra, như người ở điểm bầu cử nói. Nhiều nhất 90 ký tự.", Input: InputText, Required: true, Max: MaxTitleRunes},
		{Name: "topic", Label: "Chủ đề", Input: InputSelect, Options: topicOptions(topics), Required: true},
		{Name: "summary", Label: "Tóm tắt", Hint: "Một câu: việc phải làm ngay. Nhiều nhất 200 ký tự.", Input: InputArea, Required: true, Max: MaxSummaryRunes},
		{Name: "trust", Label: "Mức tin cậy", Input: InputSelect, Options: trustOptions(), Required: true},
		{Name: "effective", Label: "Áp dụng từ ngày", Input: InputDate},
		{Name: "position", Label: "Thứ tự trong chủ đề", Hint: "Số nhỏ đứng trước.", Input: InputNumber},
		basisField(),
		{Name: "asked", Label: "Cách hỏi khác", Hint: "Người đọc hay hỏi thế nào, mỗi câu một dòng.", Input: InputLines, Max: MaxAskedRunes},
	}
}

func termFields() []Field {
	basis := basisField()
	basis.Required = false
	return []Field{
		{Name: "title", Label: "Thuật ngữ", Hint: "Viết đầy đủ, như trong luật.", Input: InputText, Required: true, Max: MaxTitleRunes},
		{Name: "short", Label: "Viết tắt", Hint: "Ví dụ HĐND. Không có thì để trống.", Input: InputText, Max: maxTermShort},
		{Name: "also", Label: "Cách gọi khác", Hint: "Mỗi cách gọi một dòng; dùng khi tìm.", Input: InputLines, Max: MaxTitleRunes},
		{Name: "summary", Label: "Nghĩa", Hint: "Một, hai câu, hiện khi chỉ vào chữ. Nhiều nhất 300 ký tự.", Input: InputArea, Required: true, Max: maxTermSummary},
		{Name: "trust", Label: "Mức tin cậy", Input: InputSelect, Options: trustOptions(), Required: true},
		basis,
	}
}

func basisField() Field {
	return Field{Name: "basis", Label: "Căn cứ pháp lý", Input: InputLines, Required: true, Max: maxRefRunes,
		Hint: "Mỗi căn cứ một dòng, ví dụ luat-85-2015 dieu-69 khoan-4."}
}

func topicOptions(topics []Topic) []Option {
	var list []Option
	for _, t := range topics {
		list = append(list, Option{t.Slug, t.Name})
	}
	return list
}

func phaseOptions() []Option {
	var list []Option
	for _, p := range Phases() {
		list = append(list, Option{string(p), p.Label()})
	}
	return list
}

func audienceOptions() []Option {
	var list []Option
	for a, label := range audienceLabels {
		list = append(list, Option{string(a), label})
	}
	slices.SortFunc(list, func(a, b Option) int { return strings.Compare(a.Value, b.Value) })
	return list
}

func trustOptions() []Option {
	var list []Option
	for _, t := range []Trust{TrustRead, TrustReported, TrustAdvice, TrustPast} {
		list = append(list, Option{string(t), t.Label()})
	}
	return list
}
