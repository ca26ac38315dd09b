package content

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// KindAmendment is how the change log and the audit log name amendments.
const KindAmendment = "amendment"

// Elsewhere stands for the person who affirmed a text on the site that an export
// came from: nobody of this site is said to have looked at it.
const Elsewhere = "elsewhere"

const maxAmendmentNote = 500 // runes

// AmendmentForm is an amendment as a person types it, or as a line of an export
// has it.
type AmendmentForm struct {
	Of        string `json:"of"`                  // "luat-85-2015 dieu-69 khoan-4"
	By        string `json:"by"`                  // the act that changed it, as a reference
	Effect    string `json:"effect"`              // cite.Amended, cite.Replaced or cite.Repealed
	Successor string `json:"successor,omitempty"` // what took its place; "" when nothing did
	Since     string `json:"since"`               // date, "2026-12-01"
	Note      string `json:"note,omitempty"`      // what is different now, in words
}

// Amendment is what became of a provision, with labels and addresses.
type Amendment struct {
	cite.Amendment
	Of, By, Successor Basis    // Successor is zero when nothing took its place
	Open              []Citing // texts that nobody has looked at since
	Whole             []Citing // texts that cite only the article as a whole: not flagged, worth a look
	Affirmed          []Affirmed
}

// Affirmed is a text that somebody looked at after the change and found right.
type Affirmed struct {
	Citing
	Person, Note string
	At           time.Time
}

// Applies reports whether the change is in force on a day.
func (a Amendment) Applies(today viet.Date) bool { return a.Since <= today }

// Title says what changed and since when: "Luật Bầu cử, Điều 71 được sửa đổi từ
// ngày 01/12/2026".
func (a Amendment) Title() string {
	return fmt.Sprintf("%s %s từ ngày %s", a.Of.Label, a.Effect.Label(), a.Since)
}

// followed reports whether readers follow texts of a kind; law and sessions only
// tell what is or was.
func followed(kind string) bool { return kind != KindLaw && kind != KindSession }

// Thing names a text by its kind and id.
type Thing struct{ Kind, ID string }

// ForetellAmendment says what recording the form would flag, and stores nothing.
func (l *Library) ForetellAmendment(ctx context.Context, form AmendmentForm) (Amendment, error) {
	var a Amendment
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		laws, err := lawsWithProvisions(tx)
		if err != nil {
			return err
		}
		checked, err := form.check(laws)
		if err != nil {
			return err
		}
		if a, err = l.describe(tx, checked); err != nil {
			return err
		}
		below, err := cite.Below(tx, checked.Of)
		if err != nil {
			return err
		}
		a.Open, err = citingPages(tx, onlyFollowed(below))
		return err
	})
	return a, err
}

// RecordAmendment stores that a provision changed. What cites it, or a part of
// it, is flagged from then on.
func (l *Library) RecordAmendment(ctx context.Context, form AmendmentForm, by string) (string, error) {
	var id string
	err := l.db.Write(ctx, func(tx *store.Tx) error {
		laws, err := lawsWithProvisions(tx)
		if err != nil {
			return err
		}
		id, err = form.record(tx, laws, by)
		return err
	})
	return id, err
}

func (f AmendmentForm) record(tx *store.Tx, laws Register, by string) (string, error) {
	a, err := f.check(laws)
	if err != nil {
		return "", err
	}
	a.Person = by
	id, err := cite.Record(tx, a)
	if err != nil {
		return "", err
	}
	return id, amendmentAct(tx, by, "amend", id, a.Of.String())
}

// WithdrawAmendment takes back what was recorded by mistake.
func (l *Library) WithdrawAmendment(ctx context.Context, id, by string) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		a, err := cite.AmendmentByID(tx, id)
		if err != nil {
			return err
		}
		if err := cite.Withdraw(tx, id); err != nil {
			return err
		}
		return amendmentAct(tx, by, "withdraw", id, a.Of.String())
	})
}

// Affirm says that a text stands although a provision that it cites changed. What
// does not cite it is not found: it could be affirmed before it was ever read.
func (l *Library) Affirm(ctx context.Context, amendmentID string, thing Thing, note, by string) error {
	note, err := cleanTyped(note, maxAmendmentNote)
	if err != nil {
		return tooMuch("note", fmt.Sprintf("Ghi chú dài nhất %d ký tự.", maxAmendmentNote))
	}
	return l.db.Write(ctx, func(tx *store.Tx) error {
		a, err := cite.AmendmentByID(tx, amendmentID)
		if err != nil {
			return err
		}
		return affirm(tx, a, thing, note, by, by)
	})
}

