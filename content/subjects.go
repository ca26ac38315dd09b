package content

import (
	"regexp"
	"slices"
	"strings"

	"sotay/internal/viet"
)

// subjects are the texts that may say what a statement is about when it does not
// say so itself, the nearest first.
func (p passage) subjects(s statement) []string {
	return []string{s.before, s.above, p.heading, p.title, p.summary}
}

var (
	onBoard  = regexp.MustCompile(`niem yet|\bdan (ra|len|o|tai|danh)\b|(tren|len) bang`)
	handedOn = regexp.MustCompile(`\b(gui|nop|chuyen|den noi)\b|(len|ve) (uy )?ban bau cu`)
	setUp    = regexp.MustCompile(`\b(lap|ra doi)\b|phai co\b|\bco to bau cu`)
)

// doings are the acts of deadlines by what is done and what with, folded: texts
// often name the thing once and what is done with it later.
var doings = []struct {
	key        string
	verb, with *regexp.Regexp
}{
	{"nop-ho-so", regexp.MustCompile(`\b(nop|nhan|mang|toi|dong cua)\b`), regexp.MustCompile(`ho so ung cu|ung cu[^.]{0,30}ho so`)},
	{"niem-yet-cu-tri", onBoard, regexp.MustCompile(`danh sach cu tri|ten cu tri`)},
	{"niem-yet-ung-cu", onBoard, regexp.MustCompile(`(danh sach|ten) (chinh thuc )?(nhung )?(nguoi )?ung cu`)},
	{"phat-the", regexp.MustCompile(`\b(phat|trao|dem|den tay|den tung nha)\b`), regexp.MustCompile(`\bthe cu tri`)},
	{"thong-bao-bo-phieu", regexp.MustCompile(`thong bao|loan bao|\bdoc\b`), regexp.MustCompile(`\b(ngay|gio|noi)[, a-z]{0,16} bo phieu`)},
	{"giao-phieu-to", regexp.MustCompile(`\b(giao|nhan|chuyen|ve)\b`), regexp.MustCompile(`\bphieu( bau)?( va tai lieu)? (ve |den |cho |xuong )+to bau cu`)},
	{"bien-ban-kiem-phieu", handedOn, regexp.MustCompile(`bien ban (ket qua )?kiem phieu|^[^a-z]*kiem phieu xong, bien ban|bien ban cua (cac )?to\b`)},
	{"bien-ban-ket-qua", handedOn, regexp.MustCompile(`bien ban xac dinh ket qua|bien ban cua (cac )?ban bau cu`)},
	{"cong-bo-ket-qua", regexp.MustCompile(`cong bo`), regexp.MustCompile(`ket qua bau cu|trung cu`)},
	{"don-vi-bau-cu", regexp.MustCompile(`cong bo|an dinh`), regexp.MustCompile(`don vi bau cu`)},
	{"to-bau-cu", setUp, regexp.MustCompile(`\bto bau cu`)},
	{"ban-bau-cu", setUp, regexp.MustCompile(`(^|[^y] )ban bau cu`)},
	{"uy-ban-bau-cu", setUp, regexp.MustCompile(`uy ban bau cu`)},
}

// bareLimit begins a statement, or a row, that gives a limit and no act.
var bareLimit = regexp.MustCompile(`^(?:phải |việc này |hạn\b|thời hạn|chậm nhất |muộn nhất |xong |ngày cuối)`)

// actOf is the one act with a time limit that a statement is about: that it names,
// or that it does with what stands above it.
func (p passage) actOf(s statement) (Deadline, bool) {
	own := viet.Fold(s.low)
	if s.head != "" {
		own = viet.Fold(cellsOf(s.head)[0]) + " " + own
	}
	if named := actsIn(own); len(named) > 0 {
		act, ok := DeadlineByKey(named[0])
		return act, ok && len(named) == 1
	}
	for i, text := range append([]string{own}, p.subjects(s)...) {
		text = viet.Fold(text)
		var keys []string
		if i < 3 && bareLimit.MatchString(s.low) { // what stands right above it
			keys = actsIn(text)
		}
		for _, d := range doings {
			if d.verb.MatchString(own) && d.with.MatchString(text) {
				keys = append(keys, d.key)
			}
		}
		if slices.Sort(keys); len(slices.Compact(keys)) == 1 {
			return DeadlineByKey(keys[0])
		}
	}
	return Deadline{}, false
}

