package web

import (
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
}

func (s *Server) apiSearch(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	result, err := s.rooms.Index.Search(c.UserContext(), q)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	s.logSearch(c, q, result.Total)
	answer := apiResult{Query: result.Query, Total: result.Total, Took: result.Took.Microseconds(), Hits: []apiHit{}}
	if q.Offset <= search.MaxReach {
		for _, h := range result.Hits {
			answer.Hits = append(answer.Hits, apiHit{h.ID, h.Kind, h.Ref, h.Code, h.Title, h.URL, h.Snippet, h.Score})
		}
	}
	c.Set(fiber.HeaderCacheControl, noStore)
	return sendJSON(c, answer)
}

// readQuery reads the parameters; what makes no sense is refused with a
// sentence rather than ignored.
func readQuery(c *fiber.Ctx) (search.Query, error) {
	query := readText(c.Query("q"), MaxQueryRunes)
	switch {
	case query.Fault != "":
		return search.Query{}, fault.Invalid("q: " + query.Fault)
	case query.Text == "":
		return search.Query{}, fault.Invalid("q: Hãy ghi điều cần tìm.")
	}
	q := search.Query{Text: query.Text}
	if kinds := c.Query("kind"); kinds != "" {
		q.Filter.Kinds = strings.Split(kinds, ",")
	}
	for _, kind := range q.Filter.Kinds {
		if kindName(kind) == "" {
			return search.Query{}, fault.Invalid("kind: Loại phải là guide, answer, law hoặc quiz, cách nhau bằng dấu phẩy.")
		}
	}
	slices.Sort(q.Filter.Kinds)
	q.Filter.Kinds = slices.Compact(q.Filter.Kinds)
	if topic := c.Query("topic"); topic != "" {
		if _, ok := content.TopicBySlug(topic); !ok {
			return search.Query{}, fault.Invalid("topic: Không có chủ đề này.")
		}
		q.Filter.Topics = []string{topic}
	}
	var err error
	if q.Limit, err = readNumber(c, "limit", search.DefaultLimit, 1, maxAPILimit); err != nil {
		return search.Query{}, err
	}
	q.Offset, err = readNumber(c, "offset", 0, 0, maxAPIOffset)
	return q, err
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
