package content

// ContactKey names somebody to call, as texts do: {{gọi:cong-an-xa}}.
type ContactKey struct{ Key, Label string }

// contactKeys are those that a unit has a number for.
var contactKeys = []ContactKey{
	{"uy-ban-bau-cu-xa", "Ủy ban bầu cử ở xã"},
	{"ubnd-xa", "Ủy ban nhân dân xã"},
	{"cong-an-xa", "Công an xã"},
	{"ban-bau-cu", "Ban bầu cử"},
	{"to-truong", "Tổ trưởng Tổ bầu cử"},
	{"y-te-xa", "Trạm y tế xã"},
	{"dien-luc", "Điện lực"},
	{"uy-ban-bau-cu-tinh", "Ủy ban bầu cử ở tỉnh"},
	{"chua-chay", "Lực lượng chữa cháy"},
}

var contactLabels = func() map[string]string {
	labels := map[string]string{}
	for _, k := range contactKeys {
		labels[k.Key] = k.Label
	}
	return labels
}()

// ContactKeys lists whom a text can name to call.
func ContactKeys() []ContactKey { return append([]ContactKey(nil), contactKeys...) }

// ContactLabel is the name behind a key; "" when there is none.
func ContactLabel(key string) string { return contactLabels[key] }
