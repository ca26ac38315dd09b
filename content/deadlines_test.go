package content_test

import (
	"context"
	"testing"

	"sotay/content"
	"sotay/internal/cite"
	"sotay/internal/viet"
)

func TestDeadlinesOfThe2026Election(t *testing.T) {
	tests := []struct {
		key  string
		want viet.Date
	}{
		{"cong-bo-ngay-bau-cu", "2025-11-20"}, {"uy-ban-bau-cu", "2025-11-30"}, {"hiep-thuong-1", "2025-12-10"},
		{"dieu-chinh-1", "2025-12-15"}, {"don-vi-bau-cu", "2025-12-25"}, {"ban-bau-cu", "2026-01-04"},
		{"to-bau-cu", "2026-01-31"}, {"nop-ho-so", "2026-02-01"}, {"niem-yet-cu-tri", "2026-02-03"},
		{"hiep-thuong-2", "2026-02-03"}, {"dieu-chinh-2", "2026-02-05"}, {"xac-minh", "2026-02-08"},
		{"hiep-thuong-3", "2026-02-20"}, {"gui-danh-sach", "2026-02-22"}, {"danh-sach-ung-cu", "2026-02-26"},
		{"giao-phieu-ban", "2026-02-26"}, {"niem-yet-ung-cu", "2026-02-27"}, {"giao-phieu-to", "2026-03-02"},
		{"thong-bao-bo-phieu", "2026-03-05"}, {"ngung-khieu-nai", "2026-03-05"}, {"khoi-kien-danh-sach", "2026-03-10"},
		{"phat-the", "2026-03-12"}, {"bo-sung-danh-sach", "2026-03-14"}, {"het-van-dong", "2026-03-14"},
		{"ngay-bau-cu", "2026-03-15"}, {"bien-ban-kiem-phieu", "2026-03-18"}, {"bien-ban-ket-qua", "2026-03-20"},
		{"bien-ban-tinh", "2026-03-22"}, {"bau-them", "2026-03-22"}, {"cong-bo-ket-qua", "2026-03-25"},
		{"hop-hdnd", "2026-04-29"}, {"hop-quoc-hoi", "2026-05-14"},
	}
	for _, tt := range tests {
		d, ok := content.DeadlineByKey(tt.key)
		if got := d.Date("2026-03-15"); !ok || got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.key, got, tt.want)
		}
	}
	if got := len(content.Calendar("2026-03-15", "")); got != len(tests) {
		t.Errorf("the calendar has %d deadlines, the table above %d", got, len(tests))
	}
}

func TestEveryProvisionBehindADeadlineIsInTheRegister(t *testing.T) {
	lib, _ := seeded(t)
	register, err := lib.Register(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, day := range []viet.Date{"2021-05-23", "2026-03-15"} {
		for _, due := range content.Calendar(day, "") {
			if due.Deadline.Label == "" || due.Deadline.Who == "" || len(due.Limit.Basis) == 0 {
				t.Errorf("%s lacks words or basis", due.Deadline.Key)
			}
			if _, ok := content.TopicBySlug(due.Deadline.Topic); !ok {
				t.Errorf("%s has the unknown topic %q", due.Deadline.Key, due.Deadline.Topic)
			}
			for _, role := range due.Deadline.Roles {
				if role.Label() == "" {
					t.Errorf("%s has the unknown role %q", due.Deadline.Key, role)
				}
			}
			for _, text := range due.Limit.Basis {
				if ref, err := cite.Parse(text); err != nil || !register.Resolves(ref) {
					t.Errorf("%s rests on %q, which does not resolve (%v)", due.Deadline.Key, text, err)
				}
			}
		}
	}
}

func TestTheLimitIsThatOfTheLawInForceOnElectionDay(t *testing.T) {
	tests := []struct {
		key      string
		election viet.Date
		want     viet.Date
	}{
		{"nop-ho-so", "2021-05-23", "2021-03-14"},       // 70 days before, by the law of 2015
		{"nop-ho-so", "2026-03-15", "2026-02-01"},       // 42 days
		{"bau-them", "2025-06-29", "2025-07-14"},        // the last Sunday under the old law: 15 days
		{"bau-them", "2025-07-06", "2025-07-13"},        // the first under the new: 7 days
		{"niem-yet-cu-tri", "2021-05-23", "2021-04-13"}, // 40 days, then and now
		{"cong-bo-ket-qua", "2021-05-23", "2021-06-12"},
		{"to-bau-cu", "2021-05-23", ""}, // the old number was not read in the law
		{"niem-yet-cu-tri", "2011-05-22", ""},
		{"to-bau-cu", "2027-06-06", "2027-04-24"},
	}
	for _, tt := range tests {
		d, ok := content.DeadlineByKey(tt.key)
		if got := d.Date(tt.election); !ok || got != tt.want {
			t.Errorf("%s for %s: got %s, want %s", tt.key, tt.election, got, tt.want)
		}
	}
}

func TestVersionsOfALimitDoNotOverlap(t *testing.T) {
	for _, due := range content.Calendar("2026-03-15", "") {
		limits := due.Deadline.Limits
		for i := 1; i < len(limits); i++ {
			if limits[i-1].Until == "" || limits[i-1].Until.AddDays(1) != limits[i].From {
				t.Errorf("%s: version %d does not follow the one before", due.Deadline.Key, i)
			}
		}
	}
}

func TestGuidesOnDeadlinesAreThoseThatNameThem(t *testing.T) {
	lib, _ := seeded(t)
	got, err := lib.GuidesOnDeadlines(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{}
	err = lib.EachGuide(t.Context(), func(g content.Guide) error {
		seen := map[string]bool{}
		for _, part := range g.Body.Parts {
			if part.Kind == content.PartDeadline && !seen[part.Key] {
				seen[part.Key] = true
				want[part.Key]++
			}
		}
		return nil
	})
	if err != nil || len(want) == 0 || len(got) != len(want) {
		t.Fatalf("%d deadlines are named, %d found, %v", len(want), len(got), err)
	}
	for key, n := range want {
		if len(got[key]) != n {
			t.Errorf("%s: got %d guides, want %d", key, len(got[key]), n)
		}
	}
}
