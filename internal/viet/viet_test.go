package viet_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sotay/internal/viet"
)

func TestFoldDropsTonesAndCase(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""}, {"bau cu", "bau cu"}, {"BẦU CỬ", "bau cu"}, {"Đại biểu Quốc hội", "dai bieu quoc hoi"},
		{"ho\u0300a b\u00ecnh", "hoa binh"}, {"hoà hòa", "hoa hoa"}, {"Ủy ban – 24 giờ", "uy ban – 24 gio"},
		{"Ư Ơ Ă Â Ê Ô", "u o a a e o"}, {"한국 中", "한국 中"}, {"\u0301", ""}, {"a\xffb", "a\ufffdb"},
	}
	for _, tt := range tests {
		if got := viet.Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q): got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestCleanIsTheGateForText(t *testing.T) {
	tests := []struct {
		name, in string
		max      int
		want     string
		err      error
	}{
		{"plain", "Tổ bầu cử", 20, "Tổ bầu cử", nil},
		{"decomposed", "Tô\u0309 bâ\u0300u", 20, "Tổ bầu", nil},
		{"foreign line ends", " a\r\nb\rc\td \n", 20, "a\nb\nc\td", nil},
		{"byte order mark", "\ufeffa", 1, "a", nil},
		{"broken UTF-8", "a\xff", 20, "", viet.ErrNotUTF8},
		{"NUL", "a\x00b", 20, "", viet.ErrControl},
		{"escape", "a\x1bb", 20, "", viet.ErrControl},
		{"C1 control", "a\u0085b", 20, "", viet.ErrControl},
		{"private use", "a\ue000b", 20, "", viet.ErrControl},
		{"too long", "abcd", 3, "", viet.ErrTooLong},
		{"runes are counted", "ầầầ", 3, "ầầầ", nil},
		{"blank", " \n ", 0, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := viet.Clean(tt.in, tt.max)
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("got %q, %v, want %q, %v", got, err, tt.want, tt.err)
			}
		})
	}
}

func TestSlugIsFitForAddresses(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""}, {"???", ""}, {"Đổi thẻ cử tri, được không?", "doi-the-cu-tri-duoc-khong"},
		{"  85/2015/QH13 ", "85-2015-qh13"}, {"한국", ""},
		{strings.Repeat("a", 100), strings.Repeat("a", 80)},
		{strings.Repeat("abc ", 30), strings.TrimSuffix(strings.Repeat("abc-", 20), "-")},
		{strings.Repeat("a", 80) + " b", strings.Repeat("a", 80)},
	}
	for _, tt := range tests {
		if got := viet.Slug(tt.in); got != tt.want {
			t.Errorf("Slug(%q): got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDateIsWrittenAsOfficesDo(t *testing.T) {
	tests := []struct {
		date viet.Date
		want string
	}{
		{"2026-03-15", "15/3/2026"}, {"2026-03-02", "02/3/2026"}, {"2026-02-03", "03/02/2026"},
		{"2026-01-21", "21/01/2026"}, {"2026-12-01", "01/12/2026"}, {"", ""}, {"nonsense", "nonsense"},
	}
	for _, tt := range tests {
		if got := tt.date.String(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestDatesAreReckonedInVietnam(t *testing.T) {
	lateInUTC := time.Date(2026, 3, 14, 17, 30, 0, 0, time.UTC)
	if got := viet.DateOf(lateInUTC); got != "2026-03-15" {
		t.Errorf("DateOf: got %s, want 2026-03-15", got)
	}
	if got := viet.Date("2026-03-15").Time(); !got.Equal(time.Date(2026, 3, 14, 17, 0, 0, 0, time.UTC)) {
		t.Errorf("Time: got %s, want midnight in Việt Nam", got)
	}
	if got := viet.Date("2026-03-15").AddDays(-40); got != "2026-02-03" {
		t.Errorf("AddDays: got %s, want 2026-02-03", got)
	}
	if got := viet.Date("").AddDays(1); got != "" || !viet.Date("").Time().IsZero() || viet.DateOf(time.Time{}) != "" {
		t.Errorf("no date: got %q, want it to stay none", got)
	}
}

func TestOnlyDaysOfTheCalendarAreValid(t *testing.T) {
	if !viet.Date("2024-02-29").Valid() {
		t.Error("the leap day is refused")
	}
	for _, s := range []viet.Date{"", "15/3/2026", "2026-02-29", "2026-3-5", "2026-03-15T00:00:00Z", "0000-01-01"} {
		if s.Valid() {
			t.Errorf("%q is taken for a day", string(s))
		}
	}
}

func TestNumberGroupsThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1208: "1.208", 1000000: "1.000.000", -4500: "-4.500", -12: "-12"} {
		if got := viet.Number(n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "Tổ bầu cử", " a\r\n\r", "\ufeff x", "\u2000\u0301", "a\xff", "\x00", "Tô\u0309"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := viet.Clean(s, 1000)
		if err != nil {
			return
		}
		if !utf8.ValidString(once) || utf8.RuneCountInString(once) > 1000 {
			t.Fatalf("got %q from %q", once, s)
		}
		if twice, err := viet.Clean(once, 1000); twice != once || err != nil {
			t.Fatalf("got %q, %v, want %q again", twice, err, once)
		}
	})
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"", "Đổi thẻ cử tri", "--a--", "İstanbul", strings.Repeat("ầ b", 60), "a\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		slug := viet.Slug(s)
		if len(slug) > 80 || strings.Trim(slug, "-") != slug || strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Fatalf("got %q from %q", slug, s)
		}
		if again := viet.Slug(slug); again != slug {
			t.Fatalf("got %q, want %q again", again, slug)
		}
	})
}
