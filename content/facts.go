package content

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sotay/internal/viet"
)

// fact is a number that a statement gives: of what, and among which words.
type fact struct {
	unit, value string
	said        string             // as written: "13 ngày"
	words       map[string]float64 // around it, the nearer the heavier
	numbers     []string           // all that the statement gives
	place       place
}

// place is the statement in which a fact stands, and the thing whose text that is.
type place struct{ id, path, title, text string }

// abbreviations are written out before words are compared, and words that mean
// the same made one.
var abbreviations = strings.NewReplacer("ubnd", "ủy ban nhân dân", "hđnd", "hội đồng nhân dân", "đbqh", "đại biểu quốc hội", "ubbc", "ủy ban bầu cử",
	"hđbcqg", "hội đồng bầu cử quốc gia", "mttq", "mặt trận tổ quốc", "muộn nhất", "chậm nhất", "trễ nhất", "chậm nhất", "tối thiểu", "ít nhất",
	"ngày bỏ phiếu", "ngày bầu cử", "–", "-", "thành viên", "người", "ủy viên", "người", "cử tri", "cử_tri", "uỷ ban", "ủy ban")

// The units of what is named by a number instead of counted.
const (
	unitForm    = "mẫu"
	unitArticle = "điều"
	unitDay     = "ngày tháng"
	ofMidTerm   = " (bổ sung)" // behind any unit
)

// units are the words behind a number, by what they count.
var units = map[string]string{
	"ngày": "ngày", "hôm": "ngày", "giờ": "giờ", "phút": "phút", "tháng": "tháng", "năm": "năm", "tuổi": "tuổi", "người": "người", "cử_tri": "người",
	"bản": "bản", "bộ": "bộ", "loại": "loại", "phiếu": "phiếu", "ảnh": "ảnh", "đại": "đại biểu", "cấp": "cấp", "lần": "lần", "hòm": "hòm", "%": "%",
	"cm": "cm", "nơi": "nơi", "hình": "hình thức", "khu": "khu vực", "đơn": "đơn vị", "đồng": "đồng", "đợt": "đợt", "bước": "bước", "nhóm": "nhóm",
}

var (
	tokens = regexp.MustCompile(`[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?|[0-9]+(?:[.,][0-9]+)*|[\p{L}_]+|[%.,;:|()-]`)
	// mostCited are the documents that nearly every statement names: their names tell nothing.
	mostCited = regexp.MustCompile(`(?:theo |của |căn cứ:? )*(?:luật bầu cử|nghị quyết (?:số )?40(?:/nq-hđbcqg)?|sách hỏi đáp)(?: của (?:hđbcqg|hội đồng bầu cử quốc gia))?,?|căn cứ:`)
	// otherDocuments are named where articles and forms are not those of the election law and of resolution 40.
	otherDocuments = regexp.MustCompile(`thông tư|nghị định|hiến pháp|bộ luật|blhs|luật (?:tổ chức|thi hành|tố tụng|xử lý|khiếu nại|tố cáo|quốc tịch|số|[0-9])|ttlt|liên tịch|nqlt|(?:nghị quyết|nq) (?:số )?(?:[0-35-9]|4[1-9])|/(?:hnct|hnmt|bbkp|plyk|bcđ)`)
	// midTerm is said of elections between two terms, which have numbers of their own.
	midTerm = regexp.MustCompile(`bầu (?:cử )?bổ sung`)
	// noFact is said of examples, of what newspapers wrote, of what was before.
	noFact = regexp.MustCompile(`ví dụ|thí dụ|chẳng hạn|\.vn|, nay |tổ (?:có )?[0-9]+ người thì|quá nửa của [0-9]+`)
	// empty are words, folded, that tell nothing of what a number counts.
	empty = map[string]bool{}
	// ofLimits are words, folded, that stand in every time limit and citation: nothing follows from them.
	ofLimits = map[string]bool{}
)

func init() {
	for _, w := range strings.Fields("ngay truoc sau bau cu cham nhat han chot xong gui khoan diem") {
		ofLimits[w] = true
	}
	for _, w := range strings.Fields("la va cua thi cho o co cac nhung nay do mot duoc phai xong han chot voi theo de khi tu den trong ve ra vao hay hoac neu ma se da dang bi cung nhu rang con chi moi so ca") {
		empty[w] = true
	}
}

// factReader takes the facts out of one statement.
type factReader struct {
	statement
	tokens         []string
	heading, title string
	list           []fact
	numbers        []string
}

