package web

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/fault"
)

// noStore marks pages that are one visitor's own.
const noStore = "no-store"

// Cookies of the display menu. Scripts set the same.
const (
	sizeCookie  = "co"
	themeCookie = "nen"
)

// choice is one radio button of the display menu.
type choice struct {
	Value, Label string
	Chosen       bool
}

// choices are the values of each cookie; the first is the usual one.
var choices = map[string][]choice{
	sizeCookie:  {{Value: "m", Label: "Vừa"}, {Value: "l", Label: "To"}, {Value: "xl", Label: "Rất to"}},
	roleCookie:  roleChoices(),
	themeCookie: {{Value: "auto", Label: "Theo máy"}, {Value: "light", Label: "Sáng (ngoài trời)"}, {Value: "dark", Label: "Tối (ban đêm)"}},
}

// chosen reads a display cookie; "" for the usual value and for nonsense.
func chosen(c *fiber.Ctx, cookie string) string {
	value := c.Cookies(cookie)
	if value != choices[cookie][0].Value && offers(cookie, value) {
		return value
	}
	return ""
}

func offers(cookie, value string) bool {
	return slices.ContainsFunc(choices[cookie], func(o choice) bool { return o.Value == value })
}

func marked(cookie, value string) []choice {
	list := slices.Clone(choices[cookie])
	for i := range list {
		list[i].Chosen = list[i].Value == value || value == "" && i == 0
	}
	return list
}

// Sizes are the text sizes to choose from.
func (b base) Sizes() []choice { return marked(sizeCookie, b.Size) }

// Themes are the grounds to choose from.
func (b base) Themes() []choice { return marked(themeCookie, b.Theme) }

// setDisplay keeps the choice in cookies and goes back to where the visitor
// was.
func (s *Server) setDisplay(c *fiber.Ctx) error {
	f, err := readForm(c, sizeCookie, themeCookie, roleCookie, "ve")
	if err != nil {
		return err
	}
	back, err := f.one("ve")
	if err != nil {
		return err
	}
	var cookies []*fiber.Cookie // set together or not at all
	for _, name := range []string{sizeCookie, themeCookie, roleCookie} {
		value, err := f.one(name)
		if err != nil {
			return err
		}
		if value == "" {
			continue
		}
		if !offers(name, value) {
			return fault.Invalid("Trang không có cỡ chữ, màu nền hoặc vai trò đó. Hãy chọn lại.")
		}
		cookies = append(cookies, &fiber.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(cookieTime.Seconds()), SameSite: fiber.CookieSameSiteLaxMode, Secure: s.https()})
	}
	for _, cookie := range cookies {
		c.Cookie(cookie)
	}
	c.Set(fiber.HeaderCacheControl, noStore)
	return c.Redirect(localPath(back), fiber.StatusSeeOther)
}

// localPath lets only paths of this site through; all else is the home page.
func localPath(to string) string {
	odd := func(r rune) bool { return r == '\\' || unicode.IsControl(r) }
	if len(to) > 2*maxHereBytes || !strings.HasPrefix(to, "/") || strings.ContainsFunc(to, odd) || strings.ContainsFunc(to, unicode.IsSpace) {
		return "/"
	}
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil {
		return "/"
	}
	if strings.HasPrefix(u.Path, "//") || strings.ContainsFunc(u.Path, odd) {
		return "/"
	}
	if u.Fragment != "" {
		return u.RequestURI() + "#" + u.EscapedFragment()
	}
	return u.RequestURI()
}
