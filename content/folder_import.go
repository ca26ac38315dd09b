package content

import (
	"context"
	"fmt"
	"slices"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// folderNote is what the history and the audit log say of a text from a folder.
const folderNote = "nhập từ thư mục"

// ImportFolder stores the texts of a folder, all of them or none: as drafts, or
// published as the act of by. What readers see already word for word is left
// alone, so the same folder twice changes nothing.
func (l *Library) ImportFolder(ctx context.Context, f *Folder, publish bool, by string) (ImportReport, error) {
	var report ImportReport
	err := l.writeUnique(ctx, func(tx *store.Tx) error {
		report = ImportReport{Read: len(f.texts), Warnings: slices.Clone(f.Warnings)}
		if err := f.clashes(tx, publish); err != nil {
			return err
		}
		for _, text := range f.texts {
			if err := text.save(tx, saving{source: text.source, by: by, note: folderNote, publish: publish}, &report); err != nil {
				return fmt.Errorf("import %s: %w", text.file, err)
			}
		}
		if !publish {
			f.leaveLists(&report)
			return nil
		}
		report.Read += len(f.drafts)
		return f.saveLists(tx, by, &report)
	})
	if err != nil {
		return ImportReport{}, err
	}
	return report, nil
}

// saveLists stores what belongs to the texts, which are there by now.
func (f *Folder) saveLists(tx *store.Tx, by string, report *ImportReport) error {
	if err := f.move(tx); err != nil {
		return err
	}
	if err := f.saveAmendments(tx, by, report); err != nil {
		return err
	}
	if err := f.saveTopics(tx, by); err != nil {
		return err
	}
	if err := f.saveContacts(tx, by); err != nil {
		return err
	}
	return f.saveDrafts(tx, saving{by: by, note: folderNote}, report)
}

// leaveLists tells what only comes back with the published texts themselves.
func (f *Folder) leaveLists(report *ImportReport) {
	for _, list := range []struct {
		name  string
		lines int
	}{{movedName, len(f.moved)}, {amendmentsName, len(f.amendments)}, {affirmedName, len(f.affirmed)}, {topicsName, len(f.topics)},
		{contactsName, len(f.contacts)}, {draftsName, len(f.drafts)}} {
		if list.lines > 0 {
			report.warn(list.name + ": chỉ nhập cùng --publish.")
		}
	}
}

// CheckFolder finds what ImportFolder would refuse, before anything is stored.
func (l *Library) CheckFolder(ctx context.Context, f *Folder, publish bool) error {
	return l.db.Read(ctx, func(tx *store.Tx) error { return f.clashes(tx, publish) })
}

// clashes finds what the archive has against the folder, all of it at once.
func (f *Folder) clashes(tx *store.Tx, publish bool) error {
	r := folderReader{}
	for _, text := range f.texts {
		problem, line, err := text.clash(tx, publish)
		if err != nil {
			return err
		}
		if problem != "" && r.refuse(text.file, line, "%s", problem) != nil {
			break // enough of them
		}
	}
	if publish && len(r.faults) < maxImportFaults {
		if err := f.listClashes(tx, &r); err != nil {
			return err
		}
	}
	if len(r.faults) > 0 {
		return &ImportError{Faults: r.faults}
	}
	return nil
}

func (f *Folder) listClashes(tx *store.Tx, r *folderReader) error {
	for _, m := range f.moved {
		problem, err := f.moveClash(tx, m)
		if err != nil {
			return err
		}
		if problem != "" && r.refuse(movedName, m.number, "%s", problem) != nil {
			return nil
		}
	}
	for _, d := range f.drafts {
		problem, err := f.draftClash(tx, d)
		if err != nil {
			return err
		}
		if problem != "" && r.refuse(draftsName, d.number, "%s", problem) != nil {
			return nil
		}
	}
	return f.amendmentClashes(tx, r)
}

// clash tells why the text cannot take its place, and at which line; "" when it can.
func (t folderText) clash(tx *store.Tx, publish bool) (problem string, line int, err error) {
	switch t.kind {
	case KindAnswer:
		problem, line, err = t.answerClash(tx)
	case KindLaw: // named by its key, which stays
	default:
		problem, err = t.movedAway(tx)
	}
	if problem != "" || err != nil || publish {
		return problem, line, err
	}
	id, err := t.identity(tx)
	if err != nil {
		return "", 0, err
	}
	open, err := openRevision(tx, t.kind, id)
	if fault.Is(err, fault.KindNotFound) {
		return "", 0, nil
	}
	if open.State != StateDraft && !t.is(open.Source) {
		problem = "bài này đang chờ duyệt hoặc chờ đăng. Hãy duyệt xong hoặc trả lại rồi nhập."
	}
	return problem, 0, err
}

// answerClash keeps an answer from taking the place of another.
func (t folderText) answerClash(tx *store.Tx) (problem string, line int, err error) {
	a := t.answer.answer
	number, ref, err := storedAnswer(tx, a)
	switch {
	case err != nil || number == 0:
		return "", 0, err
	case a.Number > 0 && number != a.Number:
		return fmt.Sprintf("ref: %q ở đây là câu %s. Hãy sửa code hoặc ref.", a.Ref, Answer{Number: number}.Code()), keyLine(t.source, "ref"), nil
	case a.Ref != "" && a.Ref != ref:
		return fmt.Sprintf("code: %s ở đây là câu khác. Hãy sửa code hoặc ref.", a.Code()), keyLine(t.source, "code"), nil
	}
	return "", 0, nil
}

// movedAway tells where the thing is that had this address before.
func (t folderText) movedAway(tx *store.Tx) (string, error) {
	id, err := movedTo(tx, t.kind, Slug(t.name))
	if fault.Is(err, fault.KindNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	slug, err := slugOf(tx, t.kind, id)
	return fmt.Sprintf("bài này nay ở địa chỉ %s. Hãy đổi tên tệp thành %s%s.", slug, slug, kindNamed(t.kind).ending), err
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
	open, err := openRevision(tx, t.kind, id)
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return err
	}
	last, _, _, err := lastNumbers(tx, t.kind, id)
	if err != nil {
		return err
	}
	switch {
	case t.is(shown) || t.is(open.Source) && !s.publish:
		report.Same++
		return nil
	case last == 0:
		report.New++
	default:
		report.Changed++
	}
	if save := kindNamed(t.kind).save; save != nil {
		return save(tx, Slug(t.name), s)
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
	case KindAnswer:
		id, _, err := answerIdentity(tx, t.answer.answer)
		return id, err
	}
	return thingIDOrNew(tx, t.kind, Slug(t.name))
}
