package quizzes

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// special are the bytes that mean something in GIFT and need a backslash when
// they are meant as text.
const special = `=~#{}`

const howToEscape = `Dấu = ~ # { } trong lời văn phải viết kèm \ đứng trước, ví dụ \=.`

// question reads a block as a question with its metadata. It asks for the form
// only; what a question must have is in rules.
func (b block) question() (Question, []problem) {
	top, body := b.split()
	q := Question{Source: b.source()}
	problems := q.metadata(top)
	s := scanner{line: b.line + len(top)}
	var inner *problem
	if s.text, inner = withoutComments(body, s.line); inner == nil {
		inner = s.question(&q)
	}
	if inner != nil {
		problems = append(problems, *inner)
	}
	return q, problems
}

// withoutComments blanks the comment lines inside a question.
func withoutComments(body string, first int) (string, *problem) {
	lines := strings.Split(body, "\n")
	for i, line := range lines {
		if !isComment(line) {
			continue
		}
		if c := readComment(line, first+i); isKey(c.key) {
			return "", problemAt(c.line, "dòng %q phải đứng liền trên câu hỏi của nó; giữa hai câu hãy chừa một dòng trống.", c.key)
		}
		lines[i] = ""
	}
	return strings.Join(lines, "\n"), nil
}

// scanner walks through the text of a question, piece by piece.
type scanner struct {
	text string
	pos  int
	line int // of the text's beginning
}

func (s *scanner) fail(pos int, format string, args ...any) *problem {
	return problemAt(s.line+strings.Count(s.text[:pos], "\n"), format, args...)
}

// next gives what stands before the first of the stops that no backslash
// precedes, and that stop; 0 at the end of the text.
func (s *scanner) next(stops string) (piece string, stop byte) {
	start := s.pos
	end := indexBare(s.text[start:], stops)
	if end < 0 {
		s.pos = len(s.text)
		return s.text[start:], 0
	}
	s.pos = start + end + 1
	return s.text[start : start+end], s.text[start+end]
}

func (s *scanner) question(q *Question) *problem {
	if p := s.id(q); p != nil {
		return p
	}
	start := s.pos
	stem, stop := s.next(special)
	switch stop {
	case '{':
	case 0:
		return s.fail(start, "câu hỏi thiếu phần trả lời { … }. Giữa dấu { và dấu } không được có dòng trống.")
	default:
		return s.fail(s.pos-1, "gặp dấu %q trong câu hỏi, trước dấu {. %s", stop, howToEscape)
	}
	var p *problem
	if q.Stem, p = s.plain(stem, start); p != nil {
		return p
	}
	start = s.pos
	answers, stop := s.next("{}")
	switch stop {
	case '}':
	case '{':
		return s.fail(s.pos-1, "gặp dấu { thứ hai. %s", howToEscape)
	default:
		return s.fail(start, "thiếu dấu } đóng phần trả lời. Giữa dấu { và dấu } không được có dòng trống.")
	}
	if rest := s.text[s.pos:]; strings.TrimSpace(rest) != "" {
		return s.fail(len(s.text)-len(strings.TrimLeft(rest, " \t\n")), "sau dấu } còn chữ; hãy đưa cả câu hỏi lên trước dấu {, và chừa một dòng trống giữa hai câu.")
	}
	return s.answers(q, answers, start)
}

func (s *scanner) id(q *Question) *problem {
	const want = "câu hỏi phải mở đầu bằng ::ma-cau::, mã gồm chữ thường không dấu, số và gạch nối."
	s.pos = len(s.text) - len(strings.TrimLeft(s.text, " \t"))
	id, ok := strings.CutPrefix(s.text[s.pos:], "::")
	id, _, closed := strings.Cut(id, "::")
	if !ok || !closed || !isName(strings.TrimSpace(id)) {
		return s.fail(s.pos, want)
	}
	q.ID = strings.TrimSpace(id)
	s.pos += len(id) + len("::::")
	return nil
}

// answers reads what stands between the braces; at is where it begins.
func (s *scanner) answers(q *Question, text string, at int) *problem {
	var p *problem
	if end := indexBareRun(text, "####"); end >= 0 {
		if q.Explanation, p = s.plain(text[end+4:], at+end+4); p != nil {
			return p
		}
		text = text[:end]
	}
	if m := truth.FindString(text); m != "" {
		return s.trueFalse(q, text, at)
	}
	return s.options(q, text, at)
}

var truth = regexp.MustCompile(`^[ \t\n]*(?:TRUE|FALSE|T|F)[ \t\n]*(?:#|$)`)

// trueFalse reads TRUE#feedback if wrong#feedback if right.
func (s *scanner) trueFalse(q *Question, text string, at int) *problem {
	inner := scanner{text: s.text[:at+len(text)], pos: at, line: s.line}
	word, stop := inner.next("#")
	feedback := [2]string{}
	for i := range feedback {
		if stop == 0 {
			break
		}
		var piece string
		var p *problem
		start := inner.pos
		piece, stop = inner.next("#")
		if feedback[i], p = s.plain(piece, start); p != nil {
			return p
		}
	}
	if stop != 0 {
		return s.fail(inner.pos-1, "câu đúng/sai có nhiều nhất hai lời nhận xét. %s", howToEscape)
	}
	isTrue := strings.HasPrefix(strings.TrimSpace(word), "T")
	q.Kind = KindTrueFalse
	q.Options = []Option{{Key: "a", Text: "Đúng", Right: isTrue}, {Key: "b", Text: "Sai", Right: !isTrue}}
	for i := range q.Options {
		q.Options[i].Feedback = feedback[0]
		if q.Options[i].Right {
			q.Options[i].Feedback = feedback[1]
		}
	}
	return nil
}

