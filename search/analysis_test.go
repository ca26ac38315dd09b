package search

import (
	"slices"
	"strings"
	"testing"

	"sotay/internal/viet"
)

func TestSyllablesAreComparedInOneSpelling(t *testing.T) {
	tests := []struct{ name, in, folded, exact string }{
		{"tones", "Tổ bầu cử", "to bau cu", "tổ bầu cử"},
		{"capitals", "HĐND XÃ", "hdnd xa", "hđnd xã"},
		{"old place of the tone", "hoà thuỷ khoẻ tuỳ", "hoa thuy khoe tuy", "hòa thủy khỏe tùy"},
		{"new place of the tone", "hòa thủy khỏe tùy", "hoa thuy khoe tuy", "hòa thủy khỏe tùy"},
		{"tone before a last consonant stays", "hoàn toàn xoáy", "hoan toan xoay", "hoàn toàn xoáy"},
		{"qu is a consonant", "quý quí quy qui quỹ", "quy quy quy quy quy", "quý quý quy quy quỹ"},
		{"y for i", "ký kí lý lí mỹ mĩ tỷ tỉ", "ki ki li li mi mi ti ti", "kí kí lí lí mĩ mĩ tỉ tỉ"},
		{"y that stands alone stays", "y tế yên", "y te yen", "y tế yên"},
		{"hyphen and hard space", "pa-nô\u00a0áp–phích", "pa no ap phich", "pa nô áp phích"},
		{"letters part from digits", "Đ.69 k2 QH13 11h", "d 69 k 2 qh 13 11 h", "đ 69 k 2 qh 13 11 h"},
		{"leading zeros", "02/09/2026 HĐ-0001 000", "2 9 2026 hd 1 0", "2 9 2026 hđ 1 0"},
		{"decomposed", "To\u0302\u0309 ba\u0302\u0300u", "to bau", "tổ bầu"},
		{"punctuation only", "?!… – “”", "", ""},
		{"broken UTF-8", "a\xffb", "a b", "a b"},
		{"a run without end is split", strings.Repeat("a", 40), strings.Repeat("a", 32) + " aaaaaaaa", strings.Repeat("a", 32) + " aaaaaaaa"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := phrase(syllables(viet.NFC(tt.in)))
			var exact []string
			for _, s := range list {
				exact = append(exact, s.exact)
			}
			folded, exactly := strings.Join(newRow(list).singles(), " "), strings.Join(exact, " ")
			if folded != tt.folded || exactly != tt.exact {
				t.Errorf("got %q, %q, want %q, %q", folded, exactly, tt.folded, tt.exact)
			}
		})
	}
}

