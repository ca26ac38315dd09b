package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

const topicsPath = "/bien-tap/chu-de"

// topics are the topics as readers know them; without a database, as they stand
// in the program, because a page may have nothing else to ask it for.
func (s *Server) topics(ctx context.Context) []content.Topic {
	list, err := s.rooms.Library.Topics(ctx)
	if err != nil {
		s.log.Warn("topics are not read", "err", err)
		return content.Topics()
	}
	return list
}

// topic finds one of them; false when there is none of that name.
func (s *Server) topic(ctx context.Context, slug string) (content.Topic, bool) {
	list := s.topics(ctx)
	if at := slices.IndexFunc(list, func(t content.Topic) bool { return t.Slug == slug }); at >= 0 {
		return list[at], true
	}
	return content.Topic{}, false
}

type topicsPage struct {
	base
	Topics []topicForm
	Faults []fault.Field
	Done   bool
}

// topicForm is a topic as its fields hold it.
type topicForm struct {
	content.Topic
	Place        string
	Fault, Other string // of the name, of the summary
}

func (s *Server) topicsPage(c *fiber.Ctx, list []topicForm) topicsPage {
	page := topicsPage{base: s.staffPage(c, "Chủ đề", "Tên, lời tóm tắt và thứ tự của các chủ đề."), Topics: list}
	page.Crumbs = []crumb{deskCrumb}
	return page
}

func (s *Server) showTopics(c *fiber.Ctx) error {
	topics, err := s.rooms.Library.Topics(c.UserContext())
	if err != nil {
		return err
	}
	var list []topicForm
	for i, t := range topics {
		list = append(list, topicForm{Topic: t, Place: strconv.Itoa(i + 1)})
	}
	page := s.topicsPage(c, list)
	page.Done = c.Query("xong") == "luu"
	return s.render(c, "desk/topics", page)
}

// saveTopics stores names, summaries and order.
func (s *Server) saveTopics(c *fiber.Ctx) error {
	var fields []string
	for _, t := range content.Topics() {
		fields = append(fields, "name-"+t.Slug, "summary-"+t.Slug, "place-"+t.Slug)
	}
	f, err := readForm(c, fields...)
	if err != nil {
		return err
	}
	var list []topicForm
	for _, t := range content.Topics() {
		t.Name, t.Summary = f.first("name-"+t.Slug), f.first("summary-"+t.Slug)
		list = append(list, topicForm{Topic: t, Place: strings.TrimSpace(f.first("place-" + t.Slug))})
	}
	slices.SortStableFunc(list, func(a, b topicForm) int { return cmp.Compare(place(a.Place), place(b.Place)) })
	var topics []content.Topic
	for _, t := range list {
		topics = append(topics, t.Topic)
	}
	err = s.rooms.Library.SaveTopics(c.UserContext(), topics, actor(c).ID)
	wrong, ok := fault.Of(err)
	if !ok || wrong.Kind != fault.KindInvalid || len(wrong.Fields) == 0 {
		if err != nil {
			return err
		}
		return c.Redirect(topicsPath+"?xong=luu", fiber.StatusSeeOther)
	}
	for i, t := range list {
		list[i].Name, list[i].Summary = legible(t.Name, maxShownWord), legible(t.Summary, maxShownWord)
		for _, field := range wrong.Fields {
			switch field.Name {
			case "name-" + t.Slug:
				list[i].Fault = field.Sentence
			case "summary-" + t.Slug:
				list[i].Other = field.Sentence
			}
		}
	}
	page := s.topicsPage(c, list)
	page.Faults = wrong.Fields
	c.Status(fiber.StatusUnprocessableEntity)
	return s.render(c, "desk/topics", page)
}

// place is where a topic was put; what is no number goes to the end.
func place(typed string) int {
	n, err := strconv.Atoi(typed)
	if err != nil || n < 1 {
		return len(content.Topics()) + 1
	}
	return n
}
