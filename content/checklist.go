package content

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Finding is something to mend in a text before it is published.
type Finding struct {
	Field    string // the form's field; "markdown" for the text, "slug" for the address
	Line     int    // of the Markdown, from 1; 0 when not known
	Sentence string
	Must     bool // keeps the text from review; else it is advice
}

// What a text is advised to stay within.
const (
	longSentence = 40 // words
	longMinutes  = 8  // of reading
	maxAdvice    = 20 // long sentences told at once
)

// Preview renders a text as readers would see it. A text that breaks a rule of
// writing has no body; what breaks the rules is told.
func (l *Library) Preview(kind string, t Text) (Body, []Finding) {
	e := examine(kind, t)
	return e.body, e.findings
}

// Check goes through the list of what a text needs before it is published.
// questions are the ids of the question bank; nil leaves them unchecked.
func (l *Library) Check(ctx context.Context, kind, id string, t Text, questions map[string]bool) ([]Finding, error) {
	e := examine(kind, t)
	if e.unread {
		return e.findings, nil
	}
	c := check{questions: questions, pages: fixedPages(), register: Register{}, election: l.election()}
	laws, err := l.Laws(ctx)
	if err != nil {
		return nil, err
	}
	known, err := l.published(ctx)
	if err != nil {
		return nil, err
	}
	c.days, c.facts = known.days, known.facts
	c.numbers = byNumber(slices.Values(laws))
	where := e.thing(id, &c)
	if err := l.gather(ctx, &e, &c); err != nil {
		return nil, err
	}
	if err := e.rules(&c); err != nil {
		return nil, err
	}
	problems := c.problems
	if err := keptKey(e.law.Key, id); kind == KindLaw && err != nil {
		e.refuse(err)
	}
	if kind == KindAnswer {
		same, err := l.alreadyAsked(ctx, id, where, e.answer.answer.Question)
		if err != nil {
			return nil, err
		}
		problems = append(problems, same...)
	}
	for _, p := range problems {
		e.tell(p)
	}
	if err := l.checkSlug(ctx, id, &e); err != nil {
		return nil, err
	}
	e.style()
	return e.findings, nil
}

// mustPass refuses to send on a text with a finding that must be mended; what only
// other rooms know, the question bank, is left to who calls.
func (l *Library) mustPass(ctx context.Context, kind, id string, version int) error {
	r, err := l.OpenRevision(ctx, kind, id)
	if err != nil || r.Version != version {
		return err // one that is out of date is refused later
	}
	findings, err := l.Check(ctx, kind, id, r.Text(), nil)
	if err != nil {
		return err
	}
	return MustMend(findings)
}

