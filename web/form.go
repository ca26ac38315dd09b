package web

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// typed is a text field as it came in: its clean text, or what was typed and
// the sentence that says how to mend it.
type typed struct {
	Text  string
	Fault string
}

// readText takes a typed text through the one gate.
func readText(raw string, limit int) typed {
	text, err := viet.Clean(raw, limit)
	switch {
	case err == nil:
		return typed{Text: strings.Join(strings.Fields(text), " ")}
	case errors.Is(err, viet.ErrTooLong):
		return typed{legible(raw, 2*limit), fmt.Sprintf("Hãy viết ngắn lại: nhiều nhất %d ký tự.", limit)}
	}
	return typed{legible(raw, limit), "Có ký tự không đọc được. Hãy xóa ký tự lạ rồi gõ lại."}
}

// legible is what can be shown again of a text that the gate refused.
func legible(raw string, limit int) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Co, r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, viet.NFC(strings.ToValidUTF8(raw, " ")))
	if runes := []rune(text); len(runes) > limit {
		text = string(runes[:limit])
	}
	return strings.TrimSpace(text)
}

// form is the fields of a body, by name.
type form map[string][]string

// readForm reads a body that may have these fields and no other.
func readForm(c *fiber.Ctx, fields ...string) (form, error) {
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if len(c.Body()) > 0 && !strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationForm) {
		return nil, fault.Invalid("Trang chỉ nhận biểu mẫu của chính trang này. Hãy mở lại trang rồi gửi lại.")
	}
	f := form{}
	values, unknown := 0, false
	for key, value := range c.Context().PostArgs().All() {
		name := string(key)
		unknown = unknown || name != tokenField && !slices.Contains(fields, name)
		values++
		f[name] = append(f[name], string(value))
	}
	if unknown || values > MaxFormValues {
		return nil, fault.Invalid("Biểu mẫu có mục mà trang không biết. Hãy tải lại trang rồi gửi lại.")
	}
	return f, nil
}

// one is the value of a field that has one; two of them are refused.
func (f form) one(name string) (string, error) {
	switch len(f[name]) {
	case 0:
		return "", nil
	case 1:
		return f[name][0], nil
	}
	return "", fault.Invalid("Biểu mẫu có một mục gửi hai lần. Hãy tải lại trang rồi gửi lại.")
}

// first is the first value of a field, "" when there is none.
func (f form) first(name string) string {
	if len(f[name]) == 0 {
		return ""
	}
	return f[name][0]
}
