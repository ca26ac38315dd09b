package content_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// told writes findings one a line.
func told(findings []content.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s:%d %t %s\n", f.Field, f.Line, f.Must, f.Sentence)
	}
	return b.String()
}

func TestTheCheckListNamesFieldAndLine(t *testing.T) {
	lib, _ := seeded(t)
	base := guideText("Bài để xem danh mục kiểm tra")
	base.Markdown = "## Các bước\n\nLàm việc thứ nhất.\n\n{{tự-kiểm-tra:cau-1}}"
	questions := map[string]bool{"cau-1": true}
	long := strings.Repeat("việc ", 45)
	tests := []struct {
		name   string
		change func(*content.Text)
		want   []string // beginnings of lines
	}{
		{"nothing", func(*content.Text) {}, nil},
		{"no title", func(x *content.Text) { delete(x.Fields, "title") }, []string{"title:0 true Không được để trống."}},
		{"topic", func(x *content.Text) { x.Fields["topic"] = []string{"x"} }, []string{"topic:0 true"}},
		{"number", func(x *content.Text) { x.Fields["position"] = []string{"hai"} }, []string{"position:0 true Hãy viết một số"}},
		{"date", func(x *content.Text) { x.Fields["effective"] = []string{"1/1"} }, []string{"effective:0 true"}},
		{"no basis", func(x *content.Text) { delete(x.Fields, "basis") }, []string{"basis:0 true Cần ít nhất một căn cứ"}},
		{"unknown basis", func(x *content.Text) { x.Fields["basis"] = []string{"luat-85-2015 dieu-900"} }, []string{"basis:0 true Căn cứ"}},
		{"no readers, no date", func(x *content.Text) { delete(x.Fields, "roles"); delete(x.Fields, "effective") }, []string{"roles:0 false", "effective:0 false"}},
		{"no self-check", func(x *content.Text) { x.Markdown = "Một câu." }, []string{"markdown:0 false Thiếu phần tự kiểm tra"}},
		{"unknown question", func(x *content.Text) { x.Markdown += "\n\n{{tự-kiểm-tra:khong-co}}" }, []string{"markdown:7 true Không có câu tự kiểm tra"}},
		{"dead link", func(x *content.Text) { x.Markdown += "\n\nXem [đây](/huong-dan/a/b)." }, []string{"markdown:7 true Liên kết"}},
		{"good links", func(x *content.Text) {
			x.Markdown += "\n\n[a](/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu) [b](/hoi-dap/hd-0001) [c](/van-ban/85-2015-qh13/dieu-69#khoan-4) [d](#muc-cac-buoc) [e](/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu) [f](/huong-dan/trang-tri-co-dong)"
		}, nil},
		{"dead anchor", func(x *content.Text) { x.Markdown += "\n\n[d](#muc-khac)" }, []string{"markdown:7 true Liên kết"}},
		{"picture of another site", func(x *content.Text) { x.Markdown += "\n\n![a](https://x.vn/a.png)" }, []string{"markdown:7 true Chỉ dùng hình"}},
		{"picture without words", func(x *content.Text) { x.Markdown += "\n\n![](/tep/a.png)" }, []string{"markdown:7 true Hình phải có lời tả"}},
		{"broken text and field", func(x *content.Text) { x.Markdown = "# Tên\n\nchữ"; delete(x.Fields, "summary") }, []string{"markdown:1 true Tiêu đề cấp một", "summary:0 true"}},
		{"asked for a section that is not", func(x *content.Text) { x.Fields["asked"] = []string{"muc-x: hỏi gì"} }, []string{"asked:0 true"}},
		{"long sentence", func(x *content.Text) { x.Markdown += "\n\n- Câu **dài** " + long + "." }, []string{"markdown:7 false Câu “Câu dài việc"}},
		{"long text", func(x *content.Text) { x.Markdown += "\n\n" + strings.Repeat("Một câu ngắn thôi. ", 500) }, []string{"markdown:0 false Bài đọc mất"}},
		{"address of another", func(x *content.Text) { x.Slug = "trang-tri-phong-bo-phieu" }, []string{"slug:0 true Địa chỉ"}},
		{"odd rune", func(x *content.Text) { x.Fields["title"] = []string{"a &#xE000; b"} }, []string{"title:0 true Có ký tự"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := base
			text.Fields = map[string][]string{}
			for name, values := range base.Fields {
				text.Fields[name] = values
			}
			tt.change(&text)
			findings, err := lib.Check(t.Context(), content.KindGuide, "new", text, questions)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSuffix(told(findings), "\n"), "\n")
			if len(findings) != len(tt.want) {
				t.Fatalf("got\n%s", told(findings))
			}
			for i, want := range tt.want {
				if !strings.HasPrefix(lines[i], want) {
					t.Errorf("got %s, want %s", lines[i], want)
				}
			}
		})
	}
}

func TestTheCheckListFindsAnswersThatAskTheSame(t *testing.T) {
	lib, _ := seeded(t)
	a, err := lib.Answer(t.Context(), "HĐ-0001")
	if err != nil {
		t.Fatal(err)
	}
	text := answerText(a.Question)
	findings, err := lib.Check(t.Context(), content.KindAnswer, "new", text, nil)
	if err != nil || !strings.Contains(told(findings), "question:0 false Hỏi gần như /hoi-dap/hd-0001") {
		t.Errorf("got %s, %v", told(findings), err)
	}
	if findings, err = lib.Check(t.Context(), content.KindAnswer, a.ID, text, nil); err != nil || len(findings) != 0 {
		t.Errorf("an answer resembles itself: %s, %v", told(findings), err)
	}
	delete(text.Fields, "agency")
	if findings, _ = lib.Check(t.Context(), content.KindAnswer, a.ID, text, nil); !strings.Contains(told(findings), "agency:0 true Thiếu cơ quan trả lời") {
		t.Errorf("got %s", told(findings))
	}
}

