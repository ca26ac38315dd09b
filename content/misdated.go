package content

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sotay/internal/viet"
)

// acts are the words by which texts name the act of a deadline, folded. Only acts
// whose words mean nothing else stand here: a false alarm costs more trust than
// a date that slips through.
var acts = []struct {
	key   string
	words *regexp.Regexp
}{
	{"cong-bo-ngay-bau-cu", regexp.MustCompile(`cong bo ngay bau cu`)},
	{"uy-ban-bau-cu", regexp.MustCompile(`lap uy ban bau cu`)},
	{"hiep-thuong-1", regexp.MustCompile(`hiep thuong (lan|vong|dot) (mot|thu nhat|dau|1)\b|(lan|vong) hiep thuong (dau|thu nhat)`)},
	{"ban-bau-cu", regexp.MustCompile(`lap (cac )?ban bau cu`)},
	{"to-bau-cu", regexp.MustCompile(`lap (cac )?to bau cu`)},
	{"nop-ho-so", regexp.MustCompile(`nop ho so|ho so (ung cu )?(phai )?nop`)},
	{"niem-yet-cu-tri", regexp.MustCompile(`niem yet (xong )?danh sach cu tri|danh sach cu tri (phai )?(duoc )?niem yet`)},
	{"hiep-thuong-2", regexp.MustCompile(`hiep thuong (lan|vong|dot) (hai|thu hai|2)\b|(lan|vong) hiep thuong thu hai`)},
	{"hiep-thuong-3", regexp.MustCompile(`hiep thuong (lan|vong|dot) (ba|thu ba|cuoi|3)\b|(lan|vong) hiep thuong (cuoi|thu ba)`)},
	{"danh-sach-ung-cu", regexp.MustCompile(`cong bo danh sach (chinh thuc )?(nhung )?nguoi ung cu`)},
	{"niem-yet-ung-cu", regexp.MustCompile(`niem yet (xong )?danh sach (chinh thuc )?(nhung )?(nguoi )?ung cu`)},
	{"giao-phieu-to", regexp.MustCompile(`(giao|phan phoi) (tai lieu|phieu)[^.]{0,40} to bau cu`)},
	{"phat-the", regexp.MustCompile(`phat (xong )?the cu tri`)},
	{"bien-ban-kiem-phieu", regexp.MustCompile(`gui bien ban (ket qua )?kiem phieu|bien ban (ket qua )?kiem phieu (phai )?gui`)},
	{"don-vi-bau-cu", regexp.MustCompile(`don vi bau cu[^.]{0,60} cong bo|cong bo [^.]{0,20}don vi bau cu`)},
	{"dieu-chinh-1", regexp.MustCompile(`dieu chinh [^.]{0,30}lan (mot|thu nhat|1)\b`)},
	{"dieu-chinh-2", regexp.MustCompile(`dieu chinh [^.]{0,30}lan (hai|thu hai|2)\b`)},
	{"xac-minh", regexp.MustCompile(`xac minh[^.]{0,60}(cu tri neu|tra loi)`)},
	{"gui-danh-sach", regexp.MustCompile(`gui [^.]{0,20}bien ban (hoi nghi )?hiep thuong`)},
	{"giao-phieu-ban", regexp.MustCompile(`(giao|phan phoi|chuyen) (tai lieu|phieu)[^.]{0,40} (cho|ve|den) (cac )?ban bau cu`)},
	{"khoi-kien-danh-sach", regexp.MustCompile(`khoi kien [^.]{0,20}danh sach cu tri`)},
	{"bien-ban-ket-qua", regexp.MustCompile(`gui bien ban xac dinh ket qua`)},
	{"bien-ban-tinh", regexp.MustCompile(`gui (bien ban )?mau 20\b|bien ban [^.]{0,90}mau 20\b`)},
	{"bau-them", regexp.MustCompile(`bau (them|lai)\b`)},
	{"het-van-dong", regexp.MustCompile(`van dong( bau cu)?[^.]{0,20} (ket thuc|ngung|dung|cham dut)|(ket thuc|ngung|dung|cham dut) (viec )?van dong`)},
	{"cong-bo-ket-qua", regexp.MustCompile(`cong bo ket qua`)},
}

