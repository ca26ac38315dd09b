package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/search"
)

// wordsPath is the dictionary of search.
const wordsPath = "/bien-tap/tu-ngu"

// wordForm is the form of a word as it was typed.
type wordForm struct {
	ID              string // "" of a new one
	Seen            string // when the stored one was changed last, as the person saw it
	Typed, Official string
	Relation        string
	Samples         string // queries to try it on, a line each
	Removed         bool   // try how it would be without the word
}

// wordFields are the names of its fields.
var wordFields = []string{"id", "seen", "typed", "official", "relation", "samples", "removed"}

func readWord(c *fiber.Ctx) (w wordForm, err error) {
	f, err := readForm(c, wordFields...)
	if err != nil {
		return wordForm{}, err
	}
	var removed string
	for name, to := range map[string]*string{
		"id": &w.ID, "seen": &w.Seen, "typed": &w.Typed, "official": &w.Official, "relation": &w.Relation, "samples": &w.Samples, "removed": &removed,
	} {
		if *to, err = f.one(name); err != nil {
			return wordForm{}, err
		}
	}
	w.Removed = removed == "1"
	return w, nil
}

func formOf(w search.Word) wordForm {
	return wordForm{ID: w.ID, Seen: strconv.FormatInt(w.Updated.UnixMilli(), 10), Typed: w.Typed, Official: w.Official, Relation: string(w.Relation), Removed: w.Removed}
}

// word is what the form means. What is no number of Seen agrees with nothing.
func (f wordForm) word() search.Word {
	seen, _ := strconv.ParseInt(f.Seen, 10, 64)
	return search.Word{ID: f.ID, Typed: f.Typed, Official: f.Official, Relation: search.Relation(f.Relation), Removed: f.Removed, Updated: time.UnixMilli(seen)}
}

// samples are the queries of the form that say something.
func (f wordForm) samples() []string {
	lines := strings.Split(strings.ReplaceAll(f.Samples, "\r", "\n"), "\n")
	return slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" })
}

// legible is the form as it can be shown again.
func (f wordForm) legible() wordForm {
	f.Typed, f.Official = legible(f.Typed, maxShownWord), legible(f.Official, maxShownWord)
	lines := f.samples()
	for i := range lines {
		lines[i] = legible(lines[i], 2*MaxQueryRunes)
	}
	f.Samples = strings.Join(lines, "\n")
	return f
}

// Shown is the word in one line.
func (f wordForm) Shown() string {
	if f.Official == "" {
		return "“" + f.Typed + "”"
	}
	return "“" + f.Typed + "” và “" + f.Official + "”"
}

// relationView is a relation to choose from.
type relationView struct {
	Value, Label, Hint string
	Chosen             bool
}

// relationsOf are all relations; the chosen one is marked.
func relationsOf(chosen string) []relationView {
	return []relationView{
		{"same", "Cùng nghĩa, viết tắt", "Tìm từ này ra luôn từ kia", chosen == "same"},
		{"related", "Gần nghĩa", "Bài có từ trong văn bản được xếp cao hơn", chosen == "related"},
		{"courtesy", "Từ đệm", "Lời chào, từ để hỏi; không dùng để chọn bài", chosen == "courtesy"},
	}
}

func relationLabel(r search.Relation) string {
	for _, known := range relationsOf("") {
		if known.Value == string(r) {
			return known.Label
		}
	}
	return ""
}

// wordView is a word in the list.
type wordView struct {
	search.Word
	Label string // of the relation
}

type wordsPage struct {
	base
	Filter    search.WordFilter
	Words     []wordView
	Total     string
	Next      string // address of the next page, "" on the last
	Form      wordForm
	Relations []relationView // of the filter
	Choices   []relationView // of the form
	Faults    []fault.Field
	Done      string
}

// Fault is the sentence about a field, "" when it is right.
func (p wordsPage) Fault(field string) string { return sentenceOf(p.Faults, field) }

// sentenceOf is the sentence about a field.
func sentenceOf(list []fault.Field, field string) string {
	at := slices.IndexFunc(list, func(f fault.Field) bool { return f.Name == field })
	if at < 0 {
		return ""
	}
	return list[at].Sentence
}

