package search_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sotay/content"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
	"sotay/quizzes"
	"sotay/search"
)

var update = flag.Bool("update", false, "write the golden files anew")

// judgement is a query with the texts that answer it.
type judgement struct {
	kind, query string
	relevant    []string
}

func readJudgements(t testing.TB, file string) (list []judgement) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	kind := ""
	for _, line := range strings.Split(string(text), "\n") {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			kind = name
		} else if query, relevant, ok := strings.Cut(line, "\t"); ok {
			list = append(list, judgement{kind, query, strings.Fields(relevant)})
		}
	}
	return list
}

// judgedIndex is an index of the embedded texts and the test answers.
func judgedIndex(t testing.TB) *search.Index {
	t.Helper()
	return indexOf(t, "testdata/answers-1.jsonl", "testdata/answers-2.jsonl")
}

// seeded is an index of the embedded texts.
func seeded(t testing.TB) *search.Index {
	t.Helper()
	return indexOf(t)
}

// indexOfText is an index of the embedded texts and of answers as JSON lines.
func indexOfText(t testing.TB, lines string) *search.Index {
	t.Helper()
	name := filepath.Join(t.TempDir(), "answers.jsonl")
	if err := os.WriteFile(name, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	return indexOf(t, name)
}

func indexOf(t testing.TB, files ...string) *search.Index {
	t.Helper()
	db := storetest.Filled(t, "search", func(db *store.DB) error {
		ctx := context.Background()
		return errors.Join(content.New(db).Seed(ctx, "operator"), quizzes.New(db).Seed(ctx, "operator"), search.SeedWords(ctx, db, "operator"))
	})
	lib, bank := content.New(db), quizzes.New(db)
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if _, err := lib.ImportAnswers(t.Context(), name, file, true, "operator"); err != nil {
			t.Fatal(err)
		}
	}
	index := search.Open(t.TempDir(), db, lib, bank, slog.New(slog.DiscardHandler))
	index.Deadline = time.Minute // what is found is told here, not how fast
	if err := index.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := index.Close(); err != nil {
			t.Errorf("close index: %v", err)
		}
	})
	return index
}

// score adds up how well queries of one kind are answered.
type score struct {
	queries, first, three, ten int
	reciprocal                 float64
}

func (s *score) add(place int) {
	s.queries++
	if place == 0 {
		return
	}
	s.ten++
	s.reciprocal += 1 / float64(place)
	if place <= 3 {
		s.three++
	}
	if place == 1 {
		s.first++
	}
}

func (s *score) String() string {
	n := float64(s.queries)
	return fmt.Sprintf("queries %d  hit@1 %.2f  hit@3 %.2f  recall@10 %.2f  MRR@10 %.3f",
		s.queries, float64(s.first)/n, float64(s.three)/n, float64(s.ten)/n, s.reciprocal/n)
}

// placeOf is where the first relevant hit stands, 0 for nowhere.
func placeOf(hits []search.Hit, relevant []string) int {
	return 1 + slices.IndexFunc(hits, func(h search.Hit) bool {
		return h.Code != "" && slices.Contains(relevant, h.Code) || slices.Contains(relevant, nameOf(h))
	})
}

// nameOf is how a judgement names a hit; a situation, a term and a plan may have
// the slug of a guide or a quiz.
func nameOf(h search.Hit) string {
	if h.Kind == search.KindSituation || h.Kind == search.KindTerm || h.Kind == search.KindPlan {
		return h.Kind + ":" + h.Ref
	}
	return strings.ReplaceAll(h.Ref, " ", "_")
}

// judgedHits is how far down a hit counts.
const judgedHits = 10

// shown are the hits that count, in the order in which a reader sees them: a
// term whose meaning is told stands above them. A direct answer is the first hit.
func shown(result search.Result) []search.Hit {
	hits := slices.Clone(result.Hits)
	if term, ok := termOf(result.Direct); ok {
		hits = slices.DeleteFunc(hits, func(h search.Hit) bool { return h.URL == term.URL })
		hits = slices.Insert(hits, 0, term)
	}
	return hits[:min(len(hits), judgedHits)]
}

