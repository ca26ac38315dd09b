package web

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/fault"
	"sotay/search"
)

// noPage is said of an address that leads nowhere.
const noPage = "Đường dẫn có thể gõ sai, hoặc bài đã chuyển chỗ."

// failure is an error as a visitor reads it.
type failure struct {
	status   int
	title    string
	sentence string
}

// statuses are the answers to the kinds of faults.
var statuses = map[fault.Kind]failure{
	fault.KindNotFound:    {status: fiber.StatusNotFound, title: "Không có trang này"},
	fault.KindInvalid:     {status: fiber.StatusUnprocessableEntity, title: "Cần sửa lại một chút"},
	fault.KindDenied:      {status: fiber.StatusForbidden, title: "Không nhận yêu cầu này"},
	fault.KindSignIn:      {status: fiber.StatusUnauthorized, title: "Cần đăng nhập"},
	fault.KindConflict:    {status: fiber.StatusConflict, title: "Nội dung vừa được người khác sửa"},
	fault.KindTooMany:     {status: fiber.StatusTooManyRequests, title: "Gửi quá nhiều lần"},
	fault.KindUnavailable: {status: fiber.StatusServiceUnavailable, title: "Xin chờ một chút"},
}

// refusals are the answers to what Fiber refuses before a handler.
var refusals = map[int]failure{
	fiber.StatusNotFound:                    {fiber.StatusNotFound, "Không có trang này", noPage},
	fiber.StatusMethodNotAllowed:            {fiber.StatusMethodNotAllowed, "Không nhận yêu cầu này", "Trang này không nhận cách gửi vừa rồi. Hãy mở lại từ đường dẫn."},
	fiber.StatusRequestTimeout:              {fiber.StatusRequestTimeout, "Gửi quá lâu", "Đường truyền chậm nên trang chưa nhận đủ. Hãy gửi lại."},
	fiber.StatusRequestEntityTooLarge:       {fiber.StatusRequestEntityTooLarge, "Gửi quá nhiều chữ", "Nội dung gửi lên dài quá mức trang nhận được. Hãy gửi ngắn hơn."},
	fiber.StatusMisdirectedRequest:          {fiber.StatusMisdirectedRequest, "Sai địa chỉ trang", "Máy chủ này không phục vụ tên miền vừa gõ. Hãy kiểm tra lại địa chỉ."},
	fiber.StatusRequestHeaderFieldsTooLarge: {fiber.StatusRequestHeaderFieldsTooLarge, "Đường dẫn quá dài", "Đường dẫn hoặc dữ liệu kèm theo dài quá mức trang nhận được. Hãy rút ngắn."},
	fiber.StatusBadRequest:                  {fiber.StatusBadRequest, "Không đọc được yêu cầu", "Yêu cầu gửi lên bị hỏng. Hãy mở lại trang."},
}

// trouble is the answer to everything internal.
var trouble = failure{fiber.StatusInternalServerError, "Trang đang trục trặc", "Lỗi ở phía máy chủ, không phải do anh, chị. Câu trả lời đã gửi trước đó vẫn được lưu. Hãy thử lại sau ít phút."}

// read finds what to tell a visitor of an error.
func read(err error) failure {
	if f, ok := fault.Of(err); ok {
		answer := statuses[f.Kind]
		answer.sentence = f.Sentence
		return answer
	}
	if refused := new(fiber.Error); errors.As(err, &refused) {
		if answer, ok := refusals[refused.Code]; ok {
			return answer
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		answer := statuses[fault.KindUnavailable]
		answer.sentence = "Máy chủ đang bận. Xin thử lại sau ít giây."
		return answer
	}
	return trouble
}

// fail answers a request with an error: the one place where kinds become
// statuses and internal errors are logged.
func (s *Server) fail(c *fiber.Ctx, err error) {
	f := read(err)
	if f.status == fiber.StatusUnauthorized && isSafe(c) && !asksData(c) {
		c.Set(fiber.HeaderCacheControl, noStore)
		if err := c.Redirect(signInPath(here(c)), fiber.StatusSeeOther); err == nil {
			return
		}
	}
	if _, ours := fault.Of(err); !ours && f.status >= fiber.StatusInternalServerError {
		s.log.Error("request failed", "request", requestOf(c), "method", c.Method(), "path", loggable(c), "err", err)
	}
	c.Status(f.status)
	c.Set(fiber.HeaderCacheControl, "no-store")
	if f.status == fiber.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(retrySeconds))
	}
	if strings.HasPrefix(c.Path(), "/api/") || asksData(c) {
		_ = c.JSON(apiError{f.sentence, requestOf(c)}) // two strings always marshal
		return
	}
	if f.status == fiber.StatusUnauthorized || errors.Is(err, errOldForm) {
		if err := s.showResend(c, f); err == nil {
			return
		}
	}
	if err := s.showError(c, f); err != nil {
		s.log.Error("error page failed", "request", requestOf(c), "err", err)
		c.Status(f.status).Response().SetBodyString(f.title + ". " + f.sentence)
	}
}

// failOutside answers what never reached the chain, such as headers that are
// too large.
func (s *Server) failOutside(c *fiber.Ctx, err error) error {
	s.prepare(c)
	s.fail(c, err)
	return nil
}

type errorPage struct {
	base
	Status   int
	Sentence string
	Query    string // what the visitor may have been looking for
	Near     link   // the page that fits these words best, if any
	Request  string
}

// showError needs no room, so that it works when all of them are down.
func (s *Server) showError(c *fiber.Ctx, f failure) error {
	page := errorPage{base: s.page(c, f.title, f.sentence), Status: f.status, Sentence: f.sentence, Query: wordsOf(c), Request: requestOf(c)}
	page.NoIndex, page.URL = true, ""
	if f.status == fiber.StatusNotFound && isSafe(c) {
		page.Near = s.near(c, page.Query)
	}
	return s.render(c, "error", page)
}

// near finds the page that fits the words of an address best; none when nothing
// has most of them or the search cannot answer now.
func (s *Server) near(c *fiber.Ctx, words string) link {
	if words == "" {
		return link{}
	}
	result, err := s.rooms.Index.Search(c.UserContext(), search.Query{Text: words, Limit: 1})
	if err != nil || len(result.Hits) == 0 || result.Loosened {
		return link{}
	}
	path, _, _ := strings.Cut(result.Hits[0].URL, "#")
	return link{result.Hits[0].Title, path}
}

// wordsOf are the words of the search or of the address.
func wordsOf(c *fiber.Ctx) string {
	if c.Path() == "/tim-kiem" {
		return legible(c.Query("q"), MaxQueryRunes)
	}
	parts := strings.Split(strings.Trim(c.Path(), "/"), "/")
	return legible(strings.Map(blankDash, parts[len(parts)-1]), MaxQueryRunes/4)
}

func blankDash(r rune) rune {
	switch r {
	case '-', '_', '.', '+':
		return ' '
	}
	return r
}
