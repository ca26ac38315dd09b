package search

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// find is a word in use by its sides.
func find(t *testing.T, x *Index, typed, official string) Word {
	t.Helper()
	page, err := x.Words(t.Context(), WordFilter{Query: typed})
	must(t, err)
	for _, w := range page.Words {
		if w.Typed == typed && w.Official == official {
			return w
		}
	}
	t.Fatalf("no %q = %q among %+v", typed, official, page.Words)
	return Word{}
}

func isInvalid(t *testing.T, err error, fields ...string) {
	t.Helper()
	f, ok := fault.Of(err)
	var got []string
	if ok {
		for _, field := range f.Fields {
			got = append(got, field.Name)
		}
	}
	if !ok || f.Kind != fault.KindInvalid || !slices.Equal(got, fields) {
		t.Errorf("got %v, fields %q, want Invalid with %q", err, got, fields)
	}
}

// acts are the lines of the audit log about words.
func acts(t *testing.T, db *store.DB) string {
	t.Helper()
	var list []string
	must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.Collect(tx, func(scan func(...any) error) (string, error) {
			var by, act, note string
			err := scan(&by, &act, &note)
			return by + " " + act + " " + note, err
		}, `SELECT by_whom, act, note FROM audit WHERE kind = $1 ORDER BY id`, KindSynonym)
		return err
	}))
	return strings.Join(list, "; ")
}

