package web

import (
	"fmt"
	"html/template"
	"net/url"
	"strconv"

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
	{"van-ban", search.KindLaw, "Văn bản"},
	{"trac-nghiem", search.KindQuiz, "Trắc nghiệm"},
}

// asked is what a visitor wants of the search page.
type asked struct {
	query  typed
	kind   string // slug of searchKinds, "" for all
	topic  string
	number int  // of the page, from 1
	exact  bool // only what was typed
}

// path is the address of a search.
func (a asked) path() string {
	values := url.Values{"q": {a.query.Text}}
	if a.kind != "" {
		values.Set("loai", a.kind)
	}
	if a.topic != "" {
		values.Set("chu-de", a.topic)
	}
	if a.number > 1 {
		values.Set("trang", strconv.Itoa(a.number))
	}
	if a.exact {
		values.Set("dung", "1")
	}
	return "/tim-kiem?" + values.Encode()
}

type searchPage struct {
	base
	Query      typed
	Result     search.Result
	Hits       []hitView
	Total      string
	Kinds      []chip
	Topics     []chip
	TopicName  string
	Page, Last int
	Before     string
	Next       string
	Unfiltered string // the same search without filters, "" when none is on
	AsTyped    string // the same search, literally
	AllTopics  []content.Topic
}

// Asked reports whether there is something to look for.
func (p searchPage) Asked() bool { return p.Query.Text != "" && p.Query.Fault == "" }

// Paged reports whether there is more than one page of hits.
func (p searchPage) Paged() bool { return p.Last > 1 }

// Found reports whether there are hits.
func (p searchPage) Found() bool { return len(p.Hits) > 0 }

// hitView is a hit as the page shows it.
type hitView struct {
	search.Hit
	Excerpt   template.HTML
	KindName  string
	TopicName string
	Over      bool // what it says is no longer in force
}

func (s *Server) search(c *fiber.Ctx) error {
	a, err := readSearch(c)
	if err != nil {
		return err
	}
	page := searchPage{base: s.page(c, "Tìm trong sổ tay", "Tìm hướng dẫn, câu hỏi đáp, văn bản và bài trắc nghiệm; gõ có dấu hay không dấu đều được."), Query: a.query, AllTopics: content.Topics()}
	page.NoIndex = true
	if a.query.Fault != "" {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	if !page.Asked() {
		return s.render(c, "search/show", page)
	}
	if page.Result, err = s.rooms.Index.Search(c.UserContext(), a.question()); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	s.logSearch(c, a.question(), page.Result.Total)
	page.fill(a, s.cfg.Today())
	return s.render(c, "search/show", page)
}

// logSearch notes the first page of a search over everything; filters and
// further pages ask the same again.
func (s *Server) logSearch(c *fiber.Ctx, q search.Query, total int) {
	if c.Method() == fiber.MethodGet && !q.Literal && q.Offset == 0 && len(q.Filter.Topics) == 0 && len(q.Filter.Kinds) == 0 {
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

// readSearch reads the address. Filters that do not exist lead nowhere.
func readSearch(c *fiber.Ctx) (asked, error) {
	a := asked{query: readText(c.Query("q"), MaxQueryRunes), kind: c.Query("loai"), topic: c.Query("chu-de"), number: 1, exact: c.Query("dung") == "1"}
	if a.kind != "" && kindOf(a.kind) == "" {
		return a, fault.NotFound("Không có loại nội dung này. Hãy tìm lại từ đầu.")
	}
	if _, ok := content.TopicBySlug(a.topic); !ok && a.topic != "" {
		return a, fault.NotFound("Không có chủ đề này. Hãy tìm lại từ đầu.")
	}
	if raw := c.Query("trang"); raw != "" {
		n, err := strconv.Atoi(raw)
		if err != nil || n < 1 || (n-1)*hitsPerPage >= search.MaxReach {
			return a, fault.NotFound("Không có trang kết quả này. Hãy xem lại từ trang đầu.")
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

func (a asked) question() search.Query {
	q := search.Query{Text: a.query.Text, Limit: hitsPerPage, Offset: (a.number - 1) * hitsPerPage, Literal: a.exact}
	if a.topic != "" {
		q.Filter.Topics = []string{a.topic}
	}
	if a.kind != "" {
		q.Filter.Kinds = []string{kindOf(a.kind)}
	}
	return q
}

// fill shows the hits and where to go from here.
func (p *searchPage) fill(a asked, today viet.Date) {
	p.Title = "Tìm: " + a.query.Text
	p.Total = viet.Number(p.Result.Total)
	for _, hit := range p.Result.Hits {
		topic, _ := content.TopicBySlug(hit.Topic)
		p.Hits = append(p.Hits, hitView{hit, template.HTML(hit.Snippet), kindName(hit.Kind), topic.Name, hit.Ended != "" && viet.Date(hit.Ended) <= today}) // escaped by search
	}
	p.Page, p.Last = a.number, max(1, (min(p.Result.Total, search.MaxReach)+hitsPerPage-1)/hitsPerPage)
	if topic, ok := content.TopicBySlug(a.topic); ok {
		p.TopicName = topic.Name
	}
	p.Kinds, p.Topics = a.kindChips(), a.topicChips()
	if a.kind+a.topic != "" {
		p.Unfiltered = asked{query: a.query}.path()
	}
	other := a
	other.number, other.exact = 1, true
	p.AsTyped = other.path()
	other.exact = a.exact
	if other.number = a.number - 1; a.number > 1 {
		p.Before = other.path()
	}
	if other.number = a.number + 1; a.number < p.Last {
		p.Next = other.path()
	}
}

func (a asked) kindChips() []chip {
	a.number = 1
	current := a.kind
	a.kind = ""
	chips := []chip{{"Tất cả", a.path(), current == ""}}
	for _, k := range searchKinds {
		a.kind = k.slug
		chips = append(chips, chip{k.label, a.path(), current == k.slug})
	}
	return chips
}

func (a asked) topicChips() []chip {
	a.number = 1
	current := a.topic
	a.topic = ""
	chips := []chip{{"Mọi chủ đề", a.path(), current == ""}}
	for _, topic := range content.Topics() {
		a.topic = topic.Slug
		chips = append(chips, chip{topic.Name, a.path(), current == topic.Slug})
	}
	return chips
}
