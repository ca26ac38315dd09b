package accounts

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Choice is what to do with a row that is, or may be, somebody stored.
type Choice string

// The choices.
const (
	Skip   Choice = "skip"
	Update Choice = "update" // the first match
	AddNew Choice = "add"    // only where nobody signs in with this phone or code
)

// Choices say what to do with the rows of a sheet that may be somebody stored,
// and with faulty ones.
type Choices struct {
	Rows       map[int]Choice // by the row's number
	Changed    Choice         // for changed rows without a choice of their own
	Similar    Choice         // for similar ones
	SkipFaulty bool
}

// SheetReport says what an import of people did.
type SheetReport struct {
	ID                   string
	Added, Updated, Same int
	Skipped              []int     // rows, chosen or faulty
	Until                time.Time // it can be undone
}

const kindImport = "import"

// PreviewSheet compares the rows of a sheet with what is stored and keeps them
// for a day, to be confirmed; a sheet of the same person that still waits is
// dropped. The columns are named in the first rows, in any order: họ tên, điện
// thoại, mã, đơn vị (name or code), tổ, nhiệm vụ, vai trò.
func (p *People) PreviewSheet(ctx context.Context, name string, rows []SheetRow, by string) (preview Preview, err error) {
	s, err := readSheet(rows)
	if err != nil {
		return Preview{}, err
	}
	text, err := s.encoded()
	if err != nil {
		return Preview{}, err
	}
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := importer(tx, by)
		if err != nil {
			return err
		}
		if err := deleteWaiting(tx, by); err != nil {
			return err
		}
		kept := waitingImport{id: tx.NewID(), name: cut(name, maxFileName), sheet: text, at: tx.Now()}
		if err := insertImport(tx, kept, by); err != nil {
			return err
		}
		preview, err = kept.preview(tx, a, s)
		return err
	})
	return preview, taken(err, "preview a sheet of people")
}

// Preview compares a waiting sheet of the acting person with what is stored now.
func (p *People) Preview(ctx context.Context, id, by string) (preview Preview, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := importer(tx, by)
		if err != nil {
			return err
		}
		kept, s, err := waitingSheet(tx, id, by)
		if err != nil {
			return err
		}
		preview, err = kept.preview(tx, a, s)
		return err
	})
	return preview, told(err, "preview sheet "+id)
}

// importer is the acting person, who must be one who adds people.
func importer(tx *store.Tx, by string) (actor, error) {
	a, err := actorOf(tx, by)
	if err == nil && !a.all() && (!a.Role.May(Members) || a.Unit.ID == "") {
		err = fault.Denied("Nhập danh sách dành cho người quản trị và phụ trách đơn vị.")
	}
	return a, err
}

// waitingImport is a sheet that waits for being confirmed.
type waitingImport struct {
	id, name, sheet string
	at              time.Time
}

func waitingSheet(tx *store.Tx, id, by string) (waitingImport, sheet, error) {
	kept, err := waitingByID(tx, id, by)
	if err != nil {
		return kept, sheet{}, err
	}
	s, err := decodeSheet(kept.sheet)
	return kept, s, err
}

// preview notes in the audit log that stored people were shown beside the rows.
func (w waitingImport) preview(tx *store.Tx, a actor, s sheet) (Preview, error) {
	rows, err := checkSheet(tx, a, s)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{ID: w.id, Name: w.name, Rows: rows, Unused: s.Unused, Until: w.at.Add(sheetKept)}
	for _, row := range rows {
		switch row.State {
		case RowNew:
			p.New++
		case RowSame:
			p.Same++
		case RowChanged:
			p.Changed++
		case RowSimilar:
			p.Similar++
		case RowFaulty:
			p.Faulty++
		}
	}
	return p, tx.Audit(a.id(), "preview", kindImport, w.id, viet.Number(len(rows)))
}

// id is how the acting person stands in the audit log.
func (a actor) id() string {
	if a.operator {
		return Operator
	}
	return a.ID
}