// termOf is the term whose meaning is told at once.
func termOf(d *search.Direct) (h search.Hit, ok bool) {
	if d == nil {
		return search.Hit{}, false
	}
	slug, ok := strings.CutPrefix(d.URL, "/thuat-ngu#tn-")
	return search.Hit{Kind: search.KindTerm, Code: d.Code, Ref: slug, Title: d.Title, URL: d.URL}, ok
}

// measure asks every query of a file and reports each kind, all, and what was
// not first.
func measure(t *testing.T, index *search.Index, file string) (report string, all *score, byKind map[string]*score) {
	t.Helper()
	all, byKind = &score{}, map[string]*score{}
	var kinds []string
	var misses strings.Builder
	for _, j := range readJudgements(t, file) {
		result, err := index.Search(t.Context(), search.Query{Text: j.query, Limit: judgedHits})
		if err != nil {
			t.Fatalf("search %q: %v", j.query, err)
		}
		hits := shown(result)
		place := placeOf(hits, j.relevant)
		if byKind[j.kind] == nil {
			kinds, byKind[j.kind] = append(kinds, j.kind), &score{}
		}
		byKind[j.kind].add(place)
		all.add(place)
		if place != 1 {
			fmt.Fprintf(&misses, "%s: place %d, first is %s\n", j.query, place, first(hits))
		}
	}
	var lines strings.Builder
	for _, kind := range kinds {
		fmt.Fprintf(&lines, "%s: %s\n", kind, byKind[kind])
	}
	fmt.Fprintf(&lines, "all: %s\n\nNot first:\n%s", all, misses.String())
	return lines.String(), all, byKind
}

func TestJudgedQueriesAreAnsweredAsMeasured(t *testing.T) {
	index := judgedIndex(t)
	for _, set := range []string{"judged", "unseen"} {
		report, all, _ := measure(t, index, "testdata/"+set+".txt")
		compareGolden(t, "testdata/"+set+".golden", report)
		if recall := float64(all.ten) / float64(all.queries); recall < 0.97 {
			t.Errorf("%s: recall@10 is %.2f, want at least 0.97", set, recall)
		}
	}
}

func first(hits []search.Hit) string {
	if len(hits) == 0 {
		return "nothing"
	}
	if hits[0].Code != "" {
		return hits[0].Code
	}
	return nameOf(hits[0])
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("ranking changed; look at the difference and run with -update\ngot:\n%s\nwant:\n%s", got, want)
	}
}

func TestTheConferencesQueryFindsItsAnswerFirst(t *testing.T) {
	result, err := seeded(t).Search(t.Context(), search.Query{Text: "bo phieu noi khac"})
	if err != nil || len(result.Hits) == 0 || result.Hits[0].Code != "HĐ-0001" {
		t.Errorf("got %+v, %v, want HĐ-0001 first", result.Hits, err)
	}
}

func BenchmarkSearch(b *testing.B) {
	index, queries := judgedIndex(b), readJudgements(b, "testdata/judged.txt")
	b.ResetTimer()
	for i := range b.N {
		if _, err := index.Search(b.Context(), search.Query{Text: queries[i%len(queries)].query}); err != nil {
			b.Fatal(err)
		}
	}
}

// hostile are queries that cost much in engines with a query language.
func hostile() map[string]string {
	return map[string]string{
		"10 KB of one letter": strings.Repeat("a", 10_000), "one letter repeated": strings.Repeat("a ", 5_000), "5000 words": strings.Repeat("cử tri bầu cử thẻ phiếu hòm ", 900),
		"star": "*", "regular expression": "/.*/", "tilde": "bầu~ cử~2", "emoji": strings.Repeat("🗳️🙏 bầu ", 500), "control characters": strings.Repeat("\x00\x01\x1b[2J bầu\u202e ", 500),
		"every fault at once": strings.Repeat("phieeu cuwr bophieunoikhac hniem yyet ba62u ", 200), "marks alone": strings.Repeat("\u0301\u0323", 3_000), "quotes and brackets": strings.Repeat(`"(bầu`+"`"+`[{`, 900),
		"common words": "có được không và của cho người là các một những trong khi đã để với thì này", "broken UTF-8": strings.Repeat("b\xe1\xbau ", 2_000),
	}
}

