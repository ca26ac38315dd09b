package content

import (
	"strings"
	"testing"
)

const end = "### Làm gì\n\n1. Việc.\n\n### Gọi ai\n\n- {{gọi:to-truong}}: báo.\n\n### Ghi lại gì\n\n- Giờ.\n\n### Căn cứ\n\n- Điều 69.\n"

func situation(body string) string {
	return "---\ntitle: Mất điện\ntopic: an-ninh-tinh-huong\nsummary: Giữ hòm phiếu.\ntrust: V\nbasis:\n  - luat-85-2015 dieu-71\n---\n" + body
}

const twoEnds = "Giữ nguyên hòm.\n\n## Còn đủ sáng không?\n\nNhìn quanh phòng.\n\n- [Còn](#muc-con-sang)\n- [Không](#muc-toi)\n\n## Còn sáng\n\n" + end + "\n## Tối\n\n" + end

func TestATreeIsReadFromItsHeadings(t *testing.T) {
	d, err := readSituation(situation(twoEnds))
	if err != nil {
		t.Fatal(err)
	}
	nodes := d.situation.Nodes
	if len(nodes) != 3 || !nodes[0].Question || nodes[1].Question || nodes[0].Anchor != "muc-con-du-sang-khong" || len(nodes[0].Choices) != 2 {
		t.Fatalf("got %+v", nodes)
	}
	if c := nodes[0].Choices[1]; c.Label != "Không" || c.Anchor != "muc-toi" || c.Number != "1.2" {
		t.Errorf("got choice %+v", c)
	}
	if got := markup(nodes[0].Text); !strings.Contains(got, "Nhìn quanh phòng.") || strings.Contains(got, "<ul>") {
		t.Errorf("the question says %q", got)
	}
	if got := markup(nodes[1].Do); got != "<ol class=\"steps\">\n<li>Việc.</li>\n</ol>\n" && !strings.Contains(got, "Việc.") || strings.Contains(got, "<h") {
		t.Errorf("what to do: %q", got)
	}
	if p := nodes[2].Call; len(p) != 3 || p[1].Kind != PartContact || p[1].Key != "to-truong" {
		t.Errorf("whom to call: %+v", p)
	}
	d.situation.Body = d.body
	if got := markup(d.situation.Opening()); !strings.Contains(got, "Giữ nguyên hòm.") || strings.Contains(got, "Nhìn") {
		t.Errorf("the opening says %q", got)
	}
}

func markup(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.HTML)
	}
	return b.String()
}

