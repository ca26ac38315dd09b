package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Word is an entry of the dictionary.
type Word struct {
	ID       string // "" of one that is not stored
	Typed    string // what readers type
	Official string // the word of the texts; "" of a courtesy
	Relation Relation
	Removed  bool
	Updated  time.Time // tells apart what a person saw and what is there now
}

// Relation is what the sides of a word are to each other.
type Relation string

// The relations.
const (
	Same     Relation = "same"     // a query with one also finds the other
	Related  Relation = "related"  // a query with the typed one ranks texts with the official one higher
	Courtesy Relation = "courtesy" // a courtesy or question word: it never decides
)

// Relations lists all of them.
func Relations() []Relation { return []Relation{Same, Related, Courtesy} }

// newWord is the gate for every word.
func newWord(typed, official string, r Relation) (Word, error) {
	w := Word{Relation: r}
	var wrong []fault.Field
	read := func(field, text string) string {
		side, sentence := readSide(text)
		if sentence != "" {
			wrong = append(wrong, fault.Field{Name: field, Sentence: sentence})
		}
		return side
	}
	w.Typed, w.Official = read("typed", typed), read("official", official)
	if len(wrong) == 0 {
		wrong = w.faults()
	}
	if len(wrong) > 0 {
		return Word{}, fault.Invalid("Chưa lưu được từ này. Hãy sửa các ô dưới đây.", wrong...)
	}
	return w, nil
}

// readSide takes one side through the gate for typed text, on one line.
func readSide(text string) (side, sentence string) {
	side, err := viet.Clean(text, maxSynonym)
	switch {
	case errors.Is(err, viet.ErrTooLong):
		return "", fmt.Sprintf("Hãy viết ngắn lại: nhiều nhất %d ký tự.", maxSynonym)
	case err != nil:
		return "", "Có ký tự không đọc được. Hãy xóa ký tự lạ rồi gõ lại."
	}
	return strings.Join(strings.Fields(side), " "), ""
}

// faults are the rules about both sides together.
func (w Word) faults() (wrong []fault.Field) {
	add := func(field, sentence string) {
		wrong = append(wrong, fault.Field{Name: field, Sentence: sentence})
	}
	k := w.key()
	if !slices.Contains(Relations(), w.Relation) {
		add("relation", "Hãy chọn một quan hệ giữa hai từ.")
	}
	if k.typed == "" {
		add("typed", "Hãy ghi từ mà người đọc gõ, có ít nhất một chữ cái hoặc chữ số.")
	}
	switch {
	case w.Relation == Courtesy && k.official != "":
		add("official", "Từ đệm không thay cho từ nào. Hãy để trống ô này.")
	case w.Relation != Courtesy && k.official == "":
		add("official", "Hãy ghi từ dùng trong văn bản, có ít nhất một chữ cái hoặc chữ số.")
	case k.typed != "" && k.typed == k.official:
		add("official", "Hai từ đang giống nhau. Hãy ghi một từ khác.")
	}
	return wrong
}

// wordKey is what two words may not share: their sides as queries are compared.
type wordKey struct{ typed, official string }

func (w Word) key() wordKey { return wordKey{spoken(w.Typed), spoken(w.Official)} }

func spoken(side string) string {
	var exact []string
	for _, s := range syllables(side) {
		exact = append(exact, s.exact)
	}
	return strings.Join(exact, " ")
}

// abbreviates reports whether the typed side has a word all in capitals.
func (w Word) abbreviates() bool {
	return slices.ContainsFunc(strings.Fields(w.Typed), func(word string) bool {
		return utf8.RuneCountInString(word) > 1 && strings.ContainsFunc(word, unicode.IsUpper) && strings.ToUpper(word) == word
	})
}

// told is the word as the audit log names it.
func (w Word) told() string {
	if w.Relation == Courtesy {
		return w.Typed
	}
	return w.Typed + " = " + w.Official
}

// WordFilter narrows the list of words; the zero filter is all in use.
type WordFilter struct {
	Query    string   // part of a side, with or without tones
	Relation Relation // "" for any
	Removed  bool     // those taken out of use instead
	After    string   // id of the last word of the page before
	Limit    int      // 0 means WordsPerPage
}

// WordPage is a part of the list of words, by what is typed.
type WordPage struct {
	Words []Word
	Total int    // on all pages
	Next  string // After of the next page; "" on the last
}

// Words lists the dictionary. It is small and kept in memory anyway, so it is
// filtered here.
func (x *Index) Words(ctx context.Context, f WordFilter) (WordPage, error) {
	list, err := storedWords(ctx, x.db)
	if err != nil {
		return WordPage{}, err
	}
	list = slices.DeleteFunc(list, func(w Word) bool { return !f.takes(w) })
	slices.SortFunc(list, func(a, b Word) int {
		return cmp.Or(strings.Compare(viet.Fold(a.Typed), viet.Fold(b.Typed)), strings.Compare(a.ID, b.ID))
	})
	page := WordPage{Total: len(list)}
	from := 0
	if f.After != "" {
		from = 1 + slices.IndexFunc(list, func(w Word) bool { return w.ID == f.After })
	}
	limit := WordsPerPage
	if f.Limit > 0 {
		limit = min(f.Limit, WordsPerPage)
	}
	page.Words = list[from:min(from+limit, len(list))]
	if from+limit < len(list) {
		page.Next = page.Words[len(page.Words)-1].ID
	}
	return page, nil
}

