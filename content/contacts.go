package content

import (
	"context"
	"fmt"
	"regexp"

	"sotay/internal/fault"
	"sotay/internal/store"
)

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

// Contact is whom a unit's people call: a key with its number.
type Contact struct {
	Key   string
	Phone string // "" when it is not known
	Note  string // beside the number: a name, hours
}

// Label names who is called.
func (c Contact) Label() string { return ContactLabel(c.Key) }

// Limits of contacts.
const (
	MaxPhoneRunes       = 20
	MaxContactNoteRunes = 80
)

var phonePattern = regexp.MustCompile(`^\+?[0-9][0-9 .()-]*$`)

// Contacts are the numbers of a unit by key; those that it has not given are
// missing.
func (l *Library) Contacts(ctx context.Context, unit string) (map[string]Contact, error) {
	numbers := map[string]Contact{}
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		list, err := contactsOf(tx, unit)
		for _, c := range list {
			numbers[c.Key] = c
		}
		return err
	})
	return numbers, err
}

// SaveContacts takes over the numbers of a unit; one without phone and note is
// forgotten. Who may do so is asked by who calls.
func (l *Library) SaveContacts(ctx context.Context, unit string, list []Contact, by string) error {
	var faults []fault.Field
	for i := range list {
		var wrong []fault.Field
		list[i], wrong = list[i].clean()
		faults = append(faults, wrong...)
	}
	if err := invalid(faults); err != nil {
		return fault.Invalid("Chưa lưu được. Hãy xem các số được đánh dấu.", faults...)
	}
	return l.db.Write(ctx, func(tx *store.Tx) error { return saveContacts(tx, unit, list, by) })
}

func saveContacts(tx *store.Tx, unit string, list []Contact, by string) error {
	for _, c := range list {
		if err := putContact(tx, unit, c, by); err != nil {
			return err
		}
	}
	return tx.Audit(by, "save contacts", "unit", unit, "")
}

func (c Contact) clean() (Contact, []fault.Field) {
	var faults []fault.Field
	add := func(sentence string) { faults = append(faults, fault.Field{Name: c.Key, Sentence: sentence}) }
	if c.Label() == "" {
		add("Không có người để gọi này.")
		return c, faults
	}
	phone, err := cleanTyped(c.Phone, 4*MaxPhoneRunes)
	if c.Phone = oneLine(phone); err != nil || len([]rune(c.Phone)) > MaxPhoneRunes || c.Phone != "" && !isPhone(c.Phone) {
		add(fmt.Sprintf("%s: số điện thoại chỉ gồm chữ số, từ 3 đến 15 số, ví dụ 0210 3 000 000.", c.Label()))
	}
	note, err := cleanTyped(c.Note, 8*MaxContactNoteRunes)
	if c.Note = oneLine(note); err != nil || len([]rune(c.Note)) > MaxContactNoteRunes {
		add(fmt.Sprintf("%s: ghi chú dài quá %d ký tự. Hãy rút ngắn.", c.Label(), MaxContactNoteRunes))
	}
	return c, faults
}

func isPhone(text string) bool {
	digits := 0
	for _, r := range text {
		if '0' <= r && r <= '9' {
			digits++
		}
	}
	return phonePattern.MatchString(text) && digits >= 3 && digits <= 15
}
