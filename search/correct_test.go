package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// lexiconOf is what an archive of these texts knows.
func lexiconOf(t testing.TB, texts ...string) *lexicon {
	t.Helper()
	v, err := createVolume("")
	if err != nil {
		t.Fatal(err)
	}
	defer v.index.Close()
	var u update
	for i, text := range texts {
		id := fmt.Sprint("answer:", i)
		u.docs = append(u.docs, document{ID: id, Owner: id, Group: id, Kind: KindAnswer, Title: text})
	}
	if err := v.apply(t.Context(), u, 1, "x"); err != nil {
		t.Fatal(err)
	}
	if err := v.learn(); err != nil {
		t.Fatal(err)
	}
	return v.lexicon.Load()
}

func never(string) (bool, error) { return false, nil }

func TestTypingFaultsAreMended(t *testing.T) {
	texts := []string{"Cử tri đi bầu cử", "Cử tri bỏ phiếu ở nơi khác", "Mất thẻ cử tri thì làm thế nào", "Điều 69 về hòm phiếu phụ"}
	l := lexiconOf(t, texts...)
	tests := []struct{ name, query, want string }{
		{"Telex", "baafu cuwr", "bầu cử"},
		{"Telex, the tone at the end", "ddi baauf", "đi bầu"},
		{"VNI", "ba62u cu73", "bầu cử"},
		{"short forms", "dc ko vs ntn hok j", "được không với như thế nào không gì"},
		{"k before a number is a paragraph", "cử tri k 3", ""},
		{"glued", "bophieu", "bỏ phiếu"},
		{"glued, with tones", "thẻ cửtri", "thẻ cử tri"},
		{"doubled", "hom phieeu", "hòm phiếu"},
		{"swapped", "bỏ phiue ở", "bỏ phiếu ở"},
		{"dropped", "bỏ phiê ở nơi", "bỏ phiếu ở nơi"},
		{"swapped in a short word", "cử rti", "cử tri"},
		{"punctuation stays", "thẻ, cử rti?", "thẻ, cử tri?"},
		{"nothing wrong", "mất thẻ cử tri", ""},
		{"known words stay, though no text has the pair", "khác mất", ""},
		{"no neighbour speaks for it", "phiue", ""},
		{"a word still being typed", "bỏ phi", ""},
		{"a reference", "điều69", ""},
		{"an abbreviation", "thẻ BTR tri", ""},
		{"a syllable that no text has is no slip", "bo phieu o ngoi khac", ""},
		{"unless its neighbours say so", "bo phieu o nio khac", "bỏ phiếu ở nơi khác"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := l.correct(words, tt.query, never)
			if shown := got.shown(texts); err != nil || shown != tt.want {
				t.Errorf("got %q, %v, want %q", shown, err, tt.want)
			}
		})
	}
}

func TestAWordThatCameSinceIsNoFault(t *testing.T) {
	l := lexiconOf(t, "hòm phiếu phụ")
	got, err := l.correct(words, "hom phieeu", func(folded string) (bool, error) { return folded == "phieeu", nil })
	if err != nil || got.changed {
		t.Errorf("got %q, %v, want nothing changed", got.text, err)
	}
}

// crowd is a lexicon of many pairs of short syllables.
func crowd(t testing.TB, pairs int) *lexicon {
	r := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for made := 0; made < pairs; made += 1000 {
		var b strings.Builder
		for range 1000 {
			for range 2 + r.IntN(3) {
				b.WriteByte("aeiounhtcgmbp"[r.IntN(13)])
			}
			b.WriteByte(' ')
		}
		texts = append(texts, b.String())
	}
	return lexiconOf(t, texts...)
}

func BenchmarkCorrect(b *testing.B) {
	l := crowd(b, 105_000)
	query := firstRunes(strings.Repeat("phieeu cuwr bophieunoikhac hniem yyet qanh tnri ", 10), MaxQueryRunes)
	for b.Loop() {
		if _, err := l.correct(words, query, never); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(l.pairs)), "pairs")
}

func FuzzCorrect(f *testing.F) {
	for _, s := range []string{"", "baafu cuwr", "ba62u cu73", "\xff\u0301", "bophieunoikhac", "dc k 3", strings.Repeat("wwaaeeoodd", 40), "ươươ qu gi giw"} {
		f.Add(s)
	}
	v := sampleVolume(f)
	if err := v.learn(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		started := time.Now()
		got, err := v.correct(t.Context(), words, text)
		if err != nil || !utf8.ValidString(got.text) || !utf8.ValidString(got.shown(nil)) {
			t.Fatalf("got %+v, %v from %q", got, err, text)
		}
		if took := time.Since(started); took > time.Second || len(got.text) > 40*MaxQueryRunes {
			t.Fatalf("took %v, %d bytes", took, len(got.text))
		}
	})
}
