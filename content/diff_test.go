package content_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"

	"sotay/content"
)

func guideSource(title, markdown string) string {
	t := content.Text{Fields: map[string][]string{"title": {title}, "topic": {"trang-tri-co-dong"}}, Markdown: markdown}
	return t.Source(content.KindGuide)
}

func TestCompareShowsWordsInsideParagraphs(t *testing.T) {
	before := guideSource("Sắp xếp phòng", "## Lối vào\n\nĐánh dấu lối đi rộng ít nhất 1 m để xe lăn qua được.\n\nMời một người đi thử.\n\n## Nơi viết phiếu\n\nChe kín hai mặt, cao 1 m.")
	after := guideSource("Sắp xếp phòng", "## Lối vào\n\nĐánh dấu lối đi rộng ít nhất 1,2 m để xe lăn qua được.\n\nMời một người đi thử.\n\n## Nơi viết phiếu\n\nChe kín ba mặt, cao ngang đầu người đang ngồi.\n\nKhông đặt camera hướng vào nơi viết phiếu.")
	d := content.Compare(before, after)
	var got []string
	for _, b := range d.Blocks {
		if b.Kind == content.OpSame {
			continue
		}
		line := string(b.Kind) + " (" + b.Heading + "):"
		for _, c := range b.Changes {
			line += map[content.Op]string{content.OpSame: "=", content.OpAdded: "+", content.OpRemoved: "-"}[c.Op] + "[" + c.Text + "]"
		}
		got = append(got, line)
	}
	want := []string{
		"changed (Lối vào):=[Đánh dấu lối đi rộng ít nhất 1]+[,2]=[ m để xe lăn qua được.]",
		"changed (Nơi viết phiếu):=[Che kín ]-[hai]+[ba]=[ mặt, cao ]-[1 m]+[ngang đầu người đang ngồi]=[.]",
		"added (Nơi viết phiếu):+[Không đặt camera hướng vào nơi viết phiếu.]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if d.Added != 4 || d.Removed != 2 {
		t.Errorf("got %d added, %d removed", d.Added, d.Removed)
	}
}

func TestCompareNamesTheFields(t *testing.T) {
	before, after := guideSource("Trang trí phòng", "Như cũ."), guideSource("Trang trí phòng bỏ phiếu", "Như cũ.")
	d := content.Compare(before, after)
	if b := d.Blocks[0]; b.Kind != content.OpChanged || b.Heading != "Tên bài" || b.Old() != "Trang trí phòng" || b.New() != "Trang trí phòng bỏ phiếu" {
		t.Errorf("got %+v", b)
	}
	if b := d.Blocks[1]; b.Kind != content.OpSame || b.Changes[0].Text != "Trang trí, cổ động" {
		t.Errorf("got %+v, want the topic by its name", b)
	}
}

func TestCompareOfEqualTextsIsEmpty(t *testing.T) {
	source := guideSource("Bài", "Một.\n\nHai.")
	if d := content.Compare(source, source); !d.Same() || len(d.Blocks) != 4 {
		t.Errorf("got %+v", d)
	}
}

// rebuilt puts the sides of a diff together again.
func rebuilt(d content.Diff) (before, after string) {
	var old, new []string
	for _, b := range d.Blocks {
		if b.Field != "" {
			continue
		}
		if b.Kind != content.OpAdded {
			old = append(old, b.Old())
		}
		if b.Kind != content.OpRemoved {
			new = append(new, b.New())
		}
	}
	return strings.Join(old, "\n\n"), strings.Join(new, "\n\n")
}

func TestCompareLosesNothingAndCutsNoSyllable(t *testing.T) {
	words := strings.Fields("hòm phiếu phụ cử tri ốm đau 1 1,2 m; (xe) lăn. Hòa hoà e\u0302\u0301 ⚠️ 👩‍💻 **đậm** ## _x_")
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var paragraphs []string
		for range random.IntN(6) + 1 {
			var p []string
			for range random.IntN(12) + 1 {
				p = append(p, words[random.IntN(len(words))])
			}
			paragraphs = append(paragraphs, strings.TrimLeft(strings.Join(p, " "), "#"))
		}
		return strings.Join(paragraphs, "\n\n")
	}
	for range 2000 {
		a, b := strings.TrimSpace(text()), strings.TrimSpace(text())
		d := content.Compare(guideSource("x", a), guideSource("x", b))
		if old, new := rebuilt(d); old != norm(a) || new != norm(b) {
			t.Fatalf("got\n%q\n%q\nwant\n%q\n%q", old, new, norm(a), norm(b))
		}
		for _, block := range d.Blocks {
			for _, c := range block.Changes {
				if first := []rune(c.Text)[0]; unicode.IsMark(first) || first == '\u200d' {
					t.Fatalf("a piece begins with a mark: %q of %q", c.Text, b)
				}
			}
		}
	}
}

// norm is a text as paragraphs are counted: headings stand alone.
func norm(markdown string) string {
	return strings.Join(content.Paragraphs("guide", guideSource("x", markdown)), "\n\n")
}

func TestCompareIsBoundedInTime(t *testing.T) {
	const size = 64 << 10
	fill := func(next func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < size-40; i++ {
			b.WriteString(next(i))
		}
		return b.String()
	}
	random := rand.New(rand.NewPCG(3, 4))
	tests := []struct{ name, before, after string }{
		{"unlike words", fill(func(i int) string { return fmt.Sprintf("a%d ", i) }), fill(func(i int) string { return fmt.Sprintf("b%d ", i) })},
		{"few words", fill(func(int) string { return fmt.Sprintf("%d ", random.IntN(3)) }), fill(func(int) string { return fmt.Sprintf("%d ", random.IntN(3)) })},
		{"one word", fill(func(int) string { return "a " }), fill(func(int) string { return "a b " })},
		{"marks", fill(func(int) string { return ".,"[random.IntN(2):][:1] }), fill(func(int) string { return ".,"[random.IntN(2):][:1] })},
		{"unlike paragraphs", fill(func(i int) string { return fmt.Sprintf("a%d\n\n", i) }), fill(func(i int) string { return fmt.Sprintf("b%d\n\n", i) })},
		{"few paragraphs", fill(func(int) string { return fmt.Sprintf("%d\n\n", random.IntN(3)) }), fill(func(int) string { return fmt.Sprintf("%d\n\n", random.IntN(3)) })},
		{"alike paragraphs", fill(func(i int) string { return fmt.Sprintf("một hai ba bốn năm %d\n\n", i) }), fill(func(i int) string { return fmt.Sprintf("một hai ba bốn năm %d x\n\n", i) })},
		{"same start", fill(func(int) string { return "a" }), fill(func(int) string { return "b" })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			d := content.Compare(guideSource("x", tt.before), guideSource("x", tt.after))
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			} else {
				t.Log(took, len(d.Blocks))
			}
			if old, new := rebuilt(d); old != norm(tt.before) || new != norm(tt.after) {
				t.Error("text was lost")
			}
		})
	}
}