// inBrackets is what a statement adds: often the document that it rests on.
var inBrackets = regexp.MustCompile(`\([^)]*\)`)

// lastWords stand before a date that is said to be the last day of an act.
var lastWords = regexp.MustCompile(`(cham nhat|muon nhat|han chot|het han|han cuoi|ngay cuoi)[^0-9]{0,24}$|\b(den|truoc|luc|tu) [0-9]{1,2} gio (chieu |sang )?(cua )?(ngay )?$|\bden het (ngay )?$|\btu (ngay )?[0-9/]+ den (het )?(ngay )?$|^[^0-9]*\bsau (ngay )?$`)

// dateHead heads a column of the days of acts; saidAfter stands behind a date that is a limit.
var (
	dateHead  = regexp.MustCompile(`^(ngay|moc|han|thoi (gian|han)|khi nao|phai xong)[^0-9]*$`)
	saidAfter = regexp.MustCompile(`^ (la (han|ngay cuoi)|phai)\b|^, [^,.]{0,30} phai\b`)
)

// ends reports whether an act may be said to end on a day.
func (d Deadline) ends(day viet.Date, e Election) bool {
	l, ok := d.LimitOn(e)
	return !ok || day == e.Day || day == e.Day.AddDays(l.Days) || slices.ContainsFunc(l.Known, func(p Period) bool { return day == p.Last })
}

// limits compares full dates that are limits with the act that a statement is about
// without naming it; those that are named, where misdated is content with any day of
// the act.
func (c *check) limits(p passage, s statement) {
	folded := inBrackets.ReplaceAllString(viet.Fold(s.low), "")
	if s.past || s.headed || p.midTerm(s) || otherTerms.MatchString(folded) {
		return
	}
	act, one := p.actOf(s)
	if !one {
		return
	}
	heads := cellsOf(viet.Fold(s.head))
	for _, at := range fullDate.FindAllStringSubmatchIndex(folded, -1) {
		said, before := dateAt(folded, at), folded[:at[0]]
		if column := strings.Count(before, " | "); s.head != "" && column < len(heads) {
			before = heads[column] + " " + before[strings.LastIndex(before, "| ")+1:]
		}
		if !said.Valid() {
			continue
		}
		wrong := lastWords.MatchString(before) && !act.ends(said, c.election)
		if s.head == "" {
			wrong = wrong || saidAfter.MatchString(folded[at[1]:]) && !act.allows(said, c.election)
		}
		if named := len(actsIn(folded)) > 0; !named || s.head != "" {
			wrong = wrong || (limitWords.MatchString(before) || s.head != "" && dateHead.MatchString(before)) && !act.allows(said, c.election)
		}
		if wrong {
			c.doubt(p.path, p.field, s.text, "ghi ngày %s cho việc “%s”; hạn của kỳ bầu cử này là %s.", said, act.Label, act.Date(c.election))
		}
	}
}

