package web

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/office"
	"sotay/internal/viet"
)

// sheetsPage takes a sheet of people and lists the imports that can be undone.
type sheetsPage struct {
	base
	Faults  []fault.Field
	Imports []importView
	Columns string
	Largest int // MB
	Done    string
}

type importView struct {
	accounts.PastImport
	When, End, Who string
}

func (s *Server) sheetsPage(c *fiber.Ctx) (sheetsPage, error) {
	page := sheetsPage{
		base: s.staffPage(c, "Nhập danh sách", "Thêm nhiều người từ một tệp Excel hoặc CSV."), Done: doneSentences[c.Query("xong")],
		Columns: strings.Join(accounts.SheetHead(), ", "), Largest: office.MaxFileBytes >> 20,
	}
	page.Crumbs = []crumb{{"Cán bộ, học viên", "/can-bo"}}
	list, err := s.rooms.People.Imports(c.UserContext(), actor(c).ID)
	if err != nil {
		return page, err
	}
	var ids []string
	for _, i := range list {
		ids = append(ids, i.By)
	}
	names, err := s.rooms.People.Names(c.UserContext(), ids)
	for _, i := range list {
		page.Imports = append(page.Imports, importView{i, viet.Clock(i.At), viet.Clock(i.Until), nameIn(names, i.By)})
	}
	return page, err
}

func (s *Server) showSheets(c *fiber.Ctx) error {
	page, err := s.sheetsPage(c)
	if err != nil {
		return err
	}
	return s.render(c, "people/import", page)
}

// takeSheet reads a file and leads to its preview; nothing is stored of its
// people yet.
func (s *Server) takeSheet(c *fiber.Ctx) error {
	preview, err := s.previewUpload(c)
	if err == nil {
		return c.Redirect("/can-bo/nhap/"+preview.ID, fiber.StatusSeeOther)
	}
	f, ok := fault.Of(err)
	if !ok || f.Kind != fault.KindInvalid {
		return err
	}
	page, err := s.sheetsPage(c)
	if err != nil {
		return err
	}
	page.Faults = []fault.Field{{Name: "tep", Sentence: f.Sentence}}
	c.Status(fiber.StatusUnprocessableEntity)
	return s.render(c, "people/import", page)
}

func (s *Server) previewUpload(c *fiber.Ctx) (accounts.Preview, error) {
	file, err := readUpload(c, "tep")
	if errors.Is(err, errNoUpload) {
		err = fault.Invalid("Chưa chọn tệp. Hãy chọn một tệp .xlsx hoặc .csv.")
	}
	if err != nil {
		return accounts.Preview{}, err
	}
	read, err := office.Rows(file.name, file.data)
	if refused := (*office.Error)(nil); errors.As(err, &refused) {
		err = fault.Invalid(refused.Sentence())
	}
	if err != nil {
		return accounts.Preview{}, err
	}
	rows := make([]accounts.SheetRow, len(read))
	for i, row := range read {
		rows[i] = accounts.SheetRow(row)
	}
	return s.rooms.People.PreviewSheet(c.UserContext(), file.name, rows, actor(c).ID)
}

// sheetPreview shows what an import would do, row by row.
type sheetPreview struct {
	base
	accounts.Preview
	Faults           []fault.Field
	Asked            []sheetRow // possible doubles with a choice of their own
	Wrong            []sheetRow
	Fresh            []sheetRow // a look at what is added
	More             int        // possible doubles that only the common choice decides
	Unasked          string     // columns that are not used
	End              string
	Changed, Similar accounts.Choice
	Skip             bool
}

// sheetRow is one row as the preview shows it.
type sheetRow struct {
	accounts.PreviewRow
	Sentences, Differs string
	Choice             accounts.Choice
	CanAdd             bool
}

// fieldNames are the columns of a sheet, as pages call them.
var fieldNames = map[string]string{
	"name": "họ tên", "phone": "điện thoại", "code": "mã", "unit": "đơn vị", "team": "tổ", "duty": "nhiệm vụ", "role": "vai trò",
}

func sheetRowOf(row accounts.PreviewRow, own map[int]accounts.Choice) sheetRow {
	v := sheetRow{PreviewRow: row, Choice: own[row.Number], CanAdd: row.State == accounts.RowSimilar}
	var sentences, differs []string
	for _, f := range row.Faults {
		sentences = append(sentences, "Cột "+fieldNames[f.Name]+": "+f.Sentence)
	}
	for _, name := range row.Differs {
		differs = append(differs, fieldNames[name])
	}
	v.Sentences, v.Differs = strings.Join(sentences, " "), strings.Join(differs, ", ")
	return v
}

