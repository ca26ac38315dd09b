package web

import (
	"slices"
	"strings"

	"sotay/content"
	"sotay/internal/viet"
)

// fieldView is a field of the form with what stands in it.
type fieldView struct {
	content.Field
	Value   string
	Choices []choiceView
	Fault   string
}

// ID is where links to the field lead.
func (v fieldView) ID() string { return "f-" + v.Name }

// Described are the ids of what explains the field.
func (v fieldView) Described() string {
	var ids []string
	if v.Hint != "" {
		ids = append(ids, v.ID()+"-goi-y")
	}
	if v.Fault != "" {
		ids = append(ids, v.ID()+"-loi")
	}
	return strings.Join(ids, " ")
}

type choiceView struct {
	content.Option
	Chosen bool
}

// textFields are the fields of a kind's form and what an address is made of.
func textFields(kind string) []string {
	names := []string{"markdown"}
	if hasSlug(kind) {
		names = append(names, "slug")
	}
	for _, field := range content.Fields(kind) {
		names = append(names, field.Name)
	}
	return names
}

// hasSlug reports whether the form of a kind asks for the address: that of an
// answer follows its question, a text without a form says its own.
func hasSlug(kind string) bool { return kind != content.KindAnswer && !content.IsRaw(kind) }

// typedText is what the form holds, as it was typed.
func typedText(kind string, f form) content.Text {
	t := content.Text{Fields: map[string][]string{}, Markdown: typedLines(strings.Join(f["markdown"], "\n"))}
	t.Slug = content.Slug(strings.TrimSpace(strings.Join(f["slug"], " ")))
	for _, field := range content.Fields(kind) {
		var values []string
		for _, raw := range f[field.Name] {
			for _, value := range splitValue(field.Input, typedLines(raw)) {
				if value = strings.TrimSpace(value); value != "" {
					values = append(values, value)
				}
			}
		}
		if len(values) > 0 {
			t.Fields[field.Name] = values
		}
	}
	return t
}

func splitValue(input content.Input, value string) []string {
	if input == content.InputLines {
		return strings.Split(value, "\n")
	}
	return []string{strings.Join(strings.Fields(value), " ")}
}

// typedLines are lines as a form sends them, ended by a line feed alone.
func typedLines(raw string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(raw, "\ufffd"))
}

// formValues are a text's values as the fields of the form hold them.
func formValues(kind string, t content.Text) map[string][]string {
	values := map[string][]string{"markdown": {t.Markdown}}
	if hasSlug(kind) {
		values["slug"] = []string{string(t.Slug)}
	}
	for _, field := range content.Fields(kind) {
		list := append([]string{}, t.Fields[field.Name]...) // never null, which the script could not join
		if field.Input != content.InputChecks {
			list = []string{strings.Join(list, "\n")}
		}
		values[field.Name] = list
	}
	return values
}

func viewFields(kind string, t content.Text, topics []content.Topic, faults map[string]string) []fieldView {
	values := formValues(kind, t)
	var list []fieldView
	for _, field := range content.Fields(kind) {
		field = field.WithTopics(topics)
		v := fieldView{Field: field, Fault: faults[field.Name], Value: strings.Join(values[field.Name], "\n")}
		for _, option := range field.Options {
			v.Choices = append(v.Choices, choiceView{option, slices.Contains(t.Fields[field.Name], option.Value)})
		}
		list = append(list, v)
	}
	return list
}

// typedOf is a revision's text as its form holds it: an address that follows
// the title is left to do so.
func typedOf(rev content.Revision) content.Text {
	t := rev.Text()
	if rev.Base == 0 && string(t.Slug) == viet.Slug(t.Title(rev.Kind)) {
		t.Slug = ""
	}
	return t
}

// markdownHint says how the text of a kind is written.
func markdownHint(kind string) string {
	switch kind {
	case content.KindPlan:
		return "Viết bằng YAML: cỡ phòng (room), cửa (doors), đồ vật (objects) đo bằng mét, lối đi (path), bảng kiểm (checks). Mỗi dòng ghi căn cứ hoặc “gợi ý”. Hình hiện ở phần xem trước."
	case content.KindLaw:
		return "Cả tệp văn bản: phần đầu giữa hai dòng ---, rồi mỗi điều một tiêu đề “## Điều 34. Tên gọn”."
	case content.KindSituation:
		return "Mỗi câu hỏi, mỗi cách xử lý một tiêu đề “## …”. Câu hỏi kết thúc bằng dấu hỏi, dưới có các dòng “- [Có](#muc-…)”. Cách xử lý có bốn phần “### Làm gì”, “### Gọi ai”, “### Ghi lại gì”, “### Căn cứ”."
	case content.KindTerm:
		return "Giải thích thêm, nếu cần. Nghĩa ngắn ghi ở ô “Nghĩa”."
	}
	return "Chữ thường và vài dấu Markdown; thanh công cụ chèn giúp."
}
