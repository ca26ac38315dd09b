package content

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
