package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/search"
)

// searchKinds are the kinds of hits, as addresses and pages name them.
var searchKinds = []struct{ slug, kind, label string }{
	{"huong-dan", search.KindGuide, "Hướng dẫn"},
	{"hoi-dap", search.KindAnswer, "Hỏi đáp"},
	{"tinh-huong", search.KindSituation, "Tình huống"},
	{"so-do", search.KindPlan, "Sơ đồ"},
	{"van-ban", search.KindLaw, "Văn bản"},
	{"thuat-ngu", search.KindTerm, "Thuật ngữ"},
	{"tap-huan", search.KindSession, "Buổi tập huấn"},
	{"trac-nghiem", search.KindQuiz, "Trắc nghiệm"},
}

// asked is what a visitor wants of the search page.
type asked struct {
	query  typed
	chosen map[string][]string // what the search is narrowed to, by parameter, as addresses have it
	law    content.Law         // the one document to look in; zero for everything
	number int                 // of the page, from 1
	newest bool                // by date
	exact  bool                // only what was typed
}

// path is the address of a search.
func (a asked) path() string {
	values := url.Values{}
	if a.query.Text != "" {
		values.Set("q", a.query.Text)
	}
	for param, list := range a.chosen {
		values[param] = list
	}
	for _, f := range a.kept() {
		values.Set(f.Name, f.Value)
	}
	if a.number > 1 {
		values.Set("trang", strconv.Itoa(a.number))
	}
	if len(values) == 0 {
		return "/tim-kiem"
	}
	return "/tim-kiem?" + values.Encode()
}

// field is a parameter that a form carries on unseen.
type field struct{ Name, Value string }

// kept is what stays when the filters change.
func (a asked) kept() (list []field) {
	if a.law.Key != "" {
		list = append(list, field{"van-ban", a.law.Key})
	}
	if a.newest {
		list = append(list, field{"sap", "moi"})
	}
	if a.exact {
		list = append(list, field{"dung", "1"})
	}
	return list
}

// first is the first page of the same search.
func (a asked) first() asked {
	a.number = 1
	return a
}

// unfiltered is the same search with nothing chosen.
func (a asked) unfiltered() asked {
	a.chosen = nil
	return a.first()
}

// instead is the same search with other words.
func (a asked) instead(text string) asked {
	a.query = typed{Text: text}
	return a.first()
}

func (a asked) sorted(newest bool) asked {
	a.newest = newest
	return a.first()
}

func (a asked) taken(exactly bool) asked {
	a.exact = exactly
	return a.first()
}

func (a asked) question() search.Query {
	q := search.Query{
		Text: a.query.Text, Limit: hitsPerPage, Offset: (a.number - 1) * hitsPerPage, Newest: a.newest, Literal: a.exact, Facets: true,
		Filter: search.Filter{Topics: a.chosen["chu-de"], Sessions: a.chosen["buoi"], Agencies: a.chosen["co-quan"], Years: a.chosen["nam"]},
	}
	for _, slug := range a.chosen["loai"] {
		q.Filter.Kinds = append(q.Filter.Kinds, kindOf(slug))
	}
	if a.law.Key != "" {
		q.Filter.Laws = []string{a.law.Key}
	}
	return q
}

type searchPage struct {
	base
	Query      typed
	Result     search.Result
	Hits       []hitView
	Direct     *directView // nil when no answer clearly wins
	Instead    []insteadView
	Total      string
	Newest     bool
	Exact      bool
	OtherOrder string // the same search in the other order, "" with a single hit
	Page, Last int
	Before     string
	Next       string
	Facets     []facetView
	Chosen     []chip // what the search is narrowed to; each leads to the search without it
	Kept       []field
	Unfiltered string // the same search without filters, "" when none is on
	Literal    string // the same search, only for what was typed
	Freely     string // the same search, mended and with other words
	Law        lawScope
	AllTopics  []content.Topic
}

// lawScope is the one document that is searched; zero for everything.
type lawScope struct {
	Key, Name string
	Path      string
	Widen     string // the same search in everything
}

// Asked reports whether there is something to look for.
func (p searchPage) Asked() bool { return p.Query.Text != "" && p.Query.Fault == "" }

// Paged reports whether there is more than one page of hits.
func (p searchPage) Paged() bool { return p.Last > 1 }

// Found reports whether there are hits.
func (p searchPage) Found() bool { return len(p.Hits) > 0 }

// Explained reports whether there is something to tell of how the query was
// taken.
func (p searchPage) Explained() bool {
	return p.Reworded() || p.Result.Loosened || p.Result.Absent != "" || p.Exact
}

// Reworded reports whether more was looked for than what was typed.
func (p searchPage) Reworded() bool {
	return p.Result.Corrected != "" || len(p.Result.Understood)+len(p.Result.Near) > 0
}

