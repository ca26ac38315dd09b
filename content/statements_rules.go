package content

import (
	_ "embed" // for the rules
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

//go:embed statements.yaml
var statementRules []byte

// rules are what the text check knows of single statements.
var rules = mustRules(statementRules)

// rule finds statements that say something wrong. The head of statements.yaml
// tells what each field means.
type rule struct {
	Name   string   `yaml:"name"`
	Find   string   `yaml:"find"`
	Right  []string `yaml:"right"`
	Unless string   `yaml:"unless"`
	Text   string   `yaml:"unless_text"`
	About  string   `yaml:"about"`
	Form   []string `yaml:"form"`
	Dieu   []string `yaml:"dieu"`
	QH     []string `yaml:"qh"`
	HDND   []string `yaml:"hdnd"`
	Extra  []string `yaml:"extra"`
	Never  bool     `yaml:"never"`
	Does   string   `yaml:"does"`
	Now    string   `yaml:"now"`
	Say    string   `yaml:"say"`
	Basis  string   `yaml:"basis"`

	find, unless, text, about *regexp.Regexp
	purpose                   *regexp.Regexp // of forms: what they are for
	needles                   []string       // a find holds one of them
	days                      bool           // it limits an act of general elections
}

// number stands for {n} in rules.
const number = `([0-9]+(?:\.[0-9]{3})*|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: (?:mốt|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín) (?:trăm|nghìn|ngàn)|một|hai|ba|bốn|năm|sáu|bảy|tám|chín)`

// body stands for {ai} in rules: who does something.
const body = `((?:chủ tịch |tổ trưởng |trưởng ban |ban thường trực )?(?:tổ bầu cử|tổ trưởng|trưởng thôn|ban bầu cử|ủy ban bầu cử|ubbc|hội đồng bầu cử quốc gia|hđbcqg|ủy ban nhân dân|ubnd|công an|(?:ủy ban )?mặt trận(?: tổ quốc)?|mttq|thường trực hđnd|hội đồng nhân dân|hđnd|bộ nội vụ|sở nội vụ|bộ công an|chính phủ|quốc hội|tòa án)(?: nhân dân)?(?: (?:ở |cấp )?(?:tỉnh|xã|phường|khu vực))?)`

// doer finds a body that is said to do something: at the head of a clause.
func doer(act string) string {
	return `(?:^[0-9. ]*|[.;:,|(] ?|do |thì |chỉ )` + body + ` (?:sẽ |phải |mới |có quyền |được |ra |tự |cùng |họp |có thể |là nơi |là cơ quan |là người |có trách nhiệm |có nhiệm vụ )*(?:` + act + `)|việc (?:` + act + `)[^.;:|,]{0,30} (?:thuộc(?: về)?|là việc của|là của|do|của) ` + body
}

// plainBodies are the names by which rules call bodies, whatever their level.
var plainBodies = strings.NewReplacer("chủ tịch ", "", "tổ trưởng ", "", "trưởng ban ", "", "ban thường trực ", "", "ủy ban mặt trận", "mặt trận", " tổ quốc", "", "mttq", "mặt trận",
	"ubbc", "ủy ban bầu cử", "hđbcqg", "hội đồng bầu cử quốc gia", "ủy ban nhân dân", "ubnd", " cấp", "", " ở", "", "phường", "xã")

// needles are words of which every find of a pattern holds one: most statements
// hold none, and looking for words is far cheaper than trying the pattern.
func needles(pattern *regexp.Regexp) []string {
	tree, err := syntax.Parse(pattern.String(), syntax.Perl)
	if err != nil {
		panic(err) // it was compiled a moment ago
	}
	return needlesOf(tree.Simplify())
}

// needlesOf gives the words of the part that narrows most; none when no word has
// to be there.
func needlesOf(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return needlesOf(re.Sub[0])
	case syntax.OpConcat:
		var best []string
		for _, part := range re.Sub {
			if words := needlesOf(part); len(words) > 0 && (best == nil || shortest(words) > shortest(best)) {
				best = words
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, part := range re.Sub {
			words := needlesOf(part)
			if len(words) == 0 {
				return nil
			}
			all = append(all, words...)
		}
		return all
	}
	return nil
}

func shortest(words []string) int {
	least := len(words[0])
	for _, w := range words {
		least = min(least, len(w))
	}
	return least
}

// may reports whether a text in lower case can hold what the rule finds.
func (r rule) may(low string) bool { return len(r.needles) == 0 || holdsOne(low, r.needles) }

func holdsOne(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

// beside finds a form's number close to words, on either side of them.
func beside(words string) string {
	const near = `[^.;:,|0-9]{0,60}?`
	return `(?:(?:` + words + `)”?` + near + `[(,:|]? ?(?:theo |là |dùng )?mẫu (?:số )?{n}|mẫu (?:số )?{n}\b[,:)]? ?(?:là |\(|(?:cấp |dùng |dành )?cho )?(?:người |cử tri )?(?:đi |xin )?(?:giấy |tờ )?(?:chứng nhận )?(?:` + words + `))`
}

// besideArticle finds an article's number close to words, on either side of them.
func besideArticle(words string) string {
	return `(?:` + words + `)[^.;|0-9]{0,40}(?:theo |ở |tại |trong |là |\(|: |, |\| )(?:luật bầu cử,? )?điều {n}\b|điều {n}(?: khoản [0-9]+)?(?: (?:của )?luật bầu cử)?,? [^.;:,()|0-9]{0,30}(?:` + words + `)|(?:việc|nội dung) (?:` + words + `) điều {n}$`
}

// mustRules reads the embedded rules; a broken one stops the program at once.
func mustRules(source []byte) []rule {
	var list []rule
	if err := yaml.Unmarshal(source, &list); err != nil {
		panic(fmt.Sprintf("read statements.yaml: %v", err))
	}
	for i := range list {
		r := &list[i]
		find := r.Find
		if r.Form != nil || r.QH != nil {
			r.purpose = regexp.MustCompile(find)
			find = beside(find)
		}
		if r.Dieu != nil {
			find, r.Right = besideArticle(find), r.Dieu
			r.Unless = strings.Trim(r.Unless+"|"+otherDocuments.String()+"|nghị quyết", "|")
		}
		if r.Does != "" {
			find = strings.TrimSuffix(doer(r.Does)+"|"+find, "|")
		}
		find = strings.ReplaceAll(find, ` (?:đến|tới|-|–) `, ` ?(?:đến|tới|-|–) ?`)
		r.find = regexp.MustCompile(strings.NewReplacer("{n}", number, "{ai}", body).Replace(find))
		r.needles = needles(r.find)
		r.days = strings.Contains(r.Find, "{n} ngày")
		r.Right = append(r.Right, r.Form...)
		if r.Now != "" {
			r.Say = "Tên đúng là " + r.Now + "."
		}
		for _, part := range []struct {
			text string
			into **regexp.Regexp
		}{{r.Unless, &r.unless}, {r.Text, &r.text}, {r.About, &r.about}} {
			if part.text != "" {
				*part.into = regexp.MustCompile(part.text)
			}
		}
	}
	return list
}

// wrong is what a rule finds wrong in a statement, "" when it is content: of a
// row, each cell is read with its heads as well.
func (r rule) wrong(p passage, s statement, midTerm bool) string {
	if (s.headed && !r.Never) || s.past || midTerm && r.days {
		return ""
	}
	if midTerm && r.Extra != nil {
		r.Right = r.Extra
	}
	if r.QH != nil {
		r.Right = r.forms(s.low, strings.ToLower(p.heading), strings.ToLower(p.title))
	}
	for _, low := range append([]string{s.low}, s.cells...) {
		if found := r.wrongIn(low); found != "" {
			return found
		}
	}
	return ""
}

var (
	congress = regexp.MustCompile(`quốc hội|đbqh`)
	councils = regexp.MustCompile(`hđnd|hội đồng nhân dân`)
)

// forms are the forms of the one election that a statement or else what stands
// above it names, those of both when none does.
func (r rule) forms(texts ...string) []string {
	for _, text := range texts {
		switch qh, hdnd := congress.MatchString(text), councils.MatchString(text); {
		case qh && hdnd:
			return append(r.QH[:len(r.QH):len(r.QH)], r.HDND...)
		case qh:
			return r.QH
		case hdnd:
			return r.HDND
		}
	}
	return append(r.QH[:len(r.QH):len(r.QH)], r.HDND...)
}

func (r rule) wrongIn(low string) string {
	if !r.may(low) {
		return ""
	}
	found := ""
	for at := 0; at < len(low); {
		m := r.find.FindStringSubmatchIndex(low[at:])
		if m == nil {
			break
		}
		if r.Right != nil && slices.Contains(r.Right, numbersOf(low[at:], m)) {
			return ""
		}
		if found == "" && (r.unless == nil || !r.unless.MatchString(around(low, at+m[0], at+m[1]))) {
			found = low[at+m[0] : at+m[1]]
		}
		at = beyondNumber(low, at+m[0]+1)
	}
	return found
}

// excuseReach is how far from a find the words may stand that excuse it, in bytes.
const excuseReach = 70

// around is what stands near a find, not beyond the clause or the cell.
func around(text string, from, to int) string {
	first, last := max(0, from-excuseReach), min(len(text), to+excuseReach)
	if i := strings.LastIndexAny(text[first:from], ";|"); i >= 0 {
		first += i + 1
	}
	if i := strings.IndexAny(text[to:last], ";|"); i >= 0 {
		last = to + i
	}
	return text[first:last]
}

// beyondNumber is the first place from at that is not within a number.
func beyondNumber(text string, at int) int {
	for at < len(text) && (isDigit(text[at]) && isDigit(text[at-1]) || text[at]&0xC0 == 0x80) {
		at++
	}
	return at
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// tensBefore is the head of a number in words of which a find took only the end.
var tensBefore = regexp.MustCompile(`(?:(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi|mười) $`)

// numbersOf are the numbers that a find holds, in figures, parted by blanks.
func numbersOf(text string, m []int) string {
	var numbers []string
	for i := 2; i < len(m); i += 2 {
		if m[i] >= 0 {
			from := m[i]
			if head := tensBefore.FindStringIndex(text[:from]); head != nil {
				from = head[0]
			}
			numbers = append(numbers, figures(text[from:m[i+1]]))
		}
	}
	return strings.Join(numbers, " ")
}

// figures writes a number in figures, without noughts before it.
func figures(text string) string {
	words := strings.Fields(text)
	if n, taken := inWords(words); taken > 0 && taken == len(words) {
		return strconv.Itoa(n)
	}
	n, err := strconv.Atoi(strings.ReplaceAll(text, ".", ""))
	if err != nil {
		return plainBodies.Replace(text)
	}
	return strconv.Itoa(n)
}
