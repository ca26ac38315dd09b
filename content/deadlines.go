package content

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"

	"sotay/internal/store"
	"sotay/internal/viet"
)

// Deadline is an act with a legal time limit, counted in days from election day.
// The limit depends on the kind of election and on the version of the law in
// force on that day.
type Deadline struct {
	Key    string     // as written in Markdown: {{hạn:to-bau-cu}}
	Label  string     // what is due
	Who    string     // who acts, in words
	Roles  []Audience // who acts, of those whom the site serves; none for bodies at the centre
	Topic  string     // where readers find more
	Limits []Limit    // by kind of election and version of the rule, oldest first
}

// Limit is the time limit that one version of a rule sets.
type Limit struct {
	Kind        ElectionKind // of elections that fall under it
	From, Until viet.Date    // elections on these days and between fall under it; "" is open
	Begin       int          // first day of the act, counted from election day; 0 when the rule names none
	Days        int          // last day, negative before election day
	Hours       int          // so many hours before the first vote, instead of whole days
	Basis       []string     // the provisions that set it
	Note        string       // what the number alone does not say
	Known       []Period     // what the organs of one election set or did earlier
	Label, Who  string       // what is due and who acts, where this election has other names for it
}

// Period is when an act was or is done at one election, by whom it was set.
type Period struct {
	Election    viet.Date
	First, Last viet.Date
	Source      string
}

// The days from which a version of the election law holds.
const (
	law2015 = viet.Date("2015-09-01") // 85/2015/QH13
	law2025 = viet.Date("2025-07-01") // as amended by 83/2025/QH15
	nq2025  = viet.Date("2025-11-01") // 101/2025/UBTVQH15, for the consultations of by-elections
)

// now2025 is a limit under the law as it stands since 1 July 2025.
func now2025(days int, basis ...string) Limit { return Limit{From: law2025, Days: days, Basis: basis} }

// then2015 is a limit of the law before that, and now after it; where the old
// number was not read in a source, there is none.
func then2015(days int, now Limit, more ...Limit) []Limit {
	return append([]Limit{{From: law2015, Until: law2025.AddDays(-1), Days: days, Basis: now.Basis}, now}, more...)
}

// always is a limit that the amendment of 2025 left as it was.
func always(days int, basis ...string) []Limit {
	return []Limit{{From: law2015, Days: days, Basis: basis}}
}

// extra is a limit of by-elections under the law as it stands since 1 July 2025;
// consulted is one that Article 8 of resolution 101 sets. Of earlier by-elections
// no limits were read.
func extra(days int, basis ...string) Limit {
	return Limit{Kind: ByElection, From: law2025, Days: days, Basis: basis}
}

func consulted(days int, basis ...string) Limit {
	return Limit{Kind: ByElection, From: nq2025, Days: days, Basis: append(basis, "nq-101-2025 dieu-8")}
}

func (l Limit) named(label, who string) Limit { l.Label, l.Who = label, who; return l }
func (l Limit) noted(note string) Limit       { l.Note = note; return l }
func (l Limit) begins(day int) Limit          { l.Begin = day; return l }
func (l Limit) hours(n int) Limit             { l.Hours = n; return l }
func (l Limit) known(first, last viet.Date, source string) Limit {
	l.Known = append(l.Known[:len(l.Known):len(l.Known)], Period{general2026.Day, first, last, source})
	return l
}

// byArticle90 acts where the sources behind the site name no one.
const byArticle90 = "Cơ quan có thẩm quyền theo Điều 90"

