package content_test

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/store/storetest"
)

// numbered gives rows their numbers, counted from 1.
func numbered(rows ...[]string) iter.Seq2[int, []string] {
	return func(yield func(int, []string) bool) {
		for i, row := range rows {
			if !yield(i+1, row) {
				return
			}
		}
	}
}

var vietnameseHead = []string{"Câu hỏi", "MÃ", "Trả lời", "trả lời ngắn", "Chủ đề", "Cơ quan", "Buổi", "Ngày", "Căn cứ", "Cách hỏi khác", "Màu"}

func TestASheetIsTheSameAsItsJSONLines(t *testing.T) {
	line := `{"id":"x1","title":"Có được mang điện thoại không?","body":"**Tùy** nơi.","short":"Tùy nơi.","topic":"an-ninh-tinh-huong","agency":"Sở Nội vụ","session":"Giải đáp trực tuyến","date":"2026-02-05","refs":["luat-85-2015 dieu-69","luat-85-2015 dieu-70"],"asked":["mang máy vào được không"]}`
	row := []string{"Có được mang điện thoại không?", "x1", "**Tùy** nơi.", "Tùy nơi.", "an-ninh-tinh-huong", "Sở Nội vụ", "Giải đáp trực tuyến", "05/02/2026",
		"luat-85-2015 dieu-69\r\n\nluat-85-2015 dieu-70", "mang máy vào được không", "đỏ"}
	english := []string{"title", "ID", "body", "short", "topic", "agency", "session", "date", "refs", "asked", "colour"}
	for _, head := range [][]string{vietnameseHead, english} {
		lib := content.New(storetest.Open(t))
		mustImport(t, lib, line, true)
		report, err := lib.ImportSheet(t.Context(), content.Import{Name: "a.xlsx", Publish: true, By: "operator"}, numbered(head, row))
		if err != nil || report.Read != 1 || report.Same != 1 {
			t.Errorf("got %+v, %v, want one the same", report, err)
		}
		if len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], head[10]) {
			t.Errorf("got warnings %q, want one on the column %s", report.Warnings, head[10])
		}
	}
}

func TestFaultsOfASheetNameFileRowAndColumn(t *testing.T) {
	head := []string{"mã", "câu hỏi", "trả lời", "ngày", "chủ đề", "căn cứ"}
	tests := []struct {
		name string
		rows [][]string
		want string
	}{
		{"no rows", nil, "a.csv:1: bảng không có dòng nào"},
		{"no head", [][]string{{"x1", "Gì?", "Đó."}}, `a.csv:1: thiếu cột "mã"`},
		{"one column missing", [][]string{{"mã", "câu hỏi"}}, `a.csv:1: thiếu cột "trả lời"`},
		{"a column twice", [][]string{{"mã", "id", "câu hỏi", "trả lời"}}, `a.csv:1: có hai cột "id"`},
		{"no question", [][]string{head, {"x1", "", "Đó."}}, "a.csv:2: thiếu câu hỏi"},
		{"short row", [][]string{head, {"x1"}}, "a.csv:2: thiếu câu hỏi"},
		{"no such day", [][]string{head, {"x1", "Gì?", "Đó.", "31/02/2026"}}, "a.csv:2: date: "},
		{"no such topic", [][]string{head, {"x1", "Gì?", "Đó.", "", "bóng đá"}}, "a.csv:2: chủ đề: "},
		{"no such provision", [][]string{head, {"x1", "Gì?", "Đó.", "", "", "Điều lạ"}}, "Điều lạ"},
		{"id twice", [][]string{head, {"x1", "Gì?", "Đó."}, {"x1", "Gì nữa?", "Đó."}}, "a.csv:3: id \"x1\" đã có ở dòng 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lib := content.New(storetest.Open(t))
			_, err := lib.ImportSheet(t.Context(), content.Import{Name: "a.csv", By: "operator"}, numbered(tt.rows...))
			var faults *content.ImportError
			if !errors.As(err, &faults) || !strings.Contains(faults.Faults[0], tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestFaultyAnswersAreSkippedWhenAsked(t *testing.T) {
	lib := content.New(storetest.Open(t))
	rows := [][]string{{"mã", "câu hỏi", "trả lời"}}
	for i := range 200 {
		rows = append(rows, []string{fmt.Sprintf("r%d", i), "Gì?", []string{"Đó.", ""}[i%2]})
	}
	report, err := lib.ImportSheet(t.Context(), content.Import{Name: "a.xlsx", Publish: true, SkipFaulty: true, By: "operator"}, numbered(rows...))
	if err != nil || report.Read != 100 || report.New != 100 || report.Skipped != 100 {
		t.Fatalf("got %+v, %v, want 100 new and 100 skipped", report, err)
	}
	if last := report.Faults[len(report.Faults)-1]; report.Faults[0] != "a.xlsx:3: thiếu trả lời. Hãy điền trường này." || !strings.Contains(last, "còn 50 dòng") {
		t.Errorf("got faults from %q to %q", report.Faults[0], last)
	}
	lines := twoAnswers + "{\n"
	report, err = lib.ImportLines(t.Context(), content.Import{Name: "a.jsonl", Publish: true, SkipFaulty: true, By: "operator"}, strings.NewReader(lines))
	if err != nil || report.New != 2 || report.Skipped != 1 || !strings.HasPrefix(report.Faults[0], "a.jsonl:3: ") {
		t.Errorf("lines: got %+v, %v", report, err)
	}
	_, err = lib.ImportLines(t.Context(), content.Import{Name: "a.jsonl", SkipFaulty: true, By: "operator"}, strings.NewReader(strings.Repeat("a", 300<<10)))
	var faults *content.ImportError
	if !errors.As(err, &faults) {
		t.Errorf("a file that cannot be read to its end: got %v, want it refused", err)
	}
}