// factsOf reads the facts of a statement that stands below a heading of a text.
func factsOf(s statement, heading, title string) []fact {
	if s.past || s.headed || noFact.MatchString(s.low) {
		return nil
	}
	r := factReader{statement: s, tokens: tokensOf(s.low), heading: heading, title: title}
	for i := 0; i < len(r.tokens); {
		i = r.read(i)
	}
	for i := range r.list {
		r.list[i].numbers = r.numbers
	}
	return r.list
}

func tokensOf(text string) []string {
	return tokens.FindAllString(abbreviations.Replace(mostCited.ReplaceAllString(strings.ToLower(text), "")), -1)
}

// read reads what begins at a token, and says where the rest begins.
func (r *factReader) read(i int) int {
	t := r.tokens
	if strings.Contains(t[i], "/") {
		if day := dayNear(t[i]); day.Valid() {
			r.add(i, i+1, unitDay, string(day))
		}
		return i + 1
	}
	if (t[i] == unitForm || t[i] == unitArticle) && i+1 < len(t) && isDigit(t[i+1][0]) {
		return r.named(i)
	}
	value, n := numberAt(t[i:])
	if n == 0 {
		return i + 1
	}
	r.numbers = append(r.numbers, value)
	end, unit := i+n, ""
	if end < len(t) && units[t[end]] != "" {
		unit, end = units[t[end]], end+1
	}
	if unit == "loại" && end < len(t) && (t[end] == "đơn" || t[end] == "biên") {
		unit += " " + t[end] // kinds of districts, of reports; else of ballots
	}
	if end+1 < len(t) && (t[end] == "-" || t[end] == "đến" || t[end] == "tới") {
		to, m := numberAt(t[end+1:])
		if after := end + 1 + m; m > 0 && after < len(t) && units[t[after]] != "" && (unit == "" || unit == units[t[after]]) {
			r.numbers = append(r.numbers, to)
			if strings.HasSuffix(to, "000000") && len(value) < 4 {
				value += "000000" // 5 - 50 triệu đồng
			}
			value, unit, end = value+"-"+to, units[t[after]], after+1
		}
	}
	if unit != "" && !(i > 1 && t[i-1] == "hoặc" && isDigit(t[i-2][0])) { // one of two is no fact
		r.add(i, end, unit, value)
	}
	return end
}

// named reads forms and articles: "Mẫu 18, 23".
func (r *factReader) named(i int) int {
	t, end := r.tokens, i+2
	for end+1 < len(t) && slices.Contains([]string{",", "và", "hoặc", "đến"}, t[end]) && isDigit(t[end+1][0]) && !strings.Contains(t[end+1], "/") {
		end += 2
	}
	ours := !otherDocuments.MatchString(r.low) && (t[i] == unitForm || !strings.Contains(r.low, "nghị quyết"))
	for at := i + 1; at < end; at += 2 {
		value := figures(t[at])
		r.numbers = append(r.numbers, t[i]+value)
		if ours && len(t[at]) < 3 {
			r.add(i, end, t[i], value)
		}
	}
	return end
}

// How many telling words and pairs of words a number needs around it.
const (
	wordsOfCount = 3
	wordsOfName  = 6 // of an article or a form
	wordsEnough  = 10
)

func (r *factReader) add(from, to int, unit, value string) {
	said := strings.ReplaceAll(strings.Join(r.tokens[from:to], " "), "_", " ")
	f := newFact(unit, value, said, r.tokens[:from], r.tokens[to:], r.before, r.heading, r.title)
	if f.words != nil {
		r.list = append(r.list, f)
	}
	if unit == unitDay {
		r.numbers = append(r.numbers, value)
	}
}

// newFact weighs the words around a number; without enough of them it has none.
func newFact(unit, value, said string, left, right []string, earlier, heading, title string) fact {
	f := fact{unit: unit, value: value, said: said, words: map[string]float64{}}
	f.put(left, true, 1)
	f.put(right, false, 1)
	about := 0.4 // what the text is about weighs more where the statement says little, but no article follows from it
	switch own := f.tellingWords(); {
	case own < wordsOfCount, own < wordsOfName && f.names():
		f.words = nil
		return f
	case unit == unitArticle || unit == unitForm:
		about = 0.2
	case own < wordsEnough:
		about = 0.6
	}
	f.put(tokensOf(earlier), false, min(about, 0.4))
	f.put(tokensOf(heading), false, about)
	f.put(tokensOf(title), false, about)
	if midTerm.MatchString(strings.ToLower(heading+"\n"+title)) || midTerm.MatchString(strings.Join(left, " ")+" "+strings.Join(right, " ")) {
		f.unit += ofMidTerm
	}
	return f
}

