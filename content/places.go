package content

import (
	"regexp"
	"strings"

	"sotay/internal/viet"
)

// provinces are all there are, folded: the same that internal/accounts has units of.
const provinces = `|an giang|bac ninh|ca mau|can tho|cao bang|da nang|dak lak|dien bien|dong nai|dong thap|gia lai|ha noi|ha tinh|hai phong|ho chi minh|hue|hung yen|khanh hoa|lai chau|lam dong|lang son|lao cai|nghe an|ninh binh|phu tho|quang ngai|quang ninh|quang tri|son la|tay ninh|thai nguyen|thanh hoa|tuyen quang|vinh long|`

// placed is a province or a city that a text names.
var placed = regexp.MustCompile(`(?:^|[^\p{L}])(?:[Tt]ỉnh( )|[Tt]hành phố |TP\.? )(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,2})`)

// places doubts provinces and cities that are not there: those that became part of
// others, and cities of the district level.
func (c *check) places(p passage, s statement) {
	if s.past || s.headed {
		return
	}
	for _, m := range placed.FindAllStringSubmatch(s.text, -1) {
		if words := strings.Fields(viet.Fold(m[2])); !province(words) && (m[1] == "" || len(words) > 1) { // Tỉnh Đoàn
			c.doubt(p.path, p.field, s.text, "không có tỉnh, thành phố nào tên là %s: cấp huyện đã bỏ, có tỉnh đã nhập vào tỉnh khác.", m[2])
		}
	}
}

// province reports whether words begin with the name of a province.
func province(words []string) bool {
	for n := range words {
		if strings.Contains(provinces, "|"+strings.Join(words[:n+1], " ")+"|") {
			return true
		}
	}
	return false
}
