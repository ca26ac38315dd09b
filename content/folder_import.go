package content

import (
	"context"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// folderNote is what the history and the audit log say of a text from a folder.
const folderNote = "nhập từ thư mục"

// ImportFolder stores the texts of a folder, all of them or none: as drafts, or
// published as the act of by. What readers see already word for word is left
// alone, so the same folder twice changes nothing.
func (l *Library) ImportFolder(ctx context.Context, f *Folder, publish bool, by string) (ImportReport, error) {
	report := ImportReport{Read: len(f.texts)}
	err := l.db.Write(ctx, func(tx *store.Tx) error {
		report.New, report.Changed, report.Same = 0, 0, 0
		if err := f.clashes(tx); err != nil {
			return err
		}
		for _, text := range f.texts {
			if err := text.save(tx, saving{source: text.source, by: by, note: folderNote, publish: publish}, &report); err != nil {
				return fmt.Errorf("import %s: %w", text.file, err)
			}
		}
		return nil
	})
	if err != nil {
		return ImportReport{}, err
	}
	report.Warnings = f.Warnings
	return report, nil
}

// CheckFolder finds what ImportFolder would refuse, before anything is stored.
func (l *Library) CheckFolder(ctx context.Context, f *Folder) error {
	return l.db.Read(ctx, f.clashes)
}

// clashes finds what the archive has against the folder, all of it at once.
func (f *Folder) clashes(tx *store.Tx) error {
	r := folderReader{}
	for _, text := range f.texts {
		if text.kind != KindAnswer {
			continue
		}
		a := text.answer.answer
		number, ref, err := storedAnswer(tx, a)
		if err != nil {
			return err
		}
		switch {
		case number == 0:
			continue
		case a.Number > 0 && number != a.Number:
			err = r.refuse(text.file, keyLine(text.source, "ref"), "ref: %q ở đây là câu %s. Hãy sửa code hoặc ref.", a.Ref, Answer{Number: number}.Code())
		case a.Ref != "" && a.Ref != ref:
			err = r.refuse(text.file, keyLine(text.source, "code"), "code: %s ở đây là câu khác. Hãy sửa code hoặc ref.", a.Code())
		}
		if err != nil {
			break // enough faults
		}
	}
	if len(r.faults) > 0 {
		return &ImportError{Faults: r.faults}
	}
	return nil
}

// save stores a text unless its thing has it already.
func (t folderText) save(tx *store.Tx, s saving, report *ImportReport) error {
	id, err := t.identity(tx)
	if err != nil {
		return err
	}
	shown, err := shownSource(tx, t.kind, id)
	if err != nil {
		return err
	}
	newest, _, err := newestSource(tx, t.kind, id)
	if err != nil {
		return err
	}
	switch {
	case t.is(shown) || t.is(newest) && !s.publish:
		report.Same++
		return nil
	case newest == "":
		report.New++
	default:
		report.Changed++
	}
	switch t.kind {
	case KindLaw:
		return saveLaw(tx, s)
	case KindSession:
		return saveSession(tx, s)
	case KindGuide:
		return saveGuide(tx, Slug(t.name), s)
	}
	return saveAnswer(tx, t.answer, s)
}

// is reports whether a stored source is this text. Imported answers are stored
// without their code.
func (t folderText) is(stored string) bool {
	if stored == "" {
		return false
	}
	stored, err := canonical(stored)
	if err == nil && stored != t.source && t.kind == KindAnswer && t.answer.answer.Number > 0 {
		stored, err = withCode(stored, t.answer.answer.Number)
	}
	return err == nil && stored == t.source
}

// identity is the id of the text's thing, "" or an unused one when there is none.
func (t folderText) identity(tx *store.Tx) (string, error) {
	switch t.kind {
	case KindLaw:
		return t.name, nil
	case KindGuide:
		return guideID(tx, Slug(t.name))
	case KindAnswer:
		id, _, err := answerIdentity(tx, t.answer.answer)
		return id, err
	case KindSession:
		id, err := sessionIDBySlug(tx, Slug(t.name))
		if id == nil {
			return "", err
		}
		return *id, err
	}
	return "", fault.Invalid("unknown kind " + t.kind)
}