// affirm stores that person looked at a text, as the act of by.
func affirm(tx *store.Tx, a cite.Amendment, thing Thing, note, person, by string) error {
	below, err := cite.Below(tx, a.Of)
	if err != nil {
		return err
	}
	if !slices.Contains(below, cite.Citing{Kind: thing.Kind, ObjectID: thing.ID}) {
		return fault.NotFound("Bài này không dẫn điều khoản đã đổi.")
	}
	if err := cite.Affirm(tx, a.ID, thing.Kind, thing.ID, person, note); err != nil {
		return err
	}
	about := a.ID
	if person == Elsewhere {
		about += ", " + folderNote
	}
	if err := tx.Audit(by, "affirm", thing.Kind, thing.ID, about); err != nil {
		return err
	}
	return tx.Changed(KindAmendment, a.ID, by)
}

// amendmentAct tells the logs of an act on an amendment.
func amendmentAct(tx *store.Tx, by, act, id, note string) error {
	if err := tx.Audit(by, act, KindAmendment, id, note); err != nil {
		return err
	}
	return tx.Changed(KindAmendment, id, by)
}

// Amendments lists all that is recorded, the newest first, with what awaits a look.
func (l *Library) Amendments(ctx context.Context) ([]Amendment, error) {
	var list []Amendment
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		recorded, err := cite.Amendments(tx)
		if err != nil {
			return err
		}
		flags, err := cite.Flags(tx)
		if err != nil {
			return err
		}
		for _, one := range recorded {
			a, err := l.describe(tx, one)
			if err != nil {
				return err
			}
			if a.Open, err = citingPages(tx, flaggedBy(flags, one.ID)); err != nil {
				return err
			}
			if a.Affirmed, err = affirmedPages(tx, one.ID); err != nil {
				return err
			}
			list = append(list, a)
		}
		return nil
	})
	return list, err
}

func affirmedPages(tx *store.Tx, id string) ([]Affirmed, error) {
	found, err := cite.AffirmedOf(tx, id)
	if err != nil {
		return nil, err
	}
	texts := make([]cite.Citing, len(found))
	for i, f := range found {
		texts[i] = f.Citing
	}
	pages, err := citingPages(tx, texts)
	if err != nil {
		return nil, err
	}
	var list []Affirmed
	for _, f := range found {
		at := slices.IndexFunc(pages, func(p Citing) bool { return p.Kind == f.Kind && p.ID == f.ObjectID })
		if at >= 0 {
			list = append(list, Affirmed{pages[at], f.Person, f.Note, f.At})
		}
	}
	return list, nil
}

// AmendmentsOf lists what is recorded of a document and of its parts, the newest
// first, without the texts that it concerns.
func (l *Library) AmendmentsOf(ctx context.Context, key string) ([]Amendment, error) {
	var list []Amendment
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		recorded, err := cite.Amendments(tx)
		if err != nil {
			return err
		}
		r, err := l.register(tx)
		if err != nil {
			return err
		}
		for _, one := range recorded {
			if one.Of.Law == key {
				list = append(list, r.amendment(one))
			}
		}
		return nil
	})
	return list, err
}

func onlyFollowed(list []cite.Citing) []cite.Citing {
	return slices.DeleteFunc(list, func(c cite.Citing) bool { return !followed(c.Kind) })
}

func flaggedBy(flags []cite.Flag, id string) []cite.Citing {
	var list []cite.Citing
	for _, f := range flags {
		if f.Amendment.ID == id && followed(f.Kind) {
			list = append(list, cite.Citing{Kind: f.Kind, ObjectID: f.ObjectID})
		}
	}
	return list
}

// describe labels an amendment and finds who cites the whole of what changed,
// and nothing of what changed itself.
func (l *Library) describe(tx *store.Tx, one cite.Amendment) (Amendment, error) {
	r, err := l.register(tx)
	if err != nil {
		return Amendment{}, err
	}
	a := r.amendment(one)
	above, err := cite.Above(tx, one.Of)
	if err != nil {
		return Amendment{}, err
	}
	below, err := cite.Below(tx, one.Of)
	if err != nil {
		return Amendment{}, err
	}
	above = slices.DeleteFunc(above, func(c cite.Citing) bool { return slices.Contains(below, c) })
	a.Whole, err = citingPages(tx, onlyFollowed(above))
	return a, err
}