var (
	// electionWords stand right before the date of election day.
	electionWords = regexp.MustCompile(`(ngay bau cu|bo phieu ngay|bo phieu vao ngay)( la)?:?( chu nhat,?)?( ngay)? $`)
	fullDate      = regexp.MustCompile(`\b([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b`)
	// limitWords stand before a date that is a limit.
	limitWords = regexp.MustCompile(`(cham nhat|muon nhat|han chot|het han|han cuoi|\bhan\b|hoan tat|truoc|xong|(nop|nhan)( ho so)?( ung cu)? den)( [0-9]{1,2} gio)?[^0-9]{0,24}$|\b(den|truoc) [0-9]{1,2} gio (chieu |sang )?(cua )?(ngay )?$`)
	// otherTerms say that the sentence is of another election, or of a document.
	otherTerms = regexp.MustCompile(`ky truoc|nhiem ky truoc|khoa xv\b|nam (2016|2021)|luat cu|truoc day|vi du|(nghi quyet|thong tu|nghi dinh|ke hoach|chi thi|cong van|quyet dinh|huong dan) (so )?[0-9]`)
	sentences  = regexp.MustCompile(`[.!?;]\s|\n`)
)

// misdate is a sentence that gives a deadline another day than the law does.
type misdate struct {
	Sentence string
	Act      Deadline
	Said     viet.Date
	Due      viet.Date
}

// misdated finds the sentences of a plain text that name one act with a time
// limit and state another full date for it than that of this election. Dates
// within the act's window, and those that the data knows of this election, pass.
func misdated(text string, election Election) []misdate {
	var found []misdate
	for _, sentence := range sentences.Split(text, -1) {
		folded := viet.Fold(sentence)
		if !strings.Contains(folded, "/") || otherTerms.MatchString(folded) {
			continue
		}
		named, one := oneAct(folded)
		for _, at := range fullDate.FindAllStringSubmatchIndex(folded, -1) {
			act, limits := named, one && limitWords.MatchString(folded[:at[0]])
			if electionWords.MatchString(folded[:at[0]]) {
				act, limits = DeadlineByKey("ngay-bau-cu")
			}
			if said := dateAt(folded, at); limits && said.Valid() && !act.allows(said, election) {
				found = append(found, misdate{strings.TrimSpace(sentence), act, said, act.Date(election)})
			}
		}
	}
	return found
}

// oneAct is the act that a sentence names; none when it names several, for then
// nobody can tell whose the date is.
func oneAct(folded string) (Deadline, bool) {
	if keys := actsIn(folded); len(keys) == 1 {
		return DeadlineByKey(keys[0])
	}
	return Deadline{}, false
}

// actsIn are the acts that a folded text names.
func actsIn(folded string) (keys []string) {
	for _, a := range acts {
		if a.words.MatchString(folded) {
			keys = append(keys, a.key)
		}
	}
	return keys
}

func dateAt(text string, at []int) viet.Date {
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(text[at[2+2*i]:at[3+2*i]])
	}
	return viet.Date(fmt.Sprintf("%04d-%02d-%02d", n[2], n[1], n[0]))
}

// allows reports whether a day may stand beside the act without being wrong:
// its last day, any of its window, election day, and what is known of it.
func (d Deadline) allows(day viet.Date, e Election) bool {
	l, ok := d.LimitOn(e)
	if !ok || day == e.Day || day == e.Day.AddDays(l.Days) {
		return true
	}
	if l.Begin != 0 && e.Day.AddDays(l.Begin) <= day && day <= e.Day.AddDays(l.Days) {
		return true
	}
	for _, p := range l.Known {
		if e.Kind == General && p.Election == e.Day && p.First <= day && day <= p.Last {
			return true
		}
	}
	return false
}

// dates checks what a text says: of deadlines, and by the rules of statements.yaml.
func (c *check) dates(at place, b Body, plain map[string]string) {
	whole := wholeText(b, plain)
	for _, s := range b.Sections {
		p := passage{place: at, field: "markdown", heading: s.Heading, summary: cmp.Or(plain["summary"], plain["short"]), whole: whole}
		p.text = plainDates(s.Heading + "\n" + s.Text)
		c.misdated(p)
		c.said(p)
	}
	for field, text := range plain {
		p := passage{place: at, field: field, whole: whole}
		p.text = text
		c.misdated(p)
		c.said(p)
	}
}

// wholeText is all that a text says, in lower case.
func wholeText(b Body, plain map[string]string) string {
	var all strings.Builder
	for _, s := range b.Sections {
		all.WriteString(s.Heading + "\n" + s.Text)
	}
	for _, text := range plain {
		all.WriteString("\n" + text)
	}
	return strings.ToLower(all.String())
}

func (c *check) misdated(p passage) {
	for _, m := range misdated(p.text, c.election) {
		c.must(p.path, p.field, firstRunes(m.Sentence, 80), "ghi ngày %s cho việc “%s”; hạn của kỳ bầu cử này là %s. Trong bài, hãy viết {{hạn:%s}}.", m.Said, m.Act.Label, m.Due, m.Act.Key)
	}
}

func firstRunes(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n])
	}
	return text
}
