package search

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
	"sotay/quizzes"

	"github.com/blevesearch/bleve/v2"
)

// node is one machine of a site: its database, its texts, its index folder.
type node struct {
	db  *store.DB
	lib *content.Library
	dir string
}

// newNode has a database with two published answers and no index.
func newNode(t *testing.T) node {
	t.Helper()
	db := storetest.Open(t)
	n := node{db: db, lib: content.New(db), dir: filepath.Join(t.TempDir(), "index")}
	n.publish(t, "a", "Thùng phiếu bị mưa ướt thì sao?", "Thay hòm phiếu phụ và lập biên bản.")
	n.publish(t, "b", "Phông màn màu gì?", "Màu đỏ.")
	return n
}

func (n node) publish(t *testing.T, ref, question, body string) {
	t.Helper()
	line, err := json.Marshal(map[string]string{"id": ref, "title": question, "body": body})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.lib.ImportAnswers(t.Context(), "test.jsonl", strings.NewReader(string(line)), true, "test"); err != nil {
		t.Fatal(err)
	}
}

func (n node) open() *Index {
	return Open(n.dir, n.db, n.lib, quizzes.New(n.db), slog.New(slog.DiscardHandler))
}

// start runs an index until stop is called.
func (n node) start(t *testing.T) (x *Index, stop func()) {
	t.Helper()
	x = n.open()
	x.Deadline = time.Minute // tests share a machine that may be loaded
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- x.Run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := errors.Join(<-ended, x.Close()); err != nil {
			t.Errorf("stop index: %v", err)
		}
	}
	t.Cleanup(stop)
	until(t, time.Minute, "the index is ready", x.Ready)
	return x, stop
}

// soon is a second on a machine of its own; one that is loaded, and under the race
// detector, is given more.
const soon = 10 * time.Second

func until(t *testing.T, patience time.Duration, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after %s it was not so that %s", patience, what)
		}
	}
}

// refsOf are the references of the hits.
func refsOf(t *testing.T, x *Index, text string) string {
	t.Helper()
	result, err := x.Search(t.Context(), Query{Text: text})
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	var refs []string
	for _, h := range result.Hits {
		refs = append(refs, h.Ref)
	}
	return strings.Join(refs, " ")
}

// folder is the one index folder of a node.
func (n node) folder(t *testing.T) string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(n.dir, "index-*"))
	if err != nil || len(list) != 1 {
		t.Fatalf("got the folders %q, %v, want one", list, err)
	}
	return list[0]
}

func TestPublishedTextIsFoundWithinASecond(t *testing.T) {
	n := newNode(t)
	x, _ := n.start(t)
	if got := refsOf(t, x, "hòm phiếu phụ"); got != "a" {
		t.Fatalf("before: got %q, want a", got)
	}
	n.publish(t, "c", "Pháo hoa có được bắn không?", "Không.")
	until(t, soon, "the new answer is found", func() bool { return refsOf(t, x, "phao hoa") == "c" })
	n.publish(t, "c", "Đèn lồng có được treo không?", "Có.")
	until(t, soon, "the revised answer is found", func() bool { return refsOf(t, x, "den long") == "c" })
	if got := refsOf(t, x, "phao hoa"); got != "" {
		t.Errorf("got %q by the old text, want nothing", got)
	}
}

func TestWhatIsTakenDownIsFoundNoMoreUntilItIsPutBack(t *testing.T) {
	n := newNode(t)
	x, _ := n.start(t)
	a, err := n.lib.Answer(t.Context(), "HĐ-0001")
	must(t, err)
	must(t, n.lib.TakeDown(t.Context(), content.KindAnswer, a.ID, "Luật đổi.", "test"))
	until(t, soon, "the answer is gone", func() bool { return refsOf(t, x, "hòm phiếu phụ") == "" })
	must(t, n.lib.PutBack(t.Context(), content.KindAnswer, a.ID, "test"))
	until(t, soon, "the answer is back", func() bool { return refsOf(t, x, "hòm phiếu phụ") == "a" })
}

