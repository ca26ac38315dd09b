package content

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Law is a document of the register of law, with our own summaries of the
// provisions that this site cites; never the official text.
type Law struct {
	Key        string // "luat-85-2015", as citations name it
	Slug       Slug   // "85-2015-qh13"
	Number     string
	Title      string
	Short      string
	Kind       string // Luật, Nghị quyết, Thông tư, …
	Agency     string
	Issued     viet.Date // "" when not known
	InForce    viet.Date // "" when not known
	Ended      viet.Date // "" while in force
	AmendedBy  []LawRef
	Replaces   string  // what it took the place of, in words
	ReplacedBy *LawRef // what took its place, nil when nothing or not in the register
	Normative  bool    // false for handbooks and plans, which bind nobody
	Trust      Trust
	Revision   int
	UpdatedAt  time.Time
	Provisions []Provision // loaded for a single law, bodies included
	Body       Body        // loaded for a single law

	replacedBy string
	declared   map[string]int // provisions that exist although we hold no summary: "dieu" → 98
	amended    []string
	position   int
}

// fullName names the document as official papers do; handbooks, plans and
// documents filed under their name, their number being unknown, have no better
// name than the short one.
func (l Law) fullName() string {
	name := l.Short
	if l.Normative && l.Number != l.Short {
		name = l.Kind + " số " + l.Number
	}
	var numbers []string
	for _, by := range l.AmendedBy {
		numbers = append(numbers, by.Number)
	}
	if len(numbers) > 0 {
		name += " (sửa bởi " + strings.Join(numbers, ", ") + ")"
	}
	return name
}

// LawRef points to a document of the register.
type LawRef struct {
	Key    string
	Slug   Slug
	Number string
	Short  string
}

// Path is the document's address on the site.
func (r LawRef) Path() string { return "/van-ban/" + string(r.Slug) }

// Path is the document's address on the site.
func (l Law) Path() string { return "/van-ban/" + string(l.Slug) }

// Provision is an article, a form or a question of a document.
type Provision struct {
	Law       Law    // its head only
	Segment   string // "dieu-69"
	Title     string
	Amendment string // what the amending law changed, "" when nothing
	AmendedBy *LawRef
	Clauses   []string // what can be cited below it: "khoan-4", "khoan-4 diem-a"
	Position  int
	Body      Body

	amendedBy string
}

// ID names the provision in the index and in citations.
func (p Provision) ID() string { return p.Law.Key + " " + p.Segment }

// Label is the provision in words: "Điều 69".
func (p Provision) Label() string { return cite.Ref{Law: p.Law.Key, Path: p.Segment}.Label() }

// Path is the provision's address on the site.
func (p Provision) Path() string { return p.Law.Path() + "/" + p.Segment }

// Laws lists the documents of the register in their order, without provisions.
func (l *Library) Laws(ctx context.Context) ([]Law, error) {
	var list []Law
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = allLaws(tx)
		return err
	})
	return list, err
}

// Law is one document with its provisions, by slug.
func (l *Library) Law(ctx context.Context, slug Slug) (Law, error) {
	return l.lawWhere(ctx, func(law Law) bool { return law.Slug == slug })
}

// LawByID is one document with its provisions, by key.
func (l *Library) LawByID(ctx context.Context, key string) (Law, error) {
	return l.lawWhere(ctx, func(law Law) bool { return law.Key == key })
}

func (l *Library) lawWhere(ctx context.Context, is func(Law) bool) (Law, error) {
	var found Law
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		laws, err := allLaws(tx)
		if err != nil {
			return err
		}
		for _, law := range laws {
			if is(law) {
				found, err = loadLaw(tx, laws, law)
				return err
			}
		}
		return fault.NotFound(noLaw)
	})
	return found, err
}

// loadLaw adds body and provisions.
func loadLaw(tx *store.Tx, laws []Law, law Law) (Law, error) {
	var err error
	if law.Body, err = bodyOf(tx, KindLaw, law.Key); err != nil {
		return Law{}, err
	}
	head := law
	head.Body = Body{}
	if law.Provisions, err = provisionsOf(tx, law.Key); err != nil {
		return Law{}, err
	}
	for i := range law.Provisions {
		p := &law.Provisions[i]
		p.Law = head
		if by, ok := lawRef(laws, p.amendedBy); ok {
			p.AmendedBy = &by
		}
	}
	return law, nil
}

// Provision is one provision of a document.
func (l *Library) Provision(ctx context.Context, slug Slug, segment string) (Provision, error) {
	law, err := l.Law(ctx, slug)
	if err != nil {
		return Provision{}, err
	}
	for _, p := range law.Provisions {
		if p.Segment == segment {
			return p, nil
		}
	}
	return Provision{}, fault.NotFound("Sổ tay chưa có tóm tắt của điều khoản này.")
}

// EachLaw calls visit with every document and its provisions.
func (l *Library) EachLaw(ctx context.Context, visit func(Law) error) error {
	laws, err := l.Laws(ctx)
	if err != nil {
		return err
	}
	for _, head := range laws {
		law, err := l.LawByID(ctx, head.Key)
		if err != nil {
			return err
		}
		if err := visit(law); err != nil {
			return err
		}
	}
	return nil
}

// Citing is a page that cites a provision.
type Citing struct {
	Kind   string // KindGuide, KindAnswer, KindSituation, KindTerm, KindPlan, KindSession, KindLaw or "question"
	ID     string
	Clause string // in words: "khoản 4"; "" for the whole article
	Title  string // "" for questions: their titles are the quizzes' own
	Path   string
}

// Citing lists what cites an article of a law; "" asks for the law as a whole.
func (l *Library) Citing(ctx context.Context, key, article string) ([]Citing, error) {
	var list []Citing
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		found, err := cite.Of(tx, key, article)
		if err != nil {
			return err
		}
		list, err = citingPages(tx, found)
		return err
	})
	return list, err
}

// RestingOn lists what cites a document or a provision of it, published or not.
func (l *Library) RestingOn(ctx context.Context, key string) ([]Thing, error) {
	var list []Thing
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		found, err := cite.Below(tx, cite.Ref{Law: key})
		for _, c := range found {
			list = append(list, Thing{c.Kind, c.ObjectID})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find what rests on %s: %w", key, err)
	}
	return list, nil
}

func lawRef(laws []Law, key string) (LawRef, bool) {
	for _, law := range laws {
		if law.Key == key {
			return LawRef{Key: law.Key, Slug: law.Slug, Number: law.Number, Short: law.Short}, true
		}
	}
	return LawRef{}, false
}

// resolves reports whether a reference names something that exists: a document
// of the register, a provision we summarise or the document declares, and a
// clause that the summary has.
func (law Law) resolves(ref cite.Ref) bool {
	article := ref.Article()
	if article == "" {
		return true
	}
	for _, p := range law.Provisions {
		if p.Segment == article {
			return ref.Clause() == "" || contains(p.Clauses, ref.Clause())
		}
	}
	return ref.Clause() == "" && law.declares(article)
}

func (law Law) declares(article string) bool {
	for kind, last := range law.declared {
		n, err := strconv.Atoi(article[min(len(article), len(kind)+1):])
		if err == nil && article == fmt.Sprintf("%s-%d", kind, n) && n >= 1 && n <= last {
			return true
		}
	}
	return false
}

func contains(list []string, item string) bool {
	for _, other := range list {
		if other == item {
			return true
		}
	}
	return false
}
