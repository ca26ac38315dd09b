package web

import (
	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/search"
)

// plainPage is a page of the site's own words.
type plainPage struct {
	base
	HTTPS    bool
	KeptDays int // of the query log

	InquiryMonths int // of what readers asked
}

func (s *Server) showHelp(c *fiber.Ctx) error {
	page := plainPage{base: s.page(c, "Giúp đỡ khi dùng trang", "Cách tìm, đọc, in, đổi cỡ chữ và tự kiểm tra trên sổ tay.")}
	page.article()
	return s.render(c, "pages/help", page)
}

func (s *Server) showPrivacy(c *fiber.Ctx) error {
	page := plainPage{base: s.page(c, "Quyền riêng tư", "Trang giữ những gì trên máy của anh, chị và trên máy chủ, giữ bao lâu và xóa thế nào."), HTTPS: s.https(), KeptDays: search.LogDays, InquiryMonths: content.InquiryMonths}
	page.article()
	return s.render(c, "pages/privacy", page)
}