// MustMend refuses a text with findings that must be mended before review.
func MustMend(findings []Finding) error {
	var faults []fault.Field
	for _, f := range findings {
		if f.Must {
			faults = append(faults, fault.Field{Name: f.Field, Sentence: f.Sentence})
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return fault.Invalid(fmt.Sprintf("Còn %d chỗ phải sửa trước khi gửi duyệt. %s", len(faults), faults[0].Sentence), faults...)
}

// tell takes over what the check of published texts would say. What the rules
// said of the same field already is not said twice.
func (e *examined) tell(p Problem) {
	if !e.rendered && !p.Must && p.Field == "markdown" {
		return // nobody knows what is in a text that could not be read
	}
	f := Finding{Field: p.Field, Sentence: viet.UpperFirst(p.What), Must: p.Must}
	if f.Field == "" {
		f.Field = "markdown"
	}
	if f.Field == "markdown" && p.Quote != "" {
		if f.Line = lineWith(e.text.Markdown, p.Quote); f.Line == 0 {
			f.Line = lineCiting(e.text.Markdown, p.Quote)
		}
		if f.Line == 0 {
			f.Line = lineOfWords(e.text.Markdown, strings.Fields(p.Quote))
		}
	} else if slices.ContainsFunc(e.findings, func(other Finding) bool {
		return other.Field == f.Field && other.Must && f.Field != "markdown" && p.Quote == ""
	}) {
		return
	}
	e.add(f)
}

// lineWith is the line of a text that holds a quote, 0 when none does.
func lineWith(text, quote string) int {
	for i, line := range strings.Split(text, "\n") {
		if strings.Contains(line, quote) || strings.Contains(plainAddress(line), quote) {
			return i + 1
		}
	}
	return 0
}

// lineCiting is the line whose running text cites an address, 0 when none does.
func lineCiting(markdown, address string) int {
	for i, line := range strings.Split(markdown, "\n") {
		if slices.ContainsFunc(mentions(line), func(m mention) bool { return m.address == address }) {
			return i + 1
		}
	}
	return 0
}

// rules applies the check of published texts.
func (e *examined) rules(c *check) error {
	switch e.kind {
	case KindGuide:
		return c.guide(e.guide.guide)
	case KindAnswer:
		return c.answer(e.answer.answer)
	case KindSession:
		c.body(e.session.session.Path(), e.body)
	case KindSituation:
		return c.situation(e.situation.situation)
	case KindTerm:
		return c.term(e.term.term)
	case KindLaw:
		c.body(e.law.Path(), e.body)
	}
	return nil
}

// gather loads what the text refers to: the laws of its basis, the pages of its
// links.
func (l *Library) gather(ctx context.Context, e *examined, c *check) error {
	var err error
	if c.plans, err = l.planKeys(ctx); err != nil {
		return err
	}
	for _, ref := range slices.Concat(e.guide.refs, e.answer.refs, e.situation.refs, e.term.refs) {
		if _, known := c.register[ref.Law]; known {
			continue
		}
		law, err := l.LawByID(ctx, ref.Law)
		if err == nil {
			c.register[ref.Law] = law
		} else if !fault.Is(err, fault.KindNotFound) {
			return err
		}
	}
	seen := map[string]bool{}
	for _, link := range e.body.Links {
		path, _, _ := strings.Cut(link, "#")
		if path == "" || seen[path] {
			continue
		}
		seen[path] = true
		if err := l.page(ctx, path, c.pages); err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
	}
	return nil
}

// page adds what stands at an address of this room, or where that address leads
// since the thing moved.
func (l *Library) page(ctx context.Context, path string, pages Pages) error {
	present, err := l.present(ctx, path, pages)
	if err == nil && present != "" && present != path {
		pages.alias(path, present)
	}
	return err
}

// present adds what an address leads to, and gives the address that it has now;
// "" for what is of no kind here.
func (l *Library) present(ctx context.Context, path string, pages Pages) (string, error) {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	switch {
	case len(parts) == 3 && parts[0] == "huong-dan":
		g, err := l.Guide(ctx, Slug(parts[2]))
		if err != nil {
			return l.moved(ctx, KindGuide, Slug(parts[2]), pages, err)
		}
		return g.Path(), pages.guide(g)
	case len(parts) == 2 && parts[0] == "hoi-dap":
		a, err := l.Answer(ctx, parts[1])
		if err != nil {
			return "", err
		}
		return a.Path(), pages.answer(a)
	case len(parts) >= 2 && parts[0] == "van-ban":
		law, err := l.Law(ctx, Slug(parts[1]))
		if err != nil {
			return l.moved(ctx, KindLaw, Slug(parts[1]), pages, err)
		}
		return path, pages.law(law)
	case len(parts) == 2 && parts[0] == "tap-huan":
		s, err := l.Session(ctx, Slug(parts[1]))
		if err != nil {
			return l.moved(ctx, KindSession, Slug(parts[1]), pages, err)
		}
		pages[s.Path()] = true
		return s.Path(), nil
	case len(parts) == 2 && parts[0] == "tinh-huong":
		s, err := l.Situation(ctx, Slug(parts[1]))
		if err != nil {
			return l.moved(ctx, KindSituation, Slug(parts[1]), pages, err)
		}
		return s.Path(), pages.situation(s)
	case path == "/thuat-ngu":
		return path, l.EachTerm(ctx, pages.term)
	case len(parts) == 2 && parts[0] == "so-do":
		p, err := l.Plan(ctx, parts[1])
		if err != nil {
			return l.moved(ctx, KindPlan, Slug(parts[1]), pages, err)
		}
		pages[p.Path()] = true
		return p.Path(), nil
	case len(parts) == 2 && parts[0] == "loat-bai":
		s, err := l.Series(ctx, Slug(parts[1]))
		if err != nil {
			return "", err
		}
		pages[s.Path()] = true
		return s.Path(), nil
	}
	return "", nil
}

// moved adds the page of a thing that had a slug before; why says that nothing
// has it now.
func (l *Library) moved(ctx context.Context, kind string, slug Slug, pages Pages, why error) (string, error) {
	if !fault.Is(why, fault.KindNotFound) {
		return "", why
	}
	path, err := l.Moved(ctx, kind, slug)
	if err != nil {
		return "", err
	}
	return l.present(ctx, path, pages)
}

// alreadyAsked looks for published answers to nearly the same question.
func (l *Library) alreadyAsked(ctx context.Context, id, path, question string) ([]Problem, error) {
	var problems []Problem
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		others, err := askedElsewhere(tx, id)
		problems = alreadyAsked(asked{path, question}, others)
		return err
	})
	return problems, err
}

