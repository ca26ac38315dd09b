package web

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/fault"
	"sotay/quizzes"
)

// quizView is a quiz with the name of its topic and how far the visitor came.
type quizView struct {
	quizzes.Quiz
	TopicName string
	Begun     bool // the visitor's newest attempt is under way
	Done      bool // … or finished
	On        link // from there to the next open question, or to the result
}

func (s *Server) viewQuiz(ctx context.Context, q quizzes.Quiz) quizView {
	topic, _ := s.topic(ctx, q.Topic)
	return quizView{Quiz: q, TopicName: topic.Name}
}

type quizzesPage struct {
	base
	Quizzes []quizView
}

func (s *Server) listQuizzes(c *fiber.Ctx) error {
	list, err := s.rooms.Bank.Quizzes(c.UserContext())
	if err != nil {
		return fmt.Errorf("list quizzes: %w", err)
	}
	page := quizzesPage{base: s.page(c, "Tự kiểm tra", "Các bài trắc nghiệm theo chủ đề, có giải thích và căn cứ ngay sau mỗi câu.")}
	for _, q := range list {
		view, err := s.viewProgress(c, q)
		if err != nil {
			return err
		}
		page.Quizzes = append(page.Quizzes, view)
	}
	return s.render(c, "quizzes/list", page)
}

type quizPage struct {
	base
	Quiz quizView
}

// viewProgress adds how far the visitor came. Without a cookie a page is the same
// for everybody; with one it is the visitor's own.
func (s *Server) viewProgress(c *fiber.Ctx, q quizzes.Quiz) (quizView, error) {
	view := s.viewQuiz(c.UserContext(), q)
	visit := s.visit(c)
	if visit == "" {
		return view, nil
	}
	c.Set(fiber.HeaderCacheControl, noStore)
	a, err := s.rooms.Bank.Current(c.UserContext(), visit, q.Slug)
	if fault.Is(err, fault.KindNotFound) {
		return view, nil
	}
	if err != nil {
		return view, fmt.Errorf("look up attempt of %s: %w", q.Slug, err)
	}
	if next := a.Next(); next > 0 {
		view.Begun, view.On = true, link{fmt.Sprintf("Làm tiếp từ câu %d", next), attemptPath(q, next)}
	} else {
		view.Done, view.On = true, link{fmt.Sprintf("Xem kết quả lần trước: %d/%d", a.Score(), len(a.Quiz.Questions)), resultPath(q)}
	}
	return view, nil
}

func (s *Server) showQuiz(c *fiber.Ctx) error {
	quiz, err := s.rooms.Bank.Quiz(c.UserContext(), c.Params("quiz"))
	if err != nil {
		return err
	}
	quiz.Count = len(quiz.Questions)
	view, err := s.viewProgress(c, quiz)
	if err != nil {
		return err
	}
	page := quizPage{base: s.page(c, quiz.Title, quiz.Summary), Quiz: view}
	page.Crumbs = []crumb{{"Trang chủ", "/"}, {"Tự kiểm tra", "/trac-nghiem"}}
	return s.render(c, "quizzes/show", page)
}
