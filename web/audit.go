package web

import (
	"bytes"
	"encoding/csv"
	"net/url"

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
}

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
	filter := auditFilter(c)
	page := auditPage{base: s.staffPage(c, "Nhật ký việc làm", "Ai đã làm gì, lúc nào."), Filter: filter, From: string(filter.From), To: string(filter.To), Query: auditAddress(filter, "")}
	lines, next, err := s.auditLines(c, filter)
	if err != nil {
		return err
	}
	if page.Lines = lines; next != "" {
		page.Next = "/nhat-ky?" + auditAddress(filter, next)
	}
	return s.render(c, "people/audit", page)
}

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
			_ = sheet.Write([]string{l.When, office.Disarmed(l.Who), office.Disarmed(l.Act), office.Disarmed(l.Kind), office.Disarmed(l.Object), office.Disarmed(l.Note)})
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
