package cite_test

import (
	"testing"

	"sotay/internal/cite"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

func TestParseReadsWhatStringWrites(t *testing.T) {
	tests := []struct{ text, article, clause, label string }{
		{"luat-85-2015 dieu-69 khoan-4", "dieu-69", "khoan-4", "Điều 69 khoản 4"},
		{"luat-85-2015 dieu-25 khoan-2 diem-đ", "dieu-25", "khoan-2 diem-đ", "Điều 25 khoản 2 điểm đ"},
		{"nq-40-2025 mau-11", "mau-11", "", "Mẫu 11"},
		{"sach-hoi-dap-2026 cau-155", "cau-155", "", "Câu 155"},
		{"luat-85-2015", "", "", ""},
		{"nq-40-2025 mau-5", "mau-5", "", "Mẫu 5"},
	}
	for _, tt := range tests {
		ref, err := cite.Parse(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		if ref.String() != tt.text || ref.Article() != tt.article || ref.Clause() != tt.clause || ref.Label() != tt.label {
			t.Errorf("%s: got %q %q %q %q", tt.text, ref.String(), ref.Article(), ref.Clause(), ref.Label())
		}
	}
}

func TestParseReadsNumbersAsFormsPrintThem(t *testing.T) {
	if ref, err := cite.Parse("nq-40-2025 mau-05"); err != nil || ref.String() != "nq-40-2025 mau-5" {
		t.Errorf("got %v, %v", ref, err)
	}
}

func TestParseRefusesWhatNamesNothing(t *testing.T) {
	for _, text := range []string{"", "Điều 69", "luat", "luat-85-2015 dieu-", "luat-85-2015 dieu-69 khoan-4 diem-a diem-b",
		"luat-85-2015 dieu-69; drop", "luat-85-2015 dieu-1234", "../etc dieu-1", "LUAT-85-2015 dieu-1"} {
		if ref, err := cite.Parse(text); err == nil {
			t.Errorf("%q was read as %v", text, ref)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("luat-85-2015 dieu-69 khoan-4")
	f.Add("nq-40-2025  mau-11 ")
	f.Fuzz(func(t *testing.T, text string) {
		ref, err := cite.Parse(text)
		if err != nil {
			return
		}
		again, err := cite.Parse(ref.String())
		if err != nil || again != ref {
			t.Errorf("%q: read as %v, read again as %v, %v", text, ref, again, err)
		}
	})
}

func TestReplaceKeepsOneRowPerProvisionAndForgetsTheOld(t *testing.T) {
	db := storetest.Open(t)
	one, _ := cite.Parse("luat-85-2015 dieu-69 khoan-4")
	two, _ := cite.Parse("luat-85-2015 dieu-71")
	replace := func(refs ...cite.Ref) {
		t.Helper()
		if err := db.Write(t.Context(), func(tx *store.Tx) error { return cite.Replace(tx, "guide", "g1", refs) }); err != nil {
			t.Fatal(err)
		}
	}
	citing := func(article string) (list []cite.Citing) {
		t.Helper()
		err := db.Read(t.Context(), func(tx *store.Tx) (err error) { list, err = cite.Of(tx, "luat-85-2015", article); return err })
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	replace(one, two, one)
	if got := citing("dieu-69"); len(got) != 1 || got[0] != (cite.Citing{Kind: "guide", ObjectID: "g1", Clause: "khoan-4"}) {
		t.Errorf("dieu-69: got %+v", got)
	}
	replace(two)
	if got := citing("dieu-69"); len(got) != 0 {
		t.Errorf("the old citation stays: %+v", got)
	}
	if got := citing("dieu-71"); len(got) != 1 {
		t.Errorf("dieu-71: got %+v, want one", got)
	}
}