func (f WordFilter) takes(w Word) bool {
	if w.Removed != f.Removed || f.Relation != "" && f.Relation != w.Relation {
		return false
	}
	part := viet.Fold(firstRunes(strings.TrimSpace(f.Query), maxSynonym))
	return part == "" || strings.Contains(viet.Fold(w.Typed), part) || strings.Contains(viet.Fold(w.Official), part)
}

// Word gives one word, also one taken out of use.
func (x *Index) Word(ctx context.Context, id string) (w Word, err error) {
	err = x.db.Read(ctx, func(tx *store.Tx) (err error) {
		w, err = synonymByID(tx, id)
		return err
	})
	return w, err
}

// AddWord adds a word; one that was taken out of use comes back.
func (x *Index) AddWord(ctx context.Context, typed, official string, r Relation, by string) (w Word, err error) {
	if w, err = newWord(typed, official, r); err != nil {
		return Word{}, err
	}
	err = x.db.Write(ctx, func(tx *store.Tx) (err error) {
		w, err = addWord(tx, w, by)
		return err
	})
	return w, err
}

func addWord(tx *store.Tx, w Word, by string) (Word, error) {
	count, err := countSynonyms(tx)
	if err != nil {
		return Word{}, err
	}
	if count == 0 { // until now the embedded words served; they go on serving
		if err := addMissing(tx, nil, embedded, by); err != nil {
			return Word{}, err
		}
	}
	if count >= MaxWords {
		return Word{}, fault.Invalid(fmt.Sprintf("Bảng từ ngữ đã đầy: nhiều nhất %s mục.", viet.Number(MaxWords)))
	}
	return enterWord(tx, w, by)
}

// enterWord puts a word in use unless it is already.
func enterWord(tx *store.Tx, w Word, by string) (Word, error) {
	w, err := putSynonym(tx, w)
	if errors.Is(err, store.ErrNoRows) {
		sentence := "Hai từ này đã có trong bảng. Hãy tìm và sửa mục đã có."
		return Word{}, fault.Invalid(sentence, fault.Field{Name: "typed", Sentence: sentence})
	}
	if err != nil {
		return Word{}, fmt.Errorf("add word %q: %w", w.told(), err)
	}
	return w, noteWord(tx, w, "add", by)
}

// noteWord tells search and the audit log of a change.
func noteWord(tx *store.Tx, w Word, act, by string) error {
	if err := tx.Changed(KindSynonym, w.ID, by); err != nil {
		return err
	}
	return tx.Audit(by, act, KindSynonym, w.ID, w.told())
}

// What a person reads whose word was changed or is gone meanwhile.
const (
	noWord      = "Không có từ này trong bảng từ ngữ. Hãy xem lại danh sách."
	wordChanged = "Người khác vừa sửa từ này. Hãy tải lại bảng từ ngữ rồi sửa tiếp."
)

// ChangeWord changes a word, found by its ID, if it is as the person saw it at
// Updated. Other sides make another word: the old one is taken out of use, so
// that no later seed brings it back.
func (x *Index) ChangeWord(ctx context.Context, change Word, by string) (Word, error) {
	w, err := newWord(change.Typed, change.Official, change.Relation)
	if err != nil {
		return Word{}, err
	}
	w.ID, w.Updated = change.ID, change.Updated
	err = x.db.Write(ctx, func(tx *store.Tx) (err error) {
		w, err = changeWord(tx, w, by)
		return err
	})
	return w, err
}

func changeWord(tx *store.Tx, w Word, by string) (Word, error) {
	before, err := synonymByID(tx, w.ID)
	if err != nil {
		return Word{}, err
	}
	if before.Removed || !before.Updated.Equal(w.Updated) {
		return Word{}, fault.Conflict(wordChanged)
	}
	after := w
	if before.key() != w.key() {
		after = before
		after.Removed = true
	}
	if after, err = updateSynonym(tx, after); err != nil {
		return Word{}, err
	}
	if !after.Removed {
		return after, noteWord(tx, after, "change", by)
	}
	if err := noteWord(tx, after, "remove", by); err != nil {
		return Word{}, err
	}
	return enterWord(tx, w, by)
}

// RemoveWord takes a word out of use; its row stays.
func (x *Index) RemoveWord(ctx context.Context, id, by string) error {
	return x.setRemoved(ctx, id, true, "remove", by)
}

// RestoreWord brings back a word that was taken out of use.
func (x *Index) RestoreWord(ctx context.Context, id, by string) error {
	return x.setRemoved(ctx, id, false, "restore", by)
}

// setRemoved does nothing when the word is so already, as after a second press.
func (x *Index) setRemoved(ctx context.Context, id string, removed bool, act, by string) error {
	return x.db.Write(ctx, func(tx *store.Tx) error {
		w, err := synonymByID(tx, id)
		if err != nil || w.Removed == removed {
			return err
		}
		w.Removed = removed
		if w, err = updateSynonym(tx, w); err != nil {
			return err
		}
		return noteWord(tx, w, act, by)
	})
}
