package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// kindQuestion is how citations name questions, which are another room's.
const kindQuestion = "question"

// amendedLine is one line of amendments.jsonl: what became of a provision. Who
// recorded it stays behind.
type amendedLine struct {
	AmendmentForm

	key    amendmentKey
	number int // of the line
}

// affirmedLine is one line of affirmed.jsonl: a text that somebody looked at
// after an amendment and found right. Who did stays behind.
type affirmedLine struct {
	Of    string `json:"of"` // with By and Since the amendment
	By    string `json:"by"`
	Since string `json:"since"`
	Kind  string `json:"kind"`
	Text  string `json:"text"` // its address, an answer's file without ending, the id of a question
	Note  string `json:"note,omitempty"`

	key    amendmentKey
	number int // of the line
}

// amendmentKey tells one amendment from another, whatever its id.
type amendmentKey struct {
	of, by cite.Ref
	since  viet.Date
}

func keyOfAmendment(a cite.Amendment) amendmentKey { return amendmentKey{a.Of, a.By, a.Since} }

// readAmendmentKey reads how a line names an amendment; false when it cannot be read.
func readAmendmentKey(of, by, since string) (key amendmentKey, ok bool) {
	var errs [2]error
	key.of, errs[0] = cite.Parse(of)
	key.by, errs[1] = cite.Parse(by)
	key.since = viet.Date(since)
	return key, errs == [2]error{} && key.since.Valid()
}

const unreadKey = "of và by phải là điều khoản như luat-85-2015 dieu-69 khoan-4, since phải là ngày như 2026-12-01."

// exportAmendments writes what is recorded of provisions that the register has,
// and the published texts that were found right and cite them still.
func exportAmendments(tx *store.Tx, put func(string, []byte) error) error {
	laws, err := lawsWithProvisions(tx)
	if err != nil {
		return err
	}
	recorded, err := cite.Amendments(tx)
	if err != nil {
		return err
	}
	var amended []amendedLine
	var affirmed []affirmedLine
	for _, a := range recorded {
		form := AmendmentForm{Of: a.Of.String(), By: a.By.String(), Effect: string(a.Effect), Since: string(a.Since), Note: a.Note}
		if a.Successor.Law != "" {
			form.Successor = a.Successor.String()
		}
		if _, err := form.check(laws); err != nil {
			continue // of a document that was taken down
		}
		lines, err := affirmedOf(tx, a)
		if err != nil {
			return fmt.Errorf("export what was affirmed of %s: %w", a.Of, err)
		}
		amended, affirmed = append(amended, amendedLine{AmendmentForm: form}), append(affirmed, lines...)
	}
	slices.SortFunc(amended, func(a, b amendedLine) int {
		return cmp.Or(strings.Compare(a.Of, b.Of), strings.Compare(a.By, b.By), strings.Compare(a.Since, b.Since))
	})
	slices.SortFunc(affirmed, func(a, b affirmedLine) int {
		return cmp.Or(strings.Compare(a.Of, b.Of), strings.Compare(a.By, b.By), strings.Compare(a.Since, b.Since), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Text, b.Text))
	})
	if err := putLines(put, amendmentsName, amended); err != nil {
		return err
	}
	return putLines(put, affirmedName, affirmed)
}

