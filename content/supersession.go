package content

import (
	"fmt"
	"slices"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Level is the weight with which an answer was given.
type Level string

// The levels, the weightiest first.
const (
	LevelLetter   Level = "letter"   // in writing, by the agency in charge; has a number
	LevelCompiled Level = "compiled" // compiled from texts of law
	LevelSession  Level = "session"  // by word of mouth, in a training session
	LevelTip      Level = "tip"      // a practitioner's advice
)

// Levels lists the levels, the weightiest first.
func Levels() []Level { return []Level{LevelLetter, LevelCompiled, LevelSession, LevelTip} }

// Label says the level in Vietnamese; "" for an unknown one.
func (l Level) Label() string {
	switch l {
	case LevelLetter:
		return "Công văn trả lời"
	case LevelCompiled:
		return "Biên soạn từ văn bản pháp luật"
	case LevelSession:
		return "Trả lời tại buổi tập huấn"
	case LevelTip:
		return "Kinh nghiệm, gợi ý"
	}
	return ""
}

func levelOptions() []Option {
	options := []Option{{"", "Chưa ghi"}}
	for _, l := range Levels() {
		options = append(options, Option{string(l), l.Label()})
	}
	return options
}

// AnswerRef points to an answer.
type AnswerRef struct {
	ID       string
	Number   int
	Slug     Slug
	Question string
}

// Code is the answer's permanent code.
func (r AnswerRef) Code() string { return Answer{Number: r.Number}.Code() }

// Path is the answer's address on the site.
func (r AnswerRef) Path() string { return Answer{Number: r.Number, Slug: r.Slug}.Path() }

// maxSuperseded bounds how many answers one takes the place of, and how far a
// chain of successors is followed.
const maxSuperseded = 20

// checkLevel looks at what an answer says of its weight and of older answers.
func checkLevel(front answerFront, faults []fault.Field) []fault.Field {
	level := Level(front.Level)
	if level != "" && level.Label() == "" {
		faults = append(faults, fault.Field{Name: "level", Sentence: "Mức trả lời phải là letter, compiled, session hoặc tip."})
	}
	if level == LevelLetter && front.Letter == "" {
		faults = append(faults, fault.Field{Name: "letter", Sentence: "Công văn trả lời phải có số, ký hiệu và ngày."})
	}
	if len(front.Supersedes) > maxSuperseded {
		faults = append(faults, fault.Field{Name: "supersedes", Sentence: fmt.Sprintf("Một câu thay nhiều nhất %d câu cũ.", maxSuperseded)})
	}
	for _, code := range front.Supersedes {
		switch n := NumberOfCode(code); {
		case n == 0:
			faults = append(faults, fault.Field{Name: "supersedes", Sentence: fmt.Sprintf("%q không phải mã câu hỏi đáp. Hãy ghi như HĐ-0012.", code)})
		case n == NumberOfCode(front.Code):
			faults = append(faults, fault.Field{Name: "supersedes", Sentence: "Một câu không thay chính nó."})
		}
	}
	return faults
}

// supersede makes a published answer take the place of the older ones it names,
// and lets go those it named before. Followers of the change log are told of
// each. A circle is refused, and an answer that already has another successor.
func supersede(tx *store.Tx, a Answer, by string) error {
	if len(a.Supersedes) > 0 && a.Effective > viet.DateOf(tx.Now()) {
		return fault.Invalid(fmt.Sprintf("Câu này áp dụng từ %s nên chưa thay câu cũ được. Hãy hẹn giờ đăng vào ngày đó.", a.Effective))
	}
	before, err := supersededBy(tx, a.ID)
	if err != nil {
		return err
	}
	var now []int
	for _, code := range a.Supersedes {
		now = append(now, NumberOfCode(code))
	}
	if err := refuseCircle(tx, a, now); err != nil {
		return err
	}
	if err := putSuperseded(tx, a.ID, now); err != nil {
		return err
	}
	return changedAround(tx, a.Number, append(before, now...), by)
}

// refuseCircle also follows answers that were taken down: they may be put back.
func refuseCircle(tx *store.Tx, a Answer, old []int) error {
	at := a.Number
	for range maxSuperseded {
		if slices.Contains(old, at) {
			return fault.Invalid(fmt.Sprintf("Thành vòng tròn: %s đã thay câu này.", Answer{Number: at}.Code()))
		}
		next, err := nextInChain(tx, at)
		if err != nil || next == 0 {
			return err
		}
		at = next
	}
	return fault.Invalid("Chuỗi câu thay nhau quá dài. Hãy thay thẳng câu cũ nhất.")
}

// newest follows the successors of an answer; nil when it has none.
func newest(tx *store.Tx, number int) (*AnswerRef, error) {
	var found *AnswerRef
	for range maxSuperseded {
		next, err := successorOf(tx, number)
		if fault.Is(err, fault.KindNotFound) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		found, number = &next, next.Number
	}
	return found, nil
}

// placeAnswer says which answers came before and after one.
func placeAnswer(tx *store.Tx, a *Answer) error {
	var err error
	if a.Successor, err = newest(tx, a.Number); err != nil {
		return err
	}
	a.Replaced, err = replacedAnswers(tx, a.ID)
	return err
}

// placeAnswers does so for a batch; few are part of a chain.
func placeAnswers(tx *store.Tx, list []Answer) error {
	chained, err := inChains(tx)
	if err != nil {
		return err
	}
	for i := range list {
		if !chained[list[i].Number] {
			continue
		}
		if err := placeAnswer(tx, &list[i]); err != nil {
			return err
		}
	}
	return nil
}

// changedAround tells the change log of the answers whose place one takes, and of
// the newest, which has the place of all of them.
func changedAround(tx *store.Tx, number int, old []int, by string) error {
	next, err := newest(tx, number)
	if err != nil {
		return err
	}
	if next != nil && len(old) > 0 {
		old = append(old, next.Number)
	}
	return changedAnswers(tx, old, by)
}

// changedAnswers tells the change log of answers by number, each once.
func changedAnswers(tx *store.Tx, numbers []int, by string) error {
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		id, err := answerIDByNumber(tx, n)
		if err != nil {
			return err
		}
		if id == "" {
			continue
		}
		if err := tx.Changed(KindAnswer, id, by); err != nil {
			return err
		}
	}
	return nil
}
