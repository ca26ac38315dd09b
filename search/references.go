package search

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// references are provisions, documents and codes that a query names outright.
type references struct {
	segments []string // "dieu-34", as addresses write them
	code     string   // "HĐ-0001"
	law      lawName
	form     bool // a form, but not by its number
}

// lawName is what a query says of a document of law: what it is called in keys,
// its number and its year, "" for what it does not say.
type lawName struct{ kind, number, year string }

// referenceWords are how readers write the parts of a citation, by what the
// address calls them; only whole articles and forms are entries of the index.
var referenceWords = map[string]string{"dieu": "dieu", "d": "dieu", "mau": "mau", "cau": "cau", "phu luc": "phu-luc"}

// lawWords are how readers write what a document is, by how its key begins.
var lawWords = map[string]string{
	"luat": "luat", "nghi quyet": "nq", "nq": "nq", "thong tu": "tt", "tt": "tt", "nghi dinh": "nd", "nd": "nd", "quyet dinh": "qd", "qd": "qd",
	"huong dan": "hd", "ke hoach": "kh", "kh": "kh", "lien tich": "nqlt", "nqlt": "nqlt",
}

// Years that the numbers of documents carry.
const (
	firstYear = 1945
	lastYear  = 2100
)

// readReferences finds "điều 34", "khoản 4 điều 69", "Đ.69", "mẫu 11", "HĐ-0001",
// "nghị định 15/2020", "luật 83".
func readReferences(list []syllable) (r references) {
	r.form = slices.ContainsFunc(list, func(s syllable) bool { return s.exact == "mẫu" })
	for i := 0; i+1 < len(list); i++ {
		number := numberOf(list[i+1])
		if number == 0 {
			continue
		}
		digits := strconv.Itoa(number)
		if before := numberOf(list[i]); before > 0 && firstYear <= number && number <= lastYear {
			r.law.number, r.law.year = strconv.Itoa(before), digits
		}
		word, two := list[i].folded, ""
		if i > 0 {
			two = list[i-1].folded + " " + word
		}
		if kind := either(lawWords, two, word); kind != "" && r.law.kind == "" {
			r.law.kind, r.law.number = kind, digits
		}
		if name := either(referenceWords, two, word); name != "" && (word != "d" || list[i].exact == "đ") {
			r.segments = append(r.segments, name+"-"+digits)
		}
		if word == "hd" && len(list) == 2 {
			r.code = codeOf(number)
		}
	}
	return r
}

func numberOf(s syllable) int {
	n, err := strconv.Atoi(s.folded)
	if err != nil || n < 0 || n > maxReference {
		return 0
	}
	return n
}

// either is what a map has for the longer of two keys that it knows.
func either(of map[string]string, long, short string) string {
	if found := of[long]; found != "" {
		return found
	}
	return of[short]
}

// mainLaw is what "điều 5" means when no document is named.
const mainLaw = "luat-85-2015"

// maxReference is more than any law has articles or the archive answers.
const maxReference = 999_999

func codeOf(number int) string {
	digits := strconv.Itoa(number)
	return "HĐ-" + strings.Repeat("0", max(0, 4-len(digits))) + digits
}

// any reports whether the query names something.
func (r references) any() bool { return len(r.segments) > 0 || r.code != "" || r.law.number != "" }

// term is a term of a field of the index.
type term struct{ field, text string }

// terms are what an index has of the provisions and the answer that are named.
func (r references) terms() (list []term) {
	for _, s := range r.segments {
		list = append(list, term{fieldSegment, s})
	}
	if r.code != "" {
		list = append(list, term{fieldCode, r.code})
	}
	return list
}

// What is named outright, by how surely it is meant.
const (
	namedAll  = 2.0  // the provision, the document or the answer
	namedHalf = 0.3  // a provision of the document, or one of another document
	mainPart  = 0.10 // more for one of the law itself
)

// names tells how surely a document is what the query names.
func (r references) names(v *view) float64 {
	if r.code != "" && string(v.facts[factCode]) == r.code {
		return namedAll
	}
	if string(v.facts[factKind]) != KindLaw {
		return 0
	}
	ofLaw := r.law.number != "" && r.law.matches(string(bytes.TrimPrefix(v.facts[factOwner], []byte(KindLaw+":"))))
	segment := string(v.facts[factSegment])
	if len(r.segments) == 0 {
		switch {
		case ofLaw && segment == "":
			return namedAll
		case ofLaw:
			return namedHalf
		}
		return 0
	}
	for _, s := range r.segments {
		switch {
		case segment != s:
		case r.law.number != "" && !ofLaw:
			return namedHalf
		case strings.HasPrefix(string(v.facts[factRef]), mainLaw+" "):
			return namedAll + mainPart
		default:
			return namedAll
		}
	}
	if ofLaw {
		return namedHalf
	}
	return 0
}

// matches reports whether a key such as "luat-83-2025" has what the name says.
func (l lawName) matches(key string) bool {
	parts := strings.Split(key, "-")
	if len(parts) < 3 {
		return false
	}
	kind, number, year := parts[0], parts[1], parts[len(parts)-1]
	return number == l.number && (l.year == "" || l.year == year) && (l.kind == "" || l.kind == kind)
}
