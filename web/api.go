package web

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/search"
)

type apiError struct {
	Error   string `json:"error"`
	Request string `json:"request"`
}

type apiResult struct {
	Query string   `json:"query"`
	Total int      `json:"total"`
	Took  int64    `json:"took_us"`
	Hits  []apiHit `json:"hits"`

	Corrected  string                `json:"corrected,omitempty"`
	Understood []string              `json:"understood,omitempty"`
	Near       []string              `json:"near,omitempty"`
	Loosened   bool                  `json:"loosened,omitempty"`
	Absent     string                `json:"absent,omitempty"`
	Dropped    []string              `json:"dropped,omitempty"`
	Direct     *apiDirect            `json:"direct,omitempty"`
	Facets     map[string][]apiCount `json:"facets,omitempty"`
}

type apiDirect struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Title  string `json:"title"`
	URL    string `json:"url"`
	Short  string `json:"short"`
	Agency string `json:"agency"`
	Date   string `json:"date"`
}

type apiCount struct {
	Value string `json:"value"`
	Hits  int    `json:"hits"`
}

type apiHit struct {
	ID      string  `json:"id"`
	Kind    string  `json:"kind"`
	Ref     string  `json:"ref"`
	Code    string  `json:"code"`
	Title   string  `json:"title"`
	URL     string  `json:"url"`
	Snippet string  `json:"snippet"`
	Score   float64 `json:"score"`

	UnderReview bool `json:"under_review,omitempty"` // what it rests on has changed, and nobody has looked at it since
}

func (s *Server) apiSearch(c *fiber.Ctx) error {
	q, err := s.readQuery(c)
	if err != nil {
		return err
	}
	result, err := s.rooms.Index.Search(c.UserContext(), q)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	s.logSearch(c, q, result.Total)
	reviewed, unread := s.underReview(c.UserContext())
	if unread != nil { // the index answers without the database
		s.log.Warn("search without the database", "err", unread)
		result.Direct = nil // what may need a review is no direct answer
	}
	answer := viewResult(result, reviewed)
	if q.Offset > search.MaxReach {
		answer.Hits = []apiHit{}
	}
	c.Set(fiber.HeaderCacheControl, noStore)
	return sendJSON(c, answer)
}

// viewResult leaves out a direct answer whose law has changed, and marks such hits.
func viewResult(r search.Result, reviewed map[content.Thing]bool) apiResult {
	answer := apiResult{
		Query: r.Query, Total: r.Total, Took: r.Took.Microseconds(), Hits: []apiHit{},
		Corrected: r.Corrected, Understood: r.Understood, Near: r.Near, Loosened: r.Loosened, Absent: r.Absent, Dropped: r.Dropped,
	}
	for _, h := range r.Hits {
		answer.Hits = append(answer.Hits, apiHit{h.ID, h.Kind, h.Ref, h.Code, h.Title, h.URL, h.Snippet, h.Score, reviewed[hitThing(h.Kind, h.ID)]})
	}
	if d := r.Direct; d != nil && !reviewed[hitThing(search.KindAnswer, d.ID)] {
		answer.Direct = &apiDirect{d.ID, d.Code, d.Title, d.URL, d.Short, d.Agency, d.Date}
	}
	for _, f := range r.Facets {
		if answer.Facets == nil {
			answer.Facets = map[string][]apiCount{}
		}
		counts := []apiCount{}
		for _, one := range f.Counts {
			counts = append(counts, apiCount{one.Value, one.Hits})
		}
		answer.Facets[f.Name] = counts
	}
	return answer
}

// readQuery reads the parameters; what makes no sense is refused with a
// sentence rather than ignored.
func (s *Server) readQuery(c *fiber.Ctx) (search.Query, error) {
	query := readText(c.Query("q"), MaxQueryRunes)
	switch {
	case query.Fault != "":
		return search.Query{}, fault.Invalid("q: " + query.Fault)
	case query.Text == "":
		return search.Query{}, fault.Invalid("q: Hãy ghi điều cần tìm.")
	}
	q := search.Query{Text: query.Text}
	var err error
	if q.Filter, err = s.readFilter(c); err != nil {
		return search.Query{}, err
	}
	switch c.Query("sort") {
	case "", "relevance":
	case "newest":
		q.Newest = true
	default:
		return search.Query{}, fault.Invalid("sort: Thứ tự phải là relevance hoặc newest.")
	}
	switch c.Query("facets") {
	case "", "0":
	case "1":
		q.Facets = true
	default:
		return search.Query{}, fault.Invalid("facets: Hãy ghi 0 hoặc 1.")
	}
	if q.Limit, err = readNumber(c, "limit", search.DefaultLimit, 1, maxAPILimit); err != nil {
		return search.Query{}, err
	}
	q.Offset, err = readNumber(c, "offset", 0, 0, maxAPIOffset)
	return q, err
}

