// Package cite reads and writes citations: of provisions of law
// ("luat-85-2015 dieu-69 khoan-4") and of this site's own pages. It owns the
// table citations, because guides, answers and questions all cite. It knows
// nothing of what the provisions say; that is content's.
//
//	ref, err := cite.Parse("luat-85-2015 dieu-69 khoan-4")
//	ref.Label() // "Điều 69 khoản 4"
package cite

import (
	"fmt"
	"regexp"
	"strings"
)

// Ref names a provision: a document's key and the way into it.
type Ref struct {
	Law  string // key of the document, such as "luat-85-2015"
	Path string // segments from the article down, such as "dieu-69 khoan-4"; "" for the whole document
}

var (
	lawKey  = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)+$`)
	noughts = regexp.MustCompile(`-0+([0-9])`) // forms are printed as 05
	segment = regexp.MustCompile(`^(dieu|khoan|diem|mau|cau|phu-luc|chuong)-([0-9]{1,3}[a-z]?|[a-zđ])$`)
)

// names are the Vietnamese words of the segments.
var names = map[string]string{
	"dieu": "Điều", "khoan": "khoản", "diem": "điểm", "mau": "Mẫu",
	"cau": "Câu", "phu-luc": "Phụ lục", "chuong": "Chương",
}

// maxLength bounds the text of a reference in bytes.
const maxLength = 120

// Parse reads a reference: the key of a document, then at most three segments,
// all lower case without diacritics and parted by one space.
func Parse(text string) (Ref, error) {
	if len(text) > maxLength {
		return Ref{}, fmt.Errorf("căn cứ dài quá %d ký tự", maxLength)
	}
	law, path, _ := strings.Cut(strings.TrimSpace(text), " ")
	if !lawKey.MatchString(law) {
		return Ref{}, fmt.Errorf("căn cứ %q: phần đầu phải là khóa văn bản, ví dụ luat-85-2015", text)
	}
	parts := strings.Fields(path)
	if len(parts) > 3 {
		return Ref{}, fmt.Errorf("căn cứ %q: nhiều nhất ba phần, ví dụ dieu-69 khoan-4 diem-a", text)
	}
	for i, p := range parts {
		p = noughts.ReplaceAllString(p, "-$1")
		parts[i] = p
		if !segment.MatchString(p) {
			return Ref{}, fmt.Errorf("căn cứ %q: không hiểu %q; hãy viết như dieu-69, khoan-4, diem-a, mau-11, cau-95", text, p)
		}
	}
	return Ref{Law: law, Path: strings.Join(parts, " ")}, nil
}

// ParseAll reads a list of references and stops at the first fault.
func ParseAll(texts []string) ([]Ref, error) {
	refs := make([]Ref, 0, len(texts))
	for _, text := range texts {
		ref, err := Parse(text)
		if err != nil {
			return nil, err
		}
		refs = append(refs, ref)
	}
	return refs, nil
}

// String gives the reference in the form that Parse reads.
func (r Ref) String() string {
	if r.Path == "" {
		return r.Law
	}
	return r.Law + " " + r.Path
}

// Article is the first segment: "dieu-69", or "" for the whole document.
func (r Ref) Article() string {
	article, _, _ := strings.Cut(r.Path, " ")
	return article
}

// Clause is what follows the article: "khoan-4 diem-a", or "".
func (r Ref) Clause() string {
	_, clause, _ := strings.Cut(r.Path, " ")
	return clause
}

// Label says the path in Vietnamese: "Điều 69 khoản 4 điểm a".
func (r Ref) Label() string {
	var words []string
	for _, part := range strings.Fields(r.Path) {
		at := strings.LastIndex(part, "-")
		words = append(words, names[part[:at]]+" "+part[at+1:])
	}
	return strings.Join(words, " ")
}

// Anchor is the clause as an address inside the article's page: "khoan-4-diem-a".
func (r Ref) Anchor() string { return strings.ReplaceAll(r.Clause(), " ", "-") }
