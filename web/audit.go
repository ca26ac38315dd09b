package web

import (
	"bytes"
	"encoding/csv"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/internal/office"
	"sotay/internal/viet"
)

type auditPage struct {
	base
	Filter   accounts.AuditFilter
	From, To string // as a date field wants them
	Lines    []auditView
	Next     string
	Query    string
	Named    string        // part of a name, typed
	People   []auditPerson // whose name has it
	Of       string        // whose acts are shown
}

// auditPerson is somebody whose acts can be asked for.
type auditPerson struct{ Name, About, Path string }

type auditView struct {
	accounts.AuditLine
	When, Who string
}

func auditFilter(c *fiber.Ctx) accounts.AuditFilter {
	return accounts.AuditFilter{
		Query: legible(c.Query("q"), maxPersonRunes), By: c.Query("ai"), From: viet.Date(c.Query("tu")), To: viet.Date(c.Query("den")),
		Act: c.Query("viec"), Kind: c.Query("loai"), Object: c.Query("vat"), After: c.Query("sau"), Limit: auditPerPage,
	}
}

func auditAddress(f accounts.AuditFilter, after string) string {
	query := url.Values{}
	for name, value := range map[string]string{"q": f.Query, "ai": f.By, "tu": string(f.From), "den": string(f.To), "viec": f.Act, "loai": f.Kind, "vat": f.Object, "sau": after} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query.Encode()
}

func (s *Server) showAudit(c *fiber.Ctx) error {
	if err := s.rooms.People.NoteAuditRead(c.UserContext(), accounts.ReadLog, visitOf(c)); err != nil {
		return err
	}
	filter := auditFilter(c)
	filter.By = strings.TrimSpace(filter.By)
	page := auditPage{base: s.staffPage(c, "Nhật ký việc làm", "Ai đã làm gì, lúc nào."), Filter: filter, From: string(filter.From), To: string(filter.To), Query: auditAddress(filter, "")}
	if err := s.askForPerson(c, &page); err != nil {
		return err
	}
	lines, next, err := s.auditLines(c, page.Filter)
	if err != nil {
		return err
	}
	if page.Lines = lines; next != "" {
		page.Next = "/nhat-ky?" + auditAddress(page.Filter, next)
	}
	return s.render(c, "people/audit", page)
}

// askForPerson finds whose acts a typed name asks for: the only one of that
// name, else the reader chooses.
func (s *Server) askForPerson(c *fiber.Ctx, page *auditPage) error {
	page.Named = legible(c.Query("nguoi"), maxPersonRunes)
	people, err := s.rooms.People.Named(c.UserContext(), page.Named, actor(c).ID)
	if err != nil {
		return err
	}
	if operator := "Người vận hành"; page.Named != "" && strings.Contains(viet.Fold(operator), viet.Fold(page.Named)) {
		people = append(people, accounts.Person{ID: accounts.Operator, Name: operator})
	}
	if len(people) == 1 && page.Filter.By == "" {
		page.Filter.By = people[0].ID
		page.Query = auditAddress(page.Filter, "")
	}
	for _, p := range people {
		f := page.Filter
		f.By = p.ID
		about := p.Role.Label()
		if p.Unit.Name != "" {
			about += ", " + p.Unit.Name
		}
		page.People = append(page.People, auditPerson{p.Name, about, "/nhat-ky?" + auditAddress(f, "")})
	}
	if page.Filter.By == "" {
		return nil
	}
	names, err := s.rooms.People.Names(c.UserContext(), []string{page.Filter.By})
	page.Of = nameIn(names, page.Filter.By)
	return err
}

// Choose reports whether the reader has to choose among people of one name.
func (p auditPage) Choose() bool { return p.Named != "" && p.Filter.By == "" }

func (s *Server) auditLines(c *fiber.Ctx, filter accounts.AuditFilter) ([]auditView, string, error) {
	list, err := s.rooms.People.AuditLog(c.UserContext(), filter)
	if err != nil {
		return nil, "", err
	}
	var ids []string
	for _, line := range list.Lines {
		ids = append(ids, line.By)
	}
	names, err := s.rooms.People.Names(c.UserContext(), ids)
	if err != nil {
		return nil, "", err
	}
	var lines []auditView
	for _, line := range list.Lines {
		lines = append(lines, auditView{line, viet.Clock(line.At), nameIn(names, line.By)})
	}
	return lines, list.Next, nil
}

// nameIn is a person's name, or their id where the name is not known.
func nameIn(names map[string]string, id string) string {
	if name := names[id]; name != "" {
		return name
	}
	return id
}

// sendAudit gives the log as a sheet, as far back as one file goes.
func (s *Server) sendAudit(c *fiber.Ctx) error {
	if err := s.rooms.People.NoteAuditRead(c.UserContext(), accounts.ExportLog, visitOf(c)); err != nil {
		return err
	}
	filter := auditFilter(c)
	var file bytes.Buffer
	file.WriteString("\ufeff") // spreadsheets take the file for UTF-8 then
	sheet := csv.NewWriter(&file)
	_ = sheet.Write([]string{"Lúc", "Ai", "Việc", "Loại", "Mã", "Ghi chú"}) // a buffer takes everything
	for rows := 0; rows < maxAuditRows; {
		lines, next, err := s.auditLines(c, filter)
		if err != nil {
			return err
		}
		for _, l := range lines {
			_ = sheet.Write([]string{l.When, office.Disarmed(l.Who), office.Disarmed(l.ActWords()), office.Disarmed(l.ThingWords()), office.Disarmed(l.Object), office.Disarmed(l.Note)})
		}
		if rows += len(lines); next == "" {
			break
		}
		filter.After = next
	}
	sheet.Flush()
	c.Attachment("nhat-ky.csv")
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Response().SetBodyRaw(file.Bytes())
	return nil
}
