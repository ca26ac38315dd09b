package content_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sotay/content"
	"sotay/internal/fault"
)

// bodyText shows a body in a form that is good to read in a diff.
func bodyText(b content.Body) string {
	var out strings.Builder
	for _, p := range b.Parts {
		if p.Kind == content.PartHTML {
			out.WriteString(p.HTML)
		} else {
			fmt.Fprintf(&out, "⟦%s %s%s⟧", p.Kind, p.Key, strings.Join(p.Keys, ","))
		}
	}
	out.WriteString("\n======== plain text\n")
	for _, h := range b.Headings {
		fmt.Fprintf(&out, "heading %d %s %q\n", h.Level, h.Anchor, h.Text)
	}
	for _, s := range b.Sections {
		fmt.Fprintf(&out, "section %q %q\n%s", s.Anchor, s.Heading, s.Text)
	}
	fmt.Fprintf(&out, "links %q\nwords %d\n", b.Links, b.Words)
	return strings.ReplaceAll(out.String(), "\u00a0", "⍽")
}

func TestMarkdownRendersAsInTheGoldenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/markdown/*.md")
	if err != nil || len(files) < 10 {
		t.Fatalf("got %d golden sources, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			body, err := content.Render(string(source), content.MaxGuideBytes)
			if err != nil {
				t.Fatal(err)
			}
			mustBeSafe(t, body)
			golden := strings.TrimSuffix(file, ".md") + ".golden"
			if flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(golden, []byte(bodyText(body)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got := bodyText(body); got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestMarkdownFaultsNameTheLine(t *testing.T) {
	wide := "|" + strings.Repeat("a|", 31) + "\n|" + strings.Repeat("-|", 31)
	tests := []struct{ name, source, want string }{
		{"first-level heading", "Chào\n\n# Tên bài", "Dòng 3: tiêu đề cấp một"},
		{"underlined first-level heading", "Chào\n\nTên bài\n=====", "Dòng 3: tiêu đề cấp một"},
		{"fourth-level heading", "#### Sâu", "Dòng 1: chỉ dùng tiêu đề"},
		{"heading in a list", "a\n\n- b\n\n  ## c", "Dòng 5: tiêu đề phải đứng ngoài"},
		{"heading without letters", "a\n\n## ***", "Dòng 3: tiêu đề phải có chữ"},
		{"unknown callout", "a\n\n> [!NOTE]\n> b", "Dòng 3: không có khung [!NOTE]"},
		{"callout with text on its first line", "> [!TIP] b", "Dòng 1: hãy để [!TIP] riêng"},
		{"empty callout", "> [!TIP]", "Dòng 1: khung [!TIP] chưa có chữ"},
		{"mixed checklist", "- [ ] a\n- b", "Dòng 2: bảng kiểm có mục thiếu"},
		{"checklist with paragraphs", "- [ ] a\n\n  b", "Dòng 1: mỗi mục của bảng kiểm"},
		{"checklist with a nested list", "a\n\n- [ ] a\n- [ ] b\n  - c", "Dòng 4: mỗi mục của bảng kiểm"},
		{"checklist item without text", "- [ ]\n- [ ] b", "Dòng 1: mỗi mục của bảng kiểm"},
		{"task in a numbered list", "1. [ ] a", "Dòng 1: ô đánh dấu"},
		{"task in a callout", "> [!TIP]\n> - [ ] a", "Dòng 2: ô đánh dấu"},
		{"script link", "a\n[b](javascript:alert)", "Dòng 2: địa chỉ liên kết \"javascript:alert\""},
		{"protocol-relative link", "[b](//vi.example)", "Dòng 1: địa chỉ liên kết"},
		{"link with a hidden character", "[b](/c%00)", "Dòng 1: địa chỉ liên kết"},
		{"relative link", "[b](bai-khac)", "Dòng 1: địa chỉ liên kết"},
		{"empty link", "[b]()", "Dòng 1: địa chỉ liên kết"},
		{"link with a password", "[b](https://a@b.example/)", "Dòng 1: địa chỉ liên kết"},
		{"autolink in a link", "[a <https://b.example>](/c)", "Dòng 1: liên kết không được chứa"},
		{"footnote in a link", "[a[^1]](/c)\n\n[^1]: b", "Dòng 1: liên kết không được chứa"},
		{"footnote without words", "a\nb[^c] \\[^d] `[^e]`", "Dòng 2: chú thích [^c] chưa có lời"},
		{"foreign image", "![a](https://b.example/c.png)", "Dòng 1: chỉ dùng hình"},
		{"image without words", "![](/tep/a.png)", "Dòng 1: hình phải có lời tả"},
		{"unknown directive", "a\n\nb {{hinh:c}}", "Dòng 3: không hiểu {{hinh:c}}"},
		{"open directive", "a {{hạn:b", "Dòng 1: không hiểu {{hạn:b"},
		{"directive with a bad key", "{{hạn:Á}}", "Dòng 1: không hiểu {{hạn:Á}}"},
		{"two deadlines in one directive", "{{hạn:a,b}}", "Dòng 1: không hiểu {{hạn:a,b}}"},
		{"plan in a sentence", "a\n{{sơ-đồ:b}}", "Dòng 2: {{sơ-đồ:b}} phải đứng riêng"},
		{"plan in a list", "- {{sơ-đồ:b}}", "Dòng 1: {{sơ-đồ:b}} phải đứng riêng"},
		{"deadline in a heading", "## a {{hạn:b}}", "Dòng 1: {{hạn:b}} không dùng được trong tiêu đề"},
		{"open role block", "a\n\n::: vai-tro thu-ky\nb", "Dòng 3: khung dành cho Thư ký chưa đóng."},
		{"role block in a role block", "::: vai-tro thu-ky\na\n::: vai-tro to-bau-cu\nb\n:::\n:::", "Dòng 3: khung dành cho vai trò không lồng vào nhau."},
		{"unknown role", "::: vai-tro thu-ki\na\n:::", "Dòng 1: không có vai trò “thu-ki”. Các mã: ban-bau-cu, cong-an-xa,"},
		{"role block without role", "::: vai-tro\na\n:::", "Dòng 1: không hiểu “::: vai-tro”."},
		{"stray end of a role block", "a\n\n:::\n", "Dòng 3: dòng “:::” này không đóng khung nào."},
		{"role block in a list", "- a\n\n  ::: vai-tro thu-ky\n  b\n  :::", "Dòng 3: khung dành cho vai trò phải đứng ngoài danh sách"},
		{"empty role block", "::: vai-tro thu-ky\n:::", "Dòng 1: khung dành cho Thư ký chưa có chữ."},
		{"heading in a role block", "::: vai-tro thu-ky\n## a\n:::", "Dòng 2: tiêu đề phải đứng ngoài danh sách, khung"},
		{"wide table", "a\n\n" + wide, "Dòng 4: bảng rộng quá 30 cột. Hãy chia bảng."},
		{"long table", "a|b\n-|-\n" + strings.Repeat("c\n", 2001), "Dòng 2003: các bảng trong bài dài quá 2.000 hàng"},
		{"private-use character", "a\nb\ue000", "Dòng 2: có ký tự không dùng được (U+E000)"},
		{"private-use character as an entity", "a\nb&#xE001;", "Dòng 2: có ký tự không dùng được (U+E001)"},
		{"control character", "a\x00", "Dòng 1: có ký tự không dùng được (U+0000)"},
		{"deep quotes", strings.Repeat("> ", 40) + "a", "Dòng 1: danh sách hoặc khung lồng nhau quá 32 tầng"},
		{"deep emphasis", "a\n" + strings.Repeat("*", 80) + "b" + strings.Repeat("*", 80), "Dòng 2: chữ, danh sách hoặc khung lồng nhau"},
		{"many brackets", strings.Repeat("[a", 2001), "Dòng 1: cả bài có quá 2.000 dấu “[”"},
		{"not UTF-8", "a\xff", "Văn bản không phải UTF-8"},
		{"too long", strings.Repeat("a", content.MaxAnswerBytes+1), "Văn bản dài 32.769 byte; nhiều nhất 32.768"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := content.Render(tt.source, content.MaxAnswerBytes)
			if f, ok := fault.Of(err); !ok || f.Kind != fault.KindInvalid || !strings.HasPrefix(f.Sentence, tt.want) {
				t.Errorf("got %v, want a sentence that begins %q", err, tt.want)
			}
		})
	}
}

func TestTextOfOtherSystemsRendersAlike(t *testing.T) {
	want, err := content.Render("## Đặt hòm\n\n- a\n- b", content.MaxAnswerBytes)
	if err != nil {
		t.Fatal(err)
	}
	got, err := content.Render("## Đ\u0061\u0323\u0306t ho\u0300m\r\n\r\n- a\r\n- b", content.MaxAnswerBytes)
	if err != nil || bodyText(got) != bodyText(want) {
		t.Errorf("got %s, %v, want %s", bodyText(got), err, bodyText(want))
	}
}

func TestTablesOfOneNameCanBeToldApart(t *testing.T) {
	body, err := content.Render(strings.Repeat("| a | b |\n|---|---|\n| c | d |\n\n", 3), content.MaxAnswerBytes)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{`"Bảng: a, b"`, `"Bảng: a, b (bảng thứ 2)"`, `"Bảng: a, b (bảng thứ 3)"`} {
		if n := strings.Count(body.Parts[0].HTML, "aria-label="+name); n != 1 {
			t.Errorf("got %d tables named %s, want 1", n, name)
		}
	}
}

func TestManyMayRenderAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				body, err := content.Render("## a\n\n> [!TIP]\n> b {{hạn:c}}\n\n- [ ] d\n", content.MaxAnswerBytes)
				if err != nil || len(body.Parts) != 3 {
					t.Errorf("got %d parts, %v, want 3", len(body.Parts), err)
				}
			}
		})
	}
	all.Wait()
}