// deadlines hold the latest day each act may be done. They are a table in Go, not
// a file: the keys stand in texts and tests, the compiler reads the dates'
// places, and nobody edits them on the site, for a new number is a new law.
var deadlines = []Deadline{
	{"cong-bo-ngay-bau-cu", "Công bố ngày bầu cử", "Quốc hội", nil, "quy-trinh-chung",
		[]Limit{now2025(-115, "luat-85-2015 dieu-5").known("2025-05-21", "2025-05-21", "Nghị quyết 199/2025/QH15"),
			extra(-30, "luat-85-2015 dieu-89 khoan-3", "luat-85-2015 dieu-89 khoan-4").named("Công bố ngày bầu cử bổ sung", "Quốc hội (bầu đại biểu Quốc hội); Ủy ban Thường vụ Quốc hội (HĐND cấp tỉnh); Thường trực HĐND cấp tỉnh (HĐND cấp xã)")}},
	{"uy-ban-bau-cu", "Lập Ủy ban bầu cử", "UBND cấp tỉnh, cấp xã", []Audience{"ubnd-xa"}, "quy-trinh-chung",
		[]Limit{now2025(-105, "luat-85-2015 dieu-22"),
			extra(-20, "luat-85-2015 dieu-90").named("Lập Ủy ban bầu cử bổ sung (bầu đại biểu HĐND)", byArticle90).noted("Ủy ban có 3 đến 5 người. Bầu đại biểu Quốc hội: Hội đồng bầu cử bổ sung, 5 đến 7 người; lập khi nào thì xem Điều 90 bản gốc.")}},
	{"hiep-thuong-1", "Hiệp thương lần một", "Mặt trận Tổ quốc", []Audience{"mat-tran"}, "quy-trinh-chung",
		[]Limit{now2025(-95, "luat-85-2015 dieu-38", "luat-85-2015 dieu-39", "luat-85-2015 dieu-50").known("2025-12-01", "2025-12-10", "Nghị quyết liên tịch 102"), consulted(-20)}},
	{"dieu-chinh-1", "Điều chỉnh cơ cấu lần một", "Ủy ban Thường vụ Quốc hội; Thường trực HĐND cấp tỉnh, cấp xã", nil, "quy-trinh-chung",
		[]Limit{now2025(-90, "luat-85-2015 dieu-40", "luat-85-2015 dieu-51")}},
	{"don-vi-bau-cu", "Công bố đơn vị bầu cử và số đại biểu của mỗi đơn vị", "Hội đồng bầu cử quốc gia; Ủy ban bầu cử cấp tỉnh, cấp xã", []Audience{"uy-ban-bau-cu"}, "quy-trinh-chung",
		[]Limit{now2025(-80, "luat-85-2015 dieu-10 khoan-2", "luat-85-2015 dieu-10 khoan-3").known("2025-12-15", "2025-12-15", "Nghị quyết 85/NQ-HĐBCQG, theo báo")}},
	{"ban-bau-cu", "Lập Ban bầu cử", "UBND cấp tỉnh, cấp xã", []Audience{"ubnd-xa"}, "quy-trinh-chung",
		[]Limit{now2025(-70, "luat-85-2015 dieu-24 khoan-1", "luat-85-2015 dieu-24 khoan-2")}},
	{"ban-bau-cu-quoc-hoi", "Lập Ban bầu cử đại biểu Quốc hội", byArticle90, []Audience{"ubnd-xa", "ban-bau-cu"}, "quy-trinh-chung",
		[]Limit{extra(-20, "luat-85-2015 dieu-90").noted("Ban có 3 đến 5 người.")}},
	{"ban-bau-cu-hdnd", "Lập Ban bầu cử đại biểu HĐND", byArticle90, []Audience{"ubnd-xa", "ban-bau-cu"}, "quy-trinh-chung",
		[]Limit{extra(-15, "luat-85-2015 dieu-90").noted("Ban có 3 đến 5 người.")}},
	{"gioi-thieu", "Giới thiệu người ứng cử", "Cơ quan, tổ chức, đơn vị, thôn, tổ dân phố được phân bổ", []Audience{"mat-tran"}, "quy-trinh-chung",
		[]Limit{consulted(-19)}},
	{"to-bau-cu", "Lập Tổ bầu cử", "UBND cấp xã", []Audience{"ubnd-xa"}, "quy-trinh-chung",
		[]Limit{now2025(-43, "luat-85-2015 dieu-25 khoan-1"),
			extra(-15, "luat-85-2015 dieu-90 khoan-3").noted("Tổ có 9 đến 11 người.")}},
	{"nop-ho-so", "Nộp hồ sơ ứng cử", "Người ứng cử; Hội đồng bầu cử quốc gia, Ủy ban bầu cử nhận hồ sơ", []Audience{"uy-ban-bau-cu"}, "quy-trinh-chung",
		then2015(-70, now2025(-42, "luat-85-2015 dieu-35 khoan-1").known("2025-12-15", "2026-02-01", "Nghị quyết 40, Điều 3: đến 17 giờ ngày cuối"),
			extra(-18, "luat-85-2015 dieu-92").named("", "Người ứng cử"))},
	{"niem-yet-cu-tri", "Niêm yết danh sách cử tri", "UBND cấp xã; chỉ huy đơn vị vũ trang", []Audience{"ubnd-xa", "cong-an-xa"}, "danh-sach-cu-tri",
		append(always(-40, "luat-85-2015 dieu-32"),
			extra(-15, "luat-85-2015 dieu-91").named("Công bố danh sách cử tri", ""))},
	{"hiep-thuong-2", "Hiệp thương lần hai", "Mặt trận Tổ quốc", []Audience{"mat-tran"}, "quy-trinh-chung",
		then2015(-65, now2025(-40, "luat-85-2015 dieu-43", "luat-85-2015 dieu-44", "luat-85-2015 dieu-53").known("2026-02-02", "2026-02-03", "lịch của kỳ này"), consulted(-16))},
	{"dieu-chinh-2", "Điều chỉnh cơ cấu lần hai", "Ủy ban Thường vụ Quốc hội", nil, "quy-trinh-chung",
		then2015(-55, now2025(-38, "luat-85-2015 dieu-47"))},
	{"xac-minh", "Xác minh, trả lời việc cử tri nêu về người ứng cử", "Cơ quan quản lý người ứng cử; Ủy ban bầu cử", []Audience{"uy-ban-bau-cu"}, "quy-trinh-chung",
		then2015(-40, now2025(-35, "luat-85-2015 dieu-46 khoan-4", "luat-85-2015 dieu-55 khoan-4"))},
	{"y-kien-cu-tri", "Lấy ý kiến cử tri về người ứng cử", "Mặt trận Tổ quốc, UBND cấp xã; nơi công tác của người ứng cử", []Audience{"mat-tran", "ubnd-xa"}, "quy-trinh-chung",
		[]Limit{consulted(-14)}},
	{"hiep-thuong-3", "Hiệp thương lần ba", "Mặt trận Tổ quốc", []Audience{"mat-tran"}, "quy-trinh-chung",
		then2015(-35, now2025(-23, "luat-85-2015 dieu-48", "luat-85-2015 dieu-49", "luat-85-2015 dieu-56").known("2026-02-09", "2026-02-20", "Nghị quyết liên tịch 102"), consulted(-12, "luat-85-2015 dieu-92"))},
	{"gui-danh-sach", "Gửi biên bản hiệp thương và danh sách người đủ tiêu chuẩn", "Mặt trận Tổ quốc", []Audience{"mat-tran"}, "quy-trinh-chung",
		then2015(-30, now2025(-21, "luat-85-2015 dieu-57 khoan-1", "luat-85-2015 dieu-57 khoan-2", "luat-85-2015 dieu-58 khoan-1"))},
	{"danh-sach-ung-cu", "Công bố danh sách chính thức người ứng cử", "Hội đồng bầu cử quốc gia; Ủy ban bầu cử", []Audience{"uy-ban-bau-cu"}, "quy-trinh-chung",
		then2015(-25, now2025(-17, "luat-85-2015 dieu-57 khoan-4", "luat-85-2015 dieu-58 khoan-2").known("2026-02-14", "2026-02-14", "Nghị quyết 151/NQ-HĐBCQG, theo báo (đại biểu Quốc hội)"),
			extra(-10, "luat-85-2015 dieu-92").named("", "Tổ chức phụ trách bầu cử bổ sung"))},
	{"giao-phieu-ban", "Giao tài liệu, phiếu bầu cho Ban bầu cử", "Ủy ban bầu cử", []Audience{"uy-ban-bau-cu"}, "quy-trinh-chung",
		then2015(-25, now2025(-17, "luat-85-2015 dieu-23"))},
	{"niem-yet-ung-cu", "Niêm yết danh sách người ứng cử", "Tổ bầu cử; Ủy ban bầu cử cấp tỉnh công bố danh sách ở tỉnh", []Audience{"to-bau-cu", "uy-ban-bau-cu"}, "trang-tri-co-dong",
		then2015(-20, now2025(-16, "luat-85-2015 dieu-57 khoan-7", "luat-85-2015 dieu-59"))},
	{"giao-phieu-to", "Giao tài liệu, phiếu bầu cho Tổ bầu cử", "Ban bầu cử", []Audience{"ban-bau-cu", "to-bau-cu"}, "quy-trinh-chung",
		[]Limit{now2025(-13, "luat-85-2015 dieu-24 khoan-3")}},
	{"thong-bao-bo-phieu", "Bắt đầu thông báo ngày, nơi, giờ bỏ phiếu", "Tổ bầu cử", []Audience{"to-bau-cu"}, "quy-trinh-chung",
		[]Limit{now2025(-10, "luat-85-2015 dieu-25 khoan-2", "luat-85-2015 dieu-70").noted("Thông báo thường xuyên cho đến ngày bầu cử.")}},
	{"ngung-khieu-nai", "Ngừng xem xét khiếu nại, tố cáo về người ứng cử và lập danh sách", "Hội đồng bầu cử quốc gia, Ủy ban bầu cử, Ban bầu cử", []Audience{"uy-ban-bau-cu", "ban-bau-cu"}, "quy-trinh-chung",
		[]Limit{now2025(-10, "luat-85-2015 dieu-61 khoan-2")}},
	{"khoi-kien-danh-sach", "Hết thời hiệu khởi kiện danh sách cử tri", "Cử tri", nil, "danh-sach-cu-tri",
		[]Limit{now2025(-5, "ltthc-2015 dieu-116", "luat-85-2015 dieu-33")}},
	{"phat-the", "Phát xong thẻ cử tri", "Tổ bầu cử", []Audience{"to-bau-cu"}, "danh-sach-cu-tri",
		[]Limit{now2025(-3, "tt-21-2025 dieu-11").begins(-10)}},
	{"bo-sung-danh-sach", "Hết hạn bổ sung tên vào danh sách cử tri", "UBND cấp xã, Công an cấp xã", []Audience{"ubnd-xa", "cong-an-xa", "thu-ky"}, "danh-sach-cu-tri",
		[]Limit{now2025(-1, "luat-85-2015 dieu-29 khoan-4", "luat-85-2015 dieu-30").hours(24)}},
	{"het-van-dong", "Kết thúc vận động bầu cử", "Người ứng cử; Mặt trận Tổ quốc", []Audience{"mat-tran"}, "trang-tri-co-dong",
		[]Limit{now2025(-1, "luat-85-2015 dieu-64").hours(24)}},
	{"ngay-bau-cu", "Ngày bầu cử", "Tổ bầu cử và mọi tổ chức phụ trách bầu cử", []Audience{"to-bau-cu", "ban-bau-cu", "uy-ban-bau-cu", "ubnd-xa", "cong-an-xa", "mat-tran", "thu-ky", "giao-vien-tap-huan"}, "quy-trinh-chung",
		append(always(0, "luat-85-2015 dieu-5"),
			extra(0, "luat-85-2015 dieu-89 khoan-4").named("Ngày bầu cử bổ sung", "").noted("Là Chủ nhật."))},
	{"bien-ban-kiem-phieu", "Gửi biên bản kiểm phiếu đến Ban bầu cử, UBND và Mặt trận cấp xã", "Tổ bầu cử", []Audience{"to-bau-cu", "thu-ky"}, "kiem-phieu-bien-ban",
		always(3, "luat-85-2015 dieu-76 khoan-3")},
	{"bien-ban-ket-qua", "Gửi biên bản kết quả ở đơn vị bầu cử", "Ban bầu cử", []Audience{"ban-bau-cu"}, "kiem-phieu-bien-ban",
		always(5, "luat-85-2015 dieu-77 khoan-3", "luat-85-2015 dieu-77 khoan-4")},
	{"bien-ban-tinh", "Gửi biên bản kết quả bầu đại biểu Quốc hội ở tỉnh", "Ủy ban bầu cử cấp tỉnh", []Audience{"uy-ban-bau-cu"}, "kiem-phieu-bien-ban",
		[]Limit{{From: law2015, Days: 7, Basis: []string{"luat-85-2015 dieu-83 khoan-3"}, Note: "Nơi có bầu thêm, bầu lại: tính từ ngày xong việc bỏ phiếu đó."}}},
	{"bau-them", "Tổ chức bầu thêm, bầu lại", "Ủy ban bầu cử, Ban bầu cử, Tổ bầu cử", []Audience{"uy-ban-bau-cu", "ban-bau-cu", "to-bau-cu"}, "kiem-phieu-bien-ban",
		then2015(15, now2025(7, "luat-85-2015 dieu-79 khoan-3", "luat-85-2015 dieu-80", "luat-85-2015 dieu-81"))},
	{"cong-bo-ket-qua", "Công bố kết quả bầu cử", "Hội đồng bầu cử quốc gia; Ủy ban bầu cử", []Audience{"uy-ban-bau-cu"}, "kiem-phieu-bien-ban", []Limit{
		{From: law2015, Until: law2025.AddDays(-1), Days: 20, Basis: []string{"luat-85-2015 dieu-86"}, Note: "Kết quả bầu đại biểu HĐND: 10 ngày."},
		now2025(10, "luat-85-2015 dieu-86 khoan-1", "luat-85-2015 dieu-86 khoan-2")}},
	{"hop-hdnd", "Họp kỳ thứ nhất của HĐND (hạn triệu tập)", "HĐND cấp tỉnh, cấp xã", nil, "quy-trinh-chung",
		[]Limit{now2025(45, "nq-199-2025")}},
	{"hop-quoc-hoi", "Họp kỳ thứ nhất của Quốc hội (hạn triệu tập)", "Quốc hội", nil, "quy-trinh-chung",
		[]Limit{now2025(60, "nq-199-2025").known("2026-04-06", "2026-04-24", "theo báo")}},
}

