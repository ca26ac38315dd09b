package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

// oldPeoplePage asks before which day the trainees and leads were added whose
// names are no longer needed, then shows how many those are.
type oldPeoplePage struct {
	base
	Day     string
	Counted bool // the day was given: what follows is what would be erased
	Counts  []roleCount
	Total   int
	Date    viet.Date
	Faults  []fault.Field
	Erased  string // how many were, just now
}

type roleCount struct {
	Role accounts.Role
	N    int
}

func (s *Server) oldPeoplePage(c *fiber.Ctx, day string) oldPeoplePage {
	page := oldPeoplePage{base: s.staffPage(c, "Xóa tên sau kỳ bầu cử", "Xóa tên, số điện thoại của học viên và phụ trách đơn vị đã hết việc."), Day: legible(day, maxPersonRunes)}
	page.Crumbs = []crumb{{"Cán bộ, học viên", "/can-bo"}}
	return page
}

// showOldPeople shows whom the day in the address would erase.
func (s *Server) showOldPeople(c *fiber.Ctx) error {
	page := s.oldPeoplePage(c, c.Query("truoc"))
	if n := c.Query("da-xoa"); n != "" {
		page.Erased = legible(n, maxShownWord)
	}
	if strings.TrimSpace(page.Day) == "" {
		page.Day = ""
		return s.render(c, "people/old", page)
	}
	if err := s.countOldPeople(c, &page); err != nil {
		return s.askOldPeople(c, page, err)
	}
	return s.render(c, "people/old", page)
}

func (s *Server) countOldPeople(c *fiber.Ctx, page *oldPeoplePage) error {
	counts, err := s.rooms.People.OldPeople(c.UserContext(), viet.Date(page.Day), actor(c).ID)
	if err != nil {
		return err
	}
	page.Counted, page.Date = true, viet.Date(page.Day)
	for _, role := range accounts.Roles() {
		if n := counts[role]; n > 0 {
			page.Counts = append(page.Counts, roleCount{role, n})
			page.Total += n
		}
	}
	return nil
}

// eraseOldPeople erases them, once the box is ticked that it is meant so.
func (s *Server) eraseOldPeople(c *fiber.Ctx) error {
	f, err := readForm(c, "truoc", "dong-y")
	if err != nil {
		return err
	}
	page := s.oldPeoplePage(c, f.first("truoc"))
	if f.first("dong-y") != "1" {
		err := s.countOldPeople(c, &page)
		if err == nil {
			err = fault.Invalid("Chưa xác nhận.", fault.Field{Name: "dong-y", Sentence: "Hãy đánh dấu ô xác nhận. Xóa rồi thì không lấy lại được."})
		}
		return s.askOldPeople(c, page, err)
	}
	n, err := s.rooms.People.EraseBefore(c.UserContext(), viet.Date(page.Day), actor(c).ID)
	if err != nil {
		return s.askOldPeople(c, page, err)
	}
	return c.Redirect("/can-bo/xoa-cu?da-xoa="+viet.Number(n), fiber.StatusSeeOther)
}

func (s *Server) askOldPeople(c *fiber.Ctx, page oldPeoplePage, err error) error {
	wrong, ok := fault.Of(err)
	if !ok || wrong.Kind != fault.KindInvalid {
		return err
	}
	page.Faults = renamed(wrong, map[string]string{"day": "truoc"}).Fields
	c.Status(fiber.StatusUnprocessableEntity)
	return s.render(c, "people/old", page)
}

// Fault is what is wrong with a field, "" when nothing is.
func (p oldPeoplePage) Fault(name string) string {
	for _, f := range p.Faults {
		if f.Name == name {
			return f.Sentence
		}
	}
	return ""
}
