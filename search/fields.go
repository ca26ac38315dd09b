package search

import (
	"context"
	"slices"
	"strings"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/quizzes"
)

// The kinds of hits, named as in the change log.
const (
	KindGuide     = content.KindGuide
	KindAnswer    = content.KindAnswer
	KindLaw       = content.KindLaw
	KindSituation = content.KindSituation
	KindSession   = content.KindSession
	KindTerm      = content.KindTerm
	KindPlan      = content.KindPlan
	KindQuiz      = "quiz"
	KindIndex     = "index" // not a hit: a change of this kind asks for a new index
)

// kinds are those of the hits.
var kinds = []string{KindGuide, KindAnswer, KindLaw, KindSituation, KindTerm, KindPlan, KindSession, KindQuiz}

// nouns gives the documents of one noun of each kind and of all of them.
type nouns struct {
	lib  *content.Library
	bank *quizzes.Bank
}

// knows reports whether changes of a kind concern the index.
func (n nouns) knows(kind string) bool { return slices.Contains(kinds, kind) }

// changed lists the nouns that changes concern, each once: those that changed, and
// with a document of law all that cite it, for they tell its name and its end.
func (n nouns) changed(ctx context.Context, list []store.Change) ([]content.Thing, error) {
	var things []content.Thing
	seen := map[content.Thing]bool{}
	add := func(t content.Thing) {
		if n.knows(t.Kind) && !seen[t] {
			seen[t] = true
			things = append(things, t)
		}
	}
	for _, c := range list {
		add(content.Thing{Kind: c.Kind, ID: c.ObjectID})
		if c.Kind != KindLaw {
			continue
		}
		resting, err := n.lib.RestingOn(ctx, c.ObjectID)
		if err != nil {
			return nil, err
		}
		for _, t := range resting {
			add(t)
		}
	}
	return things, nil
}

