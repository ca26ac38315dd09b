package content_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sotay/content"
	"sotay/internal/fault"
)

// vectors are texts that made script run, or moved a page's furniture, in other
// software. Each must come out harmless or be refused.
var vectors = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//vi.example/x.js></SCRIPT>`, `<img src=x onerror=alert(1)>`, `<svg onload=alert(1)>`,
	`<svg><script>alert(1)</script></svg>`, `<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`, `<iframe src="javascript:alert(1)">`,
	`<body onload=alert(1)>`, `<a href="javascript:alert(1)">a</a>`, `<style>@import '//vi.example'</style>`, `<p style="position:fixed">a</p>`,
	`<form action="//vi.example"><input name=q><button>a</button></form>`, `<input autofocus onfocus=alert(1)>`, `<details open ontoggle=alert(1)>`,
	`<video><source onerror=alert(1)>`, `<object data="data:text/html,x">`, `<embed src="//vi.example">`, `<base href="//vi.example/">`,
	`<meta http-equiv="refresh" content="0;url=//vi.example">`, `<link rel=stylesheet href="//vi.example">`, `<template><script>alert(1)</script></template>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<textarea></textarea><script>alert(1)</script>`, `<!--><script>alert(1)</script>-->`,
	`<![CDATA[<script>alert(1)</script>]]>`, `<?php alert(1) ?>`, `<div id=noi-dung class=site-head>a</div>`, `<img name=getElementById>`,
	"<scr\u0000ipt>alert(1)</script>", "<script\n>alert(1)</script\n>", "`<script>`alert(1)", "    <script>alert(1)</script>", "```\"onclick=alert(1)\na\n```",
	"```<script>\na\n```", `[a](javascript:alert(1))`, `[a](JaVaScRiPt:alert(1))`, `[a](java&#115;cript:alert(1))`, `[a](javascript&colon;alert(1))`,
	`[a](&#106;avascript:alert(1))`, `[a](&#x6A;avascript:alert(1))`, `[a](java&Tab;script:alert(1))`, `[a](java&NewLine;script:alert(1))`,
	`[a](<java script:alert(1)>)`, "[a](<java\tscript:alert(1)>)", `[a](\javascript:alert(1))`, `[a](javascript\:alert(1))`, `[a](%6Aavascript:alert(1))`,
	"[a](\u00a0javascript:alert(1))", "[a](\u200bjavascript:alert(1))", "[a](\ufeffjavascript:alert(1))", `[a](vbscript:msgbox(1))`,
	`[a](data:text/html,<script>alert(1)</script>)`, `[a](data:text/html;base64,PHNjcmlwdD4=)`, `[a](data:image/svg+xml,<svg/onload=alert(1)>)`,
	`[a](file:///etc/passwd)`, `[a](feed:https://vi.example)`, `[a](view-source:https://vi.example)`, `[a](blob:https://vi.example/x)`,
	`[a](intent://vi.example#Intent;end)`, `[a](filesystem:https://vi.example)`, `[a](//vi.example)`, `[a](\\vi.example)`, `[a](/\vi.example)`,
	`[a](\/\/vi.example)`, `[a](/&Tab;/vi.example)`, `[a](/&#47;vi.example)`, `[a](/&sol;vi.example)`, "[a](</\t/vi.example>)", `[a](https:vi.example)`, `[a](/%00)`, `[a](/%ee%80%80)`, `[a](/%5Cvi.example)`, `[a](#%ff)`, `[a](/a%0d%0ab)`,
	`[a](https:/\vi.example)`, `[a](https:///vi.example)`, `[a](https://dung@vi.example/)`, `[a](https://vi.example" onclick="alert(1))`,
	`[a](<https://vi.example/"onmouseover="alert(1)>)`, `[a](/b "x" onclick="alert(1)")`, `[a](/b '"><script>alert(1)</script>')`, `[a](/b){onclick=alert(1)}`,
	`[<script>alert(1)</script>](/b)`, `["onclick="alert(1)](#b)`, `[a][b]` + "\n\n[b]: javascript:alert(1)", `[a]` + "\n\n[a]: data:text/html,x 'y'",
	`<javascript:alert(1)>`, `<data:text/html,x>`, `<https://vi.example/"onclick="alert(1)>`, `<a@b.example"onclick=alert(1)>`,
	`![a](javascript:alert(1))`, `![a](data:image/svg+xml,x)`, `![a](https://vi.example/x.png)`, `![" onerror="alert(1)](/tep/a.png)`,
	`![a](/tep/a.png" onerror="alert(1))`, `![a](/tep/../dang-xuat)`, `![a](/tep/%2e%2e/dang-xuat)`, `![a](//vi.example/tep/a.png)`, `![<img src=x onerror=alert(1)>](/tep/a.png)`,
	`## <script>alert(1)</script>`, `## a {#noi-dung onclick=alert(1)}`, `## "><script>alert(1)</script>`, "> [!TIP]\n> <script>alert(1)</script>",
	`> [!"><script>alert(1)</script>]` + "\n> a", "- [ ] \"><script>alert(1)</script>", "- [ ] <input name=x autofocus onfocus=alert(1)>",
	"- [ ] </span></label></form><script>alert(1)</script>", "| \"><script>alert(1)</script> | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| <script>alert(1)</script> | \" onclick=x |",
	"a[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: b", "a[^1]\n\n[^1]: <script>alert(1)</script>", `{{hạn:"><script>alert(1)</script>}}`,
	`{{<script>alert(1)</script>:a}}`, `{{sơ-đồ:../../x}}`, "a\ue0000\ue001b", "a&#xE000;0&#xE001;b", "a&#57344;0&#57345;b", "a\\&#xE000;0", "> [!TIP]\n> &#xE000;0&#xE001;",
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;alert(1)&#60;/script&#62;`, `&amp;lt;script&amp;gt;`, `\<script>alert(1)\</script>`, "a\u2028<script>", "+ADw-script+AD4-alert(1)",
	"\u202Egnp.exe", strings.Repeat("</div>", 20), "a</p></div></main><script>alert(1)</script>", "<plaintext>", "<xmp><script>alert(1)</script></xmp>", "]]><script>alert(1)</script>",
}

