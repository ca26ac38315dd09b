package content

import (
	"fmt"
	"strings"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

// readSource splits a source into front matter and Markdown, and renders the latter.
func readSource(source string, front any, limit int) (Body, error) {
	markdown, firstLine, err := readFront(source, front, limit)
	if err != nil {
		return Body{}, err
	}
	return renderAt(markdown, firstLine, limit)
}

// readFront splits a source into front matter and Markdown, which begins at
// firstLine.
func readFront(source string, front any, limit int) (markdown string, firstLine int, err error) {
	clean, err := viet.Clean(source, limit)
	if err != nil {
		return "", 0, fault.Invalid("Văn bản có ký tự không đọc được hoặc quá dài. Hãy lưu dạng UTF-8 và chia nhỏ bài.")
	}
	meta, markdown, firstLine, err := splitFrontMatter(clean)
	if err != nil {
		return "", 0, err
	}
	return markdown, firstLine, decodeFrontMatter(meta, front)
}

// invalid is nil without faults, else one Invalid that carries them all.
func invalid(faults []fault.Field) error {
	if len(faults) == 0 {
		return nil
	}
	sentences := make([]string, len(faults))
	for i, f := range faults {
		sentences[i] = f.Name + ": " + f.Sentence
	}
	return fault.Invalid(strings.Join(sentences, " "), faults...)
}

func checkText(name, text string, limit int, faults []fault.Field) []fault.Field {
	switch n := len([]rune(text)); {
	case strings.TrimSpace(text) == "":
		return append(faults, fault.Field{Name: name, Sentence: "Không được để trống."})
	case n > limit:
		return append(faults, fault.Field{Name: name, Sentence: fmt.Sprintf("Dài %d ký tự; nhiều nhất %d.", n, limit)})
	}
	return faults
}

func checkTopic(slug string, faults []fault.Field) (Topic, []fault.Field) {
	topic, ok := TopicBySlug(slug)
	if !ok {
		var known []string
		for _, t := range topics {
			known = append(known, t.Slug)
		}
		faults = append(faults, fault.Field{Name: "topic", Sentence: fmt.Sprintf("Không có chủ đề %q. Hãy chọn: %s.", slug, strings.Join(known, ", "))})
	}
	return topic, faults
}

func checkTrust(t Trust, faults []fault.Field) []fault.Field {
	if t.Label() == "" {
		return append(faults, fault.Field{Name: "trust", Sentence: "Mức tin cậy phải là V, V-bao, N hoặc V-cu."})
	}
	return faults
}

// checkDate lets an absent date pass.
func checkDate(name string, d viet.Date, faults []fault.Field) []fault.Field {
	if d != "" && !d.Valid() {
		return append(faults, fault.Field{Name: name, Sentence: fmt.Sprintf("%q không phải ngày. Hãy viết năm-tháng-ngày, ví dụ 2026-03-15.", string(d))})
	}
	return faults
}

func checkBasis(texts []string, needed bool, faults []fault.Field) ([]cite.Ref, []fault.Field) {
	refs, err := cite.ParseAll(texts)
	if err != nil {
		faults = append(faults, fault.Field{Name: "basis", Sentence: err.Error() + "."})
	} else if needed && len(refs) == 0 {
		faults = append(faults, fault.Field{Name: "basis", Sentence: "Cần ít nhất một căn cứ pháp lý."})
	}
	return refs, faults
}