func TestHostileQueriesAreAnsweredSensibly(t *testing.T) {
	index := judgedIndex(t)
	for name, text := range hostile() {
		result, err := index.Search(t.Context(), search.Query{Text: text, Facets: true})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(result.Hits) > search.DefaultLimit || result.Total < len(result.Hits) {
			t.Errorf("%s: got %d hits of %d", name, len(result.Hits), result.Total)
		}
		if _, err := index.Suggest(t.Context(), text, 8); err != nil {
			t.Errorf("%s: suggest: %v", name, err)
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	index := judgedIndex(b)
	for name, text := range hostile() {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				if _, err := index.Search(b.Context(), search.Query{Text: text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestWhatIsOutOfForceStandsBehindUnlessNamed(t *testing.T) {
	index := seeded(t)
	result, err := index.Search(t.Context(), search.Query{Text: "xử phạt tin sai sự thật", Filter: search.Filter{Kinds: []string{search.KindLaw}}, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	ended := false
	for i, hit := range result.Hits {
		if ended && hit.Ended == "" {
			t.Errorf("%d: %s is in force and stands behind what is not", i+1, hit.Title)
		}
		ended = ended || hit.Ended != ""
	}
	if !ended {
		t.Fatal("the query finds nothing out of force: the test is blind")
	}
	named, err := index.Search(t.Context(), search.Query{Text: "nghị định 15/2020", Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(named.Hits) == 0 || named.Hits[0].Ended != "2026-07-01" {
		t.Errorf("named outright: got %+v", named.Hits)
	}
}

func TestALiteralSearchLeavesFaultsAsTyped(t *testing.T) {
	index := seeded(t)
	understood, err := index.Search(t.Context(), search.Query{Text: "baafu cuwr nowi khac"})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(understood.Corrected, "bầu cử nơi") || understood.Total == 0 || understood.Loosened {
		t.Errorf("understood: got %q with %d hits, loosened %v", understood.Corrected, understood.Total, understood.Loosened)
	}
	literal, err := index.Search(t.Context(), search.Query{Text: "baafu cuwr", Literal: true})
	if err != nil {
		t.Fatal(err)
	}
	if literal.Corrected != "" || literal.Total != 0 {
		t.Errorf("literal: got %q with %d hits, want none", literal.Corrected, literal.Total)
	}
	right, err := index.Search(t.Context(), search.Query{Text: "thẻ cử tri bị mất"})
	if err != nil || right.Corrected != "" {
		t.Errorf("a query without faults was changed to %q (%v)", right.Corrected, err)
	}
}

func TestTheCorrectorLearnsWhatIsPublishedLater(t *testing.T) {
	db := storetest.Open(t)
	lib, bank := content.New(db), quizzes.New(db)
	publish := func(id, question string) {
		t.Helper()
		line := fmt.Sprintf(`{"id":%q,"title":%q,"body":"Nội dung."}`, id, question)
		if _, err := lib.ImportAnswers(t.Context(), "f", strings.NewReader(line), true, "operator"); err != nil {
			t.Fatal(err)
		}
	}
	publish("a", "Voi rừng phá rào thì báo ai?")
	index := search.Open(t.TempDir(), db, lib, bank, slog.New(slog.DiscardHandler))
	index.Deadline = time.Minute // what is found is told here, not how fast
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- index.Run(ctx) }()
	defer func() { stop(); <-ended; index.Close() }()
	found := func(query string) bool {
		result, err := index.Search(t.Context(), search.Query{Text: query})
		return err == nil && result.Total > 0 && result.Corrected != ""
	}
	wait := func(what, query string) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); !found(query); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s: %q is not understood", what, query)
			}
		}
	}
	wait("what was there at the start", "voi ruwngf phaa raof")
	publish("b", "Thuyền chở hòm phiếu bị lật thì làm gì?")
	wait("what came later", "thuyeenf chowr homf")
}
