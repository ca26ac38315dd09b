package main

import (
	"slices"
	"strings"
	"testing"
)

func fewPassages() []passage {
	return []passage{
		{"d00000", "Thẻ cử tri", "Mỗi cử tri được phát một thẻ cử tri có dấu của Ủy ban nhân dân cấp xã nơi lập danh sách."},
		{"d00001", "Hòm phiếu phụ", "Tổ bầu cử mang hòm phiếu phụ đến chỗ ở của người ốm đau, già yếu để họ nhận phiếu và bầu."},
		{"d00002", "Phiếu không hợp lệ", "Phiếu bầu quá số đại biểu được bầu đã ấn định cho đơn vị bầu cử là phiếu không hợp lệ."},
	}
}

func TestACorpusAlwaysGrowsIntoTheSame(t *testing.T) {
	once, again := grow(fewPassages(), 50), grow(fewPassages(), 50)
	if !slices.Equal(once, again) {
		t.Error("the same passages grew into others")
	}
	if longer := grow(fewPassages(), 60); !slices.Equal(once, longer[:50]) {
		t.Error("a longer corpus does not begin with the shorter one")
	}
	if !slices.Equal(once[:3], fewPassages()) {
		t.Errorf("got %v at the start, want the passages themselves", once[:3])
	}
	for i, p := range once[3:] {
		if size := len(p.Body); size < 300 || size > 1200+6*20 {
			t.Errorf("%s has %d bytes", p.ID, size)
		}
		if words := len(strings.Fields(p.Title)); words != 5 {
			t.Errorf("%s has a title of %d words, want 5", p.ID, words)
		}
		if i == 0 && p.ID != "d00003" {
			t.Errorf("the first made-up passage is %s, want d00003", p.ID)
		}
	}
}

func TestASmallSizeCutsCorpusAndQueries(t *testing.T) {
	if got := grow(fewPassages(), 2); !slices.Equal(got, fewPassages()[:2]) {
		t.Errorf("got %v", got)
	}
	queries := []query{
		{Text: "thẻ", Relevant: []string{"d00000", "d00002"}},
		{Text: "không hợp lệ", Relevant: []string{"d00002"}},
	}
	got := answerable(queries, fewPassages()[:2])
	if len(got) != 1 || !slices.Equal(got[0].Relevant, []string{"d00000"}) {
		t.Errorf("got %v, want the first query with d00000 alone", got)
	}
	if len(queries[0].Relevant) != 2 {
		t.Error("the queries given were changed")
	}
}
