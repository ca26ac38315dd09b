package content

import (
	"cmp"
	_ "embed" // for the rules
	"fmt"
	"html"
	"iter"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"sotay/internal/viet"
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

var (
	// past are the words with which texts speak of earlier elections, or warn of
	// what is wrong.
	past        = regexp.MustCompile(`kỳ trước|nhiệm kỳ trước|(?:năm|luật|kỳ bầu cử|(?:^|[^m]) kỳ|^kỳ) (2011|2015|2016|2021)\b|trước (đây|kia)|(luật|quy định|mốc|số|mẫu|hạn|tên|cách) cũ|cũ (là|ghi|nay)|đã bỏ(?: (?:cấp|từ|quy định|mốc|hẳn|huyện|điểm)|[,;]|$)|bãi bỏ|không còn|không phải (?:là )?(?:mẫu|điều|[0-9]|nghị|thông tư|luật|“|hội đồng|ủy ban|ban |số|do |của )|đừng (?:nhầm|lẫn|dùng|ghi|viết|lấy|gọi|nói|tin|theo|nhớ|đem|in|để lẫn)|chứ không|thay cho|nay (là|còn|chỉ|theo)|rút (từ|ngắn|xuống)|trước ngày 01/7/2025|nhầm|\bsai\b|không dùng`)
	pastNeedles = needles(past)
	// ended are the words with which texts say that a document applies no longer.
	ended = regexp.MustCompile(`trước (ngày )?[0-9]|hết hiệu lực|thay (bằng|cho)|được thay`)
	// pastHead are the words of headings and table heads below which that is so.
	pastHead = regexp.MustCompile(`^trước$|nhầm|(?:^|[ “(])cũ(?:$|[ ”):,])|kỳ trước|trước đây|luật 2015|kỳ 20(?:11|16|21)|năm 20(?:11|16|21)`)
)

// statement is a sentence or a table row, with whether it speaks of the past.
type statement struct {
	text, low string   // as written, and in lower case
	past      bool     // it says so itself
	headed    bool     // a heading says so
	before    string   // the sentence before it
	above     string   // the line of text above it
	head      string   // of the table, of a row
	cells     []string // of a row, each with its heads
}

// dateInWords is a date written out: ngày 23 tháng 5 năm 2026.
var dateInWords = regexp.MustCompile(`(?i)\b([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})\b`)

// plainDates writes dates as the check reads them: 23/5/2026.
func plainDates(text string) string { return dateInWords.ReplaceAllString(text, "$1/$2/$3") }

// clock is how hours are written short: 7h, 19h00.
var clock = regexp.MustCompile(`\b([0-9]{1,2})\s?(?:h00|h|g00|:00)\b`)

// awayLong are the long ways of counting days up to election day.
var awayLong = regexp.MustCompile(`còn (?:đúng )?` + number + ` ngày (?:nữa )?(?:là |thì )?(?:đến|tới) ngày bầu cử|ngày thứ ` + number + ` trước ngày bầu cử`)

// awayShort is how days are counted from election day in short: N-13, N+3.
var awayShort = regexp.MustCompile(`\bn ?([-–+]) ?([0-9]{1,3})\b`)

func newStatement(text string, headed bool) statement {
	low := clock.ReplaceAllString(strings.ToLower(text), "$1 giờ")
	low = awayLong.ReplaceAllString(low, "$1$2 ngày trước ngày bầu cử")
	low = awayShort.ReplaceAllStringFunc(low, func(short string) string {
		side := "trước"
		if strings.Contains(short, "+") {
			side = "sau"
		}
		return awayShort.ReplaceAllString(short, "$2 ngày "+side+" ngày bầu cử")
	})
	return statement{text: text, low: low, headed: headed, past: holdsOne(low, pastNeedles) && past.MatchString(low)}
}

// statements parts a section's plain text, a line a block.
func statements(heading, text string) []statement {
	var list []statement
	headed := pastHead.MatchString(strings.ToLower(heading))
	above, last := "", ""
	var table tableHead // of the table that is read, nil outside
	for _, line := range strings.Split(text, "\n") {
		switch row := isRow(line); {
		case line == "": // between two tables
			table = nil
			continue
		case row && table == nil:
			table = newTableHead(line)
			list = append(list, newStatement(line, headed || pastHead.MatchString(strings.ToLower(line))))
			continue
		case row:
			s := table.row(line, headed)
			s.above = last
			list = append(list, s)
			continue
		}
		table, above, last = nil, last, line
		before := ""
		for _, sentence := range sentencesOf(line) {
			if !strings.HasSuffix(sentence, "?") { // who asks states nothing
				s := newStatement(sentence, headed)
				s.before, s.above = before, above
				list = append(list, s)
			}
			before = sentence
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

// passage is a part of a text that is checked: a section, or a field.
type passage struct {
	place
	field, heading string
	summary        string // of the whole text
	whole          string // all that the text says, in lower case
}

// said checks the statements of a passage. What a rule knows to be wrong is not
// also compared with other texts.
func (c *check) said(p passage) {
	section := strings.ToLower(p.title + "\n" + p.text)
	for _, s := range statements(p.heading, p.text) {
		told := len(c.problems)
		extra := p.midTerm(s)
		s.cells = append(s.cells, p.withSubject(s)...)
		for _, r := range rules {
			if r.text != nil && r.text.MatchString(section) || r.about != nil && !r.about.MatchString(p.whole) {
				continue
			}
			if found := r.wrong(p, s, extra); found != "" {
				c.doubt(p.path, p.field, s.text, "“%s”: %s", found, r.Say)
			}
		}
		c.calendar(p, s)
		c.limits(p, s)
		c.forms(p, s)
		c.documents(p.path, p.field, s)
		c.places(p, s)
		c.strange(p.path, p.field, s)
		if len(c.problems) == told {
			c.contradictions(p, s)
		}
	}
}

// midTerm reports whether a statement is about an election between two terms.
func (p passage) midTerm(s statement) bool {
	return midTerm.MatchString(strings.ToLower(p.title + "\n" + p.heading + "\n" + s.before + "\n" + s.head + "\n" + s.low))
}

// doubt says what is probably wrong in a statement: the writer may know better.
func (c *check) doubt(where, field, quote, format string, args ...any) {
	c.problems = append(c.problems, Problem{Where: where, What: fmt.Sprintf(format, args...), Field: field, Quote: firstRunes(quote, 80)})
}

var (
	weekday   = regexp.MustCompile(`(thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|chúa nhật),? (?:ngày )?([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})`)
	weekdays  = []string{"chủ nhật", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy"}
	daysAway  = regexp.MustCompile(number + ` ngày (trước|sau) ngày (?:bầu cử|bỏ phiếu)`)
	daysAway2 = regexp.MustCompile(`(trước|sau) ngày (?:bầu cử|bỏ phiếu) (?:chậm nhất |muộn nhất |ít nhất |đúng )?` + number + ` ngày`)
	orBefore  = regexp.MustCompile(`([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})[”)]? (?:trở|về|hoặc) (?:về |lại |sớm )?(?:trước|hơn)|(?:sinh|tạm trú|đăng ký)[^.;|0-9]{0,20} (?:trước|chậm nhất|muộn nhất|không muộn hơn|đến hết)(?: ngày)? ([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})`)
	theDay    = regexp.MustCompile(`(?:ngày bầu cử|đi bầu|bầu cử)(?: là| vào| diễn ra| tiến hành| được tổ chức)*(?: chủ nhật| thứ [a-zảáụăưừ]+)?,? (?:ngày )?([0-9]{1,2})[/-]([0-9]{1,2})[/-](202[5-9])`)
)

// calendar compares dates with their weekdays, with the days that a statement
// counts from election day, and with election day itself.
func (c *check) calendar(p passage, s statement) {
	where, field, low := p.path, p.field, s.low
	for _, m := range weekday.FindAllStringSubmatch(low, -1) {
		day := dayOf(m[2], m[3], m[4])
		if day.Valid() && weekdays[day.Time().Weekday()] != strings.Replace(m[1], "chúa", "chủ", 1) {
			c.doubt(where, field, s.text, "%s không phải %s mà là %s.", day, m[1], weekdays[day.Time().Weekday()])
		}
	}
	if s.past || s.headed {
		return
	}
	c.spans(p, s)
	for _, m := range theDay.FindAllStringSubmatch(low, -1) {
		if day := dayOf(m[1], m[2], m[3]); day.Valid() && day != c.election.Day {
			c.doubt(where, field, s.text, "ngày bầu cử là %s, không phải %s.", c.election.Day, day)
		}
	}
	away, side := "", ""
	if m := daysAway.FindAllStringSubmatch(low, -1); len(m) == 1 {
		away, side = m[0][1], m[0][2]
	} else if m := daysAway2.FindAllStringSubmatch(low, -1); len(m) == 1 {
		away, side = m[0][2], m[0][1]
	}
	away = figures(away)
	c.countedDays(p, s, away, side)
	dates := fullDate.FindAllStringSubmatch(low, -1)
	n, err := strconv.Atoi(away)
	if err != nil || len(dates) != 1 {
		return
	}
	if side == "trước" {
		n = -n
	}
	if day := dayOf(dates[0][1], dates[0][2], dates[0][3]); day.Valid() && day != c.election.Day && day != c.election.Day.AddDays(n) {
		c.doubt(where, field, s.text, "%s ngày %s ngày bầu cử là %s, không phải %s.", away, side, c.election.Day.AddDays(n), day)
	}
}

// spans are those that the law counts back from election day.
var spans = []struct {
	of, not *regexp.Regexp
	years   int
	say     string
}{
	{regexp.MustCompile(`tạm trú|đăng ký`), regexp.MustCompile(`sinh|tuổi`), 1, "đủ 12 tháng tạm trú"},
	{regexp.MustCompile(`sinh|tuổi|18`), regexp.MustCompile(`21|ứng cử`), 18, "đủ 18 tuổi"},
	{regexp.MustCompile(`(?:sinh|tuổi).*(?:21|ứng cử)|(?:21|ứng cử).*(?:sinh|tuổi)`), regexp.MustCompile(`18`), 21, "đủ 21 tuổi"},
}

// spans compares days up to which somebody has to be born or registered with those
// that follow from election day.
func (c *check) spans(p passage, s statement) {
	for _, m := range orBefore.FindAllStringSubmatch(s.low, -1) {
		day := dayOf(m[1]+m[4], m[2]+m[5], m[3]+m[6])
		for _, span := range spans {
			due := viet.DateOf(c.election.Day.Time().AddDate(-span.years, 0, 0))
			if near := due.AddDays(-400) < day && day < c.election.Day.AddDays(-90); near && day.Valid() && day != due && !(day == due.AddDays(1) && strings.Contains(m[0], " trước ngày ")) && span.of.MatchString(s.low) && !span.not.MatchString(s.low) {
				c.doubt(p.path, p.field, s.text, "%s vào ngày bầu cử là từ %s trở về trước.", span.say, due)
			}
		}
	}
}

// countedDays compares the days that a statement counts from election day with
// the limit of the one act that it names; whatever it names, some limit has to
// be so many days away.
func (c *check) countedDays(p passage, s statement, away, side string) {
	n, err := strconv.Atoi(away)
	if err != nil {
		return
	}
	elections := []Election{c.election}
	if p.midTerm(s) {
		elections = append([]Election{{Day: c.election.Day, Kind: ByElection}}, elections...)
	}
	if side == "trước" {
		n = -n
	}
	if act, one := p.actOf(s); one {
		limit, ok := act.LimitOn(elections[0])
		if ok && limit.Days < 0 == (n < 0) && limit.Days != n && limit.Begin != n {
			c.doubt(p.path, p.field, s.text, "%s: hạn là %d ngày %s ngày bầu cử, không phải %s ngày.", cmp.Or(limit.Label, act.Label), max(limit.Days, -limit.Days), side, away)
			return
		}
	}
	if !slices.ContainsFunc(deadlines, func(d Deadline) bool { return d.away(n, elections) }) {
		c.doubt(p.path, p.field, s.text, "luật không có mốc nào là %s ngày %s ngày bầu cử. Hãy xem lại ở trang Lịch.", away, side)
	}
}

// away reports whether an act begins or ends so many days from one of the elections.
func (d Deadline) away(days int, elections []Election) bool {
	return slices.ContainsFunc(elections, func(e Election) bool {
		l, ok := d.LimitOn(e)
		return ok && (l.Days == days || l.Begin == days)
	})
}

func dayOf(day, month, year string) viet.Date {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	return viet.Date(fmt.Sprintf("%s-%02d-%02d", year, m, d))
}

// documentNumber is how papers of state are numbered: 85/2015/QH13, 40/NQ-HĐBCQG.
var documentNumber = regexp.MustCompile(`\b[0-9]{1,5}/(?:[0-9]{4}/)?(?:QH|UBTVQH|NQLT|NQ|TT|NĐ|QĐ|KH|CT|HD|CV|KL|TTLT|HĐBCQG)[A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*`)

// documents looks up the papers that a statement names: the register has to have
// them, and one that is no longer in force has to be called so.
func (c *check) documents(where, field string, s statement) {
	if c.numbers == nil {
		return
	}
	for _, name := range documentNumber.FindAllString(s.text, -1) {
		law, known := c.numbers[strings.ToUpper(name)]
		switch {
		case !known && !c.partly(name):
			c.doubt(where, field, s.text, "sổ văn bản không có số %s. Hãy xem lại số, hoặc thêm văn bản vào sổ.", name)
		case known && (law.Ended != "" || law.Trust == TrustPast) && !s.past && !s.headed && !ended.MatchString(s.low):
			c.doubt(where, field, s.text, "%s đã hết hiệu lực hoặc là của kỳ trước. Hãy nói rõ như vậy, hoặc dùng văn bản mới.", name)
		}
	}
}

// partly reports whether a name is the beginning of a longer number: some papers
// are named without the agencies at the end.
func (c *check) partly(name string) bool {
	for number := range c.numbers {
		if strings.HasPrefix(number, strings.ToUpper(name)) {
			return true
		}
	}
	return false
}

// source is how a text names what it rests on.
var source = regexp.MustCompile(`(?i)điều\s[0-9]|câu\s[0-9]|mẫu\s[0-9]|theo báo|/van-ban/`)

// demands looks for a text that says “must” or “must not” in a box of its own
// and names no source anywhere.
func (c *check) demands(where string, b Body) {
	demanding, sourced := "", slices.ContainsFunc(b.Links, source.MatchString)
	for _, s := range b.Sections {
		sourced = sourced || source.MatchString(s.Text)
	}
	for _, p := range b.Parts {
		if m := demand.FindStringSubmatch(p.HTML); m != nil && demanding == "" {
			demanding = html.UnescapeString(tagless.ReplaceAllString(m[1], ""))
		}
	}
	if demanding != "" && !sourced {
		c.doubt(where, "markdown", strings.TrimSpace(demanding), "câu bắt buộc không nêu căn cứ, cả bài không có nguồn nào. Hãy ghi điều, khoản hoặc câu của sách Hỏi đáp.")
	}
}

var (
	demand  = regexp.MustCompile(`(?s)<div class="callout (?:must|never)">.*?</p>\s*<p>(.*?)</p>`)
	tagless = regexp.MustCompile(`<[^>]*>`)
)

// byNumber finds documents of the register by their numbers.
func byNumber(laws iter.Seq[Law]) map[string]Law {
	numbers := map[string]Law{}
	for law := range laws {
		numbers[strings.ToUpper(law.Number)] = law
	}
	return numbers
}
