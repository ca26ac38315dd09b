package search

import (
	"slices"
	"strings"
	"testing"
)

// sample is a small archive with the difficulties of the real one.
var sample = []document{
	{ID: "guide:1#", Group: "guide:1", Kind: KindGuide, Topic: "danh-sach-cu-tri", Title: "Lập và niêm yết danh sách cử tri", Short: "Ai lập, niêm yết ở đâu."},
	{ID: "guide:1#the", Group: "guide:1", Kind: KindGuide, Topic: "danh-sach-cu-tri", Title: "Lập và niêm yết danh sách cử tri", Heading: "Thẻ cử tri",
		URL: "/huong-dan/x#the", Body: "Viết thẻ cử tri, kiểm tra rồi phát. Cử tri mất thẻ thì báo Tổ bầu cử để được cấp lại."},
	{ID: "guide:1#mat", Group: "guide:1", Kind: KindGuide, Topic: "danh-sach-cu-tri", Title: "Lập và niêm yết danh sách cử tri", Heading: "Mất thẻ cử tri",
		URL: "/huong-dan/x#mat", Body: "Mất thẻ cử tri: cấp lại, ghi vào sổ."},
	{ID: "guide:2#hom", Group: "guide:2", Kind: KindGuide, Topic: "trang-tri-co-dong", Title: "Trang trí phòng bỏ phiếu", Heading: "Hòm phiếu", Body: "Hòm phiếu chính và hòm phiếu phụ được kiểm tra trước cử tri."},
	{ID: "answer:1", Code: "HĐ-0001", Kind: KindAnswer, Title: "Cử tri muốn bỏ phiếu ở nơi khác thì làm thế nào?", Short: "Xin giấy chứng nhận.", Body: "Cử tri xin giấy chứng nhận của Ủy ban nhân dân xã."},
	{ID: "answer:2", Code: "HĐ-0002", Kind: KindAnswer, Title: "Có được bầu thay người ốm không?", Short: "Không.", Body: "Không ai được bầu thay. Tổ bầu cử mang hòm phiếu phụ đến."},
	{ID: "answer:3", Code: "HĐ-0003", Kind: KindAnswer, Title: "Thùng nước ở đâu?", Body: "Ở cạnh phòng bảo vệ. Bảo vệ trực cả ngày; đổi ca lúc trưa."},
	{ID: "answer:4", Code: "HĐ-0004", Kind: KindAnswer, Title: "Đội bảo vệ làm gì?", Body: "Dội nước và quét sân."},
	{ID: "law:l dieu-69", Kind: KindLaw, Segment: "dieu-69", Title: "Điều 69. Nguyên tắc bỏ phiếu", Heading: "Luật Bầu cử", Body: "Mỗi cử tri bỏ một phiếu."},
	{ID: "law:l dieu-70", Kind: KindLaw, Segment: "dieu-70", Title: "Điều 70. Thông báo", Heading: "Luật Bầu cử", Body: "Xem điều 69 và điều 69. Nguyên tắc của điều 69."},
	{ID: "quiz:1", Kind: KindQuiz, Topic: "danh-sach-cu-tri", Title: "Trắc nghiệm: thẻ cử tri"},
}

// sampleVolume is an index of the sample in memory.
func sampleVolume(t testing.TB) *volume {
	t.Helper()
	v, err := createVolume("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.index.Close() })
	docs := slices.Clone(sample)
	for i := range docs {
		docs[i].Owner = docs[i].ID
		if docs[i].Group == "" {
			docs[i].Group = docs[i].ID
		}
	}
	if err := v.apply(t.Context(), update{docs: docs}, 1, "x"); err != nil {
		t.Fatal(err)
	}
	return v
}

func ask(t testing.TB, v *volume, asked Query) Result {
	t.Helper()
	asked = asked.bounded()
	q := understand(asked.Text)
	result, err := v.search(t.Context(), &q, asked)
	if err != nil {
		t.Fatalf("search %q: %v", asked.Text, err)
	}
	return result
}

func ids(hits []Hit) (list []string) {
	for _, h := range hits {
		list = append(list, h.ID)
	}
	return list
}

func TestTheRightTextComesFirst(t *testing.T) {
	v := sampleVolume(t)
	tests := []struct{ name, query, want string }{
		{"without tones", "bo phieu noi khac", "answer:1"},
		{"with tones", "bỏ phiếu nơi khác", "answer:1"},
		{"a whole question", "Xin hỏi, cử tri muốn bỏ phiếu ở nơi khác thì phải làm sao ạ?", "answer:1"},
		{"the best section of a guide", "mất thẻ cử tri", "guide:1#mat"},
		{"a word cut short", "giấy chứng nh", "answer:1"},
		{"an abbreviation", "UBND xã", "answer:1"},
		{"an everyday word", "đi bầu hộ", "answer:2"},
		{"an everyday word without tones", "thung phieu", "guide:2#hom"},
		{"tones that are typed count", "đội bảo vệ", "answer:4"},
		{"other tones, other text", "dội nước", "answer:4"},
		{"one syllable", "quét", "answer:4"},
		{"a provision by its name", "khoản 4 điều 69", "law:l dieu-69"},
		{"a code", "hd-0002", "answer:2"},
		{"a slip of the finger", "trang trí phòng bỏ phieuu", "guide:2#hom"},
		{"only question words", "ở đâu", "answer:3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ids(ask(t, v, Query{Text: tt.query}).Hits)
			if len(got) == 0 || got[0] != tt.want {
				t.Errorf("%q: got %q, want %s first", tt.query, got, tt.want)
			}
		})
	}
}