// DeadlineByKey finds a deadline; false when there is none of that name.
func DeadlineByKey(key string) (Deadline, bool) {
	for _, d := range deadlines {
		if d.Key == key {
			return d, true
		}
	}
	return Deadline{}, false
}

// LimitOn is the limit in force for an election; false when no version of the
// rule that is known here covers it.
func (d Deadline) LimitOn(e Election) (Limit, bool) {
	for _, l := range d.Limits {
		if l.Kind == e.Kind && (l.From == "" || l.From <= e.Day) && (l.Until == "" || e.Day <= l.Until) {
			return l, true
		}
	}
	return Limit{}, false
}

// Date is the day of the deadline for an election; "" when the rule of that
// election is not known here.
func (d Deadline) Date(e Election) viet.Date {
	l, ok := d.LimitOn(e)
	if !ok {
		return ""
	}
	return e.Day.AddDays(l.Days)
}

// Words are what a text says for the deadline's date: the date, or why there is
// none.
func (d Deadline) Words(e Election) string {
	switch date := d.Date(e); {
	case date != "":
		return date.String()
	case !e.extra():
		return notReckoned
	case d.Key == splitAct:
		congress, councils := splitInto(e)
		return fmt.Sprintf("%s (đại biểu Quốc hội), %s (đại biểu HĐND)", congress, councils)
	}
	return noOwnLimit
}

