package web

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
)

type manualPage struct {
	base
	Parts    []partView
	Contents []content.Heading
}

// showManual shows how those who write work here.
func (s *Server) showManual(c *fiber.Ctx) error {
	manual, err := content.ManualForStaff()
	if err != nil {
		return err
	}
	page := manualPage{base: s.staffPage(c, manual.Title, "Đăng nhập, soạn, gửi duyệt, duyệt, trả lời câu hỏi và cấp thẻ."), Contents: contentsOf(manual.Body)}
	page.Print, page.Crumbs = true, []crumb{deskCrumb}
	if page.Parts, err = s.parts(c.UserContext(), manual.Body, ""); err != nil {
		return fmt.Errorf("show the manual: %w", err)
	}
	return s.render(c, "desk/manual", page)
}
