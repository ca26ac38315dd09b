package content

import "sotay/internal/viet"

// Topic is one of the six fields that guides, answers and questions belong to.
type Topic struct {
	Slug    string // in addresses and front matter
	Name    string // for readers
	Summary string // one line for the tile
	Icon    string // name of the drawing in web
}

// Path is the topic's address on the site.
func (t Topic) Path() string { return "/huong-dan/" + t.Slug }

// topics stand in the order of the work.
var topics = []Topic{
	{"quy-trinh-chung", "Quy trình chung", "Việc của Tổ bầu cử từ nhận nhiệm vụ đến nộp hồ sơ", "list"},
	{"danh-sach-cu-tri", "Danh sách cử tri", "Lập, niêm yết, bổ sung, xóa tên, thẻ cử tri", "people"},
	{"bo-phieu-noi-khac", "Bỏ phiếu ở nơi khác", "Giấy chứng nhận, bản điện tử trên VNeID", "place"},
	{"trang-tri-co-dong", "Trang trí, cổ động", "Phòng bỏ phiếu, hòm phiếu, khẩu hiệu, bảng niêm yết", "flag"},
	{"an-ninh-tinh-huong", "An ninh và tình huống", "Trật tự, mất điện, mưa bão, cử tri ốm nặng", "shield"},
	{"kiem-phieu-bien-ban", "Kiểm phiếu, biên bản", "Phiếu hợp lệ, ghi biên bản, niêm phong", "box"},
}

// Topics lists the topics in their order.
func Topics() []Topic { return append([]Topic(nil), topics...) }

// TopicBySlug finds a topic; false when there is none of that name.
func TopicBySlug(slug string) (Topic, bool) {
	for _, t := range topics {
		if t.Slug == slug {
			return t, true
		}
	}
	return Topic{}, false
}

// topicByName finds a topic by its slug or its Vietnamese name, however typed.
func topicByName(name string) (Topic, bool) { return TopicBySlug(viet.Slug(name)) }

// Phase says when a guide's work is done.
type Phase string

// The three phases of an election, in order.
const (
	PhaseBefore Phase = "before"
	PhaseOn     Phase = "on"
	PhaseAfter  Phase = "after"
)

// Phases lists the phases in order.
func Phases() []Phase { return []Phase{PhaseBefore, PhaseOn, PhaseAfter} }

var phaseLabels = map[Phase]string{
	PhaseBefore: "Trước ngày bầu cử", PhaseOn: "Trong ngày bầu cử", PhaseAfter: "Sau khi hết giờ bỏ phiếu",
}

// Label is the phase in words; "" for an unknown one.
func (p Phase) Label() string { return phaseLabels[p] }

func (p Phase) rank() int {
	for i, other := range Phases() {
		if p == other {
			return i + 1
		}
	}
	return 0
}

// Audience is a group of readers that a guide is for.
type Audience string

var audienceLabels = map[Audience]string{
	"to-bau-cu": "Tổ bầu cử", "ban-bau-cu": "Ban bầu cử", "uy-ban-bau-cu": "Ủy ban bầu cử",
	"ubnd-xa": "Ủy ban nhân dân cấp xã", "cong-an-xa": "Công an cấp xã", "mat-tran": "Mặt trận Tổ quốc",
	"thu-ky": "Thư ký", trainer: "Người tập huấn",
}

// trainer is the audience that teaches the others.
const trainer Audience = "giao-vien-tap-huan"

// Label is the audience in words; "" for an unknown one.
func (a Audience) Label() string { return audienceLabels[a] }

// Trust says how well a text's facts have been checked against their sources.
type Trust string

// The marks of trust, strongest first.
const (
	TrustRead     Trust = "V"     // the legal text itself was read
	TrustReported Trust = "V-bao" // read as quoted by the press or an official site
	TrustAdvice   Trust = "N"     // advice drawn from the rules, no rule itself
	TrustPast     Trust = "V-cu"  // valid for an earlier election
)

var trustLabels = map[Trust]string{
	TrustRead:     "Dữ kiện lấy từ văn bản, tài liệu chính thức; chỗ chưa rõ ghi ngay trong bài",
	TrustReported: "Theo báo chí, cổng nhà nước dẫn văn bản; nên đối chiếu bản gốc",
	TrustAdvice:   "Gợi ý, không phải quy định",
	TrustPast:     "Của kỳ bầu cử trước",
}

// Label is the mark in words; "" for an unknown one.
func (t Trust) Label() string { return trustLabels[t] }
