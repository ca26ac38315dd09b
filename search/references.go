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
	byName   bool   // a law is named, maybe without its number: "luật đất đai"
	form     bool   // a form, but not by its number
	told     string // what is named, as the page says it: "Điều 34"
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

// How the page writes what a query names.
var (
	segmentWords = map[string]string{"dieu": "Điều", "mau": "Mẫu", "cau": "Câu", "phu-luc": "Phụ lục"}
	lawLabels    = map[string]string{
		"luat": "Luật", "nq": "Nghị quyết", "tt": "Thông tư", "nd": "Nghị định", "qd": "Quyết định", "hd": "Hướng dẫn", "kh": "Kế hoạch",
		"nqlt": "Nghị quyết liên tịch", "": "văn bản",
	}
)

// Years that the numbers of documents carry.
const (
	firstYear = 1945
	lastYear  = 2100
)

// readReferences finds "điều 34", "khoản 4 điều 69", "Đ.69", "mẫu 11", "HĐ-0001",
// "nghị định 15/2020", "luật 83".
func readReferences(list []syllable) (r references) {
	list = withoutNumberWord(list)
	r.form = slices.ContainsFunc(list, func(s syllable) bool { return s.exact == "mẫu" })
	for i := 0; i+1 < len(list); i++ {
		number := numberOf(list[i+1])
		if number == 0 {
			continue
		}
		digits := strconv.Itoa(number)
		if before := numberOf(list[i]); before > 0 && isYear(number) && !inDate(list, i) {
			r.law.number, r.law.year = strconv.Itoa(before), digits
		}
		word, two := list[i].folded, ""
		if i > 0 {
			two = list[i-1].folded + " " + word
		}
		if kind := either(lawWords, two, word); kind != "" && r.law.kind == "" && (!weakWords[kind] || i+2 < len(list) && isYear(numberOf(list[i+2]))) {
			r.law.kind, r.law.number = kind, digits
		}
		if name := either(referenceWords, two, word); name != "" && (word != "d" || list[i].exact == "đ") {
			r.segments = append(r.segments, name+"-"+digits)
			r.told = segmentWords[name] + " " + digits
		}
		if word == "hd" && len(list) == 2 {
			r.code = codeOf(number)
		}
	}
	r.byName = r.law.kind != "" || namesLaw(list)
	if r.byName && r.law.number == "" && r.told != "" {
		r.told += " của văn bản được nêu"
	}
	if r.law.number != "" {
		name := strings.TrimSpace(lawLabels[r.law.kind] + " " + strings.TrimSuffix(r.law.number+"/"+r.law.year, "/"))
		r.told = strings.TrimPrefix(r.told+", "+name, ", ")
	}
	return r
}

// withoutNumberWord leaves out "số" between a document and its number: "luật số 83".
func withoutNumberWord(list []syllable) []syllable {
	var kept []syllable
	for i, s := range list {
		if s.folded == "so" && i > 0 && i+1 < len(list) && numberOf(list[i+1]) > 0 && either(lawWords, " ", list[i-1].folded)+either(lawWords, pairBefore(list, i), "") != "" {
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

func pairBefore(list []syllable, i int) string {
	if i < 2 {
		return ""
	}
	return list[i-2].folded + " " + list[i-1].folded
}

// weakWords stand before numbers of other things as often: "hướng dẫn 5 bước".
// They name a document only with its year.
var weakWords = map[string]bool{"hd": true, "kh": true, "qd": true}

func isYear(number int) bool { return firstYear <= number && number <= lastYear }

// inDate reports whether a number and the year behind it are part of a date or of
// a term of office: "15/3/2026", "tháng 3/2026", "2021-2026".
func inDate(list []syllable, at int) bool {
	if isYear(numberOf(list[at])) {
		return true
	}
	if at == 0 {
		return false
	}
	switch before := list[at-1]; before.folded {
	case "ngay", "thang", "nam", "hom", "mung":
		return true
	default:
		return numberOf(before) > 0
	}
}

// namesLaw reports whether a law is named in words: "luật đất đai", "hiến pháp".
// "Theo luật" and "pháp luật" name none.
func namesLaw(list []syllable) bool {
	for i, s := range list {
		before, after := "", ""
		if i > 0 {
			before = list[i-1].folded
		}
		if i+1 < len(list) {
			after = list[i+1].folded
		}
		if s.folded == "luat" && before != "phap" && after != "" && !slices.Contains(noNames, after) || s.folded == "phap" && before == "hien" {
			return true
		}
	}
	return false
}

// noNames are words behind "luật" with which no name of a law begins.
var noNames = strings.Fields("dieu khoan diem ve thi la quy co nay moi cu sua noi ghi phat")

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
	namedLaw  = 1.0  // the document, when a provision of it is named that it has not
	namedHalf = 0.3  // a provision of the document that is named
	mainPart  = 0.10 // more for one of the law itself
)

// names tells how surely a document is what the query names. nameOf tells whether
// the query has all words of the short name of a provision's law.
func (r references) names(v *view, nameOf func() bool) float64 {
	if r.code != "" && string(v.facts[factCode]) == r.code {
		return namedAll
	}
	if string(v.facts[factKind]) != KindLaw {
		return 0
	}
	segment := string(v.facts[factSegment])
	ofLaw := r.law.number != "" && r.law.matches(string(bytes.TrimPrefix(v.facts[factOwner], []byte(KindLaw+":"))))
	switch {
	case slices.Contains(r.segments, segment) && segment != "":
		return r.namesProvision(v, ofLaw, nameOf)
	case !ofLaw:
		return 0
	case segment != "":
		return namedHalf
	case len(r.segments) > 0:
		return namedLaw
	}
	return namedAll
}

// namesProvision decides for a provision of the right number: where a law is
// named, it must be of that law.
func (r references) namesProvision(v *view, ofLaw bool, nameOf func() bool) float64 {
	switch {
	case ofLaw, r.byName && nameOf():
		return namedAll + mainPart
	case r.byName:
		return 0
	case strings.HasPrefix(string(v.facts[factRef]), mainLaw+" "):
		return namedAll + mainPart
	}
	return namedAll
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
