package content

import (
	"fmt"
	"html"
	"iter"
	"regexp"
	"slices"
	"strings"
)

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
