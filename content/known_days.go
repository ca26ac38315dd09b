package content

import (
	"context"
	"fmt"

	"sotay/internal/viet"
)

// knownDays are the dates that stand in the calendar or in what is published, as
// they were after a change.
type knownDays struct {
	seq  int64
	days map[viet.Date]bool
}

// Days around election day in which a date that nothing else knows is doubted.
const (
	doubtBefore = 130
	doubtAfter  = 70
)

// daysKnown gives the dates that something published states, or that follow from
// the law; read anew only when something was published since.
func (l *Library) daysKnown(ctx context.Context) (map[viet.Date]bool, error) {
	seq, err := l.db.LastChange(ctx)
	if err != nil {
		return nil, fmt.Errorf("read last change: %w", err)
	}
	if known := l.days.Load(); known != nil && known.seq == seq {
		return known.days, nil
	}
	days := map[viet.Date]bool{}
	for _, d := range deadlines {
		days[d.Date(l.election())] = true
	}
	add := func(b Body, more ...viet.Date) {
		for _, day := range more {
			days[day] = true
		}
		for _, s := range b.Sections {
			for _, m := range fullDate.FindAllStringSubmatch(s.Text, -1) {
				days[dayOf(m[1], m[2], m[3])] = true
			}
		}
	}
	if err := l.EachLaw(ctx, func(law Law) error {
		add(law.Body, law.Issued, law.InForce, law.Ended)
		for _, p := range law.Provisions {
			add(p.Body)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if err := l.EachGuide(ctx, func(g Guide) error { add(g.Body, g.Effective); return nil }); err != nil {
		return nil, err
	}
	if err := l.EachAnswer(ctx, func(a Answer) error { add(a.Body, a.Date, a.Effective); return nil }); err != nil {
		return nil, err
	}
	if err := l.EachSituation(ctx, func(s Situation) error { add(s.Body, s.Effective); return nil }); err != nil {
		return nil, err
	}
	l.days.Store(&knownDays{seq, days})
	return days, nil
}

// strange doubts dates near election day that neither the law nor anything
// published knows: a day that was reckoned wrongly is mostly one of those.
func (c *check) strange(where, field string, s statement) {
	if c.days == nil || s.past {
		return
	}
	for _, m := range fullDate.FindAllStringSubmatch(s.low, -1) {
		day := dayOf(m[1], m[2], m[3])
		if day.Valid() && !c.days[day] && c.election.Day.AddDays(-doubtBefore) <= day && day <= c.election.Day.AddDays(doubtAfter) {
			c.doubt(where, field, s.text, "ngày %s không có trong lịch bầu cử, cũng không ở bài nào khác. Hãy tính lại.", day)
		}
	}
}
