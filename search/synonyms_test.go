package search

import (
	"reflect"
	"strings"
	"testing"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// understand reads a query with the embedded words.
func understand(text string) question { return words.understand(text) }

func mustSynonym(t testing.TB, typed, official string, r Relation) Word {
	t.Helper()
	s, err := newWord(typed, official, r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// enter adds a synonym as an editor would.
func (n node) enter(t *testing.T, typed, official string, r Relation) {
	t.Helper()
	s := mustSynonym(t, typed, official, r)
	must(t, n.db.Write(t.Context(), func(tx *store.Tx) error { return insertSynonym(tx, s, "test") }))
}

// remove takes a synonym out of use.
func remove(t *testing.T, db *store.DB, typed string) {
	t.Helper()
	must(t, db.Write(t.Context(), func(tx *store.Tx) error {
		var id string
		if err := tx.QueryRow(`UPDATE synonyms SET removed = TRUE WHERE typed = $1 RETURNING id`, typed).Scan(&id); err != nil {
			return err
		}
		return tx.Changed(KindSynonym, id, "test")
	}))
}

func storedSynonyms(t *testing.T, db *store.DB) (list []Word) {
	t.Helper()
	must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = allSynonyms(tx)
		return err
	}))
	return list
}

func TestSynonymsAreUsedWithinASecond(t *testing.T) {
	n := newNode(t)
	must(t, SeedWords(t.Context(), n.db, "operator"))
	x, _ := n.start(t)
	if got := refsOf(t, x, "rèm sân khấu"); got != "" {
		t.Fatalf("before: got %q, want nothing", got)
	}
	n.enter(t, "rèm sân khấu", "phông màn", Same)
	until(t, soon, "the new synonym finds the text", func() bool { return refsOf(t, x, "rem san khau") == "b" })
	remove(t, n.db, "rèm sân khấu")
	until(t, soon, "the removed synonym finds nothing", func() bool { return refsOf(t, x, "rèm sân khấu") == "" })
	n.enter(t, "quả thật là", "", Courtesy)
	until(t, soon, "the new courtesy decides nothing", func() bool { return refsOf(t, x, "quả thật là phông màn") == "b" })
	if got := refsOf(t, x, "thùng phiếu"); got != "a" {
		t.Errorf("got %q by a seeded synonym, want a", got)
	}
}

func TestSynonymsOfWhileStoppedAreUsed(t *testing.T) {
	n := newNode(t)
	_, stop := n.start(t)
	stop()
	n.enter(t, "rèm sân khấu", "phông màn", Same)
	x, _ := n.start(t)
	if got := refsOf(t, x, "rèm sân khấu"); got != "b" {
		t.Errorf("got %q, want b", got)
	}
}

func TestWithoutWordsInTheDatabaseTheEmbeddedOnesServe(t *testing.T) {
	x, _ := newNode(t).start(t)
	if got := refsOf(t, x, "thùng phiếu phụ"); got != "a" {
		t.Errorf("got %q, want a", got)
	}
}

func TestASecondSeedChangesNothing(t *testing.T) {
	db := storetest.Open(t)
	must(t, SeedWords(t.Context(), db, "operator"))
	first := storedSynonyms(t, db)
	changes, err := db.LastChange(t.Context())
	must(t, err)
	if len(first) != len(embedded) || changes != int64(len(embedded)) {
		t.Errorf("got %d synonyms with %d changes, want %d", len(first), changes, len(embedded))
	}
	must(t, SeedWords(t.Context(), db, "operator"))
	if again := storedSynonyms(t, db); !reflect.DeepEqual(again, first) {
		t.Errorf("the second seed left %d synonyms instead of %d", len(again), len(first))
	}
	if after, err := db.LastChange(t.Context()); err != nil || after != changes {
		t.Errorf("got %d changes, %v, want %d", after, err, changes)
	}
}

func TestASeededDictionaryIsTheEmbeddedOne(t *testing.T) {
	db := storetest.Open(t)
	must(t, SeedWords(t.Context(), db, "operator"))
	d, err := readDictionary(t.Context(), db)
	if err != nil || !reflect.DeepEqual(d, words) {
		t.Errorf("got another dictionary, %v", err)
	}
}

func TestALaterSeedAddsOnlyWhatWasNeverThere(t *testing.T) {
	db := storetest.Open(t)
	first := []Word{mustSynonym(t, "rèm sân khấu", "phông màn", Same), mustSynonym(t, "hòa nhạc", "ca hát", Same)}
	must(t, seedWords(t.Context(), db, first, "operator"))
	remove(t, db, "rèm sân khấu")
	later := append(first, mustSynonym(t, "RÈM sân khấu", "Phông màn", Related), mustSynonym(t, "hoà nhạc", "ca hát", Same), mustSynonym(t, "rèm", "", Courtesy))
	must(t, seedWords(t.Context(), db, later, "operator"))
	var got []string
	for _, s := range storedSynonyms(t, db) {
		if !s.Removed {
			got = append(got, s.Typed+" "+string(s.Relation)+" "+s.Official)
		}
	}
	if want := "hòa nhạc same ca hát, rèm courtesy "; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatIsNoSynonymIsRefused(t *testing.T) {
	long := strings.Repeat("rèm ", maxSynonym)
	for _, s := range []Word{
		{Typed: "", Official: "phông màn", Relation: Same}, {Typed: "?!", Official: "phông màn", Relation: Same}, {Typed: "rèm", Relation: Same},
		{Typed: "rèm", Official: "…", Relation: Related}, {Typed: "rèm", Official: "phông", Relation: Courtesy}, {Typed: "rèm\x00", Official: "phông", Relation: Same},
		{Typed: long, Official: "phông", Relation: Same}, {Typed: "rèm", Official: long, Relation: Same}, {Typed: "\xff", Relation: Courtesy},
	} {
		if _, err := newWord(s.Typed, s.Official, s.Relation); err == nil {
			t.Errorf("%.30q, %.30q, %s passed, want an error", s.Typed, s.Official, s.Relation)
		}
	}
}

func TestABrokenRowIsNoWord(t *testing.T) {
	d := newDictionary([]Word{{Typed: "?!", Official: "rèm", Relation: Same}, {Typed: "rèm", Relation: Related}, {Typed: "", Relation: Courtesy}, {Typed: "màn", Official: "rèm", Relation: "other"}})
	if len(d.same)+len(d.near)+len(d.silent)+len(d.syllables) > 0 {
		t.Errorf("got %+v, want nothing", d)
	}
}

func TestTwoSynonymsDoNotShareTheirSides(t *testing.T) {
	db := storetest.Open(t)
	must(t, SeedWords(t.Context(), db, "operator"))
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO synonyms (id, typed, official, relation, typed_key, official_key, removed, updated_ms)
			SELECT 'x', typed, official, relation, typed_key, official_key, removed, updated_ms FROM synonyms WHERE typed = 'KVBP'`)
		return err
	})
	if !store.IsUnique(err) {
		t.Errorf("got %v, want it refused as a double", err)
	}
}
