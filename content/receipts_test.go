package content_test

import (
	"regexp"
	"strings"
	"testing"

	"sotay/content"
)

const sampleReceipt = "7KTM-3F2X-9ABC"

func TestReceiptsAreReadHoweverTyped(t *testing.T) {
	tests := []struct{ typed, want string }{
		{"7KTM-3F2X-9ABC", sampleReceipt}, {"7ktm3f2x9abc", sampleReceipt}, {" 7KTM 3F2X 9ABC ", sampleReceipt}, {"7ktm–3f2x–9abc\n", sampleReceipt},
		{"7KTM-3F2X-9AB", ""}, {"7KTM-3F2X-9ABCD", ""}, {"7KTM-3F2X-9AB0", ""}, {"7KTM-3F2X-9ABI", ""}, {"", ""}, {"---", ""}, {"7KTM-3F2X-9ABĐ", ""},
	}
	for _, tt := range tests {
		if got := content.ReadReceipt(tt.typed); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func TestPersonalDataIsTold(t *testing.T) {
	tests := []struct{ text, want string }{
		{"gọi cho tôi 0912345678 nhé", "phone"}, {"0912 345 678", "phone"}, {"0912.345.678", "phone"}, {"+84 912 345 678", "phone"}, {"84912345678", "phone"},
		{"(0210) 3846 000", "phone"}, {"0210.3.846.000", "phone"}, {"số 0912-345-678.", "phone"},
		{"CCCD 025084001234", "identity"}, {"025 084 001 234", "identity"}, {"CMND 131234567", "identity"},
		{"gửi toi@xa.gov.vn", "mail"},
		{"toi@xa.vn, 0912345678", "mail phone"},
		{"Theo Điều 34 Luật 85/2015/QH13, ngày 15/3/2026 từ 7 giờ đến 19 giờ 30", ""},
		{"Nghị quyết 40/NQ-HĐBCQG, Thông tư 21/2025/TT-BNV", ""}, {"Xã có 12.500 cử tri, 1.208 thẻ", ""}, {"kinh phí 1.500.000.000 đồng", ""},
		{"mã 1234567890123456", ""}, {"viết @ vào chỗ trống", ""}, {"", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, p := range content.PersonalData(tt.text) {
			got = append(got, string(p))
			if p.Label() == "" {
				t.Errorf("%s has no name", p)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q: got %v, want %q", tt.text, got, tt.want)
		}
	}
}

func FuzzReceipts(f *testing.F) {
	for _, typed := range []string{sampleReceipt, "7ktm3f2x9abc", "", "7KTM 3F2X 9ABĐ", "\xff", "ßßßßßß"} {
		f.Add(typed)
	}
	form := regexp.MustCompile(`^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$`)
	f.Fuzz(func(t *testing.T, typed string) {
		code := content.ReadReceipt(typed)
		if code == "" {
			return
		}
		if !form.MatchString(code) || content.ReadReceipt(code) != code || content.ReadReceipt(strings.ToLower(code)) != code {
			t.Errorf("%q is read as %q", typed, code)
		}
	})
}

func FuzzPersonalData(f *testing.F) {
	for _, text := range []string{"0912 345 678", "a@b.c", "025084001234", strings.Repeat("0 ", 5000), strings.Repeat("@a.", 5000)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := content.PersonalData(text)
		if len(found) == 0 && (strings.Contains(text, " 0912345678 ") || strings.Contains(text, " a@b.vn ")) {
			t.Errorf("%q holds personal data that is not found", text)
		}
	})
}