// documents of one noun; none when it is not there or not published.
func (n nouns) documents(ctx context.Context, kind, id string) (docs []document, err error) {
	switch kind {
	case KindGuide:
		var g content.Guide
		g, err = n.lib.GuideByID(ctx, id)
		docs = guideDocuments(g)
	case KindAnswer:
		var a content.Answer
		a, err = n.lib.AnswerByID(ctx, id)
		docs = answerDocuments(a)
	case KindLaw:
		var l content.Law
		l, err = n.lib.LawByID(ctx, id)
		docs = lawDocuments(l)
	case KindSituation:
		var s content.Situation
		s, err = n.lib.SituationByID(ctx, id)
		docs = situationDocuments(s)
	case KindTerm:
		var t content.Term
		t, err = n.lib.TermByID(ctx, id)
		docs = termDocuments(t)
	case KindPlan:
		var p content.StoredPlan
		p, err = n.lib.PlanByID(ctx, id)
		docs = planDocuments(p)
	case KindSession:
		var s content.Session
		s, err = n.lib.SessionByID(ctx, id)
		docs = sessionDocuments(s)
	case KindQuiz:
		var q quizzes.Quiz
		q, err = n.bank.QuizByID(ctx, id)
		docs = quizDocuments(q)
	}
	if fault.Is(err, fault.KindNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return docs, nil
}

// each calls visit with the documents of every published noun.
func (n nouns) each(ctx context.Context, visit func([]document) error) error {
	if err := n.lib.EachLaw(ctx, func(l content.Law) error { return visit(lawDocuments(l)) }); err != nil {
		return err
	}
	if err := n.lib.EachGuide(ctx, func(g content.Guide) error { return visit(guideDocuments(g)) }); err != nil {
		return err
	}
	if err := n.lib.EachAnswer(ctx, func(a content.Answer) error { return visit(answerDocuments(a)) }); err != nil {
		return err
	}
	if err := n.lib.EachSituation(ctx, func(s content.Situation) error { return visit(situationDocuments(s)) }); err != nil {
		return err
	}
	if err := n.lib.EachSession(ctx, func(s content.Session) error { return visit(sessionDocuments(s)) }); err != nil {
		return err
	}
	if err := n.lib.EachTerm(ctx, func(t content.Term) error { return visit(termDocuments(t)) }); err != nil {
		return err
	}
	plans, err := n.lib.Plans(ctx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if err := visit(planDocuments(p)); err != nil {
			return err
		}
	}
	list, err := n.bank.Quizzes(ctx)
	if err != nil {
		return err
	}
	for _, q := range list {
		if err := visit(quizDocuments(q)); err != nil {
			return err
		}
	}
	return nil
}

func owner(kind, id string) string { return kind + ":" + id }

// guideDocuments are the sections of a guide; each opens at its own heading.
func guideDocuments(g content.Guide) []document {
	whole := document{
		Owner: owner(KindGuide, g.ID), Group: owner(KindGuide, g.ID), Kind: KindGuide, Ref: string(g.Slug),
		URL: g.Path(), Topic: g.Topic.Slug, Date: string(g.Effective), Ended: string(g.Ended()), Title: g.Title,
	}
	intro := whole
	intro.ID, intro.Short, intro.Asked = whole.Owner+"#", g.Summary, joinLines(g.Asked[content.WholeGuide]...)
	docs := []document{intro}
	for _, s := range g.Body.Sections {
		if s.Anchor == "" {
			docs[0].Body = s.Text
			continue
		}
		d := whole
		d.ID, d.URL = whole.Owner+"#"+s.Anchor, whole.URL+"#"+s.Anchor
		d.Heading, d.Body, d.Asked = s.Heading, s.Text, joinLines(g.Asked[s.Anchor]...)
		docs = append(docs, d)
	}
	return docs
}

// answerDocuments is an answer; none when another has taken its place, which is
// then found by the wording and the code of the old one too.
func answerDocuments(a content.Answer) []document {
	if a.Successor != nil {
		return nil
	}
	id := owner(KindAnswer, a.ID)
	asked := slices.Clone(a.Asked)
	for _, old := range a.Replaced {
		asked = append(asked, old.Question)
	}
	return []document{{
		ID: id, Owner: id, Group: id, Kind: KindAnswer, Ref: a.Ref, Code: a.Code(), URL: a.Path(), Topic: a.Topic.Slug,
		Session: string(a.Session.Slug), Agency: a.Agency, Date: string(a.Date), Ended: string(a.Ended()), Title: a.Question, Short: a.Short, Asked: joinLines(asked...), Body: plain(a.Body),
	}}
}

// lawDocuments are a document of law and its provisions; each is a hit.
func lawDocuments(l content.Law) []document {
	id := owner(KindLaw, l.Key)
	docs := []document{{
		ID: id, Owner: id, Group: id, Kind: KindLaw, Ref: l.Key, URL: l.Path(), Agency: l.Agency, Date: string(l.Issued), Ended: string(l.Ended),
		Title: l.Title, Heading: strings.TrimSpace(l.Kind + " " + l.Number), Short: l.Short, Body: plain(l.Body),
	}}
	for _, p := range l.Provisions {
		at := owner(KindLaw, p.ID())
		docs = append(docs, document{
			ID: at, Owner: id, Group: at, Kind: KindLaw, Ref: p.ID(), URL: p.Path(), Agency: l.Agency, Date: string(l.Issued), Ended: string(l.Ended),
			Segment: p.Segment, Title: titleOf(p), Heading: l.Short, Body: joinLines(plain(p.Body), p.Amendment),
		})
	}
	return docs
}

func titleOf(p content.Provision) string {
	if p.Title == "" {
		return p.Label()
	}
	return p.Label() + ". " + p.Title
}

// sessionDocuments are the sections of a training session, which is found by its
// day too.
func sessionDocuments(s content.Session) []document {
	whole := document{
		Owner: owner(KindSession, s.ID), Group: owner(KindSession, s.ID), Kind: KindSession, Ref: string(s.Slug), URL: s.Path(), Date: string(s.HeldOn), Title: s.Title,
	}
	intro := whole
	intro.ID, intro.Short = whole.Owner+"#", "Buổi tập huấn ngày "+s.HeldOn.String()
	docs := []document{intro}
	for _, section := range s.Body.Sections {
		if section.Anchor == "" {
			docs[0].Body = section.Text
			continue
		}
		d := whole
		d.ID, d.URL, d.Heading, d.Body = whole.Owner+"#"+section.Anchor, whole.URL+"#"+section.Anchor, section.Heading, section.Text
		docs = append(docs, d)
	}
	return docs
}

func quizDocuments(q quizzes.Quiz) []document {
	id := owner(KindQuiz, q.ID)
	topic, _ := content.TopicBySlug(q.Topic)
	return []document{{
		ID: id, Owner: id, Group: id, Kind: KindQuiz, Ref: q.Slug, URL: q.Path(), Topic: q.Topic,
		Title: q.Title, Heading: "Trắc nghiệm: " + topic.Name, Short: q.Summary,
	}}
}

// plain is the text of a body with its headings.
func plain(b content.Body) string {
	var lines []string
	for _, s := range b.Sections {
		lines = append(lines, s.Heading, s.Text)
	}
	return joinLines(lines...)
}

func joinLines(lines ...string) string {
	kept := make([]string, 0, len(lines))
	for _, line := range lines {
		if line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