// Hits tell that what a text rests on is out of force, though the text stays as it was.
func TestTextsFollowTheLawTheyRestOn(t *testing.T) {
	db := storetest.Open(t)
	n := node{db: db, lib: content.New(db), dir: filepath.Join(t.TempDir(), "index")}
	must(t, n.lib.Seed(t.Context(), "test"))
	x, _ := n.start(t)
	ended := func(kind, ref string) string {
		t.Helper()
		result, err := x.Search(t.Context(), Query{Text: "trang trí phòng bỏ phiếu", Filter: Filter{Kinds: []string{kind}}})
		must(t, err)
		at := slices.IndexFunc(result.Hits, func(h Hit) bool { return h.Ref == ref })
		if at < 0 {
			return "none"
		}
		return result.Hits[at].Ended
	}
	if guide, plan := ended(KindGuide, "trang-tri-phong-bo-phieu"), ended(KindPlan, "hoi-truong"); guide+plan != "" {
		t.Fatalf("out of force at first: %q, %q", guide, plan)
	}
	source, err := os.ReadFile("../content/law/tt-21-2025.md")
	must(t, err)
	edited := strings.Replace(string(source), "\nnormative:", "\nended: 2026-02-01\nnormative:", 1)
	folder, err := content.ReadFolder(fstest.MapFS{"law/tt-21-2025.md": {Data: []byte(edited)}})
	must(t, err)
	_, err = n.lib.ImportFolder(t.Context(), folder, true, "test")
	must(t, err)
	until(t, soon, "hits tell of the end", func() bool {
		return ended(KindGuide, "trang-tri-phong-bo-phieu") == "2026-02-01" && ended(KindPlan, "hoi-truong") == "2026-02-01"
	})
}

func TestAPlanIsFoundWhileItIsPublishedAndByItsNewestText(t *testing.T) {
	db := storetest.Open(t)
	n := node{db: db, lib: content.New(db), dir: filepath.Join(t.TempDir(), "index")}
	must(t, n.lib.Seed(t.Context(), "test"))
	x, _ := n.start(t)
	found := func(query, key string) bool {
		t.Helper()
		result, err := x.Search(t.Context(), Query{Text: query, Filter: Filter{Kinds: []string{KindPlan}}})
		must(t, err)
		return slices.ContainsFunc(result.Hits, func(h Hit) bool { return h.Ref == key })
	}
	const query, key = "cửa ra hành lang", "lop-hoc"
	if !found(query, key) {
		t.Fatalf("%s is not found at first", key)
	}
	plan, err := n.lib.Plan(t.Context(), key)
	must(t, err)
	must(t, n.lib.TakeDown(t.Context(), content.KindPlan, plan.ID, "Hình sai.", "test"))
	until(t, time.Second, "the plan is gone", func() bool { return !found(query, key) })
	must(t, n.lib.PutBack(t.Context(), content.KindPlan, plan.ID, "test"))
	until(t, time.Second, "the plan is back", func() bool { return found(query, key) })
	source, err := os.ReadFile("../content/plans/lop-hoc.yaml")
	must(t, err)
	edited := strings.Replace(string(source), "Trường học có lớp hai cửa ra hành lang.", "Nhà kho thóc bỏ trống.", 1)
	folder, err := content.ReadFolder(fstest.MapFS{"plans/lop-hoc.yaml": {Data: []byte(edited)}})
	must(t, err)
	_, err = n.lib.ImportFolder(t.Context(), folder, true, "test")
	must(t, err)
	until(t, time.Second, "the new words are found", func() bool { return found("nha kho thoc", key) })
}

func TestWhatWasPublishedWhileStoppedIsFound(t *testing.T) {
	n := newNode(t)
	_, stop := n.start(t)
	stop()
	before := n.folder(t)
	n.publish(t, "c", "Pháo hoa có được bắn không?", "Không.")
	x, _ := n.start(t)
	until(t, soon, "the new answer is found", func() bool { return refsOf(t, x, "phao hoa") == "c" })
	if after := n.folder(t); after != before {
		t.Errorf("the index was built anew in %s", after)
	}
}

func TestSearchSaysWhenItIsNotReady(t *testing.T) {
	x := newNode(t).open()
	if _, err := x.Search(t.Context(), Query{Text: "hòm phiếu"}); !fault.Is(err, fault.KindUnavailable) || x.Ready() {
		t.Errorf("got %v, ready %t, want Unavailable", err, x.Ready())
	}
	for _, empty := range []string{"", " ", "?!", "\x00\xff"} {
		if result, err := x.Search(t.Context(), Query{Text: empty}); err != nil || result.Total != 0 {
			t.Errorf("%q: got %+v, %v, want no hits", empty, result, err)
		}
	}
}

