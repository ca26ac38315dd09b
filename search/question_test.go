package search

import (
	"slices"
	"strings"
	"testing"
)

// shown writes units as "form|form", pairs of syllables without tones.
func (q question) shown() (list []string) {
	for _, u := range q.units {
		var forms []string
		for _, f := range u.forms {
			forms = append(forms, strings.Join(singles(f.words), " "))
		}
		list = append(list, strings.Join(forms, "|"))
	}
	return list
}

func TestQueriesAreUnderstood(t *testing.T) {
	tests := []struct {
		name, query string
		units       []string
		understood  []string
	}{
		{"pairs of neighbours", "mất thẻ rồi", []string{"mat the", "the roi"}, nil},
		{"courtesies and question words decide nothing", "cho em hỏi mất giấy tờ thì làm thế nào ạ?", []string{"mat giay", "giay to"}, nil},
		{"a hole parts the neighbours", "giấy tờ gì mang theo", []string{"giay to", "mang theo"}, nil},
		{"a query of courtesies keeps them", "là gì", []string{"la gi"}, nil},
		{"one syllable", "phướn", []string{"phuon"}, nil},
		{"without tones a stamp is no question", "dau do", []string{"dau do"}, nil},
		{"a known phrase is no courtesy", "the cu tri la gi", []string{"the cu|the bau cu|the di bau|the cu chi|phieu cu tri",
			"cu tri|the bau cu|the di bau|the cu chi|phieu cu tri"}, nil},
		{"an abbreviation alone", "KVBP", []string{"kvbp|khu vuc bo phieu"}, []string{"KVBP = khu vực bỏ phiếu"}},
		{"an abbreviation between others", "họp hdnd xã", []string{"hop hdnd|hop hoi", "hdnd|hoi dong nhan dan", "hdnd xa|dan xa"},
			[]string{"HĐND = Hội đồng nhân dân"}},
		{"an everyday phrase", "khóa thùng phiếu", []string{"khoa thung|khoa hom", "thung phieu|hom phieu"}, []string{"thùng phiếu = hòm phiếu"}},
		{"the longest phrase wins", "thùng phiếu phụ", []string{"thung phieu|hom phieu phu", "phieu phu|hom phieu phu"}, []string{"thùng phiếu phụ = hòm phiếu phụ"}},
		{"other tones are another word", "tổ bậu cử", []string{"to bau", "bau cu"}, nil},
		{"nothing to read", "?!", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := understand(tt.query)
			if got := q.shown(); !slices.Equal(got, tt.units) || !slices.Equal(q.understood, tt.understood) {
				t.Errorf("got %q, %q, want %q, %q", got, q.understood, tt.units, tt.understood)
			}
		})
	}
}

func TestOnlyAHalfTypedWordIsAPrefix(t *testing.T) {
	for query, want := range map[string]bool{"thẻ cử t": true, "thẻ cử tri ": false, "thẻ cử tri?": false, "p": false, "ph": true, "điều 6": false, "mất thẻ ạ": false} {
		q := understand(query)
		if got := q.prefix != nil; got != want {
			t.Errorf("%q: got %t, want %t", query, got, want)
		}
	}
}

func TestRelatedWordsAreNotEqual(t *testing.T) {
	q := understand("mất điện")
	if got := q.shown(); !slices.Equal(got, []string{"mat dien"}) || len(q.related) != 1 || len(q.understood) != 0 || !slices.Equal(q.near, []string{"gián đoạn bỏ phiếu"}) {
		t.Errorf("got %q, related %v, understood %q, near %q", got, q.related, q.understood, q.near)
	}
}

func TestReferencesAreRecognised(t *testing.T) {
	tests := []struct {
		query    string
		segments []string
		code     string
	}{
		{"điều 34", []string{"dieu-34"}, ""}, {"dieu 34 luat bau cu", []string{"dieu-34"}, ""},
		{"khoản 4 điều 69", []string{"dieu-69"}, ""}, {"Đ.69 k.4", []string{"dieu-69"}, ""},
		{"mẫu số", nil, ""}, {"mẫu 11, mẫu 12", []string{"mau-11", "mau-12"}, ""}, {"phụ lục 2", []string{"phu-luc-2"}, ""},
		{"HĐ-0001", nil, "HĐ-0001"}, {"hd 12", nil, "HĐ-0012"}, {"d 69", nil, ""}, {"điều 0", nil, ""}, {"điều 99999999999999999999", nil, ""},
	}
	for _, tt := range tests {
		got := readReferences(syllables(tt.query))
		if !slices.Equal(got.segments, tt.segments) || got.code != tt.code {
			t.Errorf("%q: got %+v, want %q, %q", tt.query, got, tt.segments, tt.code)
		}
	}
}

func TestWordListsAreRead(t *testing.T) {
	list, err := readWords("# words\n\nABC, AC = an bình cờ\nxa lạ ~ xa xôi\n- dạ thưa, dạ\n")
	if err != nil {
		t.Fatal(err)
	}
	d := newDictionary(list)
	if got := d.same.longest(syllables("an binh co xanh")); len(got) != 2 || got[0].told != "" {
		t.Errorf("got %+v, want both abbreviations untold", got)
	}
	if got := d.same.longest(syllables("abc")); len(got) != 2 || got[0].told != "ABC = an bình cờ" || got[1].told != "" {
		t.Errorf("got %+v, want the full words told and the other abbreviation", got)
	}
	if got := d.same.longest(syllables("an bính co")); len(got) != 0 {
		t.Errorf("got %+v, want nothing for other tones", got)
	}
	if n, m := d.silentAt(syllables("da thua")), d.silentAt(syllables("da")); n != 2 || m != 0 {
		t.Errorf("got %d, %d, want the courtesy of two syllables only", n, m)
	}
	for _, broken := range []string{"hòm phiếu", "a = ?", "? ~ a", "- a, ,b", " = a"} {
		if _, err := readWords(broken); err == nil {
			t.Errorf("readWords(%q) succeeded, want an error", broken)
		}
	}
}

func FuzzQuery(f *testing.F) {
	for _, s := range []string{"", "thẻ cử tri", "hdnd xa", "điều 5: \"cấp lại", "/.*/", "*", "\x00\xff", "là gì", strings.Repeat("a ", 5000), "\u0301", "Đ.69 k2"} {
		f.Add(s)
	}
	v := sampleVolume(f)
	f.Fuzz(func(t *testing.T, text string) {
		q := understand(text)
		if len(q.words) > maxWords || (len(q.words) > 0) != (len(q.units) > 0) {
			t.Fatalf("got %d words, %d units from %q", len(q.words), len(q.units), text)
		}
		if len(q.words) == 0 {
			return
		}
		result, err := v.search(t.Context(), &q, Query{Text: text}.bounded())
		if err != nil {
			t.Fatalf("search %q: %v", text, err)
		}
		if len(result.Hits) > result.Total || len(result.Hits) > DefaultLimit {
			t.Fatalf("got %d hits of %d", len(result.Hits), result.Total)
		}
		for _, h := range result.Hits {
			checkSnippet(t, h.Snippet)
		}
	})
}