// ImportSheet adds and changes the people of a waiting sheet, all or none, but
// for those rows that are to be skipped. A row that may be somebody stored needs
// a choice. The same sheet is imported once.
func (p *People) ImportSheet(ctx context.Context, id string, c Choices, by string) (report SheetReport, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		a, err := importer(tx, by)
		if err != nil {
			return err
		}
		_, s, err := waitingSheet(tx, id, by)
		if err != nil {
			return err
		}
		rows, err := checkSheet(tx, a, s)
		if err != nil {
			return err
		}
		if err := c.cover(rows); err != nil {
			return err
		}
		report = SheetReport{ID: id, Until: tx.Now().Add(undoFor)}
		if err := report.take(tx, a, rows, c); err != nil {
			return err
		}
		if err := finishImport(tx, report, by); err != nil {
			return err
		}
		return tx.Audit(by, "import", kindImport, id, fmt.Sprintf("added %d, changed %d", report.Added, report.Updated))
	})
	return report, taken(err, "import sheet "+id)
}

// of is what to do with a row, "" when nothing was chosen that can be done.
func (c Choices) of(row PreviewRow) Choice {
	choice, own := c.Rows[row.Number]
	switch row.State {
	case RowNew:
		if choice == Skip {
			return Skip
		}
		return AddNew
	case RowSame:
		return Skip
	case RowFaulty:
		if c.SkipFaulty || choice == Skip {
			return Skip
		}
		return ""
	case RowChanged:
		if !own {
			choice = c.Changed
		}
		if choice == AddNew {
			return ""
		}
	case RowSimilar:
		if !own {
			choice = c.Similar
		}
	}
	if choice != Skip && choice != Update && choice != AddNew {
		return ""
	}
	return choice
}

// cover refuses to begin while rows are faulty or undecided. Its fields are
// named by the rows' numbers.
func (c Choices) cover(rows []PreviewRow) error {
	var faults []fault.Field
	updated := map[string]int{}
	wrong := func(row PreviewRow, sentence string) {
		faults = append(faults, fault.Field{Name: fmt.Sprint(row.Number), Sentence: sentence})
	}
	for _, row := range rows {
		switch choice := c.of(row); {
		case choice == "" && row.State == RowFaulty:
			wrong(row, fmt.Sprintf("Dòng %d có chỗ chưa đúng. Hãy sửa trong tệp rồi gửi lại, hoặc chọn bỏ qua các dòng có lỗi.", row.Number))
		case choice == "":
			wrong(row, fmt.Sprintf("Dòng %d có thể trùng người đã có. Hãy chọn bỏ qua, sửa người đã có hay thêm người mới.", row.Number))
		case choice == Update:
			who := row.Matches[0].ID
			if above := updated[who]; above > 0 {
				wrong(row, fmt.Sprintf("Dòng %d và dòng %d cùng sửa một người. Hãy bỏ qua một dòng.", above, row.Number))
			}
			updated[who] = row.Number
		}
	}
	if len(faults) > 0 {
		return fault.Invalid(fmt.Sprintf("Chưa nhập được: %s dòng cần xem lại.", viet.Number(len(faults))), faults...)
	}
	return nil
}

// take carries out what was chosen for each row.
func (r *SheetReport) take(tx *store.Tx, a actor, rows []PreviewRow, c Choices) error {
	for _, row := range rows {
		var err error
		switch choice := c.of(row); {
		case row.State == RowSame:
			r.Same++
		case choice == AddNew:
			r.Added++
			err = r.add(tx, a, row)
		case choice == Update:
			r.Updated++
			err = r.update(tx, a, row)
		default:
			r.Skipped = append(r.Skipped, row.Number)
		}
		if f, ok := fault.Of(err); ok {
			return &fault.Fault{Kind: f.Kind, Sentence: fmt.Sprintf("Dòng %d: %s", row.Number, f.Sentence), Fields: f.Fields}
		}
		if err != nil {
			return fmt.Errorf("row %d: %w", row.Number, err)
		}
	}
	return nil
}

// add stores a checked row as a new person.
func (r *SheetReport) add(tx *store.Tx, a actor, row PreviewRow) error {
	id := tx.NewID()
	if err := insertPerson(tx, id, row.Person, a.id()); err != nil {
		return err
	}
	if err := tx.Audit(a.id(), "add", kindPerson, id, "import "+r.ID); err != nil {
		return err
	}
	return insertImportPerson(tx, r.ID, id, "", laterHash(row.Person))
}

// update changes the first match of a row by the rules of any change.
func (r *SheetReport) update(tx *store.Tx, a actor, row PreviewRow) error {
	before := row.Matches[0]
	n := row.keeping(before)
	if err := change(tx, a, before, n, a.id()); err != nil {
		return err
	}
	earlier, err := json.Marshal(asNew(before))
	if err != nil {
		return err
	}
	return insertImportPerson(tx, r.ID, before.ID, string(earlier), laterHash(n))
}
