package content

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"sotay/internal/cite"
	"sotay/internal/viet"
)

// Problem is a fault of published text: where and what.
type Problem struct {
	Where string // address of the page
	What  string // a Vietnamese sentence
	Field string // the form's field that mends it; "markdown" for the text, also ""
	Quote string // what in the text is at fault, "" for the text as a whole
	Must  bool   // no text may be published with it
}

// String gives the problem on one line.
func (p Problem) String() string { return p.Where + ": " + p.What }

// Pages is the set of addresses a link may lead to, anchors included:
// "/huong-dan/x/y" and "/huong-dan/x/y#muc-z".
type Pages map[string]bool

func (p Pages) add(path string, b Body) {
	p[path] = true
	for _, h := range b.Headings {
		p[path+"#"+h.Anchor] = true
	}
}

// alias lets an address lead where another one does, anchors included.
func (p Pages) alias(path, to string) {
	for _, known := range slices.Collect(maps.Keys(p)) {
		if rest, ok := strings.CutPrefix(known, to); ok && (rest == "" || rest[0] == '#') {
			p[path+rest] = true
		}
	}
}

// fixedPages are there whatever is published.
func fixedPages() Pages {
	pages := Pages{"/": true, "/huong-dan": true, "/hoi-dap": true, "/van-ban": true, "/tap-huan": true, "/lich": true, "/tinh-huong": true, "/thuat-ngu": true, "/loat-bai": true, "/moi": true, "/so-do": true}
	for _, t := range topics {
		pages[t.Path()] = true
	}
	return pages
}

func (p Pages) guide(g Guide) error {
	p.add(g.Path(), g.Body)
	return nil
}

func (p Pages) answer(a Answer) error {
	p.add(a.Path(), a.Body)
	p[fmt.Sprintf("/hoi-dap/hd-%04d", a.Number)] = true
	return nil
}

func (p Pages) law(law Law) error {
	p.add(law.Path(), law.Body)
	for _, provision := range law.Provisions {
		p.add(provision.Path(), provision.Body)
		for _, clause := range provision.Clauses {
			p[provision.Path()+"#"+strings.ReplaceAll(clause, " ", "-")] = true
		}
	}
	return nil
}

func (p Pages) situation(s Situation) error {
	p.add(s.Path(), s.Body)
	return nil
}

func (p Pages) term(t Term) error {
	p[t.Path()] = true
	return nil
}

