package content

import "sotay/internal/viet"

// Template is what a new thing of a kind begins with: the parts that readers
// know from the other texts of that kind, to be written over.
func Template(kind string) Text {
	t := Text{Fields: map[string][]string{}}
	switch kind {
	case KindGuide:
		t.Fields["phase"], t.Fields["trust"] = []string{string(PhaseBefore)}, []string{string(TrustRead)}
		t.Fields["roles"] = []string{"to-bau-cu"}
		t.Markdown = guideTemplate
	case KindAnswer:
		t.Fields["trust"] = []string{string(TrustRead)}
		t.Markdown = answerTemplate
	case KindSession:
		t.Fields["trust"] = []string{string(TrustRead)}
		t.Markdown = sessionTemplate
	case KindSituation:
		t.Fields["trust"] = []string{string(TrustRead)}
		t.Markdown = situationTemplate
	case KindTerm:
		t.Fields["trust"] = []string{string(TrustRead)}
	case KindPlan:
		t.Markdown = planTemplate()
	case KindLaw:
		t.Markdown = lawTemplate
	}
	return t
}

// TemplateNamed is the template with a title; a text without a form says it itself.
func TemplateNamed(kind, title string) Text {
	t := Template(kind)
	if title == "" {
		return t
	}
	if !rawKind(kind) {
		t.Fields[titleField(kind)] = []string{title}
		return t
	}
	key := viet.Slug(title)
	for _, f := range [][2]string{{"title", title}, {"key", key}, {"slug", key}} {
		t.Markdown = withRawField(t.Markdown, f[0], f[1])
	}
	return t
}

const guideTemplate = `Một đoạn ngắn: bài này giúp ai làm việc gì, khi nào.

## Chuẩn bị

- [ ] Việc hoặc đồ phải có trước

## Các bước

1. Việc thứ nhất.
2. Việc thứ hai.

> [!MUST]
> Điều bắt buộc, kèm căn cứ.

## Chỗ dễ nhầm

> [!NEVER]
> Điều không được làm.

## Tự kiểm tra`

const answerTemplate = `Trả lời thẳng vào câu hỏi trong một, hai câu. Ghi căn cứ.

1. Việc người hỏi phải làm trước.
2. Việc làm tiếp theo.`

const sessionTemplate = `Buổi tập huấn mở ngày nào, ở đâu, ai dự.

## Nội dung tập huấn

- Việc đã trình bày.

## Tài liệu

- Tài liệu đã phát.`

const situationTemplate = `Một câu: việc phải làm ngay, trước khi hỏi thêm.

## Câu hỏi để chọn hướng xử lý?

- [Trường hợp thứ nhất](#muc-truong-hop-thu-nhat)
- [Trường hợp thứ hai](#muc-truong-hop-thu-hai)

## Trường hợp thứ nhất

### Làm gì

1. Việc làm trước.
2. Việc làm tiếp theo.

### Gọi ai

- {{gọi:to-truong}}: báo điều gì.

### Ghi lại gì

- Điều phải ghi.

### Căn cứ

- Điều, khoản nào.

## Trường hợp thứ hai

### Làm gì

1. Việc làm trước.

### Gọi ai

- {{gọi:ubnd-xa}}: hỏi điều gì.

### Ghi lại gì

- Điều phải ghi.

### Căn cứ

- Điều, khoản nào.`

// planTemplate is the plan of a classroom under another name: a plan is easier
// changed than begun.
func planTemplate() string {
	source, err := seedFiles.ReadFile(planFolder + "/lop-hoc.yaml")
	if err != nil {
		panic(err) // it is embedded
	}
	return withRawField(withRawField(string(source), "key", "so-do-moi"), "title", "Tên sơ đồ")
}

const lawTemplate = `---
key: nq-1-2026
slug: 1-2026-nq
number: 1/2026/NQ
title: Tên đầy đủ của văn bản
short: Tên gọn
kind: Nghị quyết
normative: true
trust: V
---
Văn bản nói về điều gì.

## Điều 1. Tên gọn của điều

**Khoản 1.** Tóm tắt bằng lời của mình.`
