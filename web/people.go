package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

type peoplePage struct {
	base
	Filter accounts.Filter
	People []accounts.Person
	Total  string
	Units  []accounts.Unit
	Roles  []accounts.Role
	Next   string // address of the next page, "" on the last
	Query  string // the filter as it stands in an address, for the files
	Done   string
}

// filterOf reads how a list of people is narrowed.
func filterOf(c *fiber.Ctx) accounts.Filter {
	return accounts.Filter{
		Query: legible(c.Query("q"), maxPersonRunes), Unit: c.Query("don-vi"), Role: c.Query("vai-tro"),
		Ended: c.Query("khoa") == "1", After: c.Query("sau"), Limit: peoplePerPage,
	}
}

// address is the list narrowed like this.
func address(f accounts.Filter, after string) string {
	query := url.Values{}
	for name, value := range map[string]string{"q": f.Query, "don-vi": f.Unit, "vai-tro": f.Role, "sau": after} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if f.Ended {
		query.Set("khoa", "1")
	}
	return query.Encode()
}

func (s *Server) listPeople(c *fiber.Ctx) error {
	filter := filterOf(c)
	list, err := s.rooms.People.List(c.UserContext(), filter, actor(c).ID)
	if err != nil {
		return err
	}
	page := peoplePage{
		base: s.staffPage(c, "Cán bộ, học viên", "Người được cấp tài khoản."), Filter: filter, People: list.People,
		Total: viet.Number(list.Total), Roles: accounts.Roles(), Query: address(filter, ""), Done: doneSentences[c.Query("xong")],
	}
	if page.Units, err = s.rooms.People.Units(c.UserContext()); err != nil {
		return err
	}
	if list.Next != "" {
		page.Next = "/can-bo?" + address(filter, list.Next)
	}
	return s.render(c, "people/list", page)
}

// personPage shows a person, or the form of a new one.
type personPage struct {
	base
	ID     string // "" of a new one
	Self   accounts.Person
	New    accounts.NewPerson
	Units  []accounts.Unit
	Roles  []accounts.Role
	Faults []fault.Field
	Done   string
}

// Fault is the sentence about a field, "" when it is right.
func (p personPage) Fault(field string) string {
	for _, f := range p.Faults {
		if f.Name == field {
			return f.Sentence
		}
	}
	return ""
}

// Chosen reports whether the form has this unit or role.
func (p personPage) Chosen(value string) bool {
	return value == p.New.Unit || value == string(p.New.Role)
}

func (s *Server) personPage(c *fiber.Ctx, title string) (page personPage, err error) {
	page = personPage{base: s.staffPage(c, title, "Tài khoản của một người."), Done: doneSentences[c.Query("xong")]}
	page.Crumbs = []crumb{{"Cán bộ, học viên", "/can-bo"}}
	page.Roles = accounts.Roles()
	if !actor(c).Role.May(accounts.Staff) {
		page.Roles = []accounts.Role{accounts.Trainee}
	}
	page.Units, err = s.rooms.People.Units(c.UserContext())
	return page, err
}

func (s *Server) newPerson(c *fiber.Ctx) error {
	page, err := s.personPage(c, "Thêm người")
	if err != nil {
		return err
	}
	page.New = accounts.NewPerson{Unit: actor(c).Unit.ID, Team: actor(c).Team, Role: accounts.Trainee}
	return s.render(c, "people/edit", page)
}

// personFields are the fields of a person's form.
func readPerson(c *fiber.Ctx) (accounts.NewPerson, error) {
	f, err := readForm(c, "name", "phone", "code", "unit", "team", "duty", "role")
	return accounts.NewPerson{
		Name: f.first("name"), Phone: f.first("phone"), Code: f.first("code"), Unit: f.first("unit"),
		Team: f.first("team"), Duty: f.first("duty"), Role: accounts.Role(f.first("role")),
	}, err
}

func (s *Server) addPerson(c *fiber.Ctx) error {
	n, err := readPerson(c)
	if err != nil {
		return err
	}
	person, err := s.rooms.People.Add(c.UserContext(), n, actor(c).ID)
	if err != nil {
		return s.askPerson(c, "", n, err)
	}
	return c.Redirect("/can-bo/"+person.ID+"?xong=them", fiber.StatusSeeOther)
}

func (s *Server) showPerson(c *fiber.Ctx) error {
	person, err := s.rooms.People.Person(c.UserContext(), c.Params("id"), actor(c).ID)
	if err != nil {
		return err
	}
	page, err := s.personPage(c, person.Name)
	if err != nil {
		return err
	}
	page.ID, page.Self = person.ID, person
	page.New = accounts.NewPerson{Name: person.Name, Phone: person.Phone, Code: person.Code, Unit: person.Unit.ID, Team: person.Team, Duty: person.Duty, Role: person.Role}
	return s.render(c, "people/edit", page)
}