func TestAWordGoesThroughItsLife(t *testing.T) {
	n := newNode(t)
	must(t, SeedWords(t.Context(), n.db, "operator"))
	x, _ := n.start(t)
	w, err := x.AddWord(t.Context(), " rèm   sân khấu", "phông màn", Same, "an")
	must(t, err)
	if w.Typed != "rèm sân khấu" || w.ID == "" || w.Removed {
		t.Errorf("got %+v", w)
	}
	until(t, soon, "the word finds the text", func() bool { return refsOf(t, x, "rem san khau") == "b" })
	must(t, x.RemoveWord(t.Context(), w.ID, "an"))
	must(t, x.RemoveWord(t.Context(), w.ID, "an")) // a second press
	until(t, soon, "without the word nothing is found", func() bool { return refsOf(t, x, "rem san khau") == "" })
	must(t, x.RestoreWord(t.Context(), w.ID, "binh"))
	until(t, soon, "the word is back", func() bool { return refsOf(t, x, "rem san khau") == "b" })
	must(t, x.RemoveWord(t.Context(), w.ID, "an"))
	again, err := x.AddWord(t.Context(), "Rèm sân khấu", "phông màn", Related, "an")
	if err != nil || again.ID != w.ID || again.Relation != Related || !again.Updated.After(w.Updated) {
		t.Errorf("got %+v, %v, want the same row in use again", again, err)
	}
	want := "an add rèm sân khấu = phông màn; an remove rèm sân khấu = phông màn; binh restore rèm sân khấu = phông màn; an remove rèm sân khấu = phông màn; an add Rèm sân khấu = phông màn"
	if got := acts(t, n.db); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestAChangedSideLeavesTheOldWordOutOfUse(t *testing.T) {
	n := newNode(t)
	must(t, SeedWords(t.Context(), n.db, "operator"))
	x := n.open()
	w := find(t, x, "thùng phiếu", "hòm phiếu")
	change := w
	change.Typed, change.Relation = "Thùng phiếu", Related
	spelled, err := x.ChangeWord(t.Context(), change, "an")
	if err != nil || spelled.ID != w.ID || spelled.Relation != Related {
		t.Fatalf("got %+v, %v, want the same row", spelled, err)
	}
	spelled.Official = "hộp phiếu"
	other, err := x.ChangeWord(t.Context(), spelled, "an")
	if err != nil || other.ID == w.ID || other.Official != "hộp phiếu" || other.Removed {
		t.Fatalf("got %+v, %v, want another row", other, err)
	}
	must(t, SeedWords(t.Context(), n.db, "operator"))
	if old, err := x.Word(t.Context(), w.ID); err != nil || !old.Removed {
		t.Errorf("got %+v, %v, want the old one out of use", old, err)
	}
	if _, err := x.ChangeWord(t.Context(), change, "an"); !fault.Is(err, fault.KindConflict) {
		t.Errorf("got %v, want Conflict for what was changed meanwhile", err)
	}
	taken := other
	taken.Typed, taken.Official = "KVBP", "khu vực bỏ phiếu"
	_, err = x.ChangeWord(t.Context(), taken, "an")
	isInvalid(t, err, "typed")
	if still, err := x.Word(t.Context(), other.ID); err != nil || still.Removed {
		t.Errorf("a refused change left %+v, %v", still, err)
	}
}

func TestWrongWordsAreRefusedFieldByField(t *testing.T) {
	x := newNode(t).open()
	must(t, SeedWords(t.Context(), x.db, "operator"))
	tests := []struct {
		name, typed, official string
		relation              Relation
		fields                []string
	}{
		{"nothing", "", "", Same, []string{"typed", "official"}},
		{"a courtesy with another word", "rèm", "phông", Courtesy, []string{"official"}},
		{"the same twice", "hoà nhạc", "Hòa nhạc!", Same, []string{"official"}},
		{"no such relation", "rèm", "phông", "opposite", []string{"relation"}},
		{"too long", strings.Repeat("rèm ", maxSynonym), "phông\x00", Same, []string{"typed", "official"}},
		{"in use", "kvbp", "Khu vực bỏ phiếu", Same, []string{"typed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := x.AddWord(t.Context(), tt.typed, tt.official, tt.relation, "an")
			isInvalid(t, err, tt.fields...)
		})
	}
	for name, err := range map[string]error{
		"remove": x.RemoveWord(t.Context(), "x", "an"), "restore": x.RestoreWord(t.Context(), "x", "an"),
		"change": func() error {
			_, err := x.ChangeWord(t.Context(), Word{ID: "x", Typed: "a", Official: "b", Relation: Same}, "an")
			return err
		}(),
	} {
		if !fault.Is(err, fault.KindNotFound) {
			t.Errorf("%s: got %v, want NotFound", name, err)
		}
	}
}

func TestTheFirstAddedWordDoesNotHideTheEmbeddedOnes(t *testing.T) {
	n := newNode(t)
	x, _ := n.start(t)
	_, err := x.AddWord(t.Context(), "rèm sân khấu", "phông màn", Same, "an")
	must(t, err)
	until(t, soon, "the word finds the text", func() bool { return refsOf(t, x, "rem san khau") == "b" })
	if got := refsOf(t, x, "thùng phiếu phụ"); got != "a" {
		t.Errorf("got %q, want a by an embedded word", got)
	}
}

func TestOneWordIsAddedOnce(t *testing.T) {
	n := newNode(t)
	must(t, SeedWords(t.Context(), n.db, "operator"))
	x := n.open()
	var all sync.WaitGroup
	added := make(chan string, 8)
	for range 8 {
		all.Go(func() {
			w, err := x.AddWord(t.Context(), "rèm sân khấu", "phông màn", Same, "an")
			switch {
			case err == nil:
				added <- w.ID
			case !fault.Is(err, fault.KindInvalid):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(added) != 1 {
		t.Errorf("added %d times, want once", len(added))
	}
}

func TestWordsAreListedInParts(t *testing.T) {
	x := newNode(t).open()
	must(t, SeedWords(t.Context(), x.db, "operator"))
	seen, f := map[string]bool{}, WordFilter{Limit: 40}
	for {
		page, err := x.Words(t.Context(), f)
		must(t, err)
		for _, w := range page.Words {
			seen[w.ID] = true
		}
		if page.Total != len(embedded) || len(page.Words) == 0 {
			t.Fatalf("got %d words of %d, want %d in all", len(page.Words), page.Total, len(embedded))
		}
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	if len(seen) != len(embedded) {
		t.Errorf("saw %d words, want %d", len(seen), len(embedded))
	}
	w := find(t, x, "UBND", "Ủy ban nhân dân")
	must(t, x.RemoveWord(t.Context(), w.ID, "an"))
	for name, tt := range map[string]struct {
		f    WordFilter
		want bool
	}{
		"in use": {WordFilter{Query: "uy ban nhan dan"}, false}, "removed": {WordFilter{Removed: true}, true},
		"removed, another relation": {WordFilter{Removed: true, Relation: Courtesy}, false}, "removed, found without tones": {WordFilter{Removed: true, Query: "ỦY BAN nhan"}, true},
	} {
		page, err := x.Words(t.Context(), tt.f)
		must(t, err)
		if got := slices.ContainsFunc(page.Words, func(o Word) bool { return o.ID == w.ID }); got != tt.want {
			t.Errorf("%s: got %t, want %t", name, got, tt.want)
		}
	}
}