func (s *Server) sheetPreview(c *fiber.Ctx, choices accounts.Choices) (sheetPreview, error) {
	preview, err := s.rooms.People.Preview(c.UserContext(), c.Params("id"), actor(c).ID)
	if err != nil {
		return sheetPreview{}, err
	}
	page := sheetPreview{
		base: s.staffPage(c, "Xem trước danh sách", "So danh sách với những người đã có."), Preview: preview, Unasked: strings.Join(preview.Unused, ", "),
		End: viet.Clock(preview.Until), Changed: choices.Changed, Similar: choices.Similar, Skip: choices.SkipFaulty,
	}
	page.Crumbs = []crumb{{"Cán bộ, học viên", "/can-bo"}, {"Nhập danh sách", "/can-bo/nhap"}}
	for _, row := range preview.Rows {
		v := sheetRowOf(row, choices.Rows)
		switch row.State {
		case accounts.RowFaulty:
			if len(page.Wrong) < maxRowsShown {
				page.Wrong = append(page.Wrong, v)
			}
		case accounts.RowChanged, accounts.RowSimilar:
			if len(page.Asked) < maxRowChoices {
				page.Asked = append(page.Asked, v)
			} else {
				page.More++
			}
		case accounts.RowNew:
			if len(page.Fresh) < maxRowsShown {
				page.Fresh = append(page.Fresh, v)
			}
		}
	}
	return page, nil
}

// MoreWrong is how many faulty rows are not shown.
func (p sheetPreview) MoreWrong() int { return p.Faulty - len(p.Wrong) }

// MoreFresh is how many new rows are not shown.
func (p sheetPreview) MoreFresh() int { return p.New - len(p.Fresh) }

func (s *Server) showSheet(c *fiber.Ctx) error {
	page, err := s.sheetPreview(c, accounts.Choices{Changed: accounts.Update})
	if err != nil {
		return err
	}
	return s.render(c, "people/preview", page)
}

// readChoices reads what to do with rows: common choices, and those of single
// rows in fields such as d12.
func readChoices(c *fiber.Ctx) (accounts.Choices, error) {
	fields := []string{"da-co", "gan-giong", "bo-loi"}
	rows := map[string]int{}
	for key := range c.Context().PostArgs().All() {
		name := string(key)
		if number, err := strconv.Atoi(strings.TrimPrefix(name, "d")); err == nil && name == "d"+strconv.Itoa(number) {
			rows[name] = number
			fields = append(fields, name)
		}
	}
	f, err := readForm(c, fields...)
	if err != nil {
		return accounts.Choices{}, err
	}
	choices := accounts.Choices{Changed: accounts.Choice(f.first("da-co")), Similar: accounts.Choice(f.first("gan-giong")), SkipFaulty: f.first("bo-loi") == "1", Rows: map[int]accounts.Choice{}}
	for name, number := range rows {
		if choice := f.first(name); choice != "" {
			choices.Rows[number] = accounts.Choice(choice)
		}
	}
	return choices, nil
}

func (s *Server) importSheet(c *fiber.Ctx) error {
	choices, err := readChoices(c)
	if err != nil {
		return err
	}
	_, err = s.rooms.People.ImportSheet(c.UserContext(), c.Params("id"), choices, actor(c).ID)
	if err == nil {
		return c.Redirect("/can-bo/nhap?xong=nhap", fiber.StatusSeeOther)
	}
	f, ok := fault.Of(err)
	if !ok || f.Kind != fault.KindInvalid {
		return err
	}
	page, err := s.sheetPreview(c, choices)
	if err != nil {
		return err
	}
	page.Faults = []fault.Field{{Sentence: f.Sentence}}
	for _, field := range f.Fields[:min(len(f.Fields), maxRowFaults)] {
		page.Faults = append(page.Faults, fault.Field{Sentence: field.Sentence})
	}
	c.Status(fiber.StatusUnprocessableEntity)
	return s.render(c, "people/preview", page)
}

// undonePage tells whom undoing an import left as they are.
type undonePage struct {
	base
	accounts.Undone
}

func (s *Server) undoImport(c *fiber.Ctx) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	undone, err := s.rooms.People.UndoImport(c.UserContext(), c.Params("id"), actor(c).ID)
	if err != nil {
		return err
	}
	if len(undone.Kept) == 0 {
		return c.Redirect("/can-bo/nhap?xong=hoan-tac", fiber.StatusSeeOther)
	}
	page := undonePage{base: s.staffPage(c, "Đã hoàn tác một phần", "Những người không hoàn tác được."), Undone: undone}
	page.Crumbs = []crumb{{"Cán bộ, học viên", "/can-bo"}, {"Nhập danh sách", "/can-bo/nhap"}}
	return s.render(c, "people/undone", page)
}

// sendSheet gives the people of a list as a file that can be sent in again.
func (s *Server) sendSheet(format office.Format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		head, rows, err := s.rooms.People.Sheet(c.UserContext(), filterOf(c), actor(c).ID)
		if err != nil {
			return err
		}
		data, err := office.Write(format, head, rows)
		if err != nil {
			return err
		}
		c.Attachment("can-bo." + string(format))
		c.Set(fiber.HeaderContentType, fileTypes[format])
		c.Response().SetBodyRaw(data)
		return nil
	}
}

var fileTypes = map[office.Format]string{
	office.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	office.CSV:  "text/csv; charset=utf-8",
}