// Due is a deadline reckoned for one election.
type Due struct {
	Deadline Deadline
	Limit    Limit
	First    viet.Date // "" unless the act has a first day
	Date     viet.Date // the last day
	Held     *Period   // what is known of this election, nil for nothing
}

// Label is what is due, as this kind of election calls it.
func (d Due) Label() string { return cmp.Or(d.Limit.Label, d.Deadline.Label) }

// Who acts, in words.
func (d Due) Who() string { return cmp.Or(d.Limit.Who, d.Deadline.Who) }

// Calendar lists the deadlines of an election by date, those of one role or, for
// "", of all.
func Calendar(e Election, role Audience) []Due {
	var list []Due
	for _, d := range deadlines {
		l, ok := d.LimitOn(e)
		if !ok || role != "" && !d.concerns(role) {
			continue
		}
		due := Due{Deadline: d, Limit: l, Date: e.Day.AddDays(l.Days)}
		if l.Begin != 0 {
			due.First = e.Day.AddDays(l.Begin)
		}
		for i, p := range l.Known {
			if e.Kind == General && p.Election == e.Day {
				due.Held = &l.Known[i]
			}
		}
		list = append(list, due)
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Date < list[j].Date })
	return list
}

func (d Deadline) concerns(role Audience) bool {
	for _, r := range d.Roles {
		if r == role {
			return true
		}
	}
	return false
}

