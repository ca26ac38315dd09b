package content_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sotay/content"
	"sotay/internal/cite"
	"sotay/internal/viet"
)

func general(day viet.Date) content.Election { return content.Election{Day: day} }

// byElection is a Sunday in the middle of the term.
var byElection = content.Election{Day: "2027-05-16", Kind: content.ByElection}

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
		if got := d.Date(general("2026-03-15")); !ok || got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.key, got, tt.want)
		}
	}
	if got := len(content.Calendar(general("2026-03-15"), "")); got != len(tests) {
		t.Errorf("the calendar has %d deadlines, the table above %d", got, len(tests))
	}
}

// The days before a by-election as Articles 89 to 92 and Article 8 of resolution
// 101 give them, and the dates they make, counted on a calendar by hand.
func TestDeadlinesOfAByElection(t *testing.T) {
	tests := []struct {
		key    string
		before int
		want   string
	}{
		{"cong-bo-ngay-bau-cu", 30, "16/4/2027"},
		{"uy-ban-bau-cu", 20, "26/4/2027"}, {"ban-bau-cu-quoc-hoi", 20, "26/4/2027"}, {"hiep-thuong-1", 20, "26/4/2027"},
		{"gioi-thieu", 19, "27/4/2027"},
		{"nop-ho-so", 18, "28/4/2027"},
		{"hiep-thuong-2", 16, "30/4/2027"},
		{"ban-bau-cu-hdnd", 15, "01/5/2027"}, {"to-bau-cu", 15, "01/5/2027"}, {"niem-yet-cu-tri", 15, "01/5/2027"},
		{"y-kien-cu-tri", 14, "02/5/2027"},
		{"hiep-thuong-3", 12, "04/5/2027"},
		{"danh-sach-ung-cu", 10, "06/5/2027"},
		{"ngay-bau-cu", 0, "16/5/2027"},
	}
	for _, tt := range tests {
		d, ok := content.DeadlineByKey(tt.key)
		day := time.Date(2027, time.May, 16-tt.before, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
		if got := d.Date(byElection); !ok || string(got) != day || got.String() != tt.want || d.Words(byElection) != tt.want {
			t.Errorf("%s: got %s, want %s, %s", tt.key, got, tt.want, day)
		}
	}
	if got := len(content.Calendar(byElection, "")); got != len(tests) {
		t.Errorf("the calendar has %d deadlines, the table above %d", got, len(tests))
	}
	for key, want := range map[string]string{"to-bau-cu": "9 đến 11 người", "uy-ban-bau-cu": "3 đến 5 người", "ban-bau-cu-hdnd": "3 đến 5 người"} {
		d, _ := content.DeadlineByKey(key)
		if l, _ := d.LimitOn(byElection); !strings.Contains(l.Note, want) {
			t.Errorf("%s notes %q, want %s", key, l.Note, want)
		}
	}
}

func TestAByElectionReckonsNothingThatTheLawDoesNotSay(t *testing.T) {
	open := map[string]bool{}
	for _, act := range content.OpenActs(byElection, "") {
		open[act.Deadline.Key] = true
		if got := act.Deadline.Words(byElection); act.Deadline.Date(byElection) != "" || !strings.Contains(got, "chưa thấy hạn riêng") {
			t.Errorf("%s says %q", act.Deadline.Key, got)
		}
	}
	dated := map[string]bool{"ban-bau-cu": true} // in two parts
	for _, due := range content.Calendar(byElection, "") {
		dated[due.Deadline.Key] = true
		if due.Held != nil || due.First != "" {
			t.Errorf("%s has dates of a general election", due.Deadline.Key)
		}
	}
	for _, due := range content.Calendar(general("2026-03-15"), "") {
		if key := due.Deadline.Key; key == "hop-hdnd" || key == "hop-quoc-hoi" {
			if open[key] || dated[key] {
				t.Errorf("%s: a by-election has no first session", key)
			}
		} else if open[key] == dated[key] {
			t.Errorf("%s: open %v, dated %v", key, open[key], dated[key])
		}
	}
	teams, _ := content.DeadlineByKey("ban-bau-cu")
	if got, want := teams.Words(byElection), "26/4/2027 (đại biểu Quốc hội), 01/5/2027 (đại biểu HĐND)"; got != want {
		t.Errorf("the two kinds of boards: got %q, want %q", got, want)
	}
	if got := content.OpenActs(general("2026-03-15"), ""); len(got) != 0 {
		t.Errorf("a general election leaves %d acts open", len(got))
	}
	if n, all := len(content.OpenActs(byElection, "to-bau-cu")), len(open); n == 0 || n >= all {
		t.Errorf("the polling team has %d of %d open acts", n, all)
	}
}

func TestAnElectionIsHeldOnASundayWhoseLawIsKnown(t *testing.T) {
	tests := []struct {
		election content.Election
		ok       bool
	}{
		{general("2026-03-15"), true}, {byElection, true}, {general("2021-05-23"), true},
		{content.Election{Day: "2027-05-17", Kind: content.ByElection}, false}, // a Monday
		{general("2026-03-16"), false},
		{content.Election{Day: "2025-09-07", Kind: content.ByElection}, false}, // before resolution 101
		{general("2011-05-22"), false}, {general("2100-01-03"), false}, {general("9999-12-26"), false},
		{general(""), false}, {general("16/5/2027"), false}, {content.Election{Day: "2027-05-16", Kind: "x"}, false},
	}
	for _, tt := range tests {
		if err := tt.election.Check(); (err == nil) != tt.ok {
			t.Errorf("%+v: got %v", tt.election, err)
		}
	}
}

func TestTheCheckTellsOfDatesThatAByElectionHasNot(t *testing.T) {
	lib, _ := seeded(t)
	lib.HeldOn(byElection)
	const source = "Phát thẻ xong {{hạn:phat-the}}; lập Tổ {{hạn:to-bau-cu}}; lập Ban {{hạn:ban-bau-cu}}."
	findings, err := lib.Check(t.Context(), content.KindTerm, "", content.Text{Fields: map[string][]string{"title": {"Thẻ"}, "summary": {"Tấm thẻ."}}, Markdown: source}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, f := range findings {
		if strings.Contains(f.Sentence, "bầu cử bổ sung") {
			told = append(told, f.Sentence)
			if f.Must {
				t.Errorf("%q forbids to publish", f.Sentence)
			}
		}
	}
	if len(told) != 1 || !strings.Contains(told[0], "Phát xong thẻ cử tri") {
		t.Errorf("told of %q", told)
	}
}

func TestEveryProvisionBehindADeadlineIsInTheRegister(t *testing.T) {
	lib, _ := seeded(t)
	register, err := lib.Register(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, election := range []content.Election{general("2021-05-23"), general("2026-03-15"), byElection} {
		for _, act := range content.OpenActs(election, "") {
			if ref, err := cite.Parse(act.See); act.See != "" && (err != nil || !register.Resolves(ref)) {
				t.Errorf("%s points to %q, which does not resolve (%v)", act.Deadline.Key, act.See, err)
			}
		}
		for _, due := range content.Calendar(election, "") {
			if due.Label() == "" || due.Who() == "" || len(due.Limit.Basis) == 0 {
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
		if got := d.Date(general(tt.election)); !ok || got != tt.want {
			t.Errorf("%s for %s: got %s, want %s", tt.key, tt.election, got, tt.want)
		}
	}
}

func TestVersionsOfALimitDoNotOverlap(t *testing.T) {
	for _, due := range content.Calendar(general("2026-03-15"), "") {
		limits := due.Deadline.Limits
		for i := 1; i < len(limits); i++ {
			if limits[i-1].Kind != limits[i].Kind {
				continue
			}
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

func TestAGuideTakenDownIsNoLongerAmongThoseOnADeadline(t *testing.T) {
	lib, _ := seeded(t)
	before, err := lib.GuidesOnDeadlines(t.Context())
	if err != nil || len(before["phat-the"]) == 0 {
		t.Fatalf("no guide names the cards, %v", err)
	}
	gone := before["phat-the"][0]
	if err := lib.TakeDown(t.Context(), content.KindGuide, gone.ID, "Luật đổi.", "dung"); err != nil {
		t.Fatal(err)
	}
	after, err := lib.GuidesOnDeadlines(t.Context())
	if err != nil || len(after["phat-the"]) != len(before["phat-the"])-1 {
		t.Errorf("got %d guides of %d, %v", len(after["phat-the"]), len(before["phat-the"]), err)
	}
}
