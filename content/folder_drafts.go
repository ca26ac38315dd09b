package content

import (
	"fmt"
	"io/fs"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// draftLine is one line of drafts.jsonl: a text that is being written or waits
// for review. Who wrote it and how far it has come stay behind.
type draftLine struct {
	Kind   string `json:"kind"`
	Of     string `json:"of,omitempty"`   // the published text that it follows: its address, an answer's file without ending
	Slug   Slug   `json:"slug,omitempty"` // the address that it asks for
	Source string `json:"source"`

	number int // of the line
}

func exportDrafts(tx *store.Tx, put func(string, []byte) error) error {
	list, err := openDrafts(tx)
	if err != nil {
		return err
	}
	for i, d := range list {
		if list[i].Source, err = canonical(d.Source); err != nil {
			return fmt.Errorf("export draft %s: %w", d.Slug, err)
		}
	}
	return putLines(put, draftsName, list)
}

func (r *folderReader) readDrafts(entry fs.DirEntry) error {
	return eachLine(r, entry, MaxFolderBytes, func(number int, d draftLine) error {
		d.number = number
		switch source, err := canonical(d.Source); {
		case !edited(d.Kind):
			return r.refuse(draftsName, number, "kind phải là guide, answer, session, situation, term, plan hoặc law.")
		case d.Of != "" && !isFileName(d.Of) || d.Slug != "" && viet.Slug(string(d.Slug)) != string(d.Slug):
			return r.refuse(draftsName, number, "of và slug phải là chữ thường không dấu, nối bằng gạch ngang.")
		case err != nil || len(source) > kindLimit(d.Kind):
			return r.refuse(draftsName, number, "source dài quá hoặc có ký tự không đọc được. Hãy rút ngắn.")
		default:
			d.Source = source
		}
		r.folder.drafts = append(r.folder.drafts, d)
		return nil
	})
}

// saveDrafts opens the drafts of the folder that are not open already.
func (f *Folder) saveDrafts(tx *store.Tx, s saving, report *ImportReport) error {
	if len(f.drafts) == 0 {
		return nil
	}
	list, err := openDrafts(tx)
	if err != nil {
		return err
	}
	open := make(map[draftLine]bool, len(list))
	for _, d := range list {
		d.Source, _ = canonical(d.Source) // what cannot be read is no text of the folder
		open[d] = true
	}
	for _, d := range f.drafts {
		number := d.number
		if d.number = 0; open[d] {
			report.Same++
			continue
		}
		d.number = number
		if err := d.save(tx, s, report); err != nil {
			return fmt.Errorf("import %s:%d: %w", draftsName, number, err)
		}
	}
	return nil
}

// save makes the draft its thing's open revision, unless that has one.
func (d draftLine) save(tx *store.Tx, s saving, report *ImportReport) error {
	id, open, err := d.place(tx)
	if err != nil {
		return err
	}
	if open != "" {
		report.warn(fmt.Sprintf("%s:%d: bài này ở đây đã có bản nháp khác; đã giữ bản đang có.", draftsName, d.number))
		return nil
	}
	if report.Changed++; id == "" {
		id = tx.NewID()
		report.Changed--
		report.New++
	}
	s.kind, s.id, s.slug, s.source, s.publish = d.Kind, id, d.Slug, d.Source, false
	_, err = s.saveRevision(tx)
	return err
}

// place finds the thing that the draft is of, and the text that is open of it:
// none for a new thing.
func (d draftLine) place(tx *store.Tx) (id, open string, err error) {
	switch {
	case d.Of == "":
		return "", "", nil
	case d.Kind == KindAnswer:
		id, err = answerIDByNumber(tx, NumberOfCode(d.Of))
	default:
		id, err = idOf(tx, d.Kind, Slug(d.Of))
	}
	if err != nil {
		return "", "", err
	}
	r, err := openRevision(tx, d.Kind, id)
	if fault.Is(err, fault.KindNotFound) {
		return id, "", nil
	}
	return id, r.Source, err
}

// draftClash tells that a draft is of no thing; "" when it is of one.
func (f *Folder) draftClash(tx *store.Tx, d draftLine) (string, error) {
	if d.Of == "" || f.has(d.Kind, Slug(d.Of)) {
		return "", nil
	}
	id, _, err := d.place(tx)
	if err == nil && id == "" {
		return fmt.Sprintf("không có bài %s. Hãy sửa hoặc xóa dòng này.", shortName(d.Of)), nil
	}
	return "", err
}
