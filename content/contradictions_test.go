package content

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// publishedFacts are those of the embedded texts.
func publishedFacts(t testing.TB) *facts {
	t.Helper()
	db := storetest.Filled(t, "seeded", func(db *store.DB) error { return New(db).Seed(context.Background(), "operator") })
	known, err := New(db).published(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return known.facts
}

func TestFactsAreReadFromStatements(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Tổ bầu cử lập chậm nhất 43 ngày trước ngày bầu cử.", "ngày=43"},
		{"Tổ bầu cử lập chậm nhất bốn mươi ba ngày trước ngày bầu cử.", "ngày=43"},
		{"Tổ bầu cử có mười một đến hai mươi mốt người do xã lập.", "người=11-21"},
		{"Ban có từ 09 - 17 thành viên do tỉnh lập, mỗi đơn vị một ban.", "người=9-17"},
		{"Một khu vực bỏ phiếu có từ 300 đến 4.000 cử tri.", "người=300-4000"},
		{"Bỏ phiếu bắt đầu từ 7 giờ sáng, kết thúc lúc 19h00.", "giờ=7 giờ=19"},
		{"Biên bản kết quả kiểm phiếu theo Mẫu 18, 23 lập ba bản.", "mẫu=18 mẫu=23 bản=3"},
		{"Phiếu bầu không hợp lệ ở Điều 74 khoản 1.", "điều=74"},
		{"Kiểm phiếu tại nơi bị chia cắt theo Điều 23 của Thông tư 21.", ""},
		{"Ủy ban nhân dân niêm yết danh sách cử tri trước 03/02/2026.", "ngày tháng=2026-02-03"},
		{"Tổ bầu cử niêm yết danh sách ứng cử ngày 27/2 ở khu vực.", "ngày tháng=2026-02-27"},
		{"Phạt tiền 2 - 3 triệu đồng người gây mất trật tự công cộng.", "đồng=2000000-3000000"},
		{"Tổ bầu cử bổ sung có chín đến mười một người khi bầu bổ sung.", "người (bổ sung)=9-11"},
		{"Ví dụ: Tổ bầu cử lập chậm nhất 43 ngày trước ngày bầu cử.", ""},
		{"Kỳ trước, Tổ bầu cử lập chậm nhất 50 ngày trước ngày bầu cử.", ""},
		{"Còn 43 ngày.", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, f := range factsOf(newStatement(tt.text, false), "", "") {
			got = append(got, f.unit+"="+f.value)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestNumbersThatContradictPublishedTextsAreFound(t *testing.T) {
	x := publishedFacts(t)
	tests := []struct{ text, want string }{
		{"Mỗi khu vực từ 500 đến 5.000 cử tri.", "300-4000"},
		{"Mỗi khu vực từ 300 đến 4.000 cử tri.", ""},
		{"Nơi nhận giải quyết khiếu nại kết quả bầu cử trong hai mươi ngày từ khi nhận đơn.", "7"},
		{"Nơi nhận giải quyết khiếu nại kết quả bầu cử trong bảy ngày từ khi nhận đơn.", ""},
		{"Lúc kiểm tra hòm phiếu, mời bốn cử tri có mặt, không phải người ứng cử, xem hòm phiếu rỗng.", "2"},
		{"Lúc kiểm tra hòm phiếu, mời hai cử tri có mặt, không phải người ứng cử, xem hòm phiếu rỗng.", ""},
		{"Năm loại phiếu không hợp lệ kể ở Điều 84 Luật Bầu cử; không ai được sửa tên trên phiếu.", "74"},
		{"Năm loại phiếu không hợp lệ kể ở Điều 74 Luật Bầu cử; không ai được sửa tên trên phiếu.", ""},
		{"Lập biên bản kiểm kê việc sử dụng phiếu bầu theo Mẫu 30.", "32"},
		{"Lập biên bản kiểm kê việc sử dụng phiếu bầu theo Mẫu 32.", ""},
	}
	for _, tt := range tests {
		got := ""
		for _, f := range factsOf(newStatement(tt.text, false), "", "") {
			if m, ok := x.against(f); ok {
				got = m.value
			}
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Each published text is compared with all others; the register is the authority.
func TestPublishedTextsDoNotContradictEachOther(t *testing.T) {
	x := publishedFacts(t)
	if len(x.all) < 3000 {
		t.Errorf("only %d facts are published", len(x.all))
	}
	for _, f := range x.all {
		if m, ok := x.against(f); ok && !strings.HasPrefix(f.place.path, "/van-ban/") {
			t.Errorf("%s %q: %s\n%s: %s", f.place.path, f.said, f.place.text, m.place.path, m.place.text)
		}
	}
}

// Of published facts given another number that is published of the same unit,
// most of those are noticed of which another text speaks at all.
func TestChangedNumbersAreNoticed(t *testing.T) {
	x := publishedFacts(t)
	found, all := 0, 0
	for i, f := range x.all {
		wrong := otherValue(x, i)
		if wrong.value == f.value {
			continue
		}
		all++
		if _, ok := x.against(wrong); ok {
			found++
		}
	}
	t.Logf("%d of %d changed numbers are noticed", found, all)
	if found*100 < all*38 {
		t.Errorf("%d of %d changed numbers are noticed, want 38 of 100", found, all)
	}
}

// otherValue is a fact with a value of another text, the same one at each run.
func otherValue(x *facts, i int) fact {
	f := x.all[i]
	for n := range x.all {
		other := x.all[(i*7+n)%len(x.all)]
		if other.unit != f.unit || other.value == f.value || other.place.id == f.place.id {
			continue
		}
		wrong := f
		wrong.value = other.value
		wrong.numbers = slices.DeleteFunc(slices.Clone(f.numbers), func(n string) bool { return strings.HasSuffix(n, f.value) })
		return wrong
	}
	return f
}

// BenchmarkPublishedFacts reads all that is published, as the first check after
// a publication does.
func BenchmarkPublishedFacts(b *testing.B) {
	db := storetest.Filled(b, "seeded", func(db *store.DB) error { return New(db).Seed(context.Background(), "operator") })
	for b.Loop() {
		if _, err := New(db).published(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
