package quizzes

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// File is a parsed GIFT file: questions, and the quiz that its head may name.
type File struct {
	Name      string
	Quiz      Quiz     // Slug is "" when the file only adds to the bank
	Order     []string // ids of the quiz's questions: the file's own, then those it uses
	Questions []Question
	lines     map[string]int // where a question stands or is used
}

// missing says that a quiz asks a question that nobody has.
func (f File) missing(id string) string {
	return fmt.Sprintf("%s:%d: không có câu %q trong ngân hàng câu hỏi; hãy sửa dòng uses.", f.Name, f.lines[id], id)
}

// ParseGIFT reads a GIFT file. All faults found are told at once, each with
// file, line and how to mend it.
func ParseGIFT(name, source string) (File, error) {
	p := parser{File: File{Name: name, lines: map[string]int{}}, head: head{}}
	if len(source) > MaxFileBytes {
		return File{}, p.invalid(1, "tệp lớn hơn %d KiB; hãy chia thành nhiều tệp.", MaxFileBytes>>10)
	}
	text, err := viet.Clean(source, MaxFileBytes)
	if err != nil {
		return File{}, p.invalid(badLine(source), "có ký tự lạ hoặc không phải UTF-8; hãy gõ lại dòng này và lưu tệp dạng UTF-8.")
	}
	for _, b := range blocks(text, 1+leadingLines(source)) {
		if len(p.faults) == maxFaults {
			break
		}
		p.block(b)
	}
	p.finish()
	if len(p.faults) > 0 {
		return File{}, joined(p.faults)
	}
	return p.File, nil
}

// readStored reads a question's canonical text.
func readStored(source string) (Question, error) {
	list := blocks(source, 1)
	if len(list) != 1 {
		return Question{}, fmt.Errorf("%d blocks of text instead of one", len(list))
	}
	q, problems := list[0].question()
	if len(problems) > 0 {
		return Question{}, fmt.Errorf("line %d: %s", problems[0].line, problems[0].text)
	}
	return q, nil
}

// problem is a breach of the format at a line.
type problem struct {
	line int
	text string
}

func problemAt(line int, format string, args ...any) *problem {
	return &problem{line, fmt.Sprintf(format, args...)}
}

type parser struct {
	File
	head   head
	faults []fault.Field
}

func (p *parser) refuse(line int, text string) {
	if len(p.faults) < maxFaults {
		p.faults = append(p.faults, fault.Field{Name: fmt.Sprintf("%s:%d", p.Name, line), Sentence: text})
	}
}

func (p *parser) invalid(line int, format string, args ...any) error {
	p.refuse(line, fmt.Sprintf(format, args...))
	return joined(p.faults)
}

// joined is one fault that carries all.
func joined(faults []fault.Field) error {
	sentences := make([]string, len(faults))
	for i, f := range faults {
		sentences[i] = f.Name + ": " + f.Sentence
	}
	return fault.Invalid(strings.Join(sentences, "\n"), faults...)
}

// block reads what stands between two empty lines.
func (p *parser) block(b block) {
	if _, body := b.split(); body == "" {
		p.comments(b)
		return
	}
	q, problems := b.question()
	if len(problems) == 0 {
		problems = append(problems, b.rules(q)...)
	}
	if first, known := p.lines[q.ID]; known && q.ID != "" {
		problems = append(problems, *problemAt(b.line, "mã câu %q đã dùng ở dòng %d; hãy đặt mã khác.", q.ID, first))
	}
	for _, bad := range problems {
		p.refuse(bad.line, bad.text)
	}
	p.lines[q.ID] = b.line
	p.Questions = append(p.Questions, q)
}

// comments reads a block without a question: the file's head, or remarks.
func (p *parser) comments(b block) {
	list, _ := b.split()
	for _, c := range list {
		switch {
		case c.key == "" || len(p.Questions) > 0 && !isKey(c.key):
		case len(p.Questions) > 0 || questionKeys[c.key] && !headKeys[c.key]:
			p.refuse(c.line, fmt.Sprintf("dòng %q phải đứng liền trên câu hỏi; hãy bỏ dòng trống ở giữa.", c.key))
		default:
			if bad := p.head.set(c); bad != nil {
				p.refuse(bad.line, bad.text)
			}
		}
	}
}

// finish makes the quiz of the head and checks the file as a whole.
func (p *parser) finish() {
	if len(p.Questions) > MaxFileQuestions {
		p.refuse(1, fmt.Sprintf("tệp có %d câu; nhiều nhất %d. Hãy chia thành nhiều tệp.", len(p.Questions), MaxFileQuestions))
	}
	if len(p.head) == 0 {
		return
	}
	p.Quiz = p.head.quiz()
	for _, q := range p.Questions {
		p.Order = append(p.Order, q.ID)
	}
	for _, id := range p.head.uses() {
		if _, own := p.lines[id]; own {
			p.refuse(p.head["uses"].line, fmt.Sprintf("câu %q đã có trong bài; hãy bỏ khỏi dòng uses.", id))
			continue
		}
		p.lines[id] = p.head["uses"].line
		p.Order = append(p.Order, id)
	}
	p.Quiz.Count = len(p.Order)
	for _, bad := range p.head.rules(p.Quiz) {
		p.refuse(bad.line, bad.text)
	}
}

// block is the lines between two empty ones.
type block struct {
	line  int
	lines []string
}

// blocks parts a text at empty lines and at $CATEGORY lines, which say nothing
// here: the topic does.
func blocks(text string, first int) []block {
	var list []block
	open := false
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "$CATEGORY:") {
			open = false
			continue
		}
		if !open {
			list = append(list, block{line: first + i})
			open = true
		}
		b := &list[len(list)-1]
		b.lines = append(b.lines, line)
	}
	return list
}

func (b block) source() string { return strings.Join(b.lines, "\n") }

// comment is a line "// key: value"; other comments have no key.
type comment struct {
	line       int
	key, value string
}

var keyed = regexp.MustCompile(`^//[ \t]*([a-z][a-z-]*):([ \t]*)(.*)$`)

func isComment(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), "//") }

func readComment(line string, number int) comment {
	m := keyed.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil || m[2] == "" && m[3] != "" && !isKey(m[1]) { // such as // https://…
		return comment{line: number}
	}
	return comment{number, m[1], m[3]}
}

// split gives the comments on top of a block and its remaining text.
func (b block) split() (top []comment, body string) {
	for i, line := range b.lines {
		if !isComment(line) {
			return top, strings.Join(b.lines[i:], "\n")
		}
		top = append(top, readComment(line, b.line+i))
	}
	return top, ""
}

// badLine finds the line that viet.Clean refuses.
func badLine(source string) int {
	for i, line := range strings.Split(source, "\n") {
		if _, err := viet.Clean(line, MaxFileBytes); err != nil {
			return i + 1
		}
	}
	return 1
}

// leadingLines counts the lines that viet.Clean trims off the top.
func leadingLines(source string) int {
	rest := strings.TrimLeftFunc(source, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
	top := source[:len(source)-len(rest)]
	return strings.Count(top, "\n") + strings.Count(top, "\r") - strings.Count(top, "\r\n")
}