// readFilter reads what a search is narrowed to. Kinds stand behind commas, as
// agencies cannot: all others are repeated.
func (s *Server) readFilter(c *fiber.Ctx) (search.Filter, error) {
	var f search.Filter
	if kinds := c.Query("kind"); kinds != "" {
		f.Kinds = strings.Split(kinds, ",")
	}
	for _, kind := range f.Kinds {
		if kindName(kind) == "" {
			return f, fault.Invalid("kind: Loại phải là guide, answer, situation, plan, law, session, term hoặc quiz, cách nhau bằng dấu phẩy.")
		}
	}
	slices.Sort(f.Kinds)
	f.Kinds = slices.Compact(f.Kinds)
	for _, one := range []struct {
		name   string
		values *[]string
	}{{"topic", &f.Topics}, {"session", &f.Sessions}, {"agency", &f.Agencies}, {"year", &f.Years}, {"law", &f.Laws}} {
		var err error
		if *one.values, err = many(c, one.name); err != nil {
			return f, fault.Invalid(one.name + ": Có giá trị không đọc được, hoặc quá nhiều giá trị.")
		}
	}
	return f, s.checkFilter(c.UserContext(), f)
}

// checkFilter refuses topics, sessions and documents that are not there.
// Agencies and years are without list.
func (s *Server) checkFilter(ctx context.Context, f search.Filter) error {
	for _, topic := range f.Topics {
		if _, ok := content.TopicBySlug(topic); !ok {
			return fault.Invalid("topic: Không có chủ đề này.")
		}
	}
	for _, slug := range f.Sessions {
		if _, err := s.rooms.Library.Session(ctx, content.Slug(slug)); err != nil {
			return refused(err, "session: Không có buổi tập huấn này.")
		}
	}
	for _, key := range f.Laws {
		if _, err := s.rooms.Library.LawByID(ctx, key); err != nil {
			return refused(err, "law: Không có văn bản này; hãy ghi khóa như luat-85-2015.")
		}
	}
	return nil
}

// refused says of a parameter that what it names is not there.
func refused(err error, sentence string) error {
	if fault.Is(err, fault.KindNotFound) {
		return fault.Invalid(sentence)
	}
	return err
}

func readNumber(c *fiber.Ctx, name string, usual, least, most int) (int, error) {
	raw := c.Query(name)
	if raw == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < least || n > most {
		return 0, fault.Invalid(fmt.Sprintf("%s: Hãy ghi một số từ %d đến %d.", name, least, most))
	}
	return n, nil
}

type apiAnswerView struct {
	Code     string     `json:"code"`
	Ref      string     `json:"ref"`
	Question string     `json:"question"`
	Short    string     `json:"short"`
	HTML     string     `json:"html"`
	Text     string     `json:"text"`
	Topic    string     `json:"topic"`
	Agency   string     `json:"agency"`
	Field    string     `json:"field"`
	Date     string     `json:"date"`
	Trust    string     `json:"trust"`
	URL      string     `json:"url"`
	Basis    []apiBasis `json:"basis"`

	Level        string   `json:"level"`
	Letter       string   `json:"letter"`
	Supersedes   []string `json:"supersedes"`
	SupersededBy string   `json:"superseded_by"` // code of the newest answer that took its place
}

type apiBasis struct {
	Ref   string `json:"ref"`
	Label string `json:"label"`
	URL   string `json:"url"`
}

func (s *Server) apiAnswer(c *fiber.Ctx) error {
	code := c.Params("code")
	if len(code) > maxCodeBytes {
		return fault.NotFound("Không có câu hỏi đáp này.")
	}
	a, err := s.rooms.Library.Answer(c.UserContext(), code)
	if err != nil {
		return err
	}
	parts, err := s.parts(c.UserContext(), a.Body, "")
	if err != nil {
		return fmt.Errorf("answer %s: %w", a.Code(), err)
	}
	view := apiAnswerView{
		Code: a.Code(), Ref: a.Ref, Question: a.Question, Short: a.Short, HTML: markup(parts), Text: plainText(a.Body), Topic: a.Topic.Slug,
		Agency: a.Agency, Field: a.Field, Date: string(a.Date), Trust: string(a.Trust), URL: a.Path(), Basis: []apiBasis{},
	}
	view.Level, view.Letter, view.Supersedes = string(a.Level), a.Letter, append([]string{}, a.Supersedes...)
	if a.Successor != nil {
		view.SupersededBy = a.Successor.Code()
	}
	for _, b := range a.Basis {
		view.Basis = append(view.Basis, apiBasis{b.Ref.String(), b.Label, b.URL})
	}
	return sendJSON(c, view)
}

// markup joins what an answer may hold: text and dates.
func markup(parts []partView) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(string(p.HTML) + p.Date.String())
	}
	return strings.TrimSpace(b.String())
}

func plainText(body content.Body) string {
	var lines []string
	for _, section := range body.Sections {
		for _, text := range []string{section.Heading, strings.TrimSpace(section.Text)} {
			if text != "" {
				lines = append(lines, text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

func sendJSON(c *fiber.Ctx, v any) error {
	if err := c.JSON(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	return nil
}