func affirmedOf(tx *store.Tx, a cite.Amendment) ([]affirmedLine, error) {
	found, err := cite.AffirmedOf(tx, a.ID)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	below, err := cite.Below(tx, a.Of)
	if err != nil {
		return nil, err
	}
	var lines []affirmedLine
	for _, f := range found {
		if !slices.Contains(below, f.Citing) {
			continue
		}
		name, err := exportedName(tx, f.Citing)
		if fault.Is(err, fault.KindNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		lines = append(lines, affirmedLine{Of: a.Of.String(), By: a.By.String(), Since: string(a.Since), Kind: f.Kind, Text: name, Note: f.Note})
	}
	return lines, nil
}

// exportedName is how lists of an export name a published text.
func exportedName(tx *store.Tx, c cite.Citing) (string, error) {
	switch c.Kind {
	case kindQuestion:
		return c.ObjectID, nil
	case KindAnswer:
		a, err := answerByID(tx, register{}, c.ObjectID)
		return answerFile(a.Number), err
	}
	if _, err := pathOf(tx, c.Kind, c.ObjectID); err != nil {
		return "", err
	}
	slug, err := slugOf(tx, c.Kind, c.ObjectID)
	return string(slug), err
}

func (r *folderReader) readAmendments(entry fs.DirEntry) error {
	seen := map[amendmentKey]int{}
	return eachLine(r, entry, MaxListBytes, func(number int, a amendedLine) error {
		var ok bool
		a.number = number
		a.key, ok = readAmendmentKey(a.Of, a.By, a.Since)
		first, twice := seen[a.key]
		switch {
		case !ok:
			return r.refuse(amendmentsName, number, unreadKey)
		case cite.Effect(a.Effect).Label() == "":
			return r.refuse(amendmentsName, number, "effect phải là amended, replaced hoặc repealed.")
		case twice:
			return r.refuse(amendmentsName, number, "thay đổi này đã có ở dòng %d. Hãy xóa một dòng.", first)
		}
		seen[a.key] = number
		r.folder.amendments = append(r.folder.amendments, a)
		return nil
	})
}

func (r *folderReader) readAffirmed(entry fs.DirEntry) error {
	type place struct {
		key        amendmentKey
		kind, text string
	}
	seen := map[place]int{}
	return eachLine(r, entry, MaxListBytes, func(number int, a affirmedLine) error {
		var ok bool
		a.number = number
		a.key, ok = readAmendmentKey(a.Of, a.By, a.Since)
		note, err := cleanTyped(a.Note, maxAmendmentNote)
		at := place{a.key, a.Kind, a.Text}
		first, twice := seen[at]
		switch {
		case !ok:
			return r.refuse(affirmedName, number, unreadKey)
		case !edited(a.Kind) && a.Kind != kindQuestion:
			return r.refuse(affirmedName, number, "kind phải là guide, answer, session, situation, term, plan, law hoặc question.")
		case !isFileName(a.Text):
			return r.refuse(affirmedName, number, "text phải là chữ thường không dấu, nối bằng gạch ngang.")
		case err != nil:
			return r.refuse(affirmedName, number, "note dài quá %d ký tự hoặc có ký tự không đọc được. Hãy rút ngắn.", maxAmendmentNote)
		case twice:
			return r.refuse(affirmedName, number, "bài này đã có ở dòng %d. Hãy xóa một dòng.", first)
		}
		a.Note, seen[at] = note, number
		r.folder.affirmed = append(r.folder.affirmed, a)
		return nil
	})
}

// checkAffirmed sees to it that only texts of the folder itself are affirmed, for
// amendments of the folder: nobody looked at what this site has.
func (r *folderReader) checkAffirmed() error {
	f := r.folder
	for _, a := range f.affirmed {
		problem := ""
		switch {
		case !slices.ContainsFunc(f.amendments, func(m amendedLine) bool { return m.key == a.key }):
			problem = "thay đổi này không có trong " + amendmentsName + ". Hãy sửa hoặc xóa dòng này."
		case a.Kind == kindQuestion && !f.quizzes || a.Kind != kindQuestion && !f.has(a.Kind, Slug(a.Text)):
			problem = fmt.Sprintf("thư mục không có bài %s. Hãy xóa dòng này.", shortName(a.Text))
		}
		if problem != "" {
			if err := r.refuse(affirmedName, a.number, "%s", problem); err != nil {
				return err
			}
		}
	}
	return nil
}

// amendmentClashes finds the amendments that the page would refuse, once the laws
// of the folder are there.
func (f *Folder) amendmentClashes(tx *store.Tx, r *folderReader) error {
	if len(f.amendments) == 0 {
		return nil
	}
	laws, err := f.register(tx)
	if err != nil {
		return err
	}
	recorded, err := recordedAmendments(tx)
	if err != nil {
		return err
	}
	for _, line := range f.amendments {
		a, err := line.check(laws)
		if broken, ok := fault.Of(err); ok {
			for _, field := range broken.Fields {
				if r.refuse(amendmentsName, line.number, "%s: %s", field.Name, field.Sentence) != nil {
					return nil
				}
			}
			continue
		} else if err != nil {
			return err
		}
		known, there := recorded[line.key]
		if there && (known.Effect != a.Effect || known.Successor != a.Successor || known.Note != a.Note) &&
			r.refuse(amendmentsName, line.number, "ở đây đã ghi thay đổi này theo cách khác. Hãy sửa hoặc xóa dòng này, hoặc rút lại thay đổi đã ghi.") != nil {
			return nil
		}
	}
	return nil
}

// register is the register of law as it will be with the folder's documents.
func (f *Folder) register(tx *store.Tx) (Register, error) {
	laws, err := lawsWithProvisions(tx)
	if err != nil {
		return nil, err
	}
	for _, text := range f.texts {
		if text.kind != KindLaw {
			continue
		}
		law, err := readLaw(text.source)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", text.file, err)
		}
		laws[law.Key] = law
	}
	return laws, nil
}