// DeadlinesRevised is the day on which the table above was last changed; a test
// holds it to what the table says.
const DeadlinesRevised = viet.Date("2026-11-28")

// knownDeadlines are the guides that name deadlines, as they were after a change.
type knownDeadlines struct {
	seq    int64
	guides map[string][]Guide
}

// GuidesOnDeadlines lists the guides that name each deadline, by its key. It reads
// them anew only when something was published since: which parts a guide has, only
// its body says, and bodies are long.
func (l *Library) GuidesOnDeadlines(ctx context.Context) (map[string][]Guide, error) {
	seq, err := l.db.LastChange(ctx)
	if err != nil {
		return nil, fmt.Errorf("read last change: %w", err)
	}
	if known := l.deadlines.Load(); known != nil && known.seq == seq {
		return known.guides, nil
	}
	guides, err := l.Guides(ctx, GuideFilter{})
	if err != nil {
		return nil, err
	}
	var keys map[string][]string
	if err := l.db.Read(ctx, func(tx *store.Tx) error {
		keys, err = deadlinesOfGuides(tx)
		return err
	}); err != nil {
		return nil, err
	}
	list := map[string][]Guide{}
	for _, g := range guides {
		for _, key := range keys[g.ID] {
			list[key] = append(list[key], g)
		}
	}
	l.deadlines.Store(&knownDeadlines{seq, list})
	return list, nil
}

// Audiences lists those for whom texts are written, by their names in files.
func Audiences() []Audience {
	list := make([]Audience, 0, len(audienceLabels))
	for a := range audienceLabels {
		list = append(list, a)
	}
	slices.Sort(list)
	return list
}