// A part for one role stands whole in one piece of a situation: a heading inside
// it, which would cut it in two, is refused as in every text.
func TestPartsForRolesStandInOnePieceOfASituation(t *testing.T) {
	const forRole = "::: vai-tro thu-ky\nGhi giờ.\n:::\n\n"
	whole := strings.Replace(strings.Replace(forRole+twoEnds, "- [Còn]", forRole+"- [Còn]", 1), "1. Việc.\n", "1. Việc.\n\n"+forRole, 1)
	d, err := readSituation(situation(whole))
	if err != nil {
		t.Fatal(err)
	}
	d.situation.Body = d.body
	nodes := d.situation.Nodes
	for name, parts := range map[string][]Part{"opening": d.situation.Opening(), "question": nodes[0].Text, "end": nodes[1].Do} {
		if got := markup(parts); strings.Count(got, `<section class="for-role" data-roles="thu-ky giao-vien-tap-huan">`) != 1 || strings.Count(got, roleFoot) != 1 {
			t.Errorf("%s: got %q", name, got)
		}
	}
	broken := map[string]string{
		"a question begins inside": "::: vai-tro thu-ky\nGhi giờ.\n\n" + strings.Replace(twoEnds, "- [Còn]", ":::\n\n- [Còn]", 1),
		"a part begins inside":     strings.Replace(strings.Replace(twoEnds, "1. Việc.\n", "1. Việc.\n\n::: vai-tro thu-ky\n", 1), "- Giờ.\n", "- Giờ.\n:::\n", 1),
		"an end begins inside":     strings.Replace(twoEnds, "- Điều 69.\n\n## Tối", "- Điều 69.\n\n::: vai-tro thu-ky\n\n## Tối", 1) + "\n:::\n",
	}
	for name, body := range broken {
		if _, err := readSituation(situation(body)); err == nil || !strings.Contains(err.Error(), "tiêu đề phải đứng ngoài danh sách, khung") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestWhatIsNoTreeIsRefused(t *testing.T) {
	ask := func(title, a, b string) string {
		return "## " + title + "?\n\n- [Có](#muc-" + a + ")\n- [Không](#muc-" + b + ")\n\n"
	}
	e := func(title string) string { return "## " + title + "\n\n" + end + "\n" }
	tests := []struct{ name, body, want string }{
		{"nothing", "Chỉ có chữ.\n", "Dòng 9: tình huống chưa có câu hỏi"},
		{"one choice", "## Một?\n\n- [Có](#muc-hai)\n\n" + e("Hai"), "Dòng 9: mục “Một?”: câu hỏi cần ít nhất hai lựa chọn"},
		{"a choice without link", "## Một?\n\n- [Có](#muc-hai)\n- Không\n\n" + e("Hai"), "Dòng 12: mục “Một?”: dưới câu hỏi chỉ có"},
		{"text after the choices", ask("Một", "hai", "hai") + "Thêm.\n\n" + e("Hai"), "mục “Một?”: dưới câu hỏi chỉ có"},
		{"nowhere", ask("Một", "hai", "ba") + e("Hai"), "Dòng 12: mục “Một?”: lựa chọn “Không” dẫn tới #muc-ba"},
		{"to a part", ask("Một", "hai", "lam-gi") + e("Hai"), "dẫn tới #muc-lam-gi"},
		{"unreached", ask("Một", "hai", "hai") + e("Hai") + e("Ba"), "mục “Ba”: không có lựa chọn nào dẫn tới"},
		{"a circle", ask("Một", "hai", "ba") + ask("Hai", "mot", "ba") + e("Ba"), "mục “Một?”: các lựa chọn đi vòng"},
		{"to itself", ask("Một", "mot", "ba") + e("Ba"), "đi vòng"},
		{"too deep", ask("Một", "hai", "nam") + ask("Hai", "ba", "nam") + ask("Ba", "bon", "nam") + ask("Bốn", "nam", "nam") + e("Năm"), "mục “Bốn?”: phải trả lời hơn 3 câu hỏi"},
		{"a part is missing", ask("Một", "hai", "hai") + "## Hai\n\n### Làm gì\n\nViệc.\n", "mục “Hai”: thiếu phần “### Gọi ai”"},
		{"a part is empty", ask("Một", "hai", "hai") + strings.Replace(e("Hai"), "- Giờ.\n", "", 1), "mục “Hai”: phần “Ghi lại gì” chưa có chữ"},
		{"a part twice", ask("Một", "hai", "hai") + e("Hai") + "### Làm gì\n\nNữa.\n", "phần “Làm gì” viết hai lần"},
		{"another part", ask("Một", "hai", "hai") + e("Hai") + "### Mẹo\n\nNữa.\n", "không có phần “Mẹo”"},
		{"text above the parts", ask("Một", "hai", "hai") + "## Hai\n\nChữ.\n\n" + end, "chữ dưới tiêu đề phải nằm trong một phần"},
		{"a heading in a list", ask("Một", "hai", "hai") + e("Hai") + "- việc\n\n  ## Ba\n", "tiêu đề phải đứng ngoài danh sách"},
		{"a heading underlined", ask("Một", "hai", "hai") + e("Hai") + "Ba\n---\n", "tiêu đề của câu hỏi và cách xử lý phải đứng đầu dòng"},
		{"a part in a quote", ask("Một", "hai", "hai") + e("Hai") + "> ### Thêm\n", "tiêu đề phải đứng ngoài danh sách"},
	}
	for _, tt := range tests {
		_, err := readSituation(situation(tt.body))
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "Dòng ") {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
	for name, body := range map[string]string{
		"three deep": ask("Một", "hai", "bon") + ask("Hai", "ba", "bon") + ask("Ba", "bon", "bon") + e("Bốn"),
		"one end":    e("Một"),
	} {
		if _, err := readSituation(situation(body)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// checkWalk goes every way through a tree.
func checkWalk(t testing.TB, nodes []Node) {
	t.Helper()
	at, ends := map[string]Node{}, 0
	for _, n := range nodes {
		at[n.Anchor] = n
		if n.Number == "" {
			t.Errorf("%q has no number", n.Title)
		}
	}
	var walk func(n Node, steps int)
	walk = func(n Node, steps int) {
		if steps > maxQuestionsDeep {
			t.Fatalf("%q is more than %d questions deep", n.Title, maxQuestionsDeep)
		}
		if !n.Question {
			ends++
			if len(n.Do) == 0 || len(n.Call) == 0 || len(n.Note) == 0 || len(n.Basis) == 0 {
				t.Errorf("%q lacks a part: %+v", n.Title, n)
			}
			return
		}
		if len(n.Choices) < 2 {
			t.Errorf("%q is a dead end", n.Title)
		}
		for _, c := range n.Choices {
			next, ok := at[c.Anchor]
			if !ok || c.Number != next.Number {
				t.Errorf("%q of %q leads to %+v", c.Label, n.Title, next)
				continue
			}
			walk(next, steps+1)
		}
	}
	walk(nodes[0], 0)
	if ends == 0 {
		t.Errorf("no way through %q ends", nodes[0].Title)
	}
}

func TestEverySeededSituationLeadsToAdvice(t *testing.T) {
	entries, err := seedFiles.ReadDir(situationFolder)
	if err != nil || len(entries) == 0 {
		t.Fatalf("got %d situations, %v", len(entries), err)
	}
	for _, entry := range entries {
		source, err := seedFiles.ReadFile(situationFolder + "/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		d, err := readSituation(string(source))
		if err != nil {
			t.Errorf("%s: %v", entry.Name(), err)
			continue
		}
		checkWalk(t, d.situation.Nodes)
	}
}

func FuzzTree(f *testing.F) {
	f.Add(twoEnds)
	f.Add("## Một?\n\n- [Có](#muc-mot)\n- [Không](#muc-mot)\n")
	f.Add("## A\n### Làm gì\n> ## B\n{{gọi:x}}\n```\n## C\n```\n### Gọi ai\na\n### Ghi lại gì\na\n### Căn cứ\n[^1]\n\n[^1]: b")
	f.Add("## `<h2 id=\"muc-a\">`\n\n" + end)
	f.Fuzz(func(t *testing.T, body string) {
		d, err := readSituation(situation(body))
		if err == nil {
			checkWalk(t, d.situation.Nodes)
		}
	})
}

func TestTermsAreMarkedOnceWhereTheyStandFirst(t *testing.T) {
	g := newGlossary([]Term{
		{Slug: "hdnd", Title: "Hội đồng nhân dân", Short: "HĐND", Summary: `Do "dân" bầu.`}, {Slug: "to", Title: "Tổ bầu cử", Summary: "Lo bỏ phiếu."},
		{Slug: "bau-cu", Title: "Bầu cử", Summary: "x"}, {Slug: "bc", Title: "Báo cáo", Short: "BC", Summary: "y"},
	}, 1)
	mark := func(term, text string) string {
		notes := map[string]string{"hdnd": "Hội đồng nhân dân: Do &#34;dân&#34; bầu.", "to": "Lo bỏ phiếu.", "bau-cu": "x", "bc": "Báo cáo: y"}
		return `<a class="term" href="/thuat-ngu#tn-` + term + `" data-note="` + notes[term] + `">` + text + `</a>`
	}
	tests := []struct{ name, in, want string }{
		{"once", "<p>HĐND, HĐND và hội đồng nhân dân</p>", "<p>" + mark("hdnd", "HĐND") + ", HĐND và hội đồng nhân dân</p>"},
		{"the longest", "<p>Tổ bầu cử.</p>", "<p>" + mark("to", "Tổ bầu cử") + ".</p>"},
		{"then the shorter", "<p>Tổ bầu cử, bầu cử</p>", "<p>" + mark("to", "Tổ bầu cử") + ", " + mark("bau-cu", "bầu cử") + "</p>"},
		{"not within one that is marked already", "<p>Tổ bầu cử. Tổ bầu cử.</p>", "<p>" + mark("to", "Tổ bầu cử") + ". Tổ bầu cử.</p>"},
		{"whole words", "<p>HĐNDX XHĐND hđnd</p>", "<p>HĐNDX XHĐND hđnd</p>"},
		{"not in a number", "<p>40/NQ-HĐND và bc</p>", "<p>40/NQ-HĐND và bc</p>"},
		{"not in a link", `<p><a href="/HĐND">HĐND</a> <strong>HĐND</strong></p>`, `<p><a href="/HĐND">HĐND</a> <strong>` + mark("hdnd", "HĐND") + `</strong></p>`},
		{"not in headings and code", "<h2 id=\"a\">HĐND</h2><code>HĐND</code>", "<h2 id=\"a\">HĐND</h2><code>HĐND</code>"},
		{"over a break of the line", "<p>tổ\nbầu  cử</p>", "<p>" + mark("to", "tổ\nbầu  cử") + "</p>"},
		{"not over marks", "<p>Hội đồng, nhân dân</p>", "<p>Hội đồng, nhân dân</p>"},
		{"not over tags", "<p>Hội đồng <em>nhân dân</em></p>", "<p>Hội đồng <em>nhân dân</em></p>"},
	}
	for _, tt := range tests {
		if got := g.Mark().HTML(tt.in); got != tt.want {
			t.Errorf("%s: got  %s\nwant %s", tt.name, got, tt.want)
		}
	}
	m := g.Mark() // one text in pieces: the link is not closed yet
	if got := m.HTML("<a href=\"/x\">HĐND") + m.HTML("HĐND</a> HĐND"); got != "<a href=\"/x\">HĐNDHĐND</a> "+mark("hdnd", "HĐND") {
		t.Errorf("got %s", got)
	}
}

func FuzzMarking(f *testing.F) {
	g := newGlossary([]Term{{Slug: "a", Title: "Tổ bầu cử", Short: "TBC", Summary: "<b>\""}}, 1)
	f.Add("<p>TBC & &amp; <a href=\"x\">TBC</a> < > tổ bầu cử")
	f.Fuzz(func(t *testing.T, text string) {
		out := g.Mark().HTML(text)
		const open = `<a class="term" href="/thuat-ngu#tn-a" data-note="Tổ bầu cử: &lt;b&gt;&#34;">`
		if at := strings.Index(out, open); at >= 0 && !strings.Contains(text, open) {
			rest := out[at+len(open):]
			out = out[:at] + strings.Replace(rest, "</a>", "", 1)
		}
		if out != text {
			t.Errorf("got %q of %q", out, text)
		}
	})
}
