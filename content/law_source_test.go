package content

import (
	"strings"
	"testing"

	"sotay/internal/cite"
	"sotay/internal/fault"
)

const sampleLaw = `---
key: luat-1-2020
slug: 1-2020-qh14
number: 1/2020/QH14
title: Luật mẫu
short: Luật mẫu
kind: Luật
agency: Quốc hội
issued: 2020-01-02
normative: true
trust: V
declared: {dieu: 9}
position: 1
---
Một văn bản để thử.

## Điều 3. Tên gọn
Sửa: luat-2-2021; k.1: viết lại

**Khoản 1.** Câu một.

**Khoản 2.** Câu hai, gồm:

- **Điểm a.** Một.
- **Điểm đ.** Hai.
`

func TestLawFileBecomesProvisionsWithClauses(t *testing.T) {
	law, err := readLaw(sampleLaw)
	if err != nil {
		t.Fatal(err)
	}
	if len(law.Provisions) != 1 {
		t.Fatalf("got %d provisions, want 1", len(law.Provisions))
	}
	p := law.Provisions[0]
	if p.Segment != "dieu-3" || p.Title != "Tên gọn" || p.amendedBy != "luat-2-2021" || p.Amendment != "k.1: viết lại" {
		t.Errorf("got %+v", p)
	}
	if got, want := strings.Join(p.Clauses, ","), "khoan-1,khoan-2,khoan-2 diem-a,khoan-2 diem-đ"; got != want {
		t.Errorf("clauses: got %s, want %s", got, want)
	}
	html := ""
	for _, part := range p.Body.Parts {
		html += part.HTML
	}
	for _, id := range []string{`id="khoan-1"`, `id="khoan-2"`, `id="khoan-2-diem-a"`, `id="khoan-2-diem-đ"`} {
		if !strings.Contains(html, id) {
			t.Errorf("the text has no %s: %s", id, html)
		}
	}
	if strings.Contains(html, "Sửa:") {
		t.Errorf("the amendment line is shown: %s", html)
	}
}

func TestReferencesResolveAgainstSummariesAndDeclaredArticles(t *testing.T) {
	law, err := readLaw(sampleLaw)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		ref  string
		want bool
	}{
		{"luat-1-2020", true}, {"luat-1-2020 dieu-3", true}, {"luat-1-2020 dieu-3 khoan-2", true},
		{"luat-1-2020 dieu-3 khoan-2 diem-a", true}, {"luat-1-2020 dieu-3 khoan-5", false},
		{"luat-1-2020 dieu-9", true}, {"luat-1-2020 dieu-9 khoan-1", false}, {"luat-1-2020 dieu-10", false},
		{"luat-1-2020 dieu-0", false}, {"luat-1-2020 mau-1", false}, {"luat-1-2020 dieu-3a", false},
	}
	for _, tt := range tests {
		ref, err := cite.Parse(tt.ref)
		if err != nil {
			t.Fatal(err)
		}
		if got := law.resolves(ref); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.ref, got, tt.want)
		}
	}
}

func TestLawFileWithFaultsIsRefusedInVietnamese(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"heading", "## Điều 3. Tên gọn", "## Chương III", "tiêu đề phải như"},
		{"date", "issued: 2020-01-02", "issued: 2020-13-02", "issued"},
		{"key missing", "short: Luật mẫu", "short: ''", "short"},
		{"unknown field", "position: 1", "vi_tri: 1", "vi_tri"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readLaw(strings.Replace(sampleLaw, tt.from, tt.to, 1))
			if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an Invalid naming %q", err, tt.want)
			}
		})
	}
}

func FuzzLaw(f *testing.F) {
	f.Add(sampleLaw)
	f.Add("---\nkey: x\n---\n## Điều 1. a\n**Khoản 1.** b")
	f.Fuzz(func(t *testing.T, source string) {
		law, err := readLaw(source)
		if err == nil && law.Key == "" {
			t.Error("a law without a key was accepted")
		}
		if err != nil {
			if _, ok := fault.Of(err); !ok {
				t.Errorf("not a fault: %v", err)
			}
		}
	})
}

func TestFullNamesAreFitForOfficialPapers(t *testing.T) {
	law := Law{Key: "luat-85-2015", Slug: "85-2015-qh13", Number: "85/2015/QH13", Title: "Luật Bầu cử", Short: "Luật Bầu cử", Kind: "Luật",
		Normative: true, AmendedBy: []LawRef{{Number: "83/2025/QH15"}}}
	book := Law{Key: "sach-hoi-dap-2026", Slug: "sach", Title: "Sách Hỏi đáp về bầu cử", Short: "Sách Hỏi đáp"}
	nameless := Law{Key: "luat-khieu-nai", Slug: "luat-khieu-nai", Number: "Luật Khiếu nại", Short: "Luật Khiếu nại", Kind: "Luật", Normative: true}
	r := register{laws: map[string]Law{law.Key: law, book.Key: book, nameless.Key: nameless}}
	tests := []struct{ ref, want string }{
		{"luat-85-2015 dieu-25 khoan-2 diem-h", "Luật số 85/2015/QH13 (sửa bởi 83/2025/QH15), Điều 25 khoản 2 điểm h"},
		{"sach-hoi-dap-2026 cau-95", "Sách Hỏi đáp, Câu 95"},
		{"luat-khieu-nai", "Luật Khiếu nại"},
		{"luat-1-1900 dieu-1", "luat-1-1900 dieu-1"},
	}
	for _, tt := range tests {
		ref, err := cite.Parse(tt.ref)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.basis(ref).Full; got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
