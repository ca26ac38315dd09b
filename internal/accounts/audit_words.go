package accounts

// actWords are the acts of the audit log as people read them. What stands here
// not is shown as it is stored.
var actWords = map[string]string{
	// texts
	"draft": "mở bản nháp", "submit": "gửi duyệt", "withdraw": "rút lại", "send back": "trả lại", "approve": "duyệt", "publish": "đăng",
	"discard": "bỏ vào thùng rác", "recover": "lấy lại từ thùng rác", "restore": "khôi phục", "take down": "gỡ xuống", "put back": "đăng lại",
	"comment": "góp ý", "finish comment": "xong góp ý", "share preview": "lấy đường dẫn xem trước", "revoke preview": "thu hồi đường dẫn xem trước",
	"affirm": "xác nhận còn dùng được", "amend": "ghi thay đổi văn bản", "dismiss": "bỏ qua", "save contacts": "ghi số điện thoại",
	// readers' questions
	"take": "nhận", "refuse": "từ chối", "pass": "chuyển", "merge": "gộp", "write": "soạn trả lời", "answer": "trả lời", "forget": "xóa chữ của người hỏi",
	// people
	"list": "xem danh sách", "view": "xem", "add": "thêm", "change": "sửa", "remove": "bỏ", "end": "khóa", "reopen": "mở lại",
	"erase": "xóa tên", "erase before": "xóa tên hàng loạt", "import": "nhập danh sách", "preview": "xem thử danh sách", "undo import": "hoàn tác nhập", "export": "tải về",
	"issue card": "cấp thẻ", "revoke card": "thu thẻ", "use card": "dùng thẻ", "sign in": "đăng nhập", "end visit": "kết thúc phiên", "end visits": "kết thúc các phiên khác",
	"set password": "đặt mật khẩu", "set up codes": "thiết lập mã", "reset codes": "gỡ mã",
	"read log": "đọc nhật ký", "export log": "tải nhật ký",
}

// thingWords are the kinds of things that acts are done to.
var thingWords = map[string]string{
	"guide": "hướng dẫn", "answer": "hỏi đáp", "session": "buổi tập huấn", "law": "văn bản", "amendment": "thay đổi văn bản", "inquiry": "câu hỏi gửi đến",
	"quiz": "bài trắc nghiệm", "question": "câu trắc nghiệm", "synonym": "từ ngữ", "gap": "điều tìm không ra", "topic": "chủ đề",
	"situation": "tình huống", "term": "thuật ngữ", "plan": "sơ đồ", "unit": "đơn vị", "contacts": "số điện thoại",
	"person": "cán bộ", "people": "danh sách cán bộ", "import": "lần nhập danh sách", "audit": "nhật ký",
}

// ActWords is the act as people read it.
func (l AuditLine) ActWords() string { return wordsFor(actWords, l.Act) }

// ThingWords is the kind of thing as people read it.
func (l AuditLine) ThingWords() string { return wordsFor(thingWords, l.Kind) }

func wordsFor(table map[string]string, name string) string {
	if words := table[name]; words != "" {
		return words
	}
	return name
}
