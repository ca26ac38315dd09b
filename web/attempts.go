package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/quizzes"
)

// visitBytes are the random bytes of the cookie that finds a visitor's attempts
// again.
const visitBytes = 16

// visitCookie is bound to this very host where the site has https.
func (s *Server) visitCookie() string { return s.ownCookie("luot") }

// visit is the visitor as rooms know them: a hash of the cookie, so that the
// database holds nothing that opens an attempt. "" for who has none.
func (s *Server) visit(c *fiber.Ctx) string {
	value := c.Cookies(s.visitCookie())
	if raw, err := hex.DecodeString(value); err != nil || len(raw) != visitBytes {
		return ""
	}
	return hashOf(value)
}

func hashOf(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:])
}

// beginVisit gives the visitor a cookie if they have none.
func (s *Server) beginVisit(c *fiber.Ctx) string {
	if visit := s.visit(c); visit != "" {
		return visit
	}
	var raw [visitBytes]byte
	_, _ = rand.Read(raw[:]) // never fails since Go 1.24
	value := hex.EncodeToString(raw[:])
	c.Cookie(&fiber.Cookie{
		Name: s.visitCookie(), Value: value, Path: "/", MaxAge: int(cookieTime.Seconds()),
		HTTPOnly: true, Secure: s.https(), SameSite: fiber.CookieSameSiteLaxMode,
	})
	return hashOf(value)
}

func attemptPath(quiz quizzes.Quiz, position int) string {
	return quiz.Path() + "/" + strconv.Itoa(position)
}

func resultPath(quiz quizzes.Quiz) string { return quiz.Path() + "/ket-qua" }

