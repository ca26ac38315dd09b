package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// resendPage holds a form that came from a visit which has ended or changed:
// what was typed comes back, to be sent again.
type resendPage struct {
	base
	Sentence string
	SignIn   string // address of the sign-in page, "" for who has signed in
	Action   string
	Fields   []sentField
}

// sentField is a field as it was sent; long ones are shown to be copied.
type sentField struct {
	Name, Value string
	Long        bool
}

// shownRunes is the length from which a field is shown and not only kept.
const shownRunes = 40

// asksData reports whether a script asks for data and not for a page.
func asksData(c *fiber.Ctx) bool {
	return strings.HasPrefix(c.Get(fiber.HeaderAccept), fiber.MIMEApplicationJSON)
}

func (s *Server) showResend(c *fiber.Ctx, f failure) error {
	page := resendPage{base: s.page(c, f.title, f.sentence), Sentence: f.sentence, Action: here(c)}
	page.NoIndex, page.URL = true, ""
	if f.status == fiber.StatusUnauthorized {
		page.SignIn = signInPath("/ho-so")
	} else {
		page.Token = tokenOf(c.Cookies(s.signInCookie()))
	}
	for key, value := range c.Context().PostArgs().All() {
		name, text := string(key), string(value)
		if name == tokenField || slices.Contains(secretFields, name) {
			continue
		}
		page.Fields = append(page.Fields, sentField{name, text, len([]rune(text)) > shownRunes})
	}
	return s.render(c, "pages/resend", page)
}

// secretFields never come back in a page.
var secretFields = []string{"mk", "cu", "moi", "lai", "ma"}