func TestSyllablesKnowWhereTheyStand(t *testing.T) {
	text := "“Đổi thẻ”, ký\u00a0tên."
	var got []string
	for _, s := range syllables(text) {
		got = append(got, text[s.start:s.end])
	}
	if want := []string{"Đổi", "thẻ", "ký", "tên"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestARowGivesTheTermsOfTheIndex(t *testing.T) {
	r := newRow(syllables("Thẻ cử tri"), nil, syllables("mất"), syllables("cấp lại"))
	tests := []struct {
		name string
		got  []string
		want []string
	}{
		{"pairs, none across two texts", r.pairs(), []string{"the cu", "cu tri", "cap lai"}},
		{"singles", r.singles(), []string{"the", "cu", "tri", "mat", "cap", "lai"}},
		{"no pair in one syllable", newRow(syllables("Thẻ")).pairs(), []string{}},
		{"nothing", newRow().singles(), []string{}},
	}
	for _, tt := range tests {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestDocumentsComeBackAsTheyWentIn(t *testing.T) {
	d := document{ID: "guide:1#a", Kind: KindGuide, Agency: "Sở Nội vụ", Title: "Đổi thẻ có được không", Body: "“Thẻ cử tri” bị mất:\nlàm lại.\x00\xff" + strings.Repeat(".", 40) + strings.Repeat("â", 32)}
	d.clean()
	a := analyse(d)
	var v view
	if err := v.read(a.pack(words.silentAt)); err != nil {
		t.Fatal(err)
	}
	if got := v.document(); got != d {
		t.Errorf("got %+v, want %+v", got, d)
	}
	at := unpackOffsets(v.offsets, 8, len(d.Body))
	if len(at) != 8 || d.Body[at[5].start:at[5].end] != "làm" || at[7].end != len(d.Body) {
		t.Errorf("got offsets %v", at)
	}
	if first, frame := codeAt(v.codes[inTitle], 0), codeAt(v.codes[inTitle], 2); first == frameMark || frame != frameMark || len(v.codes[inBody]) != 8*codeBytes {
		t.Errorf("got codes %v", v.codes)
	}
}

func TestBrokenDocumentsAreRefused(t *testing.T) {
	a := analyse(document{ID: "x", Title: "Đổi thẻ", Body: "Cấp lại."})
	packed := a.pack(words.silentAt)
	var v view
	for size := range len(packed) - len(a.lists[inBody]) {
		if err := v.read(packed[:size]); err == nil {
			t.Fatalf("%d of %d bytes were read", size, len(packed))
		}
	}
	if got := unpackOffsets([]byte{nextTo<<4 | 1, 0x10}, 9, 3); len(got) != 2 {
		t.Errorf("got %v, want the two whole offsets", got)
	}
	if got := unpackOffsets([]byte{0xb0}, 9, 3); len(got) != 0 {
		t.Errorf("got %v, want none beyond the text", got)
	}
}

func FuzzView(f *testing.F) {
	a := analyse(document{ID: "x", Title: "Đổi thẻ", Body: "Cấp lại."})
	f.Add(a.pack(words.silentAt))
	f.Fuzz(func(t *testing.T, packed []byte) {
		var v view
		if v.read(packed) != nil {
			return
		}
		last := 0
		for _, s := range unpackOffsets(v.offsets, len(v.codes[inBody])/codeBytes, len(v.texts[inBody])) {
			if s.start < last || s.end < s.start || s.end > len(v.texts[inBody]) {
				t.Fatalf("offset %v after %d in %d bytes", s, last, len(v.texts[inBody]))
			}
			last = s.end
		}
	})
}

func TestTonesTellCodesApart(t *testing.T) {
	codes := map[code]string{}
	for _, onset := range []string{"", "t", "đ", "d", "ng"} {
		for _, rhyme := range []string{
			"a", "à", "á", "ả", "ã", "ạ", "ă", "ằ", "ắ", "ẳ", "ẵ", "ặ", "â", "ầ", "ấ", "ẩ", "ẫ", "ậ", "oan", "oàn", "oán", "oăn", "oằn",
			"uon", "uôn", "uốn", "ươn", "ướn", "uơn", "ưon", "iêu", "iếu", "yêu", "uyên", "uyển", "uyen", "ưu", "ươu", "ướu", "uou", "ươi", "uôi", "uoi",
		} {
			s := newSyllable(onset + rhyme)
			if other, taken := codes[s.code()]; taken {
				t.Errorf("%q and %q have one code", s.exact, other)
			}
			codes[s.code()] = s.exact
		}
	}
	if newSyllable("hoà").code() != newSyllable("hòa").code() || newSyllable("kí").code() != newSyllable("ký").code() {
		t.Error("two spellings of one syllable have two codes")
	}
	if newSyllable("hoà").code().folded() != newSyllable("hỏa").code().folded() {
		t.Error("tones change the folded code")
	}
}

func TestNoTwoVietnameseSyllablesHaveOneNumber(t *testing.T) {
	numbers := map[uint32]string{}
	for beginning := range beginnings {
		for rhyme := range rhymes {
			folded := beginning + rhyme
			n := numberOfFolded(folded)
			if other, taken := numbers[n]; taken && other != folded || n == 0 || n >= 1<<16 {
				t.Errorf("%q and %q have number %d", folded, other, n)
			}
			numbers[n] = folded
		}
	}
	if n := numberOfFolded("vneid"); numbers[n] != "" {
		t.Errorf("vneid has the number of %q", numbers[n])
	}
}