// Pages lists the addresses of all that is published here.
func (l *Library) Pages(ctx context.Context) (Pages, error) {
	pages := fixedPages()
	if err := l.EachGuide(ctx, pages.guide); err != nil {
		return nil, err
	}
	if err := l.EachAnswer(ctx, pages.answer); err != nil {
		return nil, err
	}
	if err := l.EachLaw(ctx, pages.law); err != nil {
		return nil, err
	}
	if err := l.EachSituation(ctx, pages.situation); err != nil {
		return nil, err
	}
	if err := l.EachTerm(ctx, pages.term); err != nil {
		return nil, err
	}
	plans, err := l.Plans(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		pages[p.Path()] = true
	}
	series, err := l.AllSeries(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range series {
		pages[s.Path()] = true
	}
	sessions, err := l.Sessions(ctx)
	for _, s := range sessions {
		pages[s.Path()] = true
	}
	return pages, err
}

// Register answers whether references resolve; made once for a whole check.
type Register map[string]Law

// Register loads the register of law.
func (l *Library) Register(ctx context.Context) (Register, error) {
	r := Register{}
	err := l.EachLaw(ctx, func(law Law) error { r[law.Key] = law; return nil })
	return r, err
}

// Resolves reports whether a reference names something in the register.
func (r Register) Resolves(ref cite.Ref) bool {
	law, ok := r[ref.Law]
	return ok && law.resolves(ref)
}

// Problems checks all published text: citations resolve, links lead somewhere,
// plans, deadlines and self-check questions exist, no sentence gives a deadline
// another day than the law, guides and answers carry
// what readers need, and no two questions say the same. questions are the ids
// of the question bank.
func (l *Library) Problems(ctx context.Context, pages Pages, questions map[string]bool) ([]Problem, error) {
	r, err := l.Register(ctx)
	if err != nil {
		return nil, err
	}
	c := check{pages: pages, register: r, questions: questions, election: l.election(), numbers: byNumber(maps.Values(r))}
	if c.plans, err = l.planKeys(ctx); err != nil {
		return nil, err
	}
	known, err := l.published(ctx)
	if err != nil {
		return nil, err
	}
	c.facts = known.facts
	if err := l.EachGuide(ctx, c.guide); err != nil {
		return nil, err
	}
	if err := l.EachSituation(ctx, c.situation); err != nil {
		return nil, err
	}
	if err := l.EachTerm(ctx, c.term); err != nil {
		return nil, err
	}
	if err := l.EachAnswer(ctx, c.answer); err != nil {
		return nil, err
	}
	if err := l.EachLaw(ctx, c.law); err != nil {
		return nil, err
	}
	plans, err := l.Plans(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		c.plan(p.Plan)
	}
	sessions, err := l.Sessions(ctx)
	if err != nil {
		return nil, err
	}
	for _, head := range sessions {
		s, err := l.Session(ctx, head.Slug)
		if err != nil {
			return nil, err
		}
		c.body(s.Path(), s.Body)
	}
	return append(c.problems, nearDuplicates(c.asked)...), nil
}

// check gathers problems page by page.
type check struct {
	pages     Pages
	register  Register
	questions map[string]bool
	numbers   map[string]Law     // the documents of the register, by number
	days      map[viet.Date]bool // that something else knows; nil leaves dates undoubted
	facts     *facts             // that other texts give; nil leaves numbers undoubted
	election  Election
	plans     map[string]bool // the keys of published plans
	asked     []asked
	problems  []Problem
}

func (c *check) say(where, format string, args ...any) {
	c.problems = append(c.problems, Problem{Where: where, What: fmt.Sprintf(format, args...)})
}

// must says what no text may be published with.
func (c *check) must(where, field, quote, format string, args ...any) {
	c.problems = append(c.problems, Problem{Where: where, What: fmt.Sprintf(format, args...), Field: field, Quote: quote, Must: true})
}

// advise says what a text lacks of what readers are used to.
func (c *check) advise(where, field, format string, args ...any) {
	c.problems = append(c.problems, Problem{Where: where, What: fmt.Sprintf(format, args...), Field: field})
}

func (c *check) guide(g Guide) error {
	c.basis(g.Path(), g.Basis)
	c.demands(g.Path(), g.Body)
	c.body(g.Path(), g.Body)
	c.dates(place{id: g.ID, path: g.Path(), title: g.Title}, g.Body, map[string]string{"title": g.Title, "summary": g.Summary})
	if len(g.Roles) == 0 {
		c.advise(g.Path(), "roles", "thiếu người đọc (roles).")
	}
	if g.Effective == "" {
		c.advise(g.Path(), "effective", "thiếu ngày bắt đầu áp dụng (effective).")
	}
	if !hasPart(g.Body, PartSelfCheck) {
		c.advise(g.Path(), "markdown", "thiếu phần tự kiểm tra ở cuối bài.")
	}
	return nil
}

func (c *check) answer(a Answer) error {
	c.basis(a.Path(), a.Basis)
	c.demands(a.Path(), a.Body)
	c.body(a.Path(), a.Body)
	c.dates(place{id: a.ID, path: a.Path(), title: a.Question}, a.Body, map[string]string{"question": a.Question, "short": a.Short})
	if a.Ref == "" {
		c.lacks(a)
	}
	c.asked = append(c.asked, asked{a.Path(), a.Question})
	return nil
}

// lacks tells what an answer of our own has to say and does not.
func (c *check) lacks(a Answer) {
	for _, f := range []struct {
		name, label string
		absent      bool
	}{
		{"short", "trả lời ngắn", a.Short == ""}, {"agency", "cơ quan trả lời", a.Agency == ""}, {"field", "lĩnh vực", a.Field == ""},
		{"date", "ngày trả lời", a.Date == ""}, {"basis", "căn cứ pháp lý", len(a.Basis) == 0},
	} {
		if f.absent {
			c.must(a.Path(), f.name, "", "thiếu %s.", f.label)
		}
	}
}

func (c *check) law(law Law) error {
	c.body(law.Path(), law.Body)
	if law.InForce == "" && law.Issued == "" && law.Normative && !tellsOfNoDate(law.Body) {
		c.say(law.Path(), "thiếu ngày ban hành và ngày hiệu lực. Chưa biết thì ghi ngay trong bài: “ngày … chưa đối chiếu”.")
	}
	for _, p := range law.Provisions {
		c.body(p.Path(), p.Body)
		if p.amendedBy != "" && p.AmendedBy == nil {
			c.say(p.Path(), "sổ văn bản không có %q.", p.amendedBy)
		}
	}
	return nil
}

var unknownDate = regexp.MustCompile(`(?i)ngày[^.]*chưa đối chiếu`)

// tellsOfNoDate reports whether a document's text says openly that its dates
// have not been checked.
func tellsOfNoDate(b Body) bool {
	return len(b.Sections) > 0 && unknownDate.MatchString(b.Sections[0].Text)
}

func (c *check) basis(where string, list []Basis) {
	for _, b := range list {
		if !c.register.Resolves(b.Ref) {
			c.must(where, "basis", b.Ref.String(), "căn cứ %q không có trong sổ văn bản.", b.Ref)
		}
	}
}

// plan looks at what a plan says its points rest on.
func (c *check) plan(p Plan) {
	for _, source := range p.Sources() {
		if ref, err := cite.Parse(source); err != nil || !c.register.Resolves(ref) {
			c.must(p.Path(), "markdown", source, "căn cứ %q không có trong sổ văn bản.", source)
		}
	}
}

func (c *check) body(where string, b Body) {
	for _, link := range b.Links {
		target := link
		if strings.HasPrefix(link, "#") {
			target = where + link
		}
		if !c.pages[target] && !footnote(link) {
			c.must(where, "markdown", link, "liên kết %q không dẫn tới đâu.", link)
		}
	}
	for _, part := range b.Parts {
		c.part(where, part)
	}
}

func (c *check) part(where string, part Part) {
	switch part.Kind {
	case PartPlan:
		if part.Plan == nil && !c.plans[part.Key] {
			c.must(where, "markdown", part.Key, "không có sơ đồ %q.", part.Key)
		}
	case PartDeadline:
		c.deadline(where, part.Key)
	case PartContact:
		if ContactLabel(part.Key) == "" {
			c.must(where, "markdown", part.Key, "không có người để gọi %q.", part.Key)
		}
	case PartSelfCheck:
		for _, id := range part.Keys {
			if c.questions != nil && !c.questions[id] {
				c.must(where, "markdown", id, "không có câu tự kiểm tra %q.", id)
			}
		}
	}
}

// deadline looks for a date that the election has not: readers see words instead.
func (c *check) deadline(where, key string) {
	d, ok := DeadlineByKey(key)
	switch words := d.Words(c.election); {
	case !ok:
		c.must(where, "markdown", key, "không có mốc thời hạn %q.", key)
	case words == noOwnLimit:
		c.doubt(where, "markdown", "{{hạn:"+key+"}}", "Sổ tay chưa thấy hạn riêng của việc “%s” cho bầu cử bổ sung; người đọc thấy %s thay cho ngày.", d.Label, words)
	case words == notReckoned:
		c.doubt(where, "markdown", "{{hạn:"+key+"}}", "Sổ tay không biết hạn của việc “%s” cho cuộc bầu cử này; người đọc thấy %s thay cho ngày.", d.Label, words)
	}
}

func footnote(link string) bool { return strings.HasPrefix(link, "#chu-thich") }

func hasPart(b Body, kind PartKind) bool {
	for _, p := range b.Parts {
		if p.Kind == kind {
			return true
		}
	}
	return false
}

type asked struct{ path, question string }

// sameQuestion is the share of common syllable pairs from which two questions
// count as one.
const sameQuestion = 0.6

// nearDuplicates compares questions by their pairs of folded syllables.
func nearDuplicates(list []asked) []Problem {
	having := map[string][]int{}
	sets := make([]map[string]bool, len(list))
	for i, a := range list {
		sets[i] = syllablePairs(a.question)
		for pair := range sets[i] {
			having[pair] = append(having[pair], i)
		}
	}
	var problems []Problem
	for i, set := range sets {
		common := map[int]int{}
		for pair := range set {
			for _, j := range having[pair] {
				if j > i {
					common[j]++
				}
			}
		}
		for j, n := range common {
			if sameAsked(n, len(set), len(sets[j])) {
				problems = append(problems, sameProblem(list[j], list[i]))
			}
		}
	}
	sort.Slice(problems, func(i, j int) bool { return problems[i].String() < problems[j].String() })
	return problems
}

// sameAsked reports whether two questions of so many pairs, of which they share
// common, count as one.
func sameAsked(common, pairs, otherPairs int) bool {
	return common > 0 && float64(common) >= sameQuestion*float64(pairs+otherPairs-common)
}

func sameProblem(a, other asked) Problem {
	return Problem{Where: a.path, Field: "question", What: fmt.Sprintf("hỏi gần như %s: “%s” và “%s”.", other.path, a.question, other.question)}
}

// alreadyAsked compares one question with all others.
func alreadyAsked(a asked, others []asked) []Problem {
	set := syllablePairs(a.question)
	var problems []Problem
	for _, other := range others {
		pairs, common := syllablePairs(other.question), 0
		for pair := range set {
			if pairs[pair] {
				common++
			}
		}
		if sameAsked(common, len(set), len(pairs)) {
			problems = append(problems, sameProblem(a, other))
		}
	}
	return problems
}

func syllablePairs(text string) map[string]bool {
	words := strings.FieldsFunc(viet.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	set := map[string]bool{}
	for i := 1; i < len(words); i++ {
		set[words[i-1]+" "+words[i]] = true
	}
	return set
}