var (
	// bareForm is a statement that names a form and not what it is for.
	bareForm = regexp.MustCompile(`^(?:[^.;:,| ]+ (?:này|đó|ấy) )?(?:thì |được )?(?:(?:dùng|theo|lập|ghi|là|vào|in) )+mẫu (?:số )?[0-9]+ ?(?:[.,;(]|$)`)
	// bareHead begins a row that says something of what stands above the table.
	bareHead = regexp.MustCompile(`^(?:số |biểu )*(?:mẫu|bản|lập mấy bản|số lượng|người|thành viên|ủy viên|cử tri|khổ)(?: (?:số|nào|mấy|giấy|dự|có|lập|phải lập|biểu))*$`)
	formsIn  = regexp.MustCompile(`mẫu (?:số )?([0-9]+)`)
	copiesIn = regexp.MustCompile(number + ` bản\b`)
	copiesOf = map[string]string{"18": "3", "19": "3", "20": "4", "23": "3", "24": "4", "25": "6", "32": "5"} // by form
	unspoken = regexp.MustCompile(`[.;:,|?()“”"]+`)
)

// isBare reports whether a row says something of what stands above its table.
func (s statement) isBare() bool { return s.head != "" && bareHead.MatchString(cellsOf(s.low)[0]) }

// withSubject reads the cells of a bare row together with what may be their subject.
func (p passage) withSubject(s statement) (list []string) {
	if !s.isBare() {
		return nil
	}
	for _, subject := range p.subjects(s) {
		for _, cell := range cellsOf(s.low)[1:] {
			if subject != "" && cell != "" {
				list = append(list, strings.Join(strings.Fields(unspoken.ReplaceAllString(strings.ToLower(subject), " ")), " ")+" "+cell)
			}
		}
	}
	return list
}

// forms compares a form, or the copies of it, that a bare statement names with what
// the statement is about.
func (c *check) forms(p passage, s statement) {
	if s.past || s.headed {
		return
	}
	said := []string{s.low}
	if s.isBare() {
		said = s.cells
	}
	subjects := p.subjects(s)
	if !s.isBare() && !bareForm.MatchString(s.low) {
		subjects = []string{s.low}
	}
	for _, subject := range subjects {
		r, one := formRule(strings.ToLower(subject))
		if !one {
			continue
		}
		for _, low := range said {
			right := r.Right
			if r.QH != nil {
				right = r.forms(low, strings.ToLower(subject), strings.ToLower(p.heading), strings.ToLower(p.title))
			}
			if m := formsIn.FindStringSubmatch(low); m != nil && (subject != s.low || r.closeBefore(low)) && !slices.Contains(right, figures(m[1])) {
				c.doubt(p.path, p.field, s.text, "“%s”: %s", m[0], r.Say)
				return
			}
			copies := func(form string) bool {
				return slices.Contains([]string{"1", copiesOf[form]}, figures(copiesIn.FindStringSubmatch(low)[1]))
			} // one of them goes somewhere
			known := func(form string) bool { return copiesOf[form] != "" }
			if m := copiesIn.FindStringSubmatch(low); m != nil && slices.ContainsFunc(right, known) && !slices.ContainsFunc(right, copies) {
				c.doubt(p.path, p.field, s.text, "“%s”: Mẫu %s lập %s bản.", m[0], right[0], copiesOf[right[0]])
				return
			}
		}
		return
	}
}

// ownForm is how a statement says by which form something is made.
var ownForm = regexp.MustCompile(`[ (](?:theo|dùng|vào|là|biên bản) mẫu (?:số )?[0-9]`)

// closeBefore reports whether the only form that a text names stands close behind
// what it is for.
func (r rule) closeBefore(low string) bool {
	form, purpose := ownForm.FindStringIndex(low), r.purpose.FindStringIndex(low)
	return form != nil && strings.Count(low, "mẫu ") == 1 && !otherDocuments.MatchString(low) && (r.unless == nil || !r.unless.MatchString(low)) &&
		purpose[1] <= form[0] && form[0]-purpose[1] < 40 && !strings.ContainsAny(low[purpose[1]:form[0]], ";:(|")
}

// formRule is the rule of the one form whose purpose a text names.
func formRule(low string) (found rule, one bool) {
	for _, r := range rules {
		if r.purpose != nil && r.purpose.MatchString(low) {
			if one {
				return rule{}, false
			}
			found, one = r, true
		}
	}
	return found, one
}