// startAttempt begins an attempt, or goes on with the one under way.
func (s *Server) startAttempt(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, noStore)
	if _, err := readForm(c); err != nil {
		return err
	}
	if _, err := s.rooms.Bank.Quiz(c.UserContext(), c.Params("quiz")); err != nil {
		return err
	}
	attempt, err := s.rooms.Bank.Start(c.UserContext(), s.beginVisit(c), c.Params("quiz"))
	if err != nil {
		return err
	}
	to := resultPath(attempt.Quiz)
	if next := attempt.Next(); next > 0 {
		to = attemptPath(attempt.Quiz, next)
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

type questionPage struct {
	base
	Quiz     quizView
	Position int
	Total    int
	Topic    string
	Question questionView
	Explain  *explanation // nil before the reply
	Next     string       // the next question, or the result
	IsLast   bool
}

// attempt is the visitor's newest attempt of the quiz in the address. Who has
// none is led to where it begins: ok is false then.
func (s *Server) attempt(c *fiber.Ctx) (a quizzes.Attempt, ok bool, err error) {
	c.Set(fiber.HeaderCacheControl, noStore)
	quiz, err := s.rooms.Bank.Quiz(c.UserContext(), c.Params("quiz"))
	if err != nil {
		return a, false, err
	}
	visit := s.visit(c)
	if visit == "" {
		return a, false, c.Redirect(quiz.Path(), fiber.StatusSeeOther)
	}
	a, err = s.rooms.Bank.Current(c.UserContext(), visit, quiz.Slug)
	if fault.Is(err, fault.KindNotFound) {
		return a, false, c.Redirect(quiz.Path(), fiber.StatusSeeOther)
	}
	return a, err == nil, err
}

func (s *Server) showQuestion(c *fiber.Ctx) error {
	position, err := positionOf(c)
	if err != nil {
		return err
	}
	attempt, ok, err := s.attempt(c)
	if !ok {
		return err
	}
	page, err := s.questionPage(c, attempt, position)
	if err != nil {
		return err
	}
	return s.render(c, "quizzes/question", page)
}

// positionOf reads the number of the question; other ways to write it lead
// nowhere.
func positionOf(c *fiber.Ctx) (int, error) {
	n, err := strconv.Atoi(c.Params("n"))
	if err != nil || strconv.Itoa(n) != c.Params("n") || n < 1 {
		return 0, fault.NotFound("Bài này không có câu mang số đó.")
	}
	return n, nil
}

func (s *Server) questionPage(c *fiber.Ctx, a quizzes.Attempt, position int) (questionPage, error) {
	q, err := a.Question(position)
	if err != nil {
		return questionPage{}, err
	}
	topic, _ := s.topic(c.UserContext(), q.Topic)
	page := questionPage{
		base: s.page(c, fmt.Sprintf("Câu %d: %s", position, a.Quiz.Title), a.Quiz.Summary),
		Quiz: s.viewQuiz(c.UserContext(), a.Quiz), Position: position, Total: len(a.Quiz.Questions), Topic: topic.Name, IsLast: position == len(a.Quiz.Questions),
	}
	page.NoIndex = true
	page.Next = resultPath(a.Quiz)
	if !page.IsLast {
		page.Next = attemptPath(a.Quiz, position+1)
	}
	reply, replied := a.Replies[position]
	if !replied {
		page.Question = ask(q, nil)
		return page, nil
	}
	explain, err := s.explain(c.UserContext(), q, reply.Right)
	page.Question, page.Explain = mark(q, reply.Chosen), &explain
	return page, err
}

// replyQuestion stores a reply and shows its explanation on the same address.
func (s *Server) replyQuestion(c *fiber.Ctx) error {
	position, err := positionOf(c)
	if err != nil {
		return err
	}
	f, err := readForm(c, "k")
	if err != nil {
		return err
	}
	attempt, ok, err := s.attempt(c)
	if !ok {
		return err
	}
	_, err = s.rooms.Bank.Reply(c.UserContext(), s.visit(c), attempt.Quiz.Slug, position, f["k"])
	if fault.Is(err, fault.KindInvalid) {
		return s.askAgain(c, attempt, position, f["k"], err)
	}
	if err != nil {
		return err
	}
	return c.Redirect(attemptPath(attempt.Quiz, position)+"#giai-thich", fiber.StatusSeeOther)
}

// askAgain shows the question with what was chosen and what is wrong with it.
func (s *Server) askAgain(c *fiber.Ctx, a quizzes.Attempt, position int, chosen []string, invalid error) error {
	page, err := s.questionPage(c, a, position)
	if err != nil {
		return err
	}
	if q, err := a.Question(position); err == nil {
		page.Question = ask(q, chosen)
	}
	page.Question.Fault = invalid.Error()
	c.Status(fiber.StatusUnprocessableEntity)
	return s.render(c, "quizzes/question", page)
}

type resultPageView struct {
	base
	Quiz    quizView
	Score   int
	Total   int
	Open    string // the next open question, "" when all are answered
	Replied int
	Topics  []topicScore
	Wrong   []wrongView
}

// topicScore is how an attempt went within a topic.
type topicScore struct {
	content.Topic
	Right, Total int
	Sections     []link // where the questions answered wrongly are explained
}

// steady is the part of a topic, in tenths, from which one knows it.
const steady = 8

// leastAsked is from how many questions on something can be said of a topic.
const leastAsked = 2

// Weak reports whether the topic should be read again.
func (t topicScore) Weak() bool { return t.Total >= leastAsked && t.Right*10 < t.Total*steady }

// Steady reports whether the topic is known.
func (t topicScore) Steady() bool { return t.Total >= leastAsked && !t.Weak() }

type wrongView struct {
	Position   int
	Stem, Path string
}

func (s *Server) showResult(c *fiber.Ctx) error {
	a, ok, err := s.attempt(c)
	if !ok {
		return err
	}
	page := resultPageView{
		base: s.page(c, "Kết quả: "+a.Quiz.Title, "Kết quả bài tự kiểm tra "+a.Quiz.Title+"."),
		Quiz: s.viewQuiz(c.UserContext(), a.Quiz), Score: a.Score(), Total: len(a.Quiz.Questions), Replied: len(a.Replies),
	}
	page.NoIndex = true
	page.article(crumb{"Tự kiểm tra", "/trac-nghiem"}, crumb{a.Quiz.Title, a.Quiz.Path()})
	if next := a.Next(); next > 0 {
		page.Open = attemptPath(a.Quiz, next)
		return s.render(c, "quizzes/result", page)
	}
	for _, t := range a.Topics() {
		topic, _ := s.topic(c.UserContext(), t.Topic)
		page.Topics = append(page.Topics, topicScore{topic, t.Right, t.Total, sectionsOf(a.Wrong(), t.Topic)})
	}
	for _, missed := range a.Wrong() {
		page.Wrong = append(page.Wrong, wrongView{missed.Position, missed.Question.Stem, attemptPath(a.Quiz, missed.Position) + "#giai-thich"})
	}
	return s.render(c, "quizzes/result", page)
}

// sectionsOf lists where the missed questions of a topic are explained, each
// place once.
func sectionsOf(wrong []quizzes.Missed, topic string) []link {
	var list []link
	for _, missed := range wrong {
		read := readOn(missed.Question)
		if missed.Question.Topic == topic && !slices.Contains(list, read) {
			list = append(list, read)
		}
	}
	return list
}