// wordDone tells what was done before the list came back.
var wordDone = map[string]string{
	"luu":     "Đã lưu. Tìm kiếm dùng từ này ngay.",
	"bo":      "Đã bỏ từ này khỏi tìm kiếm. Cần thì lấy lại ở mục “Đã bỏ”.",
	"lay-lai": "Đã lấy lại từ này.",
}

func (s *Server) listWords(c *fiber.Ctx) error {
	filter := search.WordFilter{Query: legible(c.Query("q"), maxShownWord), Relation: search.Relation(c.Query("quan-he")), Removed: c.Query("bo") == "1", After: c.Query("sau")}
	list, err := s.rooms.Index.Words(c.UserContext(), filter)
	if err != nil {
		return err
	}
	page := wordsPage{
		base: s.staffPage(c, "Từ ngữ khi tìm kiếm", "Từ viết tắt, từ cùng nghĩa mà tìm kiếm hiểu."), Filter: filter, Total: viet.Number(list.Total),
		Relations: relationsOf(string(filter.Relation)), Choices: relationsOf("same"), Done: wordDone[c.Query("xong")],
	}
	for _, w := range list.Words {
		page.Words = append(page.Words, wordView{w, relationLabel(w.Relation)})
	}
	if list.Next != "" {
		page.Next = wordsAddress(filter, list.Next)
	}
	missed := legible(c.Query("go"), MaxQueryRunes)
	page.Form = wordForm{Typed: legible(missed, maxShownWord), Relation: "same", Samples: missed}
	return s.render(c, "words/list", page)
}

// wordsAddress is the list narrowed like this.
func wordsAddress(f search.WordFilter, after string) string {
	query := url.Values{}
	for name, value := range map[string]string{"q": f.Query, "quan-he": string(f.Relation), "sau": after} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if f.Removed {
		query.Set("bo", "1")
	}
	return wordsPath + "?" + query.Encode()
}

// wordPage is the form of a word, with what a trial of it showed.
type wordPage struct {
	base
	Form    wordForm
	Choices []relationView
	Stored  *wordView // as it is in the dictionary; nil of a new one
	Faults  []fault.Field
	Trial   *trialView // nil before the trial
}

// Fault is the sentence about a field, "" when it is right.
func (p wordPage) Fault(field string) string { return sentenceOf(p.Faults, field) }

func (s *Server) wordPage(c *fiber.Ctx, f wordForm) (page wordPage, err error) {
	title := "Thêm từ"
	if f.ID != "" {
		title = "Sửa từ"
	}
	page = wordPage{base: s.staffPage(c, title, "Từ viết tắt, từ cùng nghĩa mà tìm kiếm hiểu."), Form: f.legible(), Choices: relationsOf(f.Relation)}
	page.Crumbs = []crumb{{"Từ ngữ khi tìm kiếm", wordsPath}}
	if f.ID != "" {
		stored, err := s.rooms.Index.Word(c.UserContext(), f.ID)
		if err != nil {
			return wordPage{}, err
		}
		page.Stored = &wordView{stored, relationLabel(stored.Relation)}
	}
	return page, nil
}

func (s *Server) editWord(c *fiber.Ctx) error {
	page, err := s.wordPage(c, wordForm{ID: c.Params("id")})
	if err != nil {
		return err
	}
	page.Form = formOf(page.Stored.Word)
	page.Form.Removed = false
	page.Choices = relationsOf(page.Form.Relation)
	return s.render(c, "words/edit", page)
}

// tryWord shows what a word would do and saves nothing.
func (s *Server) tryWord(c *fiber.Ctx) error {
	f, err := readWord(c)
	if err != nil {
		return err
	}
	page, err := s.wordPage(c, f)
	if err != nil {
		return err
	}
	effects, err := s.rooms.Index.Effect(c.UserContext(), f.word(), f.samples())
	if err != nil {
		return s.askWord(c, f, err)
	}
	trial := viewTrial(effects)
	if !f.Removed {
		doubts, others, err := s.rooms.Index.Doubts(c.UserContext(), f.word())
		if err != nil {
			return err
		}
		trial.Doubts, trial.Others = doubts, strings.Join(others, "; ")
	}
	page.Trial = &trial
	page.Title = "Thử trước khi lưu"
	return s.render(c, "words/edit", page)
}

