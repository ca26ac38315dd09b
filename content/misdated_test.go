package content

import "testing"

func TestDatesThatContradictTheLawAreFound(t *testing.T) {
	tests := []struct {
		name, text string
		want       int
	}{
		{"the right day", "UBND cấp xã lập Tổ bầu cử chậm nhất ngày 31/01/2026.", 0},
		{"another day", "UBND cấp xã lập Tổ bầu cử chậm nhất ngày 24/01/2026.", 1},
		{"no leading zero", "Lập Tổ bầu cử chậm nhất 24/1/2026.", 1},
		{"the right day without zero", "Lập Tổ bầu cử chậm nhất 31/1/2026.", 0},
		{"in the window", "Phát thẻ cử tri xong trước ngày 10/3/2026.", 0},
		{"out of the window", "Phát thẻ cử tri chậm nhất ngày 14/3/2026.", 1},
		{"known of this election", "Hiệp thương lần một xong trước ngày 05/12/2025.", 0},
		{"two acts", "Lập Tổ bầu cử, lập Ban bầu cử xong trước ngày 05/02/2026.", 0},
		{"a document's date", "Nghị quyết 40 ngày 29/9/2025 hướng dẫn nộp hồ sơ.", 0},
		{"a document's date as limit", "Nộp hồ sơ theo Nghị quyết 40, hoàn tất 29/9/2025.", 0},
		{"the term before", "Kỳ trước, nộp hồ sơ chậm nhất ngày 14/3/2021.", 0},
		{"no act", "Chậm nhất ngày 24/01/2026 báo cáo huyện.", 0},
		{"no limit word", "Xã A niêm yết danh sách cử tri, 30/01/2026.", 0},
		{"wrong election day", "Ngày bầu cử là Chủ nhật, ngày 22/3/2026.", 1},
		{"election day beside a limit", "Ngày bầu cử 15/3/2026 thì lập Tổ bầu cử chậm nhất 31/01/2026, nộp chậm nhất ở xã.", 0},
		{"right election day", "Ngày bầu cử là Chủ nhật, ngày 15/3/2026.", 0},
		{"a line break parts", "Lập Tổ bầu cử\nchậm nhất ngày 24/01/2026", 0},
		{"no day at all", "Lập Tổ bầu cử chậm nhất 31/13/2026.", 0},
		{"an ellipsis for a directive", "Lập Tổ bầu cử chậm nhất ….", 0},
		{"results", "Công bố kết quả bầu cử chậm nhất ngày 04/4/2026.", 1},
	}
	for _, tt := range tests {
		if got := misdated(tt.text, general2026); len(got) != tt.want {
			t.Errorf("%s: got %v, want %d", tt.name, got, tt.want)
		}
	}
}

func TestEveryActOfTheCheckIsADeadline(t *testing.T) {
	for _, a := range acts {
		if _, ok := DeadlineByKey(a.key); !ok {
			t.Errorf("no deadline %q", a.key)
		}
	}
}
