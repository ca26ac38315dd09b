package web

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/fault"
)

// unitCookie keeps which commune's numbers a device shows. It tells who nobody is.
const unitCookie = "dv"

const maxUnitBytes = 12

// unitByID finds a unit; the zero one when there is none.
func (s *Server) unitByID(ctx context.Context, id string) (accounts.Unit, error) {
	if id == "" || len(id) > maxUnitBytes {
		return accounts.Unit{}, nil
	}
	units, err := s.rooms.People.Units(ctx)
	for _, u := range units {
		if u.ID == id {
			return u, nil
		}
	}
	return accounts.Unit{}, err
}

// chosenUnit is the commune that the device's owner chose. The page is the same
// bytes for the same choice.
func (s *Server) chosenUnit(c *fiber.Ctx) (accounts.Unit, error) {
	id := c.Cookies(unitCookie)
	if id == "" {
		return accounts.Unit{}, nil
	}
	return s.unitByID(c.UserContext(), id)
}

// numbersOf are the numbers of a unit; what it has not given, its province may
// have.
func (s *Server) numbersOf(ctx context.Context, unit accounts.Unit) (map[string]content.Contact, error) {
	if unit.ID == "" {
		return nil, nil
	}
	numbers, err := s.rooms.Library.Contacts(ctx, unit.ID)
	if err != nil || unit.Parent == "" {
		return numbers, err
	}
	above, err := s.rooms.Library.Contacts(ctx, unit.Parent)
	for key, c := range above {
		if numbers[key].Phone == "" {
			numbers[key] = c
		}
	}
	return numbers, err
}

type unitPage struct {
	base
	Units  []accounts.Unit
	Chosen string
	Back   string
}

// askUnit lets a reader choose the unit whose numbers the device shows.
func (s *Server) askUnit(c *fiber.Ctx) error {
	page := unitPage{base: s.page(c, "Chọn xã, phường", "Chọn đơn vị để thấy số điện thoại của đơn vị ở các tình huống."), Chosen: c.Cookies(unitCookie), Back: localPath(c.Query("ve", "/tinh-huong"))}
	page.Crumbs = []crumb{{"Trang chủ", "/"}, situationsCrumb}
	page.NoIndex, page.URL = true, ""
	var err error
	if page.Units, err = s.communes(c.UserContext()); err != nil {
		return err
	}
	return s.render(c, "situations/unit", page)
}

func (s *Server) communes(ctx context.Context) ([]accounts.Unit, error) {
	units, err := s.rooms.People.Units(ctx)
	var list []accounts.Unit
	for _, u := range units {
		if u.Kind == accounts.Commune {
			list = append(list, u)
		}
	}
	return list, err
}

// chooseUnit keeps the choice on the device.
func (s *Server) chooseUnit(c *fiber.Ctx) error {
	f, err := readForm(c, "don-vi", "ve")
	if err != nil {
		return err
	}
	id, err := f.one("don-vi")
	if err != nil {
		return err
	}
	back, err := f.one("ve")
	if err != nil {
		return err
	}
	unit, err := s.unitByID(c.UserContext(), id)
	if err != nil {
		return err
	}
	if unit.ID == "" && id != "" {
		return fault.Invalid("Không có xã, phường này. Hãy chọn lại.")
	}
	cookie := &fiber.Cookie{Name: unitCookie, Value: unit.ID, Path: "/", HTTPOnly: true, MaxAge: int(cookieTime.Seconds()), SameSite: fiber.CookieSameSiteLaxMode, Secure: s.https()}
	if unit.ID == "" {
		cookie.MaxAge = -1
	}
	c.Cookie(cookie)
	c.Set(fiber.HeaderCacheControl, noStore)
	return c.Redirect(localPath(back), fiber.StatusSeeOther)
}

type contactsPage struct {
	base
	Units  []accounts.Unit // among which to choose; only one for a lead
	Unit   accounts.Unit
	Rows   []contactRow
	Faults []fault.Field
	Saved  bool
}

// contactRow is a number in the form, as it is or as it was typed.
type contactRow struct {
	Key, Label, Phone, Note, Fault string
}

// editContacts shows the numbers of a unit to who looks after it.
func (s *Server) editContacts(c *fiber.Ctx) error {
	page, err := s.contactsPage(c, c.Query("don-vi"))
	if err != nil {
		return err
	}
	numbers, err := s.rooms.Library.Contacts(c.UserContext(), page.Unit.ID)
	if err != nil {
		return fmt.Errorf("read contacts of %s: %w", page.Unit.ID, err)
	}
	for _, k := range content.ContactKeys() {
		page.Rows = append(page.Rows, contactRow{Key: k.Key, Label: k.Label, Phone: numbers[k.Key].Phone, Note: numbers[k.Key].Note})
	}
	page.Saved = c.Query("xong") == "1"
	return s.render(c, "situations/contacts", page)
}

// contactsPage finds the unit: the asked one in the actor's scope, else the own
// one, else the first.
func (s *Server) contactsPage(c *fiber.Ctx, asked string) (contactsPage, error) {
	page := contactsPage{base: s.staffPage(c, "Số điện thoại của đơn vị", "Số điện thoại hiện ở các tình huống.")}
	page.Crumbs = []crumb{situationsCrumb}
	units, err := s.rooms.People.Units(c.UserContext())
	if err != nil {
		return page, err
	}
	by := actor(c)
	for _, u := range units {
		if by.LooksAfterUnit(u) {
			page.Units = append(page.Units, u)
		}
	}
	wanted := asked
	if wanted == "" {
		wanted = by.Unit.ID
	}
	for _, u := range page.Units {
		if u.ID == wanted {
			page.Unit = u
		}
	}
	if page.Unit.ID == "" && (asked != "" || len(page.Units) == 0) {
		return page, fault.NotFound("Không có đơn vị này trong phạm vi anh, chị phụ trách.")
	}
	if page.Unit.ID == "" {
		page.Unit = page.Units[0]
	}
	return page, nil
}

func (s *Server) saveContacts(c *fiber.Ctx) error {
	names := []string{"don-vi"}
	for _, k := range content.ContactKeys() {
		names = append(names, k.Key, k.Key+"-ghi-chu")
	}
	f, err := readForm(c, names...)
	if err != nil {
		return err
	}
	page, err := s.contactsPage(c, f.first("don-vi"))
	if err != nil {
		return err
	}
	var list []content.Contact
	for _, k := range content.ContactKeys() {
		list = append(list, content.Contact{Key: k.Key, Phone: f.first(k.Key), Note: f.first(k.Key + "-ghi-chu")})
	}
	typed := append([]content.Contact(nil), list...)
	err = s.rooms.Library.SaveContacts(c.UserContext(), page.Unit.ID, list, actor(c).ID)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.KindInvalid {
		page.Faults = wrong.Fields
		for _, one := range typed {
			row := contactRow{Key: one.Key, Label: one.Label(), Phone: legible(one.Phone, 4*content.MaxPhoneRunes), Note: legible(one.Note, 4*content.MaxContactNoteRunes)}
			for _, field := range wrong.Fields {
				if field.Name == one.Key {
					row.Fault = field.Sentence
				}
			}
			page.Rows = append(page.Rows, row)
		}
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, "situations/contacts", page)
	}
	if err != nil {
		return fmt.Errorf("save contacts of %s: %w", page.Unit.ID, err)
	}
	return c.Redirect("/tinh-huong/so-dien-thoai?don-vi="+page.Unit.ID+"&xong=1", fiber.StatusSeeOther)
}
