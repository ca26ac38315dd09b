package search

import (
	"strconv"
	"strings"
)

// references are provisions and codes that a query names outright.
type references struct {
	segments []string // "dieu-34", as addresses write them
	code     string   // "HĐ-0001"
	document string   // "15/2020", the number and year of a document
}

// referenceWords are how readers write the parts of a citation, by what the
// address calls them; only whole articles and forms are entries of the index.
var referenceWords = map[string]string{"dieu": "dieu", "d": "dieu", "mau": "mau", "cau": "cau", "phu luc": "phu-luc"}

// Years that the numbers of documents carry.
const (
	firstYear = 1945
	lastYear  = 2100
)

// readReferences finds "điều 34", "khoản 4 điều 69", "Đ.69", "mẫu 11", "HĐ-0001",
// "nghị định 15/2020".
func readReferences(list []syllable) (r references) {
	for i := 0; i+1 < len(list); i++ {
		number, err := strconv.Atoi(list[i+1].folded)
		if err != nil || number <= 0 || number > maxReference {
			continue
		}
		if before, err := strconv.Atoi(list[i].folded); err == nil && before > 0 && firstYear <= number && number <= lastYear {
			r.document = strconv.Itoa(before) + "/" + strconv.Itoa(number)
		}
		word := list[i].folded
		if i > 0 && referenceWords[list[i-1].folded+" "+word] != "" {
			word = list[i-1].folded + " " + word
		}
		if name := referenceWords[word]; name != "" && (word != "d" || list[i].exact == "đ") {
			r.segments = append(r.segments, name+"-"+strconv.Itoa(number))
		}
		if word == "hd" && len(list) == 2 {
			r.code = codeOf(number)
		}
	}
	return r
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
func (r references) any() bool { return len(r.segments) > 0 || r.code != "" || r.document != "" }

// term is a term of a field of the index.
type term struct{ field, text string }

// terms are what an index has of what is named.
func (r references) terms() (list []term) {
	for _, s := range r.segments {
		list = append(list, term{fieldSegment, s})
	}
	if r.code != "" {
		list = append(list, term{fieldCode, r.code})
	}
	return list
}

// names reports whether a document is what the query names.
func (r references) names(v *view) bool {
	if r.code != "" && string(v.facts[factCode]) == r.code {
		return true
	}
	if r.document != "" && string(v.facts[factKind]) == KindLaw && strings.Contains(string(v.texts[inHeading]), " "+r.document+"/") {
		return true
	}
	for _, s := range r.segments {
		if string(v.facts[factSegment]) == s {
			return true
		}
	}
	return false
}