func TestEmbeddedTextsPassTheCheckList(t *testing.T) {
	lib, _ := seeded(t)
	ctx := t.Context()
	guides, err := lib.Guides(ctx, content.GuideFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range guides {
		r, err := lib.ShownRevision(ctx, content.KindGuide, g.ID)
		if err != nil {
			t.Fatal(err)
		}
		findings, err := lib.Check(ctx, content.KindGuide, g.ID, r.Text(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if f.Must || f.Line == 0 && strings.HasPrefix(f.Sentence, "Câu “") {
				t.Errorf("%s: %+v", g.Slug, f)
			}
		}
	}
}

func TestPreviewIsWhatReadersWillSee(t *testing.T) {
	lib, _ := seeded(t)
	g := anyGuide(t, lib)
	r, err := lib.ShownRevision(t.Context(), content.KindGuide, g.ID)
	if err != nil {
		t.Fatal(err)
	}
	body, findings := lib.Preview(content.KindGuide, r.Text())
	if len(findings) != 0 || len(body.Parts) != len(g.Body.Parts) || body.Parts[0].HTML != g.Body.Parts[0].HTML {
		t.Errorf("got %s", told(findings))
	}
	if body, findings = lib.Preview(content.KindGuide, content.Text{Markdown: "Một dòng.\n\n<script>alert(1)</script>"}); len(body.Parts) > 0 && strings.Contains(body.Parts[0].HTML, "<script") {
		t.Errorf("got %+v, %s", body, told(findings))
	}
}

func TestRemarksStandOnParagraphs(t *testing.T) {
	lib, db := seeded(t)
	ctx := t.Context()
	r := newDraft(t, lib, content.KindGuide, guideText("Bài có ý kiến"), "lan")
	c, err := lib.AddComment(ctx, r.Kind, r.ID, content.Comment{Number: 1, Paragraph: 2, Quote: "Làm việc thứ nhất.", Text: " Việc gì? ", By: "ai đó", Done: true}, "dung")
	if err != nil || c.By != "dung" || c.Done || c.Text != "Việc gì?" {
		t.Fatalf("got %+v, %v", c, err)
	}
	if p := content.Paragraphs(r.Kind, r.Source); len(p) != 2 || p[1] != "Làm việc thứ nhất." {
		t.Errorf("got %q", p)
	}
	_, err = lib.AddComment(ctx, r.Kind, r.ID, content.Comment{Number: 9, Text: "x"}, "dung")
	wantFault(t, "a remark on no revision", err, fault.KindNotFound)
	_, err = lib.AddComment(ctx, r.Kind, r.ID, content.Comment{Number: 1, Text: " "}, "dung")
	wantFault(t, "an empty remark", err, fault.KindInvalid)
	wantFault(t, "somebody else's remark", lib.FinishComment(ctx, c.ID, "binh", false), fault.KindDenied)
	if err := lib.FinishComment(ctx, c.ID, "lan", false); err != nil {
		t.Fatal(err)
	}
	for by, reviews := range map[string]bool{"dung": false, "duyet": true} {
		if err := lib.FinishComment(ctx, c.ID, by, reviews); err != nil {
			t.Errorf("finished by %s: %v", by, err)
		}
	}
	list, err := lib.Comments(ctx, r.Kind, r.ID)
	if err != nil || len(list) != 1 || !list[0].Done || list[0].Paragraph != 2 || list[0].Quote != "Làm việc thứ nhất." {
		t.Errorf("got %+v, %v", list, err)
	}
	wantFault(t, "finish none", lib.FinishComment(ctx, "x", "lan", false), fault.KindNotFound)
	storetest.CheckTypes(t, db)
}

func TestPreviewLinksExpireAndAreStoredAsHashes(t *testing.T) {
	lib, db := seeded(t)
	ctx := t.Context()
	r := newDraft(t, lib, content.KindGuide, guideText("Bài xem trước"), "lan")
	until := storetest.Start.Add(24 * time.Hour)
	secret, err := lib.SharePreview(ctx, r.Kind, r.ID, 1, until, "lan")
	if err != nil || len(secret) < 20 {
		t.Fatalf("got %q, %v", secret, err)
	}
	if got, err := lib.SharedRevision(ctx, secret); err != nil || got.Source != r.Source {
		t.Errorf("got %+v, %v", got, err)
	}
	_, err = lib.SharePreview(ctx, r.Kind, r.ID, 1, storetest.Start.AddDate(1, 0, 0), "lan")
	wantFault(t, "a link for a year", err, fault.KindInvalid)
	_, err = lib.SharedRevision(ctx, "khong-co")
	wantFault(t, "an unknown link", err, fault.KindNotFound)
	var stored string
	if err := db.Read(ctx, func(tx *store.Tx) error { return tx.QueryRow(`SELECT hash FROM preview_links`).Scan(&stored) }); err != nil || strings.Contains(stored, secret) {
		t.Errorf("got %q, %v", stored, err)
	}
	db.SetClock(func() time.Time { return until })
	_, err = lib.SharedRevision(ctx, secret)
	wantFault(t, "an expired link", err, fault.KindNotFound)
	db.SetClock(func() time.Time { return storetest.Start })
	if err := lib.Discard(ctx, r.Kind, r.ID, r.Version, "lan", false); err != nil {
		t.Fatal(err)
	}
	_, err = lib.SharedRevision(ctx, secret)
	wantFault(t, "a link to what was discarded", err, fault.KindNotFound)
}