func (s *Server) saveWord(c *fiber.Ctx) error {
	f, err := readWord(c)
	if err != nil {
		return err
	}
	if f.ID == "" {
		_, err = s.rooms.Index.AddWord(c.UserContext(), f.Typed, f.Official, search.Relation(f.Relation), actor(c).ID)
	} else {
		_, err = s.rooms.Index.ChangeWord(c.UserContext(), f.word(), actor(c).ID)
	}
	if err != nil {
		return s.askWord(c, f, err)
	}
	return c.Redirect(wordsPath+"?xong=luu", fiber.StatusSeeOther)
}

// askWord shows the form again with what was typed and what is wrong with it.
// After another person's change the form goes by what is there now: both are on
// the page, and saving again is meant.
func (s *Server) askWord(c *fiber.Ctx, f wordForm, err error) error {
	broken, ok := fault.Of(err)
	if !ok || !slices.Contains([]fault.Kind{fault.KindInvalid, fault.KindConflict, fault.KindUnavailable}, broken.Kind) {
		return err
	}
	page, err := s.wordPage(c, f)
	if err != nil {
		return err
	}
	if broken.Kind == fault.KindConflict && page.Stored != nil {
		page.Form.Seen = formOf(page.Stored.Word).Seen
	}
	page.Faults = faultsOf(broken)
	c.Status(statuses[broken.Kind].status)
	return s.render(c, "words/edit", page)
}

func (s *Server) removeWord(c *fiber.Ctx) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	if err := s.rooms.Index.RemoveWord(c.UserContext(), c.Params("id"), actor(c).ID); err != nil {
		return err
	}
	return c.Redirect(wordsPath+"?xong=bo", fiber.StatusSeeOther)
}

func (s *Server) restoreWord(c *fiber.Ctx) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	if err := s.rooms.Index.RestoreWord(c.UserContext(), c.Params("id"), actor(c).ID); err != nil {
		return err
	}
	return c.Redirect(wordsPath+"?xong=lay-lai", fiber.StatusSeeOther)
}

// dismissGap leaves a query without hits out of the desk's list.
func (s *Server) dismissGap(c *fiber.Ctx) error {
	f, err := readForm(c, "cau")
	if err != nil {
		return err
	}
	query, err := f.one("cau")
	if err != nil {
		return err
	}
	if err := s.rooms.Log.Dismiss(c.UserContext(), query, actor(c).ID); err != nil {
		return err
	}
	return c.Redirect("/bien-tap#khong-thay", fiber.StatusSeeOther)
}

// trialView is what a trial showed: the queries of the person and those that
// would change; the others are counted.
type trialView struct {
	Doubts         []search.Doubt
	Others         string // what the typed side stands for already
	Effects        []effectView
	Tried, Changed string
	Harmless       bool // nothing would change
}

type effectView struct {
	search.Effect
	Sides []sideView // before and after
}

type sideView struct {
	search.Sight
	Name string
	Hits []seenView
}

type seenView struct {
	search.Seen
	KindName string
	Mark     string // "up", "down", "new", "gone", "" where it stays
}

func viewTrial(effects []search.Effect) (t trialView) {
	changed := 0
	for _, e := range effects {
		if e.Changed() {
			changed++
		}
		if e.Changed() || e.Given {
			t.Effects = append(t.Effects, effectView{e, []sideView{viewSight("Bây giờ", e.Before, "gone", false), viewSight("Khi đã lưu", e.After, "new", true)}})
		}
	}
	t.Tried, t.Changed, t.Harmless = viet.Number(len(effects)), viet.Number(changed), changed == 0
	return t
}

// viewSight marks what moves: seen from before, a hit with a later place sinks;
// seen from after, one with a later place before has risen.
func viewSight(name string, sight search.Sight, alone string, after bool) sideView {
	v := sideView{Sight: sight, Name: name}
	for _, hit := range sight.Hits {
		mark := ""
		switch {
		case hit.Other == 0:
			mark = alone
		case hit.Other != hit.Place && (hit.Other > hit.Place) == after:
			mark = "up"
		case hit.Other != hit.Place:
			mark = "down"
		}
		v.Hits = append(v.Hits, seenView{hit, kindName(hit.Kind), mark})
	}
	return v
}
