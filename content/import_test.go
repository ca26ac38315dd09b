package content_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store/storetest"
)

func mustImport(t *testing.T, lib *content.Library, file string, publish bool) content.ImportReport {
	t.Helper()
	report, err := lib.ImportAnswers(t.Context(), "a.jsonl", strings.NewReader(file), publish, "operator")
	if err != nil {
		t.Fatal(err)
	}
	return report
}

const twoAnswers = `{"id":"x1","title":"Có được mang điện thoại không?","body":"**Tùy** nơi.","short":"Tùy nơi.","topic":"an-ninh-tinh-huong","agency":"Sở Nội vụ","session":"Giải đáp trực tuyến","date":"2026-02-25","refs":["luat-85-2015 dieu-69"]}
{"id":"x2","title":"Mấy giờ mở cửa?","body":"7 giờ.","màu":"đỏ"}
`

func TestImportStoresAndPublishes(t *testing.T) {
	lib := content.New(storetest.Open(t))
	report := mustImport(t, lib, twoAnswers, true)
	if report.Read != 2 || report.New != 2 || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], "màu") {
		t.Errorf("got %+v", report)
	}
	a, err := lib.Answer(t.Context(), "HĐ-0001")
	if err != nil {
		t.Fatal(err)
	}
	if a.Ref != "x1" || a.Question != "Có được mang điện thoại không?" || a.Agency != "Sở Nội vụ" || a.Session.Title != "Giải đáp trực tuyến" || a.Date != "2026-02-25" {
		t.Errorf("got %+v", a)
	}
	if !strings.Contains(a.Body.Parts[0].HTML, "<strong>Tùy</strong>") {
		t.Errorf("body: %s", a.Body.Parts[0].HTML)
	}
}

func TestImportTwiceChangesNothing(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	mustImport(t, lib, twoAnswers, true)
	before, err := db.LastChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if report := mustImport(t, lib, twoAnswers, true); report.Same != 2 || report.New+report.Changed != 0 {
		t.Errorf("got %+v, want two the same", report)
	}
	if after, _ := db.LastChange(t.Context()); after != before {
		t.Errorf("the second import made changes %d to %d", before+1, after)
	}
}

func TestImportOfAChangedAnswerIsItsNextRevision(t *testing.T) {
	lib := content.New(storetest.Open(t))
	mustImport(t, lib, twoAnswers, true)
	report := mustImport(t, lib, strings.Replace(twoAnswers, "7 giờ.", "Từ 7 giờ.", 1), true)
	if report.Changed != 1 || report.Same != 1 {
		t.Errorf("got %+v, want one changed, one the same", report)
	}
	a, err := lib.Answer(t.Context(), "HĐ-0002")
	if err != nil || a.Revision != 2 || !strings.Contains(a.Body.Parts[0].HTML, "Từ 7") {
		t.Errorf("got revision %d, %v", a.Revision, err)
	}
}

func TestImportedDraftsAreSeenByNobodyUntilPublished(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	mustImport(t, lib, twoAnswers, false)
	if _, err := lib.Answer(t.Context(), "HĐ-0001"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("a draft is shown: %v", err)
	}
	if seq, _ := db.LastChange(t.Context()); seq != 0 {
		t.Errorf("a draft was announced as change %d", seq)
	}
	if report := mustImport(t, lib, twoAnswers, false); report.Same != 2 {
		t.Errorf("drafts twice: got %+v", report)
	}
	if report := mustImport(t, lib, twoAnswers, true); report.Changed != 2 {
		t.Errorf("publishing the drafts: got %+v", report)
	}
	if _, err := lib.Answer(t.Context(), "HĐ-0001"); err != nil {
		t.Errorf("published: %v", err)
	}
	mustImport(t, lib, strings.Replace(twoAnswers, "7 giờ.", "8 giờ.", 1), false)
	if a, err := lib.Answer(t.Context(), "HĐ-0002"); err != nil || !strings.Contains(a.Body.Parts[0].HTML, "7") {
		t.Errorf("a draft of a published answer changed what readers see: %v", err)
	}
}