// checkSlug tells when the address belongs to another thing.
func (l *Library) checkSlug(ctx context.Context, id string, e *examined) error {
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		return Revision{Kind: e.kind, ID: id, Slug: e.text.Slug}.freeSlug(tx)
	})
	if f, known := fault.Of(err); known && f.Kind == fault.KindInvalid {
		if e.text.Slug != "" || e.text.title(e.kind) != "" { // an empty title is told already
			e.refuse(err)
		}
		return nil
	}
	return err
}

// style tells what is hard to read.
func (e *examined) style() {
	if rawKind(e.kind) {
		return
	}
	if n := minutes(e.body.Words); n > longMinutes {
		e.add(Finding{Field: "markdown", Sentence: fmt.Sprintf("Bài đọc mất %d phút. Nên chia bài hoặc rút còn %d phút.", n, longMinutes)})
	}
	told := 0
	for _, s := range e.body.Sections {
		for _, sentence := range sentencesOf(s.Text) {
			words := strings.Fields(sentence)
			if len(words) <= longSentence {
				continue
			}
			if told++; told > maxAdvice {
				return
			}
			e.add(Finding{Field: "markdown", Line: lineOfWords(e.text.Markdown, words),
				Sentence: fmt.Sprintf("Câu “%s” dài %d tiếng. Nên tách thành câu ngắn, dưới %d tiếng.", shorten(sentence, maxLabelRunes), len(words), longSentence)})
		}
	}
}

// sentencesOf cuts plain text at its line ends and where a stop is followed by a
// blank.
func sentencesOf(text string) []string {
	var list []string
	for _, line := range strings.Split(text, "\n") {
		start := 0
		for i, r := range line {
			end := i + utf8.RuneLen(r)
			if strings.ContainsRune(".?!…", r) && (end == len(line) || line[end] == ' ') {
				list, start = append(list, strings.TrimSpace(line[start:end])), end
			}
		}
		if rest := strings.TrimSpace(line[start:]); rest != "" {
			list = append(list, rest)
		}
	}
	return list
}

// fewWords are enough to find a sentence again.
const fewWords = 5

// linkTail is what a link holds beside its words.
var linkTail = regexp.MustCompile(`\]\([^)\n]*\)`)

// lineOfWords is the line of the Markdown in which a sentence begins, whatever
// marks stand between its words; 0 when it is not found.
func lineOfWords(markdown string, words []string) int {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "|" })
	begin := strings.Join(words[:min(fewWords, len(words))], " ")
	for i, line := range strings.Split(plainDates(markdown), "\n") {
		line = linkTail.ReplaceAllString(line, "")
		bare := oneLine(strings.Map(func(r rune) rune {
			if strings.ContainsRune("*_`[]>#|\\", r) {
				return -1
			}
			return r
		}, line))
		if strings.Contains(bare, begin) {
			return i + 1
		}
	}
	return 0
}
