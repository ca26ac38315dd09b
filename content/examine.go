package content

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

// examined is a text that has been read by the rules of its kind.
type examined struct {
	kind     string
	text     Text
	body     Body
	rendered bool
	unread   bool // too broken to look further
	findings []Finding

	guide     guideDraft
	answer    answerDraft
	session   sessionDraft
	situation situationDraft
	term      termDraft
	plan      Plan
	law       Law
}

func examine(kind string, t Text) examined {
	e := examined{kind: kind}
	clean, err := t.clean(kind)
	if err != nil {
		e.refuse(err)
		e.unread = true
		return e
	}
	clean.Slug = clean.slug(kind)
	e.text = clean
	if rawKind(kind) {
		e.readRaw()
		return e
	}
	e.body, err = Render(clean.Markdown, maxBytes(kind))
	if e.rendered = err == nil; err != nil {
		e.refuse(err)
	}
	e.unread = !e.readFront()
	if len(e.findings) == 0 {
		// the same rules again as Submit applies them, so that neither is ever laxer
		if err := readable(kind, clean.Source(kind)); err != nil {
			e.refuse(err)
		}
	}
	return e
}

// readFront reads the front matter by the rules of the kind; false when it
// cannot be read.
func (e *examined) readFront() bool {
	t := e.withoutOddValues()
	var faults []fault.Field
	var err error
	switch meta := t.front(e.kind); e.kind {
	case KindGuide:
		var front guideFront
		if err = decodeFront(meta, &front); err == nil {
			e.guide, faults = front.draft(e.body)
		}
	case KindAnswer:
		var front answerFront
		if err = decodeFront(meta, &front); err == nil {
			e.answer, faults = front.draft(e.body, front.Ref != "")
		}
	case KindSession:
		var front sessionFront
		if err = decodeFront(meta, &front); err == nil {
			e.session, faults = front.draft(e.body)
		}
	case KindSituation:
		var front situationFront
		if err = decodeFront(meta, &front); err == nil {
			e.situation, faults = front.draft(e.body)
			e.readTree()
		}
	case KindTerm:
		var front termFront
		if err = decodeFront(meta, &front); err == nil {
			e.term, faults = front.draft(e.body)
		}
	default:
		err = fault.NotFound(noKind)
	}
	if err != nil {
		e.refuse(err)
		return false
	}
	for _, f := range faults {
		told := slices.ContainsFunc(e.findings, func(other Finding) bool { return other.Field == f.Name })
		if !told && (e.rendered || f.Name != "asked") { // without its text a guide has no sections to ask for
			e.findings = append(e.findings, Finding{Field: f.Name, Sentence: f.Sentence, Must: true})
		}
	}
	return true
}

// readTree reads the questions and the ends of a situation.
func (e *examined) readTree() {
	if !e.rendered {
		return
	}
	nodes, err := readTree(e.text.Markdown, 1, e.body)
	if err != nil {
		e.refuse(err)
	}
	e.situation.situation.Nodes = nodes
}

// readRaw reads a text that has no form.
func (e *examined) readRaw() {
	var err error
	switch source := e.text.Source(e.kind); e.kind {
	case KindPlan:
		if e.plan, err = readPlan(source); err == nil {
			e.body = e.plan.body()
		}
	case KindLaw:
		if e.law, err = readLaw(source); err == nil {
			e.body = e.law.whole()
		}
	}
	if e.rendered = err == nil; err != nil {
		e.refuse(err)
		e.unread = true
	}
}

// decodeFront lets a front matter be empty, as that of a new thing is.
func decodeFront(meta string, into any) error {
	if meta == "" {
		return nil
	}
	return decodeFrontMatter(meta, into)
}

// withoutOddValues tells of fields that no front matter can hold, and leaves
// them out, so that the others can be looked at.
func (e *examined) withoutOddValues() Text {
	t := Text{Slug: e.text.Slug, Fields: map[string][]string{}}
	for _, f := range frontFields(e.kind) {
		values := e.text.Fields[f.Name]
		if sentence := f.odd(values); sentence != "" {
			e.add(Finding{Field: f.Name, Sentence: sentence, Must: true})
		} else if len(values) > 0 {
			t.Fields[f.Name] = values
		}
	}
	return t
}

// odd says why no front matter can hold the values, "" when it can.
func (f Field) odd(values []string) string {
	for _, v := range values {
		if r, found := unusableRune(v); found {
			return fmt.Sprintf("Có ký tự không dùng được (U+%04X). Hãy xóa ký tự này.", r)
		}
		if n, err := strconv.Atoi(v); f.Input == InputNumber && (err != nil || n < 0) {
			return "Hãy viết một số, ví dụ 10."
		}
	}
	return ""
}

var faultLine = regexp.MustCompile(`^Dòng ([0-9]+): `)

// refuse takes over what a rule said.
func (e *examined) refuse(err error) {
	f, known := fault.Of(err)
	switch {
	case !known:
		e.add(Finding{Field: "markdown", Sentence: "Không trình bày được văn bản này. Hãy bỏ bớt phần vừa thêm.", Must: true})
	case len(f.Fields) > 0:
		for _, field := range f.Fields {
			e.add(Finding{Field: field.Name, Sentence: field.Sentence, Must: true})
		}
	default:
		finding := Finding{Field: "markdown", Sentence: f.Sentence, Must: true}
		if m := faultLine.FindStringSubmatch(f.Sentence); m != nil {
			finding.Line, _ = strconv.Atoi(m[1])
			finding.Sentence = viet.UpperFirst(strings.TrimPrefix(f.Sentence, m[0]))
		}
		e.add(finding)
	}
}

func (e *examined) add(f Finding) { e.findings = append(e.findings, f) }

// thing gives the text the identity it will have, and notes its own address.
func (e *examined) thing(id string, c *check) (path string) {
	switch e.kind {
	case KindGuide:
		g := &e.guide.guide
		g.ID, g.Slug, g.Body = id, e.text.Slug, e.body
		g.Basis = plainBases(e.guide.refs)
		path = g.Path()
	case KindAnswer:
		a := &e.answer.answer
		a.ID, a.Body = id, e.body
		a.Basis = plainBases(e.answer.refs)
		path = a.Path()
	case KindSession:
		s := &e.session.session
		s.ID, s.Slug, s.Body = id, e.text.Slug, e.body
		path = s.Path()
	case KindSituation:
		s := &e.situation.situation
		s.ID, s.Slug, s.Body = id, e.text.Slug, e.body
		s.Basis = plainBases(e.situation.refs)
		path = s.Path()
	case KindTerm:
		t := &e.term.term
		t.ID, t.Slug, t.Body = id, e.text.Slug, e.body
		t.Basis = plainBases(e.term.refs)
		path = t.Path()
	case KindPlan:
		path = e.plan.Path()
	case KindLaw:
		_ = c.pages.law(e.law) // adds its provisions
		path = e.law.Path()
	}
	c.pages.add(path, e.body)
	return path
}

func plainBases(refs []cite.Ref) []Basis {
	list := make([]Basis, len(refs))
	for i, ref := range refs {
		list[i] = Basis{Ref: ref}
	}
	return list
}