func (s *Server) savePerson(c *fiber.Ctx) error {
	n, err := readPerson(c)
	if err != nil {
		return err
	}
	if err := s.rooms.People.Change(c.UserContext(), c.Params("id"), n, actor(c).ID); err != nil {
		return s.askPerson(c, c.Params("id"), n, err)
	}
	return c.Redirect("/can-bo/"+c.Params("id")+"?xong=sua", fiber.StatusSeeOther)
}

// askPerson shows the form again with what was typed and what is wrong with it.
func (s *Server) askPerson(c *fiber.Ctx, id string, n accounts.NewPerson, err error) error {
	f, ok := fault.Of(err)
	if !ok || f.Kind != fault.KindInvalid {
		return err
	}
	page, err := s.personPage(c, "Thêm người")
	if err != nil {
		return err
	}
	if id != "" {
		if page.Self, err = s.rooms.People.Person(c.UserContext(), id, actor(c).ID); err != nil {
			return err
		}
		page.Title = page.Self.Name
	}
	for _, text := range []*string{&n.Name, &n.Phone, &n.Code, &n.Team, &n.Duty} {
		*text = legible(*text, 2*maxPersonRunes)
	}
	page.ID, page.New, page.Faults = id, n, faultsOf(f)
	c.Status(fiber.StatusUnprocessableEntity)
	return s.render(c, "people/edit", page)
}

// personActs are what a button on a person's page does, by the end of its address.
func (s *Server) personAct(done string, act func(c *fiber.Ctx, id, by string) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if _, err := readForm(c); err != nil {
			return err
		}
		if err := act(c, c.Params("id"), actor(c).ID); err != nil {
			return err
		}
		return c.Redirect("/can-bo/"+c.Params("id")+"?xong="+done, fiber.StatusSeeOther)
	}
}

func (s *Server) endPerson(c *fiber.Ctx, id, by string) error {
	return s.rooms.People.End(c.UserContext(), id, by)
}

func (s *Server) reopenPerson(c *fiber.Ctx, id, by string) error {
	return s.rooms.People.Reopen(c.UserContext(), id, by)
}

func (s *Server) revokeCard(c *fiber.Ctx, id, by string) error {
	return s.rooms.People.RevokeCard(c.UserContext(), id, by)
}

func (s *Server) erasePerson(c *fiber.Ctx, id, by string) error {
	return s.rooms.People.Erase(c.UserContext(), id, by)
}

func (s *Server) resetCode(c *fiber.Ctx, id, by string) error {
	return s.rooms.People.ResetCode(c.UserContext(), id, by)
}

type cardsPage struct {
	base
	Cards []cardView
	Unit  string // whose trainees they are; "" for chosen people
	Renew bool
	Held  int // people who keep the card that they have
	Next  string
}

type cardView struct {
	accounts.Card
	Link, Until string
	QR          qrCode
}

// printCards makes a card for each chosen person, or for those of a unit who
// have none, and shows them once, to be printed: what is stored opens nothing.
func (s *Server) printCards(c *fiber.Ctx) error {
	f, err := readForm(c, "id", "don-vi", "sau", "cap-lai")
	if err != nil {
		return err
	}
	page := cardsPage{base: s.staffPage(c, "Thẻ vào sổ tay", "Thẻ để in và phát cho từng người."), Unit: f.first("don-vi"), Renew: f.first("cap-lai") == "1"}
	page.Crumbs = []crumb{{"Cán bộ, học viên", "/can-bo"}}
	batch, err := s.issueCards(c, f, page)
	if err != nil {
		return err
	}
	page.Held, page.Next = batch.Held, batch.Next
	for _, card := range batch.Cards {
		link := s.absolute(c, "/the/"+strings.ToLower(card.Secret))
		code, err := drawQR(link)
		if err != nil {
			return err
		}
		page.Cards = append(page.Cards, cardView{card, link, viet.Clock(card.Expires), code})
	}
	return s.render(c, "people/cards", page)
}

func (s *Server) issueCards(c *fiber.Ctx, f form, page cardsPage) (batch accounts.CardBatch, err error) {
	ctx, by := c.UserContext(), actor(c).ID
	if page.Unit != "" {
		batch, err = s.rooms.People.IssueUnitCards(ctx, page.Unit, f.first("sau"), page.Renew, by)
		if err == nil && len(batch.Cards)+batch.Held == 0 {
			err = fault.Invalid("Đơn vị này chưa có học viên nào. Hãy thêm người trước.")
		}
		return batch, err
	}
	if len(f["id"]) == 0 {
		return batch, fault.Invalid("Chưa chọn ai để in thẻ. Hãy đánh dấu ít nhất một người.")
	}
	batch.Cards, err = s.rooms.People.IssueCards(ctx, f["id"], by)
	return batch, err
}
