package accounts

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// phoneMarks are what people write between the digits of a phone number.
var phoneMarks = strings.NewReplacer(" ", "", "\u00a0", "", ".", "", "-", "", "–", "", "(", "", ")", "", "/", "", "\t", "")

// NormalPhone gives a phone number as 0xxxxxxxxx from what people write, such as
// +84 912.345.678, or 912345678 where a table has lost the zero; ok is false for
// what is no number of ten digits.
func NormalPhone(s string) (phone string, ok bool) {
	s = phoneMarks.Replace(strings.TrimSpace(s))
	switch {
	case strings.HasPrefix(s, "+84"):
		s = "0" + strings.TrimPrefix(s[3:], "0")
	case strings.HasPrefix(s, "0084"):
		s = "0" + strings.TrimPrefix(s[4:], "0")
	case len(s) == 11 && strings.HasPrefix(s, "84"):
		s = "0" + s[2:]
	case len(s) == 9 && s[0] != '0':
		s = "0" + s
	}
	if len(s) != 10 || s[0] != '0' || s[1] == '0' || strings.Trim(s, "0123456789") != "" {
		return "", false
	}
	return s, true
}

// NormalCode gives a staff code in upper case; ok is false for what has other
// characters than letters, digits and dashes, or could be a phone number.
func NormalCode(s string) (code string, ok bool) {
	code, err := viet.Clean(s, maxCode)
	code = strings.ToUpper(code)
	if err != nil || code == "" || utf8.RuneCountInString(code) > maxCode || strings.ContainsFunc(code, notOfCode) || strings.Trim(code, "-") != code {
		return "", false
	}
	if _, phone := NormalPhone(code); phone {
		return "", false
	}
	return viet.NFC(code), true
}

func notOfCode(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// loginOf gives what was typed at sign-in as it is stored: a phone number or a
// code, or neither.
func loginOf(typed string) (phone, code string) {
	if phone, ok := NormalPhone(typed); ok {
		return phone, ""
	}
	code, _ = NormalCode(typed)
	return "", code
}

// oneLine cleans a text of one line: blanks between words become one.
func oneLine(s string, most int) (string, error) {
	s, err := viet.Clean(s, most)
	return strings.Join(strings.Fields(s), " "), err
}

// isName reports whether a cleaned text has the letters of a name.
func isName(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		} else if !unicode.IsMark(r) && !strings.ContainsRune(" .'’-", r) {
			return false
		}
	}
	return letters >= minName
}

// nameKey is the order of lists of people, which go by given names.
func nameKey(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return ""
	}
	return viet.SortKey(words[len(words)-1]) + "." + viet.SortKey(strings.Join(words[:len(words)-1], " "))
}

// searchText is what a search among people compares.
func searchText(n NewPerson) string {
	return viet.Fold(strings.Join([]string{n.Name, n.Phone, n.Code}, " "))
}

// teamKey is a team as it is compared: "Tổ 3" and "tổ  3" are one.
func teamKey(team string) string { return strings.Join(strings.Fields(viet.Fold(team)), " ") }

// cleaned gives what a form says of a person as it is stored, with a sentence
// for each field at fault.
func (n NewPerson) cleaned() (NewPerson, []fault.Field) {
	var faults []fault.Field
	wrong := func(field, sentence string) { faults = append(faults, fault.Field{Name: field, Sentence: sentence}) }
	text := func(field, s string, most int) string {
		clean, err := oneLine(s, most)
		if err != nil {
			wrong(field, fmt.Sprintf("Hãy viết tối đa %d chữ, không có ký tự lạ.", most))
		}
		return clean
	}
	if n.Name = text("name", n.Name, maxName); !isName(n.Name) && len(faults) == 0 {
		wrong("name", fmt.Sprintf("Hãy viết họ và tên, từ %d đến %d chữ cái.", minName, maxName))
	}
	n.Team, n.Duty = text("team", n.Team, maxTeam), text("duty", n.Duty, maxDuty)
	n.Phone, n.Code = strings.TrimSpace(n.Phone), strings.TrimSpace(n.Code)
	if n.Phone == "" && n.Code == "" {
		wrong("phone", "Hãy ghi số điện thoại hoặc mã cán bộ. Cần một trong hai để đăng nhập.")
	}
	if phone, ok := NormalPhone(n.Phone); ok || n.Phone == "" {
		n.Phone = phone
	} else {
		n.Phone = "" // nobody can have it, and no table is asked for it
		wrong("phone", "Số điện thoại có 10 chữ số và bắt đầu bằng 0, như 0912 345 678.")
	}
	if code, ok := NormalCode(n.Code); ok || n.Code == "" {
		n.Code = code
	} else {
		n.Code = ""
		wrong("code", fmt.Sprintf("Mã cán bộ gồm chữ, số và gạch nối, tối đa %d ký tự, không trùng dạng số điện thoại.", maxCode))
	}
	if n.Role.Label() == "" {
		wrong("role", "Hãy chọn một vai trò trong danh sách.")
	}
	return n, faults
}