func TestHostileQueriesAreAnswered(t *testing.T) {
	x, _ := newNode(t).start(t)
	for _, text := range []string{"*", "/.*/", "hòm \x00 phiếu", "\xff\xfe", strings.Repeat("phiếu ", 2000), strings.Repeat("a", 10000), "<script>", "điều 5: \"cấp lại", "a' OR 1=1 --", "là gì", "p"} {
		started := time.Now()
		result, err := x.Search(t.Context(), Query{Text: text, Limit: 1 << 30, Offset: -5})
		if err != nil || time.Since(started) > soon {
			t.Errorf("%.20q: got %v after %s", text, err, time.Since(started))
		}
		if len([]rune(result.Query)) > MaxQueryRunes {
			t.Errorf("%.20q: got a query of %d runes back", text, len([]rune(result.Query)))
		}
	}
}

func TestACrowdIsToldToWait(t *testing.T) {
	x, _ := newNode(t).start(t)
	x.Deadline = searchDeadline
	for range cap(x.slots) {
		x.slots <- struct{}{}
	}
	if _, err := x.Search(t.Context(), Query{Text: "hòm phiếu"}); !fault.Is(err, fault.KindUnavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
	<-x.slots
	if got := refsOf(t, x, "hòm phiếu"); got != "a" {
		t.Errorf("with a free slot: got %q, want a", got)
	}
}

func TestAnUnusableIndexIsBuiltAnew(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(t *testing.T, folder string)
	}{
		{"deleted", func(t *testing.T, folder string) { must(t, os.RemoveAll(folder)) }},
		{"emptied", func(t *testing.T, folder string) { must(t, os.RemoveAll(folder)); must(t, os.Mkdir(folder, 0o755)) }},
		{"without its segments", func(t *testing.T, folder string) { eachFile(t, folder, ".zap", os.Remove) }},
		{"flipped bytes in the segments", func(t *testing.T, folder string) { eachFile(t, folder, ".zap", flip) }},
		{"flipped bytes in the root", func(t *testing.T, folder string) { eachFile(t, folder, ".bolt", flip) }},
		{"flipped bytes in the root after a crash", func(t *testing.T, folder string) {
			must(t, os.Remove(filepath.Join(folder, sealFile)))
			eachFile(t, folder, ".bolt", flip)
		}},
		{"flipped bytes in the description", func(t *testing.T, folder string) { eachFile(t, folder, ".json", flip) }},
		{"cut short", func(t *testing.T, folder string) {
			eachFile(t, folder, "", func(file string) error { return os.Truncate(file, 100) })
		}},
		{"of an older version", func(t *testing.T, folder string) { setState(t, folder, volumeState{Documents: 2}) }},
		{"of another database", func(t *testing.T, folder string) {
			setState(t, folder, volumeState{Version: mappingVersion, Documents: 2, Seq: 2, Mark: "answer xyz 5"})
		}},
		{"ahead of its database", func(t *testing.T, folder string) {
			setState(t, folder, volumeState{Version: mappingVersion, Documents: 2, Seq: 200, Mark: "none"})
		}},
		{"with lost documents", func(t *testing.T, folder string) {
			setState(t, folder, volumeState{Version: mappingVersion, Documents: 3, Seq: 2})
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := newNode(t)
			_, stop := n.start(t)
			stop()
			tt.spoil(t, n.folder(t))
			x, _ := n.start(t)
			until(t, soon, "all is found", func() bool { return refsOf(t, x, "hòm phiếu phụ") == "a" && refsOf(t, x, "phông màn") == "b" })
			until(t, soon, "nothing else is left", func() bool {
				list, err := filepath.Glob(filepath.Join(n.dir, "index-*"))
				return err == nil && len(list) == 1
			})
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func eachFile(t *testing.T, folder, ending string, do func(string) error) {
	t.Helper()
	n := 0
	must(t, filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ending) {
			return err
		}
		n++
		return do(path)
	}))
	if n == 0 {
		t.Fatalf("no file %s in %s", ending, folder)
	}
}

// flip turns a byte in every hundred over.
func flip(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for i := 7; i < len(data); i += 100 {
		data[i] ^= 0xff
	}
	return os.WriteFile(file, data, 0o600)
}

func setState(t *testing.T, folder string, state volumeState) {
	t.Helper()
	index, err := bleve.Open(folder)
	must(t, err)
	raw, err := json.Marshal(state)
	must(t, err)
	must(t, errors.Join(index.SetInternal(stateKey, raw), index.Close(), seal(folder)))
}

func TestASingleFlippedByteInASegmentIsNoticed(t *testing.T) {
	n := newNode(t)
	_, stop := n.start(t)
	stop()
	eachFile(t, n.folder(t), ".zap", func(file string) error {
		whole, err := os.ReadFile(file)
		must(t, err)
		for i := 0; i < len(whole); i += 97 {
			spoilt := []byte(string(whole))
			spoilt[i] ^= 1
			must(t, os.WriteFile(file, spoilt, 0o600))
			if err := checkSegments(n.folder(t)); !errors.Is(err, errForeign) {
				t.Fatalf("byte %d of %d: got %v, want it noticed", i, len(whole), err)
			}
		}
		return os.WriteFile(file, whole, 0o600)
	})
	must(t, checkSegments(n.folder(t)))
}

func TestAnIndexDeletedWhileRunningIsBuiltAnew(t *testing.T) {
	n := newNode(t)
	x, _ := n.start(t)
	must(t, os.RemoveAll(n.folder(t)))
	n.publish(t, "c", "Pháo hoa có được bắn không?", "Không.")
	until(t, soon, "all is found again", func() bool {
		result, err := x.Search(t.Context(), Query{Text: "phao hoa"})
		return err == nil && len(result.Hits) == 1
	})
	if got := refsOf(t, x, "hòm phiếu phụ"); got != "a" {
		t.Errorf("got %q, want a", got)
	}
}

func TestUnfinishedBuildsAreCleared(t *testing.T) {
	n := newNode(t)
	must(t, os.MkdirAll(filepath.Join(n.dir, "index-7.building", "store"), 0o755))
	x, _ := n.start(t)
	if got := refsOf(t, x, "hòm phiếu"); got != "a" {
		t.Errorf("got %q, want a", got)
	}
	until(t, soon, "what was left unfinished is gone", func() bool { // cleared just after the new index answers
		list, err := filepath.Glob(filepath.Join(n.dir, "index-*"))
		return err == nil && len(list) == 1
	})
}

func TestUnknownKindsOfChangesAreIgnored(t *testing.T) {
	n := newNode(t)
	x, _ := n.start(t)
	before := n.folder(t)
	n.change(t, "banana", "1")
	n.change(t, KindAnswer, "no such answer")
	n.publish(t, "c", "Pháo hoa có được bắn không?", "Không.")
	until(t, soon, "the follower went on", func() bool { return refsOf(t, x, "phao hoa") == "c" })
	if after := n.folder(t); after != before {
		t.Errorf("the index was built anew in %s", after)
	}
}

func (n node) change(t *testing.T, kind, id string) {
	t.Helper()
	must(t, n.db.Write(t.Context(), func(tx *store.Tx) error { return tx.Changed(kind, id, "test") }))
}

func TestTheChangeLogMayAskForANewIndex(t *testing.T) {
	n := newNode(t)
	x, _ := n.start(t)
	before := n.folder(t)
	n.change(t, KindIndex, "all")
	until(t, soon, "the index lies in a new folder", func() bool {
		list, err := filepath.Glob(filepath.Join(n.dir, "index-*"))
		return err == nil && len(list) == 1 && list[0] != before
	})
	if got := refsOf(t, x, "hòm phiếu"); got != "a" {
		t.Errorf("got %q, want a", got)
	}
}

func TestSearchAnswersWhileTheIndexIsBuiltAnew(t *testing.T) {
	n := newNode(t)
	x, _ := n.start(t)
	built := make(chan error, 1)
	go func() {
		for range 3 {
			if err := x.Rebuild(context.Background()); err != nil {
				built <- err
				return
			}
		}
		built <- nil
	}()
	for {
		select {
		case err := <-built:
			if err != nil {
				t.Error(err)
			}
			return
		default:
			if got := refsOf(t, x, "hòm phiếu"); got != "a" {
				t.Fatalf("got %q, want a", got)
			}
		}
	}
}

func TestTwoIndexesCannotShareAFolder(t *testing.T) {
	n := newNode(t)
	_, stop := n.start(t)
	other := n.open()
	if err := other.Rebuild(t.Context()); !errors.Is(err, store.ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
	stop()
	must(t, errors.Join(other.Rebuild(t.Context()), other.Close()))
}

func TestAPanicInTheIndexIsNoCrash(t *testing.T) {
	n := newNode(t)
	x := n.open()
	x.current = &volume{path: n.dir}
	if _, err := x.Search(t.Context(), Query{Text: "hòm phiếu"}); !fault.Is(err, fault.KindUnavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
	x.current = nil
	if err := guarded(func() error { panic("damaged") }); !errors.Is(err, errForeign) {
		t.Errorf("got %v, want it known as damage", err)
	}
}
