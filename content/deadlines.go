package content

import "sotay/internal/viet"

// Deadline is a legal time limit, counted in days from election day.
type Deadline struct {
	Key   string // as written in Markdown: {{hạn:to-bau-cu}}
	Days  int    // negative before election day
	Label string // what is due
	Basis string // the provision that sets it
}

// deadlines hold the latest day each act may be done, under the election law
// 85/2015/QH13 as amended by 83/2025/QH15 and circular 21/2025/TT-BNV.
var deadlines = []Deadline{
	{"uy-ban-bau-cu", -105, "Lập Ủy ban bầu cử", "luat-85-2015 dieu-22"},
	{"ban-bau-cu", -70, "Lập Ban bầu cử", "luat-85-2015 dieu-24"},
	{"to-bau-cu", -43, "Lập Tổ bầu cử", "luat-85-2015 dieu-25"},
	{"niem-yet-cu-tri", -40, "Niêm yết danh sách cử tri", "luat-85-2015 dieu-32"},
	{"niem-yet-ung-cu", -16, "Niêm yết danh sách người ứng cử", "luat-85-2015 dieu-59"},
	{"giao-phieu-to", -13, "Giao tài liệu, phiếu bầu cho Tổ bầu cử", "luat-85-2015 dieu-24"},
	{"thong-bao-bo-phieu", -10, "Bắt đầu thông báo ngày, nơi, giờ bỏ phiếu", "luat-85-2015 dieu-70"},
	{"phat-the", -3, "Phát xong thẻ cử tri", "tt-21-2025 dieu-11"},
	{"ngay-bau-cu", 0, "Ngày bầu cử", "luat-85-2015 dieu-5"},
	{"bien-ban-kiem-phieu", 3, "Gửi biên bản kiểm phiếu", "luat-85-2015 dieu-76"},
	{"bien-ban-ket-qua", 5, "Gửi biên bản kết quả ở đơn vị bầu cử", "luat-85-2015 dieu-77"},
	{"bau-them", 7, "Tổ chức bầu thêm, bầu lại", "luat-85-2015 dieu-79"},
	{"cong-bo-ket-qua", 10, "Công bố kết quả bầu cử", "luat-85-2015 dieu-86"},
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

// Date is the day of the deadline for an election held on the given day.
func (d Deadline) Date(election viet.Date) viet.Date { return election.AddDays(d.Days) }
