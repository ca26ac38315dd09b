package web

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/quizzes"
)

// quizView is a quiz with the name of its topic.
type quizView struct {
	quizzes.Quiz
	TopicName string
}

func viewQuiz(q quizzes.Quiz) quizView {
	topic, _ := content.TopicBySlug(q.Topic)
	return quizView{q, topic.Name}
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
		page.Quizzes = append(page.Quizzes, viewQuiz(q))
	}
	return s.render(c, "quizzes/list", page)
}

type quizPage struct {
	base
	Quiz quizView
}

// showQuiz is the same for everybody; who has begun goes on where they stopped.
func (s *Server) showQuiz(c *fiber.Ctx) error {
	quiz, err := s.rooms.Bank.Quiz(c.UserContext(), c.Params("quiz"))
	if err != nil {
		return err
	}
	quiz.Count = len(quiz.Questions)
	page := quizPage{base: s.page(c, quiz.Title, quiz.Summary), Quiz: viewQuiz(quiz)}
	page.Crumbs = []crumb{{"Trang chủ", "/"}, {"Tự kiểm tra", "/trac-nghiem"}}
	return s.render(c, "quizzes/show", page)
}