// tellingWords counts the words and pairs of words that say what is limited, not
// only that there is a limit.
func (f fact) tellingWords() int {
	n := 0
	for w := range f.words {
		if slices.ContainsFunc(strings.Fields(w), func(word string) bool { return !ofLimits[word] }) {
			n++
		}
	}
	return n
}

// put takes in words, the farther from the number the lighter.
func (f *fact) put(tokens []string, backwards bool, weight float64) {
	var words []string
	for i, w := range tokens {
		switch {
		case strings.Contains(",-.;:|()", w):
			words = append(words, w)
		case isDigit(w[0]) && i > 0 && slices.Contains([]string{unitForm, unitArticle, "câu"}, tokens[i-1]):
			words[len(words)-1] += " " + figures(w)
		case isDigit(w[0]) || w == "%" || empty[viet.Fold(w)] || f.unit == unitArticle && ofLimits[viet.Fold(w)]:
		default:
			words = append(words, viet.Fold(w))
		}
	}
	if backwards {
		slices.Reverse(words)
	}
	before := ""
	for _, w := range words {
		switch w {
		case ",", "-":
			weight, before = weight*0.9, ""
			continue
		case ".", ";", ":", "|", "(", ")":
			weight, before = weight*0.6, ""
			continue
		}
		f.words[w] = max(f.words[w], weight/2)
		if pair := before + " " + w; before != "" {
			if backwards {
				pair = w + " " + before
			}
			f.words[pair] = max(f.words[pair], weight)
		}
		before = w
	}
}

// names reports whether the number names something instead of counting.
func (f fact) names() bool {
	unit := strings.TrimSuffix(f.unit, ofMidTerm)
	return unit == unitForm || unit == unitArticle || unit == unitDay
}

// gives reports whether the statement of a fact gives another value too.
func (f fact) gives(value string) bool {
	if f.names() && !strings.HasPrefix(f.unit, unitDay) {
		value = strings.TrimSuffix(f.unit, ofMidTerm) + value
	}
	return slices.Contains(f.numbers, value)
}

var wordDigits = map[string]int{"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}

// inWords reads a number in words, and how many words it takes.
func inWords(t []string) (n, taken int) {
	for ; taken < len(t); taken++ {
		d, ok := wordDigits[t[taken]]
		switch {
		case ok && n%10 == 0:
			n += d
		case t[taken] == "mười" && n%100 == 0:
			n += 10
		case t[taken] == "mươi" && 1 < n%100 && n%100 < 10:
			n += n % 100 * 9
		case t[taken] == "trăm" && 0 < n && n < 10:
			n *= 100
		case (t[taken] == "nghìn" || t[taken] == "ngàn") && 0 < n && n < 100:
			n *= 1000
		default:
			return n, taken
		}
	}
	return n, taken
}

// numberAt reads a number at the head of tokens; “một” alone is no number.
func numberAt(t []string) (value string, taken int) {
	if len(t) == 0 {
		return "", 0
	}
	if isDigit(t[0][0]) {
		if len(t) > 1 && t[1] == "triệu" {
			return figures(t[0]) + "000000", 2
		}
		return figures(t[0]), 1
	}
	n, taken := inWords(t)
	if n <= 1 {
		return "", 0
	}
	return strconv.Itoa(n), taken
}

// dayNear reads a date; without a year it is one of the months around election day.
func dayNear(text string) viet.Date {
	p := strings.Split(text, "/")
	if len(p) == 2 {
		p = append(p, "2026")
		if month, _ := strconv.Atoi(p[1]); month > 8 {
			p[2] = "2025"
		}
	}
	return dayOf(p[0], p[1], p[2])
}

// implied is the fact that a provision itself is: its words lead to its number.
func implied(p Provision, text string) fact {
	kind, number, _ := strings.Cut(p.Segment, "-")
	unit := map[string]string{"luat-85-2015 dieu": unitArticle, "nq-40-2025 mau": unitForm}[p.Law.Key+" "+kind]
	if unit == "" {
		return fact{}
	}
	title := p.Title
	if text == title {
		title = ""
	}
	return newFact(unit, number, fmt.Sprintf("%s %s", unit, number), nil, tokensOf(text), "", "", title)
}