// amendment labels an amendment.
func (r register) amendment(one cite.Amendment) Amendment {
	a := Amendment{Amendment: one, Of: r.basis(one.Of), By: r.basis(one.By)}
	if one.Successor.Law != "" {
		a.Successor = r.basis(one.Successor)
	}
	return a
}

// knownFlags are the flags as they were after a change.
type knownFlags struct {
	seq   int64
	flags map[Thing][]Amendment
}

// Flags gives, for each text that awaits a look, the amendments that concern
// it. It is read anew only when something was published or recorded since.
func (l *Library) Flags(ctx context.Context) (map[Thing][]Amendment, error) {
	var flags map[Thing][]Amendment
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		seq, err := tx.LastChange()
		if err != nil {
			return err
		}
		if known := l.flagged.Load(); known != nil && known.seq == seq {
			flags = known.flags
			return nil
		}
		if flags, err = l.readFlags(tx); err == nil {
			l.flagged.Store(&knownFlags{seq, flags})
		}
		return err
	})
	return flags, err
}

func (l *Library) readFlags(tx *store.Tx) (map[Thing][]Amendment, error) {
	list, err := cite.Flags(tx)
	if err != nil {
		return nil, err
	}
	r, err := l.register(tx)
	if err != nil {
		return nil, err
	}
	flags := map[Thing][]Amendment{}
	for _, f := range list {
		thing := Thing{f.Kind, f.ObjectID}
		flags[thing] = append(flags[thing], r.amendment(f.Amendment))
	}
	return flags, nil
}

// citingPages names the pages behind citations; what no reader sees is left out.
// Questions have no page of their own.
func citingPages(tx *store.Tx, found []cite.Citing) ([]Citing, error) {
	var ids []string
	for _, c := range found {
		if edited(c.Kind) {
			ids = append(ids, c.ObjectID)
		}
	}
	names, err := pageNames(tx, ids)
	if err != nil {
		return nil, err
	}
	var list []Citing
	for _, c := range found {
		name, seen := names[Thing{c.Kind, c.ObjectID}]
		if seen || !edited(c.Kind) {
			list = append(list, Citing{Kind: c.Kind, ID: c.ObjectID, Clause: cite.Ref{Path: c.Clause}.Label(), Title: name.title, Path: name.path})
		}
	}
	return list, nil
}

// check reads the form against the register of law.
func (f AmendmentForm) check(laws Register) (cite.Amendment, error) {
	a := cite.Amendment{Effect: cite.Effect(f.Effect), Since: viet.Date(f.Since)}
	var faults []fault.Field
	a.Of, faults = laws.ref("of", f.Of, true, faults)
	a.By, faults = laws.ref("by", f.By, true, faults)
	a.Successor, faults = laws.ref("successor", f.Successor, false, faults)
	if a.Effect.Label() == "" {
		faults = append(faults, fault.Field{Name: "effect", Sentence: "Hãy chọn sửa đổi, thay thế hay bãi bỏ."})
	}
	if !a.Since.Valid() {
		faults = append(faults, fault.Field{Name: "since", Sentence: "Hãy ghi ngày bắt đầu áp dụng."})
	}
	var err error
	if a.Note, err = cleanTyped(f.Note, maxAmendmentNote); err != nil {
		faults = append(faults, fault.Field{Name: "note", Sentence: fmt.Sprintf("Nội dung thay đổi dài nhất %d ký tự.", maxAmendmentNote)})
	}
	return a, invalid(faults)
}

func lawsWithProvisions(tx *store.Tx) (Register, error) {
	laws, err := allLaws(tx)
	if err != nil {
		return nil, err
	}
	r := Register{}
	for _, law := range laws {
		if law.Provisions, err = provisionsOf(tx, law.Key); err != nil {
			return nil, err
		}
		r[law.Key] = law
	}
	return r, nil
}

// ref reads one reference of a form; it has to name something in the register.
func (r Register) ref(name, text string, needed bool, faults []fault.Field) (cite.Ref, []fault.Field) {
	if text == "" && !needed {
		return cite.Ref{}, faults
	}
	ref, err := cite.Parse(text)
	switch {
	case err != nil:
		faults = append(faults, fault.Field{Name: name, Sentence: "Hãy ghi như luat-85-2015 dieu-69 khoan-4."})
	case !r.Resolves(ref):
		faults = append(faults, fault.Field{Name: name, Sentence: fmt.Sprintf("Sổ văn bản không có %s. Hãy thêm vào sổ văn bản trước.", ref)})
	}
	return ref, faults
}
