package content

import (
	"sort"
	"strings"
)

// planKind is a kind of object: its name, how it is drawn, and where it may stand.
type planKind struct {
	name  string
	class string
	place string // planInside, planOutside, or "" for either
	line  bool   // a rope: it may be without width, and stand in a doorway
	deco  bool   // hangs side by side with others
	base  bool   // a stage: others may stand on it
}

const (
	planInside  = "trong"
	planOutside = "ngoài"
)

var planKinds = map[string]planKind{
	"noi-tiep-don":   {name: "Nơi tiếp đón", class: "obj", place: planOutside},
	"bang-niem-yet":  {name: "Bảng niêm yết", class: "obj", place: planOutside},
	"le-khai-mac":    {name: "Nơi làm lễ khai mạc", class: "rope"},
	"ghe-cho":        {name: "Ghế chờ", class: "rope"},
	"chot-trat-tu":   {name: "Chốt trật tự", class: "obj", place: planOutside},
	"ban-huong-dan":  {name: "Bàn hướng dẫn", class: "obj", place: planInside},
	"bang-ung-cu":    {name: "Bảng người ứng cử", class: "obj", place: planInside},
	"ban-viet-phieu": {name: "Nơi viết phiếu", class: "booth", place: planInside},
	"hom-phieu":      {name: "Hòm phiếu chính", class: "key", place: planInside},
	"hom-phieu-phu":  {name: "Hòm phiếu phụ", class: "key", place: planInside},
	"ban-dong-dau":   {name: "Bàn đóng dấu", class: "obj", place: planInside},
	"ban-to-truong":  {name: "Bàn Tổ trưởng, Thư ký", class: "obj", place: planInside},
	"khau-hieu":      {name: "Khẩu hiệu trên phông", class: "deco", place: planInside, deco: true},
	"quoc-ky":        {name: "Quốc kỳ, ảnh hoặc tượng Chủ tịch Hồ Chí Minh", class: "deco", place: planInside, deco: true},
	"dong-chu":       {name: "Dòng chữ tên cuộc bầu cử", class: "deco", place: planInside, deco: true},
	"san-khau":       {name: "Sân khấu", class: "obj", place: planInside, base: true},
	"ban-ghe-xep":    {name: "Bàn ghế xếp gọn", class: "obj"},
	"binh-chua-chay": {name: "Bình chữa cháy", class: "obj"},
	"den-nguon":      {name: "Đèn, nguồn điện dự phòng", class: "obj"},
	"day-ngan":       {name: "Dây ngăn", class: "rope", line: true},
}

// planOnce are the kinds every plan has exactly once; the last three and the
// first are passed by in this order, between the doors.
var (
	planOnce  = []string{"ban-huong-dan", "ban-viet-phieu", "hom-phieu", "ban-dong-dau", "bang-ung-cu", "hom-phieu-phu"}
	planOrder = planOnce[:4]
)

// Uses of doors.
const (
	doorIn     = "vao"
	doorOut    = "ra"
	doorBoth   = "vao-ra"
	doorEscape = "thoat-hiem"
	doorGate   = "cong"
)

var planDoors = map[string]string{
	doorIn: "Cửa vào", doorOut: "Cửa ra", doorBoth: "Cửa vào và ra", doorEscape: "Lối thoát hiểm", doorGate: "Cổng ra vào",
}

// Walls and sides, seen from above.
const (
	sideUp    = "tren"
	sideDown  = "duoi"
	sideLeft  = "trai"
	sideRight = "phai"
)

var planSides = map[string]string{sideUp: "trên", sideDown: "dưới", sideLeft: "trái", sideRight: "phải"}

// namesOf lists what may be written, for sentences.
func namesOf[T any](known map[string]T) string {
	var names []string
	for name := range known {
		names = append(names, name)
	}
	sort.Strings(names)
	return strings.Join(names, ", ")
}
