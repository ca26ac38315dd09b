package accounts_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sotay/internal/accounts"
)

func TestPhoneNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for _, s := range []string{"0912345678", "+84912345678", "+84 912 345 678", "84912345678", "0084912345678", "0912.345.678", "0912-345-678", "(0912) 345 678", "+84 (0)912 345 678", "912345678", "0912\u00a0345\u00a0678"} {
		if got, ok := accounts.NormalPhone(s); !ok || got != "0912345678" {
			t.Errorf("%q: got %q, %v, want 0912345678", s, got, ok)
		}
	}
	for _, s := range []string{"", "0", "091234567", "09123456789", "+1 912 345 6789", "0012345678", "091234567a", "０９１２３４５６７８", "+84", "0084", "12345678", "099999999999999999999"} {
		if got, ok := accounts.NormalPhone(s); ok {
			t.Errorf("%q: got %q, want it refused", s, got)
		}
	}
}

func TestCodesHaveLettersDigitsAndDashes(t *testing.T) {
	for s, want := range map[string]string{"cb-001": "CB-001", " 12 ": "12", "đv7": "ĐV7", "a": "A"} {
		if got, ok := accounts.NormalCode(s); !ok || got != want {
			t.Errorf("%q: got %q, %v, want %q", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "-", "-a", "a-", "a b", "a_b", "a/b", "<a>", "0912345678", "912345678", "a\x00", "\xff", strings.Repeat("a", 31)} {
		if got, ok := accounts.NormalCode(s); ok {
			t.Errorf("%q: got %q, want it refused", s, got)
		}
	}
}

func FuzzNormalPhone(f *testing.F) {
	for _, s := range []string{"0912345678", "+84 (0)912.345.678", "912345678", "00", "+84", "84\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		phone, ok := accounts.NormalPhone(s)
		if !ok {
			if phone != "" {
				t.Fatalf("got %q from refused %q", phone, s)
			}
			return
		}
		if len(phone) != 10 || phone[0] != '0' || strings.Trim(phone, "0123456789") != "" {
			t.Fatalf("got %q from %q", phone, s)
		}
		if again, ok := accounts.NormalPhone(phone); !ok || again != phone {
			t.Fatalf("got %q, %v, want %q again", again, ok, phone)
		}
		if code, ok := accounts.NormalCode(s); ok {
			t.Fatalf("%q is a phone number and the code %q", s, code)
		}
	})
}

func FuzzNormalCode(f *testing.F) {
	for _, s := range []string{"cb-001", "đ", "ǆ-1", "ß1", "ŉ", "0912345678", "a\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, ok := accounts.NormalCode(s)
		if !ok {
			return
		}
		if code == "" || !utf8.ValidString(code) || utf8.RuneCountInString(code) > 30 {
			t.Fatalf("got %q from %q", code, s)
		}
		if again, ok := accounts.NormalCode(code); !ok || again != code {
			t.Fatalf("got %q, %v from %q, want it again", again, ok, code)
		}
	})
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"Nguyễn Văn An", " a  b ", "O'Brien", "\x00", "\xff", "Ɐ-.", strings.Repeat("ầ", 90)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if key := accounts.NameKey(s); len(key) > 1000 || !utf8.ValidString(key) {
			t.Fatalf("got a key of %d bytes", len(key))
		}
		_ = accounts.CheckPassword(s, accounts.Person{Name: s, Phone: "0912345678", Code: s})
	})
}
