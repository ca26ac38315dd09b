package web

import (
	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

// feedbackForm is the question below a text whether it is clear. It is the same
// bytes for all readers.
type feedbackForm struct{ Kind, ID string }

// feedbackPage is the form again, with what was typed and what is wrong.
type feedbackPage struct {
	base
	Faults []fault.Field
	About  string
	Path   string
	Kind   string
	ID     string
	Note   string
}

// thanks is the place on each text where the reader is thanked.
const thanks = "#cam-on"

// giveFeedback adds up what a reader says of a text and leads back to it.
func (s *Server) giveFeedback(c *fiber.Ctx) error {
	f, err := readForm(c, "loai", "bai", "ro", "chu")
	if err != nil {
		return err
	}
	for _, name := range []string{"loai", "bai", "ro", "chu"} {
		if _, err := f.one(name); err != nil {
			return err
		}
	}
	page, err := s.feedbackPage(c, f)
	if err != nil {
		return err
	}
	if f.first("ro") != "1" && f.first("ro") != "0" {
		return s.askFeedback(c, page, fault.Invalid("Chưa chọn. Hãy bấm “Dễ hiểu” hoặc “Chưa rõ”."))
	}
	if !s.limits.voting.allow(s.addressOf(c)) {
		return s.askFeedback(c, page, fault.TooMany("Đã nhận nhiều góp ý từ mạng này. Hãy gửi lại sau ít phút."))
	}
	err = s.rooms.Library.GiveFeedback(c.UserContext(), content.NewFeedback{Kind: page.Kind, ID: page.ID, Clear: f.first("ro") == "1", Note: f.first("chu")})
	if err != nil {
		return s.askFeedback(c, page, err)
	}
	c.Set(fiber.HeaderCacheControl, noStore)
	return c.Redirect(page.Path+thanks, fiber.StatusSeeOther)
}

// feedbackPage names the text: not found when readers do not see it.
func (s *Server) feedbackPage(c *fiber.Ctx, f form) (page feedbackPage, err error) {
	page = feedbackPage{Kind: f.first("loai"), ID: f.first("bai"), Note: legibleText(f.first("chu"), 2*content.MaxNoteRunes)}
	switch page.Kind {
	case content.KindGuide:
		guide, err := s.rooms.Library.GuideByID(c.UserContext(), page.ID)
		if err != nil {
			return page, err
		}
		page.About, page.Path = guide.Title, guide.Path()
	case content.KindAnswer:
		answer, err := s.rooms.Library.AnswerByID(c.UserContext(), page.ID)
		if err != nil {
			return page, err
		}
		page.About, page.Path = answer.Question, answer.Path()
	case content.KindSituation:
		one, err := s.rooms.Library.SituationByID(c.UserContext(), page.ID)
		if err != nil {
			return page, err
		}
		page.About, page.Path = one.Title, one.Path()
	default:
		return page, fault.NotFound(noPage)
	}
	page.base = s.page(c, "Góp ý chưa gửi được", "Góp ý về một bài của sổ tay.")
	page.NoIndex, page.URL = true, ""
	return page, nil
}

func (s *Server) askFeedback(c *fiber.Ctx, page feedbackPage, err error) error {
	broken, ok := fault.Of(err)
	if !ok || broken.Kind == fault.KindNotFound {
		return err
	}
	page.Faults = faultsIn(broken, map[string]string{"note": "chu"})
	c.Set(fiber.HeaderCacheControl, noStore)
	c.Status(statuses[broken.Kind].status)
	return s.render(c, "inquiries/feedback", page)
}