func TestHostileTextIsHarmlessOrRefused(t *testing.T) {
	if len(vectors) < 60 {
		t.Fatalf("got %d vectors, want 60 or more", len(vectors))
	}
	for _, vector := range vectors {
		for _, frame := range []string{"%", "a % b", "- %", "> %", "> [!WARN]\n> %", "- [ ] %", "1. %", "|a|\n|-|\n| % |", "**%**", "[%](/b)", "## %", "a[^z]\n\n[^z]: %"} {
			source := strings.ReplaceAll(frame, "%", vector)
			body, err := content.Render(source, content.MaxAnswerBytes)
			if err != nil {
				if !fault.Is(err, fault.KindInvalid) {
					t.Errorf("%q: got %v, want a body or an Invalid", source, err)
				}
				continue
			}
			mustBeSafe(t, body)
		}
	}
}

// costly are texts that make careless parsers slow: %n is repeated up to the limit.
var costly = map[string]struct{ head, repeated, tail string }{
	"open brackets":        {"", "[", "a"},
	"open links":           {"", "[a](", "b"},
	"open links with text": {"", "[a](b ", "c"},
	"open link titles":     {"", `[a](b "`, "c"},
	"open images":          {"", "![", "a](/tep/b)"},
	"nested links":         {"", "[", strings.Repeat("](/a)", 1000)},
	"mixed emphasis":       {"", "*a_ ", ""},
	"open emphasis":        {"", "*a **b ", ""},
	"one run of stars":     {"", "*", "a"},
	"stars both sides":     {"", "*", "a" + strings.Repeat("*", 30<<10)},
	"underscores":          {"", "_a__b", ""},
	"backticks":            {"", "`a``b```c````", ""},
	"growing backticks":    {growing("`"), "", ""},
	"angle brackets":       {"", "<", ""},
	"open tags":            {"", "<a ", ""},
	"open comments":        {"", "<!--", ""},
	"open addresses":       {"", "<a:", ""},
	"open mail":            {"", "<a@", ""},
	"quotes":               {"", ">", "a"},
	"spaced quotes":        {"", "> ", "a"},
	"quote lines":          {"", "> a\n", ""},
	"list on one line":     {"", "- ", "a"},
	"numbers on one line":  {"", "1. ", "a"},
	"list lines":           {"", "- a\n", ""},
	"empty items":          {"", "-\n", ""},
	"growing lists":        {growingLines("- a"), "", ""},
	"growing indents":      {growingLines("a"), "", ""},
	"deep list and blanks": {strings.Repeat("- ", 30) + "a", "\n", "b"},
	"deep list and lines":  {strings.Repeat("- ", 30) + "a\n", strings.Repeat("\n", 90) + strings.Repeat("  ", 30) + "b\n", ""},
	"lazy lines":           {strings.Repeat("> ", 30) + "a\n", "b\n", ""},
	"wide table":           {"|" + strings.Repeat("a|", 30) + "\n|" + strings.Repeat("-|", 30) + "\n", "b\n", ""},
	"many tables":          {"", "|" + strings.Repeat("a|", 30) + "\n|" + strings.Repeat("-|", 30) + "\nb\n\n", ""},
	"pipes":                {"", "|", "\n|-|"},
	"delimiter row":        {"a\n", "-|", ""},
	"escaped pipes":        {"a|b\n-|-\n", "`\\|`|", ""},
	"escaped pipe rows":    {"|" + strings.Repeat("a|", 30) + "\n|" + strings.Repeat("-|", 30) + "\n", "`\\|`|\n", ""},
	"references":           {"", "[a]: /b\n", "[a]"},
	"different references": {growingLines("[a]: /b"), "", "[a]"},
	"open references":      {"", "[a\n", ""},
	"open titles":          {"", "[a]: /b '\n", ""},
	"footnotes":            {"", "[^a]: b\n\n", "[^a]"},
	"footnote uses":        {"[^a]: b\n\n", "c[^a] ", ""},
	"open footnotes":       {"", "[^", "]"},
	"callouts":             {"", "> [!TIP]\n> a\n\n", ""},
	"tasks":                {"", "- [ ] a\n", ""},
	"tasks among items":    {"", "- a\n\n- [ ] b\n\n", ""},
	"role blocks":          {"", "::: vai-tro thu-ky\na\n:::\n", ""},
	"open role blocks":     {"", "::: vai-tro thu-ky\n", ""},
	"headings":             {"", "## a\n", ""},
	"underlines":           {"", "a\n-\n", ""},
	"fences":               {"", "```\n", ""},
	"open directives":      {"", "{{", ""},
	"deadlines":            {"", "{{hạn:a}} ", ""},
	"entities":             {"", "&lt;", ""},
	"open entities":        {"", "&#", ""},
	"backslashes":          {"", `\`, ""},
	"rules":                {"", "***\n", ""},
	"parentheses":          {"[a](", "(", ""},
	"one word":             {"", "a", ""},
	"one line of words":    {"", "điều 3 ", ""},
	"spaces":               {"a", " ", "b"},
	"tabs":                 {"-", "\t", "b"},
	"blank lines":          {"a", "\n", "b"},
}

func growing(mark string) string {
	var b strings.Builder
	for i := 1; b.Len() < 30<<10; i++ {
		b.WriteString(strings.Repeat(mark, i) + " ")
	}
	return b.String()
}

func growingLines(line string) string {
	var b strings.Builder
	for i := 0; b.Len() < 30<<10; i++ {
		b.WriteString(strings.Repeat(" ", i) + line + "\n")
	}
	return b.String()
}

func TestCostlyTextIsQuickOrRefused(t *testing.T) {
	for name, c := range costly {
		for _, limit := range []int{content.MaxGuideBytes, content.MaxLawBytes} {
			source := c.head
			if c.repeated != "" {
				source += strings.Repeat(c.repeated, (limit-len(c.head)-len(c.tail))/len(c.repeated))
			}
			mustBeQuick(t, name, source+c.tail, limit)
			if c.repeated != "" && limit == content.MaxGuideBytes { // just inside the limit of marks
				mustBeQuick(t, name+" 900 times", c.head+strings.Repeat(c.repeated, min(900, limit/len(c.repeated)))+c.tail+strings.Repeat(" a", limit/8), limit)
			}
		}
	}
}

func mustBeQuick(t *testing.T, name, source string, limit int) {
	t.Helper()
	start := time.Now()
	body, err := content.Render(source, limit)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%s, %d bytes: took %v, want less than 20 s: worse than linear texts take minutes", name, len(source), took)
	} else if testing.Verbose() && took > 100*time.Millisecond {
		t.Logf("%s, %d bytes: %v, %v", name, len(source), took, err)
	}
	if err != nil && !fault.Is(err, fault.KindInvalid) {
		t.Errorf("%s: got %v, want a body or an Invalid", name, err)
	}
	if size := len(wholeHTML(body)); size > content.MaxBodyBytes+1<<20 {
		t.Errorf("%s: got %d bytes of HTML, want at most %d", name, size, content.MaxBodyBytes)
	}
}

func FuzzRender(f *testing.F) {
	files, _ := filepath.Glob("testdata/markdown/*.md")
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source))
	}
	for _, vector := range vectors {
		f.Add(vector)
	}
	f.Fuzz(func(t *testing.T, source string) {
		body, err := content.Render(source, 4<<10)
		if err == nil {
			mustBeSafe(t, body)
		} else if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("got %v, want a body or an Invalid", err)
		}
	})
}
