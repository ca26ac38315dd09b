package content

import (
	"fmt"
	"slices"
	"time"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// ElectionKind says which rules an election follows.
type ElectionKind string

// The kinds of elections that limits are known of.
const (
	General    ElectionKind = ""        // of all deputies, at the end of a term
	ByElection ElectionKind = "bo-sung" // of those that are missing in the middle of a term
)

// Election is one election: its day and its kind.
type Election struct {
	Day  viet.Date
	Kind ElectionKind
}

// general2026 is the election whose known dates stand among the limits.
var general2026 = Election{Day: "2026-03-15"}

// OnSunday reports whether the day is one on which people may be called to vote:
// Article 5 says so of general elections, Article 89 of by-elections.
func (e Election) OnSunday() bool { return e.Day.Valid() && e.Day.Time().Weekday() == time.Sunday }

// latestElection ends what is reckoned: nobody plans for a day beyond it.
const latestElection = viet.Date("2099-12-31")

// Check refuses an election for which limits cannot be reckoned.
func (e Election) Check() error {
	switch {
	case !e.Day.Valid():
		return electionFault("Hãy ghi ngày bầu cử, ví dụ 16/5/2027.")
	case e.Kind != General && e.Kind != ByElection:
		return fault.NotFound("Không có loại bầu cử này. Hãy chọn ở trang Lịch bầu cử.")
	case e.Day < law2015 || e.Day > latestElection:
		return electionFault("Lịch chỉ tính cho ngày từ %s đến %s.", law2015, latestElection)
	case e.Kind == ByElection && e.Day < nq2025:
		return electionFault("Hạn của bầu cử bổ sung chỉ tính được từ ngày %s, khi các quy định hiện nay đã có đủ.", nq2025)
	case !e.OnSunday():
		return electionFault("%s không phải Chủ nhật. Hãy ghi một ngày Chủ nhật, gần nhất là %s.", e.Day, e.nearestSunday())
	}
	return nil
}

// nearestSunday is the Sunday to propose for a day that is none.
func (e Election) nearestSunday() viet.Date {
	after := int(e.Day.Time().Weekday()) // days since the last Sunday
	if after > 3 {
		after -= 7
	}
	return e.Day.AddDays(-after)
}

func electionFault(format string, args ...any) error {
	return fault.Invalid(fmt.Sprintf(format, args...))
}

// extra reports whether the limits of by-elections that are known here hold.
func (e Election) extra() bool { return e.Kind == ByElection && e.Day >= nq2025 }

// noOwnLimit stands in texts for a date of by-elections that the sources behind
// the site do not give: of Articles 93 and 94 it knows the names only.
const noOwnLimit = "(Sổ tay chưa thấy hạn riêng cho bầu cử bổ sung)"

// notReckoned stands in texts for any other date that is not known.
const notReckoned = "(theo lịch của cuộc bầu cử)"

// splitAct is the one act of general elections that by-elections do at two times;
// its parts are acts of their own.
const splitAct = "ban-bau-cu"

func splitInto(e Election) (congress, councils viet.Date) {
	first, _ := DeadlineByKey(splitAct + "-quoc-hoi")
	second, _ := DeadlineByKey(splitAct + "-hdnd")
	return first.Date(e), second.Date(e)
}

// OpenAct is an act of general elections for which the sources behind the site
// give by-elections no limit: nothing is reckoned, somebody must be asked.
type OpenAct struct {
	Deadline Deadline
	See      string // the provision to read first, "" for none
}

// openAt are the provisions that speak of such acts without a limit.
var openAt = map[string]string{
	"dieu-chinh-1": "nq-101-2025 dieu-7", "dieu-chinh-2": "nq-101-2025 dieu-7", "xac-minh": "nq-101-2025 dieu-7",
	"ngung-khieu-nai":     "luat-85-2015 dieu-94",
	"bien-ban-kiem-phieu": "luat-85-2015 dieu-93", "bien-ban-ket-qua": "luat-85-2015 dieu-93", "bien-ban-tinh": "luat-85-2015 dieu-93",
	"bau-them": "luat-85-2015 dieu-93", "cong-bo-ket-qua": "luat-85-2015 dieu-93",
}

// firstSessions follow general elections alone: who is elected in a by-election
// serves from the next session on (Law 72/2025, Article 29 clause 5).
var firstSessions = []string{"hop-hdnd", "hop-quoc-hoi"}

// OpenActs lists the acts that a by-election leaves open, those of one role or,
// for "", of all; none for general elections, and none before the rules whose
// limits are known here.
func OpenActs(e Election, role Audience) []OpenAct {
	if !e.extra() {
		return nil
	}
	var list []OpenAct
	for _, d := range deadlines {
		if _, known := d.LimitOn(e); !known && d.Key != splitAct && !slices.Contains(firstSessions, d.Key) && !d.only(ByElection) && (role == "" || d.concerns(role)) {
			list = append(list, OpenAct{d, openAt[d.Key]})
		}
	}
	return list
}

// only reports whether an act is known of one kind of elections alone.
func (d Deadline) only(kind ElectionKind) bool {
	return !slices.ContainsFunc(d.Limits, func(l Limit) bool { return l.Kind != kind })
}