func recordedAmendments(tx *store.Tx) (map[amendmentKey]cite.Amendment, error) {
	list, err := cite.Amendments(tx)
	recorded := map[amendmentKey]cite.Amendment{}
	for _, a := range list {
		recorded[keyOfAmendment(a)] = a
	}
	return recorded, err
}

// saveAmendments records the folder's amendments as the act of by, and what was
// affirmed elsewhere.
func (f *Folder) saveAmendments(tx *store.Tx, by string, report *ImportReport) error {
	if len(f.amendments) == 0 {
		return nil
	}
	laws, err := lawsWithProvisions(tx)
	if err != nil {
		return err
	}
	recorded, err := recordedAmendments(tx)
	if err != nil {
		return err
	}
	for _, line := range f.amendments {
		if _, there := recorded[line.key]; there {
			continue
		}
		if _, err := line.record(tx, laws, by); err != nil {
			return fmt.Errorf("import %s:%d: %w", amendmentsName, line.number, err)
		}
	}
	if recorded, err = recordedAmendments(tx); err != nil {
		return err
	}
	for _, line := range f.affirmed {
		if err := line.save(tx, recorded[line.key], by, report); err != nil {
			return fmt.Errorf("import %s:%d: %w", affirmedName, line.number, err)
		}
	}
	return nil
}

// save affirms the text unless somebody did so already. Nobody of this site is
// named for it.
func (a affirmedLine) save(tx *store.Tx, of cite.Amendment, by string, report *ImportReport) error {
	id, err := storedID(tx, a.Kind, a.Text)
	if err != nil {
		return err
	}
	known, err := cite.AffirmedOf(tx, of.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(known, func(k cite.Affirmed) bool { return k.Kind == a.Kind && k.ObjectID == id }) {
		return nil
	}
	err = affirm(tx, of, Thing{a.Kind, id}, a.Note, Elsewhere, by)
	if fault.Is(err, fault.KindNotFound) {
		report.warn(fmt.Sprintf("%s:%d: bài này không dẫn điều khoản đã đổi; đã bỏ qua.", affirmedName, a.number))
		return nil
	}
	return err
}

// storedID is the id of the thing that a list of an export names, "" when there is none.
func storedID(tx *store.Tx, kind, name string) (string, error) {
	switch kind {
	case kindQuestion:
		return name, nil
	case KindAnswer:
		return answerIDByNumber(tx, NumberOfCode(name))
	}
	return thingID(tx, kind, Slug(name))
}