// options reads a list of =right and ~wrong options, or of ~%weight% ones.
func (s *scanner) options(q *Question, text string, at int) *problem {
	inner := scanner{text: s.text[:at+len(text)], pos: at, line: s.line}
	before, mark := inner.next("=~")
	if mark == 0 || strings.TrimSpace(before) != "" {
		return s.fail(at, "phần trả lời phải là {=đúng ~sai …}, {~%%50%%đúng ~%%50%%đúng ~%%-100%%sai …} hoặc {TRUE …}, {FALSE …}.")
	}
	var marks, weights tally
	for mark != 0 {
		if len(q.Options) == MaxOptions {
			return s.fail(inner.pos, "câu hỏi có quá %d lựa chọn; hãy bớt đi.", MaxOptions)
		}
		start := inner.pos
		piece, next := inner.next("=~")
		o, weight, p := s.option(piece, start)
		if p != nil {
			return p
		}
		o.Key = string(rune('a' + len(q.Options)))
		o.Right = mark == '=' || weight > 0
		q.Options = append(q.Options, o)
		marks.add(mark == '=', 1)
		weights.add(!math.IsNaN(weight), max(weight, 0))
		mark = next
	}
	return s.kind(q, marks, weights, at)
}

// tally counts the options that have something, and sums up how much.
type tally struct {
	count int
	sum   float64
}

func (t *tally) add(has bool, amount float64) {
	if has {
		t.count++
		t.sum += amount
	}
}

// kind tells the question's kind from its marks and weights.
func (s *scanner) kind(q *Question, marks, weights tally, at int) *problem {
	switch {
	case weights.count > 0 && marks.count > 0:
		return s.fail(at, "không dùng dấu = cùng với phần trăm; câu một đáp án dùng = và ~, câu nhiều đáp án chỉ dùng ~%%…%%.")
	case weights.count > 0 && math.Abs(weights.sum-100) > 1:
		return s.fail(at, "phần trăm của các lựa chọn đúng cộng lại phải bằng 100, nay là %g.", weights.sum)
	case weights.count > 0:
		q.Kind = KindSeveral
	case marks.count != 1:
		return s.fail(at, "câu có %d lựa chọn mang dấu =, phải có đúng một; nếu nhiều lựa chọn đúng, hãy dùng ~%%50%% cho từng lựa chọn đúng.", marks.count)
	default:
		q.Kind = KindSingle
	}
	return nil
}

var percent = regexp.MustCompile(`^%(-?[0-9]{1,3}(?:\.[0-9]{1,5})?)%`)

// option reads %weight%text#feedback; the weight is NaN when there is none.
func (s *scanner) option(piece string, at int) (Option, float64, *problem) {
	var o Option
	weight := math.NaN()
	trimmed := strings.TrimLeft(piece, " \t\n")
	at += len(piece) - len(trimmed)
	if m := percent.FindStringSubmatch(trimmed); m != nil {
		weight, _ = strconv.ParseFloat(m[1], 64) // the pattern lets numbers only pass
		if math.Abs(weight) > 100 {
			return o, 0, s.fail(at, "phần trăm phải từ -100 đến 100.")
		}
		trimmed, at = trimmed[len(m[0]):], at+len(m[0])
	}
	text, feedback := trimmed, ""
	if cut := indexBare(trimmed, "#"); cut >= 0 {
		text, feedback = trimmed[:cut], trimmed[cut+1:]
	}
	var p *problem
	if o.Text, p = s.plain(text, at); p == nil {
		o.Feedback, p = s.plain(feedback, at+len(trimmed)-len(feedback))
	}
	return o, weight, p
}

// plain takes the backslashes off a text and tidies its white space; at is
// where it begins.
func (s *scanner) plain(raw string, at int) (string, *problem) {
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		switch {
		case c == '\\' && i+1 < len(raw) && raw[i+1] == 'n':
			b.WriteByte('\n')
			i++
		case c == '\\' && i+1 < len(raw) && strings.IndexByte(special+`:\`, raw[i+1]) >= 0:
			b.WriteByte(raw[i+1])
			i++
		case c == '\\':
			return "", s.fail(at+i, `dấu \ chỉ đứng trước : = ~ # { } \ hoặc chữ n (xuống dòng); muốn viết dấu \ hãy gõ \\.`)
		case strings.IndexByte(special, c) >= 0:
			return "", s.fail(at+i, "gặp dấu %q không đúng chỗ. %s", c, howToEscape)
		case c == '\n' || c == '\t':
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	text := tidy(b.String())
	if hasLooseMark(text) {
		return "", s.fail(at, "có dấu thanh đứng rời, không theo chữ nào; hãy gõ lại chữ đó.")
	}
	return text, nil
}

// tidy leaves one space between words and at most one empty line.
func tidy(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.FieldsFunc(line, func(r rune) bool { return r == ' ' }), " ")
	}
	text = strings.Trim(strings.Join(lines, "\n"), "\n")
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return text
}

// hasLooseMark finds a combining mark that follows no letter: written after
// another sign it would merge with that.
func hasLooseMark(text string) bool {
	before := ' '
	for _, r := range text {
		if unicode.Is(unicode.M, r) && (before == ' ' || before == '\n') {
			return true
		}
		before = r
	}
	return false
}

// indexBare finds the first of the stops that no backslash precedes.
func indexBare(text, stops string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
		} else if strings.IndexByte(stops, text[i]) >= 0 {
			return i
		}
	}
	return -1
}

// indexBareRun finds a run of bytes that no backslash precedes.
func indexBareRun(text, run string) int {
	for from := 0; ; {
		at := indexBare(text[from:], run[:1])
		if at < 0 {
			return -1
		}
		if from += at; strings.HasPrefix(text[from:], run) {
			return from
		}
		from++
	}
}