// Near are the words of a near meaning, marked as such.
func (p searchPage) Near() []string {
	list := slices.Clone(p.Result.Near)
	for i, words := range list {
		if !strings.Contains(words, "≈") {
			list[i] = "≈ " + words
		}
	}
	return list
}

// hitView is a hit as the page shows it.
type hitView struct {
	search.Hit
	Excerpt     template.HTML
	KindName    string
	TopicName   string
	SessionName string
	Day         viet.Date // when it was given; "" in the order by relevance
	Over        bool      // what it says is no longer in force
	Reviewed    bool      // its law has changed, and nobody has looked at it since
}

// directView is the answer that says at once what was asked.
type directView struct {
	search.Direct
	Day viet.Date
}

// insteadView is another query that finds something.
type insteadView struct{ Text, Hits, Path string }

func (s *Server) search(c *fiber.Ctx) error {
	a, err := s.readSearch(c)
	if err != nil {
		return err
	}
	if a.query.Text == "" || a.query.Fault != "" {
		return s.showSearch(c, a)
	}
	result, err := s.rooms.Index.Search(c.UserContext(), a.question())
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	s.logSearch(c, a.question(), result.Total)
	return s.showFound(c, a, result)
}

// showSearch is the page before a search, or with a query that cannot be read.
func (s *Server) showSearch(c *fiber.Ctx, a asked) error {
	if a.query.Fault != "" {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return s.render(c, "search/show", s.searchPage(c, a))
}

// showFound is the page of what was found.
func (s *Server) showFound(c *fiber.Ctx, a asked, result search.Result) error {
	if result.Total > 0 && len(result.Hits) == 0 {
		return fault.NotFound(noHitsPage)
	}
	page := s.searchPage(c, a)
	page.Result = result
	sessions, err := s.sessionsOf(c.UserContext(), a, result)
	reviewed, unread := s.underReview(c.UserContext())
	if err = errors.Join(err, unread); err != nil { // the index answers without the database
		s.log.Warn("search without the database", "err", err)
		page.Result.Direct = nil // what may need a review is no direct answer
	}
	page.fill(a, s.cfg.Today(), sessions, reviewed)
	page.nameTopics()
	return s.render(c, "search/show", page)
}

func (s *Server) searchPage(c *fiber.Ctx, a asked) searchPage {
	page := searchPage{
		base:  s.page(c, "Tìm trong sổ tay", "Tìm hướng dẫn, câu hỏi đáp, văn bản và bài trắc nghiệm; gõ có dấu hay không dấu đều được."),
		Query: a.query, Newest: a.newest, Exact: a.exact, Kept: a.kept(), AllTopics: s.topics(c.UserContext()),
	}
	page.NoIndex = true
	if a.law.Key != "" {
		everywhere := a.unfiltered()
		everywhere.law = content.Law{}
		page.Law = lawScope{a.law.Key, a.law.Short, a.law.Path(), everywhere.path()}
	}
	return page
}

// sessionsOf gives the training sessions when the page has one to name.
func (s *Server) sessionsOf(ctx context.Context, a asked, result search.Result) ([]content.Session, error) {
	named := len(a.chosen["buoi"]) > 0
	named = named || slices.ContainsFunc(result.Hits, func(h search.Hit) bool { return h.Session != "" })
	named = named || slices.ContainsFunc(result.Facets, func(f search.Facet) bool { return f.Name == search.FacetSession && len(f.Counts) > 0 })
	if !named {
		return nil, nil
	}
	sessions, err := s.rooms.Library.Sessions(ctx)
	if err != nil {
		return nil, fmt.Errorf("name sessions of a search: %w", err)
	}
	return sessions, nil
}

// logSearch notes the first page of a search over everything; filters, another
// order and further pages ask the same again.
func (s *Server) logSearch(c *fiber.Ctx, q search.Query, total int) {
	if c.Method() == fiber.MethodGet && !q.Literal && !q.Newest && q.Offset == 0 && !narrowed(q.Filter) {
		s.rooms.Log.Asked(q.Text, total)
	}
}

// chooseHit notes which hit was opened. The script of the search page tells it;
// without script nothing is noted.
func (s *Server) chooseHit(c *fiber.Ctx) error {
	f, err := readForm(c, "q", "id")
	if err != nil {
		return err
	}
	q, err := f.one("q")
	if err != nil {
		return err
	}
	id, err := f.one("id")
	if err != nil {
		return err
	}
	query := readText(q, MaxQueryRunes)
	if query.Text == "" || query.Fault != "" || id == "" {
		return fault.Invalid("Thiếu câu tìm kiếm hoặc kết quả được chọn.")
	}
	s.rooms.Log.Clicked(query.Text, id)
	c.Status(fiber.StatusNoContent)
	return nil
}

// noHitsPage is said of a page of hits that is not there.
const noHitsPage = "Không có trang kết quả này. Hãy xem lại từ trang đầu."

// readSearch reads the address. Filters that do not exist lead nowhere.
func (s *Server) readSearch(c *fiber.Ctx) (asked, error) {
	a := asked{query: readText(c.Query("q"), MaxQueryRunes), number: 1, newest: c.Query("sap") == "moi", exact: c.Query("dung") == "1"}
	var err error
	if a.chosen, err = s.readChosen(c); err != nil {
		return a, err
	}
	if key := c.Query("van-ban"); key != "" {
		if a.law, err = s.rooms.Library.LawByID(c.UserContext(), key); err != nil {
			return a, err
		}
	}
	if raw := c.Query("trang"); raw != "" {
		n, err := strconv.Atoi(raw)
		if err != nil || n < 1 || n > (search.MaxReach+hitsPerPage-1)/hitsPerPage {
			return a, fault.NotFound(noHitsPage)
		}
		a.number = n
	}
	return a, nil
}

func kindOf(slug string) string {
	for _, k := range searchKinds {
		if k.slug == slug {
			return k.kind
		}
	}
	return ""
}

func kindName(kind string) string {
	for _, k := range searchKinds {
		if k.kind == kind {
			return k.label
		}
	}
	return ""
}

// fill shows the hits and where to go from here.
func (p *searchPage) fill(a asked, today viet.Date, sessions []content.Session, reviewed map[content.Thing]bool) {
	p.Title = "Tìm: " + a.query.Text
	p.Total = viet.Number(p.Result.Total)
	for _, hit := range p.Result.Hits {
		view := viewHit(hit, a.newest, today, sessions)
		view.Reviewed = reviewed[hitThing(hit.Kind, hit.ID)]
		p.Hits = append(p.Hits, view)
	}
	if d := p.Result.Direct; d != nil && a.number == 1 && !reviewed[hitThing(search.KindAnswer, d.ID)] {
		p.Direct = &directView{*d, viet.Date(d.Date)}
	}
	for _, other := range p.Result.Instead {
		p.Instead = append(p.Instead, insteadView{other.Text, viet.Number(other.Hits), a.instead(other.Text).path()})
	}
	p.Facets, p.Chosen = facetViews(a, p.Result.Facets, sessions), a.chosenChips(sessions)
	if len(p.Chosen) > 0 {
		p.Unfiltered = a.unfiltered().path()
	}
	p.Literal, p.Freely = a.taken(true).path(), a.taken(false).path()
	if p.Result.Total > 1 {
		p.OtherOrder = a.sorted(!a.newest).path()
	}
	p.turn(a)
}

// nameTopics gives the topics of hits and filters the names that readers know.
func (p *searchPage) nameTopics() {
	names, old := map[string]string{}, map[string]string{}
	for _, t := range p.AllTopics {
		was, _ := content.TopicBySlug(t.Slug)
		names[t.Slug], old[was.Name] = t.Name, t.Name
	}
	for i, hit := range p.Hits {
		p.Hits[i].TopicName = names[hit.Topic]
		if hit.Kind == search.KindQuiz { // its heading repeats the kind and the topic's first name
			p.Hits[i].Heading = ""
		}
	}
	for _, f := range p.Facets {
		for i, option := range f.Options {
			if name := names[option.Value]; name != "" && f.Param == "chu-de" {
				f.Options[i].Label = name
			}
		}
	}
	for i, c := range p.Chosen {
		if name := old[c.Name]; name != "" {
			p.Chosen[i].Name = name
		}
	}
}

// turn says which page of the hits this is and leads to the others.
func (p *searchPage) turn(a asked) {
	p.Page, p.Last = a.number, max(1, (min(p.Result.Total, search.MaxReach)+hitsPerPage-1)/hitsPerPage)
	other := a
	if other.number = a.number - 1; a.number > 1 {
		p.Before = other.path()
	}
	if other.number = a.number + 1; a.number < p.Last {
		p.Next = other.path()
	}
}

// hitThing is the text behind a hit: "guide:ID#section" is a section of a guide.
func hitThing(kind, hitID string) content.Thing {
	id, _, _ := strings.Cut(strings.TrimPrefix(hitID, kind+":"), "#")
	return content.Thing{Kind: kind, ID: id}
}

// viewHit says of a hit what helps to choose. Who answered is said of answers
// from a session; the order by date shows its dates.
func viewHit(hit search.Hit, dated bool, today viet.Date, sessions []content.Session) hitView {
	topic, _ := content.TopicBySlug(hit.Topic)
	v := hitView{
		Hit: hit, Excerpt: template.HTML(hit.Snippet), KindName: kindName(hit.Kind), TopicName: topic.Name, // escaped by search
		SessionName: sessionName(hit.Session, sessions), Over: hit.Ended != "" && viet.Date(hit.Ended) <= today,
	}
	if v.SessionName == "" {
		v.Agency = ""
	}
	if dated {
		v.Day = viet.Date(hit.Date)
	}
	return v
}
