package quizzes

import (
	"strings"
	"unicode/utf8"

	"sotay/internal/cite"
)

// The keys of metadata comments, directly above a question and in the head.
var (
	questionKeys = map[string]bool{"basis": true, "read": true, "topic": true, "level": true, "trust": true}
	headKeys     = map[string]bool{"quiz": true, "title": true, "summary": true, "topic": true, "uses": true}
)

func isKey(s string) bool { return questionKeys[s] || headKeys[s] }

// head is what the comments before the first question say of the quiz.
type head map[string]comment

func (h head) set(c comment) *problem {
	if !headKeys[c.key] {
		return problemAt(c.line, "không hiểu %q ở đầu tệp; chỉ dùng quiz, title, summary, topic, uses.", c.key)
	}
	if old, twice := h[c.key]; twice {
		return problemAt(c.line, "%q đã có ở dòng %d; hãy bỏ một dòng.", c.key, old.line)
	}
	h[c.key] = c
	return nil
}

func (h head) quiz() Quiz {
	return Quiz{Slug: h["quiz"].value, Title: h["title"].value, Summary: h["summary"].value, Topic: h["topic"].value}
}

// uses are the ids of questions that stand elsewhere.
func (h head) uses() []string {
	return strings.FieldsFunc(h["uses"].value, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
}

// line is where a fault of a head's key is told.
func (h head) line(key string) int {
	if c, ok := h[key]; ok {
		return c.line
	}
	return 1
}

func (h head) rules(q Quiz) []problem {
	var bad []problem
	add := func(wrong bool, key, format string, args ...any) {
		if wrong {
			bad = append(bad, *problemAt(h.line(key), format, args...))
		}
	}
	add(!isName(q.Slug), "quiz", "đầu tệp cần dòng // quiz: ma-bai, gồm chữ thường không dấu, số và gạch nối.")
	add(q.Title == "" || utf8.RuneCountInString(q.Title) > MaxTitleRunes, "title", "đầu tệp cần dòng // title: tên bài, nhiều nhất %d ký tự.", MaxTitleRunes)
	add(q.Summary == "" || utf8.RuneCountInString(q.Summary) > MaxSummaryRunes, "summary", "đầu tệp cần dòng // summary: tóm tắt, nhiều nhất %d ký tự.", MaxSummaryRunes)
	add(!isName(q.Topic), "topic", "đầu tệp cần dòng // topic: mã chủ đề, ví dụ kiem-phieu-bien-ban.")
	add(q.Count == 0, "quiz", "bài chưa có câu nào; hãy viết câu hỏi hoặc thêm dòng // uses: mã câu.")
	add(q.Count > MaxQuizQuestions, "quiz", "bài có %d câu; nhiều nhất %d.", q.Count, MaxQuizQuestions)
	for _, id := range h.uses() {
		add(!isName(id), "uses", "%q không phải mã câu; mã gồm chữ thường không dấu, số và gạch nối.", id)
	}
	return bad
}

// metadata reads the comments above a question into it.
func (q *Question) metadata(list []comment) []problem {
	var bad []problem
	seen := map[string]int{}
	for _, c := range list {
		if c.key == "" {
			continue
		}
		if first, twice := seen[c.key]; twice && c.key != "basis" {
			bad = append(bad, *problemAt(c.line, "%q đã có ở dòng %d; hãy bỏ một dòng.", c.key, first))
			continue
		}
		seen[c.key] = c.line
		if p := q.set(c); p != nil {
			bad = append(bad, *p)
		}
	}
	return bad
}

func (q *Question) set(c comment) *problem {
	switch c.key {
	case "basis":
		return q.addBasis(c)
	case "read":
		words := strings.Fields(c.value)
		if len(words) > 0 {
			q.Read, q.ReadLabel = words[0], strings.Join(words[1:], " ")
		}
	case "topic":
		q.Topic = c.value
	case "level":
		q.Level = c.value
	case "trust":
		q.Trust = c.value
	case "quiz", "title", "summary", "uses":
		return problemAt(c.line, "dòng %q thuộc đầu tệp; hãy chừa một dòng trống giữa đầu tệp và câu hỏi đầu tiên.", c.key)
	default:
		return problemAt(c.line, "không hiểu %q; trên câu hỏi chỉ dùng basis, read, topic, level, trust.", c.key)
	}
	return nil
}

func (q *Question) addBasis(c comment) *problem {
	for _, text := range strings.Split(c.value, ";") {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		ref, err := cite.Parse(text)
		if err != nil {
			return problemAt(c.line, "%s.", err)
		}
		q.Basis = append(q.Basis, ref)
	}
	return nil
}