func TestEqualSpellingsFindTheSame(t *testing.T) {
	v := sampleVolume(t)
	want := ids(ask(t, v, Query{Text: "hòm phiếu phụ"}).Hits)
	for _, spelling := range []string{"ho\u0300m phie\u0302\u0301u phu\u0323", "HÒM PHIẾU PHỤ", "hòm-phiếu phụ", "hòm\u00a0phiếu\u00a0phụ", "  hòm,phiếu…phụ "} {
		if got := ids(ask(t, v, Query{Text: spelling}).Hits); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", spelling, got, want)
		}
	}
}

func TestAGuideIsShownOnce(t *testing.T) {
	result := ask(t, sampleVolume(t), Query{Text: "thẻ cử tri"})
	groups := map[string]int{}
	for _, h := range result.Hits {
		id, _, _ := strings.Cut(h.ID, "#")
		groups[id]++
	}
	if groups["guide:1"] != 1 || result.Total != len(result.Hits) {
		t.Errorf("got %v, total %d of %d hits", groups, result.Total, len(result.Hits))
	}
}

func TestKindsAndTopicNarrow(t *testing.T) {
	v := sampleVolume(t)
	if got := ids(ask(t, v, Query{Text: "thẻ cử tri", Filter: Filter{Kinds: []string{KindQuiz}}}).Hits); !slices.Equal(got, []string{"quiz:1"}) {
		t.Errorf("quizzes: got %q", got)
	}
	if got := ids(ask(t, v, Query{Text: "hòm phiếu", Filter: Filter{Topics: []string{"trang-tri-co-dong"}, Kinds: []string{KindGuide, KindQuiz}}}).Hits); !slices.Equal(got, []string{"guide:2#hom"}) {
		t.Errorf("topic: got %q", got)
	}
	if got := ids(ask(t, v, Query{Text: "thẻ cử tri", Filter: Filter{Topics: []string{"không có"}}}).Hits); len(got) != 0 {
		t.Errorf("unknown topic: got %q, want none", got)
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	v := sampleVolume(t)
	all := ids(ask(t, v, Query{Text: "cử tri"}).Hits)
	var paged []string
	for offset := range all {
		paged = append(paged, ids(ask(t, v, Query{Text: "cử tri", Limit: 1, Offset: offset}).Hits)...)
	}
	if len(all) < 3 || !slices.Equal(paged, all) {
		t.Errorf("got %q in pages, want %q", paged, all)
	}
	if got := ask(t, v, Query{Text: "cử tri", Offset: 100000}); len(got.Hits) != 0 || got.Total != len(all) {
		t.Errorf("beyond the end: got %+v", got)
	}
}

func TestLessIsAskedWhenNothingHasMost(t *testing.T) {
	result := ask(t, sampleVolume(t), Query{Text: "xyz hòm phiếu bằng kim cương"})
	if !result.Loosened || len(result.Hits) == 0 || result.Hits[0].ID != "guide:2#hom" {
		t.Errorf("got %+v", result)
	}
	if result := ask(t, sampleVolume(t), Query{Text: "zzz"}); result.Loosened || result.Total != 0 {
		t.Errorf("nothing at all: got %+v", result)
	}
}

func TestAnUpdateReplacesWhatItsOwnerHad(t *testing.T) {
	v := sampleVolume(t)
	u := update{owners: []string{"answer:2", "quiz:1"}, docs: []document{
		{ID: "answer:2", Owner: "answer:2", Group: "answer:2", Kind: KindAnswer, Title: "Hỏi về pháo hoa"}}}
	if err := v.apply(t.Context(), u, 2, "y"); err != nil {
		t.Fatal(err)
	}
	if got := ids(ask(t, v, Query{Text: "pháo hoa"}).Hits); !slices.Equal(got, []string{"answer:2"}) {
		t.Errorf("got %q, want the new text", got)
	}
	if got := ids(ask(t, v, Query{Text: "bầu thay"}).Hits); slices.Contains(got, "answer:2") {
		t.Errorf("got %q, want the old text gone", got)
	}
	count, err := v.index.DocCount()
	if err != nil || int(count) != v.state.Documents || v.state.Documents != len(sample)-1 || v.state.Seq != 2 {
		t.Errorf("got %d documents, %v, state %+v", count, err, v.state)
	}
}
