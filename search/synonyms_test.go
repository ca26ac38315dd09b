package search

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// understand reads a query with the embedded words.
func understand(text string) question { return words.understand(text) }

func mustSynonym(t testing.TB, typed, official string, r relation) synonym {
	t.Helper()
	s, err := newSynonym(typed, official, r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// enter adds a synonym as an editor would.
func (n node) enter(t *testing.T, typed, official string, r relation) {
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

func storedSynonyms(t *testing.T, db *store.DB) (list []synonym) {
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
	n.enter(t, "rèm sân khấu", "phông màn", same)
	until(t, time.Second, "the new synonym finds the text", func() bool { return refsOf(t, x, "rem san khau") == "b" })
	remove(t, n.db, "rèm sân khấu")
	until(t, time.Second, "the removed synonym finds nothing", func() bool { return refsOf(t, x, "rèm sân khấu") == "" })
	n.enter(t, "quả thật là", "", courtesy)
	until(t, time.Second, "the new courtesy decides nothing", func() bool { return refsOf(t, x, "quả thật là phông màn") == "b" })
	if got := refsOf(t, x, "thùng phiếu"); got != "a" {
		t.Errorf("got %q by a seeded synonym, want a", got)
	}
}

func TestSynonymsOfWhileStoppedAreUsed(t *testing.T) {
	n := newNode(t)
	_, stop := n.start(t)
	stop()
	n.enter(t, "rèm sân khấu", "phông màn", same)
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
	first := []synonym{mustSynonym(t, "rèm sân khấu", "phông màn", same), mustSynonym(t, "hòa nhạc", "ca hát", same)}
	must(t, seedWords(t.Context(), db, first, "operator"))
	remove(t, db, "rèm sân khấu")
	later := append(first, mustSynonym(t, "RÈM sân khấu", "Phông màn", related), mustSynonym(t, "hoà nhạc", "ca hát", same), mustSynonym(t, "rèm", "", courtesy))
	must(t, seedWords(t.Context(), db, later, "operator"))
	var got []string
	for _, s := range storedSynonyms(t, db) {
		if !s.removed {
			got = append(got, s.typed+" "+string(s.relation)+" "+s.official)
		}
	}
	if want := "hòa nhạc same ca hát, rèm courtesy "; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatIsNoSynonymIsRefused(t *testing.T) {
	long := strings.Repeat("rèm ", maxSynonym)
	for _, s := range []synonym{
		{typed: "", official: "phông màn", relation: same}, {typed: "?!", official: "phông màn", relation: same}, {typed: "rèm", relation: same},
		{typed: "rèm", official: "…", relation: related}, {typed: "rèm", official: "phông", relation: courtesy}, {typed: "rèm\x00", official: "phông", relation: same},
		{typed: long, official: "phông", relation: same}, {typed: "rèm", official: long, relation: same}, {typed: "\xff", relation: courtesy},
	} {
		if _, err := newSynonym(s.typed, s.official, s.relation); err == nil {
			t.Errorf("%.30q, %.30q, %s passed, want an error", s.typed, s.official, s.relation)
		}
	}
}

func TestABrokenRowIsNoWord(t *testing.T) {
	d := newDictionary([]synonym{{typed: "?!", official: "rèm", relation: same}, {typed: "rèm", relation: related}, {typed: "", relation: courtesy}, {typed: "màn", official: "rèm", relation: "other"}})
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
