package content

import (
	"strings"
	"testing"

	"sotay/internal/fault"
)

type frontSample struct {
	Title    string   `yaml:"title"`
	Position int      `yaml:"position"`
	Roles    []string `yaml:"roles"`
	Date     string   `yaml:"date"`
}

func TestFrontMatterIsCutAtItsDashes(t *testing.T) {
	tests := []struct {
		name, text, meta, body string
		line                   int
		want                   string // the beginning of the fault
	}{
		{"usual", "---\ntitle: a\n---\n\nb\n---\nc", "title: a", "\nb\n---\nc", 4, ""},
		{"no body", "---\ntitle: a\n---", "title: a", "", 4, ""},
		{"nothing inside", "---\n---\nb", "", "b", 3, ""},
		{"trailing spaces", "---  \ntitle: a\n--- \nb", "title: a", "b", 4, ""},
		{"none", "b", "", "", 0, "Dòng 1: bài phải bắt đầu bằng dòng ---"},
		{"empty", "", "", "", 0, "Dòng 1: bài phải bắt đầu bằng dòng ---"},
		{"not closed", "---\ntitle: a\n----\n", "", "", 0, "Dòng 1: thiếu dòng --- kết thúc"},
		{"too long", "---\n" + strings.Repeat("a", maxFrontMatter+1) + "\n---\n", "", "", 0, "Dòng 1: phần giữa hai dòng --- dài quá 16 KiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			meta, body, line, err := splitFrontMatter(tt.text)
			if meta != tt.meta || body != tt.body || line != tt.line || !saysInvalid(err, tt.want) {
				t.Errorf("got %q, %q, %d, %v, want %q, %q, %d, %q", meta, body, line, err, tt.meta, tt.body, tt.line, tt.want)
			}
		})
	}
}

// saysInvalid reports whether err is an Invalid with a sentence that begins so,
// or no error when nothing is wanted.
func saysInvalid(err error, want string) bool {
	if want == "" {
		return err == nil
	}
	return fault.Is(err, fault.KindInvalid) && strings.HasPrefix(err.Error(), want)
}

func TestFrontMatterIsReadStrictly(t *testing.T) {
	tests := []struct{ name, meta, want string }{
		{"all fields", "title: 'Hòm phiếu: chính'\nposition: 3\nroles: [a, b]\ndate: 2026-03-15", ""},
		{"empty value", "title:\ndate:", ""},
		{"unknown field", "title: a\nauthor: b", "Dòng 3: không có mục \"author\""},
		{"field twice", "title: a\ntitle: b", "Dòng 3: mục \"title\" viết hai lần"},
		{"wrong type", "title: a\nposition: ba", "Dòng 3: giá trị `ba` sai kiểu"},
		{"list for a text", "title: [a]", "Dòng 2: giá trị sai kiểu"},
		{"colon in a text", "title: a: b", "Dòng 2: viết sai cách"},
		{"colon in a later text", "title: a\nposition: 1\ndate: b: c", "Dòng 4: viết sai cách"},
		{"open quote", "title: \"a", "Dòng "},
		{"tab", "title: a\n\troles: b", "Dòng 3: viết sai cách"},
		{"empty", "", "Dòng 2: chưa có mục nào"},
		{"no mapping", "a", "Dòng 2: giá trị `a` sai kiểu"},
		{"anchor", "title: &a b\ndate: *a", "Dòng 2: không dùng dấu &"},
		{"merge", "<<: {title: a}", "Dòng 2: không dùng nhãn kiểu"},
		{"own tag", "title: !a b", "Dòng 2: không dùng nhãn kiểu"},
		{"binary", "title: !!binary aGFoYQ==", "Dòng 2: không dùng nhãn kiểu"},
		{"control character", "position: 1\ntitle: \"a\\0b\"", "Dòng 3: có ký tự không dùng được (U+0000)"},
		{"private-use character", "title: \"\\uE000\"", "Dòng 2: có ký tự không dùng được (U+E000)"},
		{"two documents", "title: a\n...\n---\ntitle: b", "Dòng 2: có nhiều hơn một phần"},
		{"many aliases", "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]", "Dòng 2: không dùng dấu &"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got frontSample
			if err := decodeFrontMatter(tt.meta, &got); !saysInvalid(err, tt.want) {
				t.Errorf("got %+v, %v, want %q", got, err, tt.want)
			}
		})
	}
	var got frontSample
	if err := decodeFrontMatter(tests[0].meta, &got); err != nil || got.Title != "Hòm phiếu: chính" || got.Position != 3 || len(got.Roles) != 2 || got.Date != "2026-03-15" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, seed := range []string{
		"---\ntitle: a\nposition: 3\nroles: [a, b]\ndate: 2026-03-15\n---\nb", "---\n---\n", "---\ntitle: &a b\ndate: *a\n---", "---\n? - a\n: b\n---",
		"---\ntitle: |\n  a\n  b\n---", "---\ntitle: !!str 3\n---", "---\n{title: a}\n---", "---\n%YAML 1.2\n---\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		meta, body, line, err := splitFrontMatter(text)
		if err == nil && (!strings.HasSuffix(text, body) || strings.Count(text[:len(text)-len(body)], "\n") > line-1) {
			t.Errorf("got body %q at line %d of %q", body, line, text)
		}
		var into frontSample
		if err == nil {
			err = decodeFrontMatter(meta, &into)
		}
		if err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("got %v, want an Invalid", err)
		}
	})
}
