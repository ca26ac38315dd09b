package quizzes

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// sitePath is the address of a page of this site, perhaps with an anchor.
var sitePath = regexp.MustCompile(`^/[a-z0-9-]+(/[a-z0-9-]+)*(#[a-z0-9-]+)?$`)

// rules tells what a question lacks to be published.
func (b block) rules(q Question) []problem {
	var bad []problem
	add := func(wrong bool, format string, args ...any) {
		if wrong {
			bad = append(bad, *problemAt(b.line, "câu %s: "+format, append([]any{q.ID}, args...)...))
		}
	}
	add(len(q.Source) > MaxQuestionBytes, "dài quá %d KiB; hãy rút gọn.", MaxQuestionBytes>>10)
	add(q.Stem == "", "chưa có lời câu hỏi trước dấu {.")
	add(tooLong(q.Stem, MaxStemRunes), "lời câu hỏi dài quá %d ký tự; hãy rút gọn.", MaxStemRunes)
	add(q.Explanation == "", "chưa có lời giải thích; hãy thêm #### và lời giải thích trước dấu }.")
	add(tooLong(q.Explanation, MaxExplanationRunes), "lời giải thích dài quá %d ký tự; hãy rút gọn.", MaxExplanationRunes)
	add(len(q.Basis) == 0, "chưa có căn cứ; hãy thêm dòng // basis: luat-85-2015 dieu-69 khoan-1 liền trên câu.")
	add(len(q.Basis) > MaxBasis, "có quá %d căn cứ; hãy giữ những căn cứ chính.", MaxBasis)
	add(len(q.Read) > MaxReadBytes || !sitePath.MatchString(q.Read), "cần dòng // read: với địa chỉ trên trang này, ví dụ /huong-dan/kiem-phieu-bien-ban/kiem-phieu#muc-phieu-hop-le.")
	add(tooLong(q.ReadLabel, MaxReadLabelRunes), "lời của liên kết đọc thêm dài quá %d ký tự.", MaxReadLabelRunes)
	add(!isName(q.Topic), "cần dòng // topic: mã chủ đề, ví dụ kiem-phieu-bien-ban.")
	add(q.Level != "" && q.Level != "rule" && q.Level != "exception", "dòng level phải là rule hoặc exception.")
	add(q.Trust != "V" && q.Trust != "V-bao", "cần dòng // trust: V hoặc V-bao; điều chưa kiểm chứng không dùng làm câu hỏi.")
	q.optionRules(add)
	return bad
}

func (q Question) optionRules(add func(wrong bool, format string, args ...any)) {
	add(len(q.Options) < 2, "cần ít nhất hai lựa chọn.")
	add(len(q.Rights()) == 0, "chưa có lựa chọn đúng.")
	seen := map[string]bool{}
	for _, o := range q.Options {
		add(o.Text == "", "lựa chọn %s chưa có lời.", o.Key)
		add(tooLong(o.Text, MaxOptionRunes), "lựa chọn %s dài quá %d ký tự.", o.Key, MaxOptionRunes)
		add(tooLong(o.Feedback, MaxFeedbackRunes), "nhận xét của lựa chọn %s dài quá %d ký tự.", o.Key, MaxFeedbackRunes)
		add(seen[strings.ToLower(o.Text)], "lựa chọn %s giống một lựa chọn khác.", o.Key)
		seen[strings.ToLower(o.Text)] = true
	}
}

func tooLong(text string, runes int) bool { return utf8.RuneCountInString(text) > runes }
