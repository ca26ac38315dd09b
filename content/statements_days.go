package content

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sotay/internal/viet"
)

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