func TestImportIsAllOrNothingAndNamesEachLine(t *testing.T) {
	lib := content.New(storetest.Open(t))
	long := strings.Repeat("a", 33<<10)
	tests := []struct{ name, line, want string }{
		{"no JSON", `{"id":`, "không phải một đối tượng JSON"},
		{"an array", `[1]`, "không phải một đối tượng JSON"},
		{"wrong type", `{"id":1,"title":"a","body":"b"}`, "sai kiểu"},
		{"no id", `{"title":"a","body":"b"}`, "thiếu id"},
		{"no title", `{"id":"i","body":"b"}`, "thiếu title"},
		{"no body", `{"id":"i","title":"a"}`, "thiếu body"},
		{"long title", fmt.Sprintf(`{"id":"i","title":%q,"body":"b"}`, long[:501]), "title"},
		{"long body", fmt.Sprintf(`{"id":"i","title":"a","body":%q}`, long), "body"},
		{"topic", `{"id":"i","title":"a","body":"b","topic":"bong-da"}`, "bong-da"},
		{"date", `{"id":"i","title":"a","body":"b","date":"02/03/2026"}`, "02/03/2026"},
		{"ref", `{"id":"i","title":"a","body":"b","refs":["Điều 69"]}`, "Điều 69"},
		{"double id", `{"id":"ok","title":"a","body":"b"}`, "dòng 1"},
		{"not UTF-8", "{\"id\":\"i\",\"title\":\"a\xff\",\"body\":\"b\"}", "UTF-8"},
		{"wide table", `{"id":"i","title":"a","body":"` + strings.Repeat("|a", 40) + `|\n` + strings.Repeat("|-", 40) + `|"}`, "cột"},
		{"bad markdown", `{"id":"i","title":"a","body":"` + strings.Repeat("> ", 60) + `x"}`, "a.jsonl:2:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := `{"id":"ok","title":"Câu đúng?","body":"Đúng."}` + "\n" + tt.line + "\n"
			_, err := lib.ImportAnswers(t.Context(), "a.jsonl", strings.NewReader(file), true, "operator")
			var faults *content.ImportError
			if !errors.As(err, &faults) || len(faults.Faults) != 1 || !strings.HasPrefix(faults.Faults[0], "a.jsonl:2: ") || !strings.Contains(faults.Faults[0], tt.want) {
				t.Fatalf("got %v, want one fault at a.jsonl:2 naming %q", err, tt.want)
			}
			if page, _ := lib.Answers(t.Context(), content.AnswerFilter{}); page.Total != 0 {
				t.Errorf("%d answers were stored all the same", page.Total)
			}
		})
	}
}

func TestImportMendsWhatFilesOfOthersCarryAndSaysSo(t *testing.T) {
	tests := []struct{ name, body, note, shown string }{
		{"unseen characters", `một\u007fhai\uf25f`, "không hiển thị", "mộthai"},
		{"first-level heading", `# Tên bài\nChữ *đậm*.`, "chữ thường", "# Tên bài\nChữ *đậm*."},
		{"brackets that read as a link", `Al2[SiO4](F,OH)2 và {x}`, "chữ thường", "Al2[SiO4](F,OH)2 và {x}"},
		{"a link that runs script", `[a](javascript:alert(1)) <b>`, "chữ thường", "[a](javascript:alert(1)) &lt;b&gt;"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lib := content.New(storetest.Open(t))
			report := mustImport(t, lib, `{"id":"i","title":"a","body":"`+tt.body+`"}`, true)
			if len(report.Warnings) != 1 || !strings.HasPrefix(report.Warnings[0], "a.jsonl:1: body") || !strings.Contains(report.Warnings[0], tt.note) {
				t.Errorf("warnings: got %q", report.Warnings)
			}
			a, err := lib.Answer(t.Context(), "HĐ-0001")
			if err != nil {
				t.Fatal(err)
			}
			if got, want := a.Body.Parts[0].HTML, "<p>"+tt.shown+"</p>\n"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if again := mustImport(t, lib, `{"id":"i","title":"a","body":"`+tt.body+`"}`, true); again.Same != 1 {
				t.Errorf("a second time: got %+v", again)
			}
		})
	}
}

func TestImportKeepsEqualTitlesApart(t *testing.T) {
	lib := content.New(storetest.Open(t))
	report := mustImport(t, lib, `{"id":"a","title":"Cùng tên?","body":"Một."}`+"\n\n"+`{"id":"b","title":"Cùng tên?","body":"Hai."}`, true)
	if report.New != 2 {
		t.Errorf("got %+v, want two new", report)
	}
}

func FuzzImport(f *testing.F) {
	f.Add(twoAnswers)
	f.Add("\xef\xbb\xbf" + `{"id":"a","title":"b","body":"c"}`)
	f.Add(`{"id":"a","title":"b","body":"---\n---\n"}`)
	f.Fuzz(func(t *testing.T, file string) {
		lib := content.New(storetest.Open(t))
		_, err := lib.ImportAnswers(t.Context(), "f", strings.NewReader(file), true, "operator")
		var faults *content.ImportError
		if err != nil && !errors.As(err, &faults) {
			t.Errorf("neither imported nor refused line by line: %v", err)
		}
	})
}
