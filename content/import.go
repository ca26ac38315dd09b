package content

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Import says how a file of answers is taken in.
type Import struct {
	Name       string // of the file, for faults and the history
	Publish    bool   // at once; otherwise the answers are drafts
	SkipFaulty bool   // take in the others when some cannot be read
	By         string
}

// ImportReport says what an import did.
type ImportReport struct {
	Read     int      // answers
	New      int      // answers that were not there
	Changed  int      // answers that got a new revision
	Same     int      // answers that were there word for word
	Skipped  int      // that cannot be read
	Faults   []string // of those, the first ones; as in ImportError
	Warnings []string // Vietnamese sentences, such as unknown fields
}

// ImportError lists what is wrong with a file: nothing of it was imported.
type ImportError struct {
	Faults []string // "file:line: what, how to mend"
}

// Error gives one fault a line.
func (e *ImportError) Error() string { return strings.Join(e.Faults, "\n") }

// importedAnswer is one line of the file.
type importedAnswer struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Body    string   `json:"body"`
	Short   string   `json:"short"`
	Topic   string   `json:"topic"`
	Agency  string   `json:"agency"`
	Session string   `json:"session"`
	Date    string   `json:"date"`
	Refs    []string `json:"refs"`
	Asked   []string `json:"asked"`

	called map[string]string // fields by what the file calls them, where it does otherwise
}

// name is what the file calls a field.
func (in importedAnswer) name(field string) string {
	if called, ok := in.called[field]; ok {
		return called
	}
	return field
}

// importNote begins the note of what an import saved.
const importNote = "nhập từ "

var importedFields = map[string]bool{
	"id": true, "title": true, "body": true, "short": true, "topic": true, "agency": true, "session": true, "date": true, "refs": true, "asked": true,
}

// ImportAnswers imports JSON lines, all or nothing, as ImportLines does.
func (l *Library) ImportAnswers(ctx context.Context, name string, file io.Reader, publish bool, by string) (ImportReport, error) {
	return l.ImportLines(ctx, Import{Name: name, Publish: publish, By: by}, file)
}

// ImportLines reads answers as JSON lines with the fields id, title (the
// question), body (Markdown), and optionally short, topic, agency, session,
// date (year-month-day), refs (provisions) and asked (other wordings in which
// the same is asked). It stores all of them or none, unless the faulty ones are
// to be skipped.
// What is there already word for word is left alone, so the same file twice
// changes nothing. Unknown fields are ignored with one warning.
func (l *Library) ImportLines(ctx context.Context, how Import, file io.Reader) (ImportReport, error) {
	reading := newImportReading(how)
	if err := reading.lines(file); err != nil {
		return ImportReport{}, err
	}
	return l.storeImport(ctx, reading)
}

// storeImport stores what was read of a file, or tells what is wrong with it.
func (l *Library) storeImport(ctx context.Context, r *importReading) (ImportReport, error) {
	read, err := r.finish()
	if err != nil {
		return ImportReport{}, err
	}
	var report ImportReport
	err = l.db.Write(ctx, func(tx *store.Tx) error {
		good, busy, err := r.withoutBusy(tx)
		if err != nil {
			return err
		}
		report = read
		report.Read, report.Skipped, report.Faults = len(good), read.Skipped+len(busy), append(busy, read.Faults...)
		for _, line := range good {
			s := saving{by: r.how.By, note: importNote + r.how.Name, publish: r.how.Publish, source: line.source}
			if err := line.save(tx, s, &report); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return ImportReport{}, err
	}
	return report, nil
}

// withoutBusy leaves out the answers whose stored text waits for a review or for
// its day, which a draft does not write over. Unless the faulty are skipped,
// they stop the import.
func (r *importReading) withoutBusy(tx *store.Tx) (good []importLine, busy []string, err error) {
	if r.how.Publish {
		return r.good, nil, nil
	}
	for _, line := range r.good {
		waits, err := line.waits(tx)
		if err != nil {
			return nil, nil, err
		}
		if !waits {
			good = append(good, line)
			continue
		}
		busy = append(busy, fmt.Sprintf("%s:%d: câu này đang chờ duyệt hoặc chờ đăng. Hãy duyệt xong hoặc trả lại rồi nhập.", r.how.Name, line.number))
	}
	if len(busy) > 0 && !r.how.SkipFaulty {
		return nil, nil, &ImportError{Faults: busy[:min(len(busy), maxImportFaults)]}
	}
	return good, busy, nil
}

// waits reports whether another text of the answer waits to be published.
func (line importLine) waits(tx *store.Tx) (bool, error) {
	id, _, err := answerIdentity(tx, line.draft.answer)
	if err != nil {
		return false, err
	}
	open, err := openRevision(tx, KindAnswer, id)
	if fault.Is(err, fault.KindNotFound) {
		return false, nil
	}
	return err == nil && open.State != StateDraft && open.Source != line.source, err
}

// warn keeps the first warnings; a file with thousands would bury them.
func (r *ImportReport) warn(sentence string) {
	if len(r.Warnings) < maxImportFaults {
		r.Warnings = append(r.Warnings, sentence)
	}
}

// importLine is one answer of a file, read and checked.
type importLine struct {
	number  int
	source  string
	draft   answerDraft
	session string   // as named in the file
	notes   []string // what was mended without asking
}

// importReading gathers what is read of one file.
type importReading struct {
	how     Import
	good    []importLine
	report  ImportReport
	faults  []string        // of answers
	broken  []string        // of the file as a whole
	unknown map[string]bool // fields that are not used
	seen    map[string]int  // where an id stood first
}

func newImportReading(how Import) *importReading {
	return &importReading{how: how, unknown: map[string]bool{}, seen: map[string]int{}}
}

// lines reads JSON lines.
func (r *importReading) lines(file io.Reader) error {
	scanner := bufio.NewScanner(file)
	scanner.Buffer(make([]byte, 64<<10), maxImportLine)
	number := 0
	for more := true; more && scanner.Scan(); {
		number++
		text := bytes.TrimSpace(bytes.TrimPrefix(scanner.Bytes(), []byte("\xef\xbb\xbf")))
		if len(text) == 0 {
			continue
		}
		line, err := readImportLine(text, r.unknown)
		more = r.add(number, line, err)
	}
	if errors.Is(scanner.Err(), bufio.ErrTooLong) {
		r.breaks(number+1, fmt.Sprintf("dòng dài quá %d KiB. Hãy rút ngắn nội dung.", maxImportLine>>10))
	} else if err := scanner.Err(); err != nil {
		return fmt.Errorf("read %s: %w", r.how.Name, err)
	}
	return nil
}

// add takes one answer, or what is wrong with it; false when there are faults
// enough to stop reading.
func (r *importReading) add(number int, line importLine, err error) bool {
	for _, note := range line.notes {
		r.report.warn(fmt.Sprintf("%s:%d: %s", r.how.Name, number, note))
	}
	if first, twice := r.seen[line.draft.answer.Ref]; err == nil && twice {
		err = fault.Invalid(fmt.Sprintf("id %q đã có ở dòng %d. Hãy đặt id khác hoặc xóa một dòng.", line.draft.answer.Ref, first))
	}
	if err == nil {
		r.seen[line.draft.answer.Ref] = number
		line.number = number
		r.good = append(r.good, line)
		return true
	}
	r.report.Skipped++
	if len(r.faults) < maxImportFaults {
		r.faults = append(r.faults, fmt.Sprintf("%s:%d: %s", r.how.Name, number, sentence(err)))
	}
	return r.how.SkipFaulty || len(r.faults) < maxImportFaults
}

// breaks notes what is wrong with the file as a whole: it cannot be skipped.
func (r *importReading) breaks(number int, sentence string) {
	r.broken = append(r.broken, fmt.Sprintf("%s:%d: %s", r.how.Name, number, sentence))
}

// finish gives the report so far, or the faults when nothing may be stored.
func (r *importReading) finish() (ImportReport, error) {
	if len(r.broken) > 0 || len(r.faults) > 0 && !r.how.SkipFaulty {
		faults := append(r.faults, r.broken...)
		if len(r.faults) >= maxImportFaults {
			faults = append(faults, fmt.Sprintf("%s: dừng ở %d lỗi. Hãy sửa rồi nhập lại.", r.how.Name, maxImportFaults))
		}
		return r.report, &ImportError{Faults: faults}
	}
	report := r.report
	report.Read, report.Faults = len(r.good), r.faults
	if more := report.Skipped - len(r.faults); more > 0 {
		report.Faults = append(report.Faults, fmt.Sprintf("%s: còn %s dòng có lỗi nữa.", r.how.Name, viet.Number(more)))
	}
	if len(r.unknown) > 0 {
		report.warn(fmt.Sprintf("%s: đã bỏ qua các trường không dùng: %s.", r.how.Name, strings.Join(sortedKeys(r.unknown), ", ")))
	}
	return report, nil
}

func readImportLine(text []byte, unknown map[string]bool) (importLine, error) {
	if !utf8.Valid(text) {
		return importLine{}, fault.Invalid("không phải UTF-8. Hãy lưu lại tệp dạng UTF-8.")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return importLine{}, fault.Invalid("không phải một đối tượng JSON. Mỗi dòng phải là {\"id\": …, \"title\": …, \"body\": …}.")
	}
	for field := range fields {
		if !importedFields[field] && len(unknown) < 20 {
			unknown[viet.NFC(strings.ToValidUTF8(field, "?"))] = true
		}
	}
	var in importedAnswer
	if err := json.Unmarshal(text, &in); err != nil {
		return importLine{}, fault.Invalid("một trường sai kiểu: id, title, body, short, topic, agency, session, date là chữ; refs và asked là danh sách chữ.")
	}
	return in.line()
}

func (in importedAnswer) line() (importLine, error) {
	limits := []struct {
		name  string
		text  *string
		runes int
		need  bool
	}{
		{"id", &in.ID, maxRefRunes, true}, {"title", &in.Title, MaxQuestionRunes, true}, {"body", &in.Body, MaxAnswerBytes, true},
		{"short", &in.Short, MaxSummaryRunes * 2, false}, {"topic", &in.Topic, 100, false}, {"agency", &in.Agency, 200, false},
		{"session", &in.Session, 200, false}, {"date", &in.Date, 20, false},
	}
	var notes []string
	for _, f := range limits {
		visible := strings.Map(visibleRune, *f.text)
		if visible != *f.text {
			notes = append(notes, in.name(f.name)+": đã bỏ ký tự không hiển thị.")
		}
		clean, err := viet.Clean(visible, f.runes)
		if err != nil {
			return importLine{}, fault.Invalid(fmt.Sprintf("%s: có ký tự không đọc được hoặc dài quá %d ký tự. Hãy rút ngắn hoặc lưu lại dạng UTF-8.", in.name(f.name), f.runes))
		}
		if f.need && clean == "" {
			return importLine{}, fault.Invalid(fmt.Sprintf("thiếu %s. Hãy điền trường này.", in.name(f.name)))
		}
		*f.text = clean
	}
	in.Title, in.Short = oneLine(in.Title), oneLine(in.Short)
	if len(in.Body) > MaxAnswerBytes {
		return importLine{}, fault.Invalid(fmt.Sprintf("%s dài %d byte; nhiều nhất %d. Hãy chia thành nhiều câu.", in.name("body"), len(in.Body), MaxAnswerBytes))
	}
	line, err := in.asSource()
	if err != nil && checkSource(in.Body, 1, MaxAnswerBytes) == nil && literal(in.Body) != in.Body {
		notes = append(notes, in.name("body")+": nhập như chữ thường, vì không đúng cách viết của sổ tay: "+sentence(err))
		in.Body = literal(in.Body)
		line, err = in.asSource()
	}
	line.notes = notes
	return line, err
}

// visibleRune drops what viet.Clean would refuse: files of others carry control
// and private-use characters that nobody sees.
func visibleRune(r rune) rune {
	if r != '\n' && r != '\t' && r != '\r' && unicode.IsControl(r) || 0xE000 <= r && r <= 0xF8FF {
		return -1
	}
	return r
}

// literal makes Markdown that shows a text as it stands: every mark of
// punctuation that could mean something is escaped. It is for imported text
// within the limits that breaks a rule of writing, such as a heading # or a
// bracket that reads as a link.
func literal(text string) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, r := range strings.TrimLeft(line, " \t") {
			if r < utf8.RuneSelf && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// asSource writes the line as an answer's source, the form in which the archive
// keeps every answer.
func (in importedAnswer) asSource() (importLine, error) {
	front := answerFront{Ref: in.ID, Question: in.Title, Short: in.Short, Agency: in.Agency, Date: in.Date, Basis: in.Refs, Asked: in.Asked}
	if in.Topic != "" {
		topic, ok := topicByName(in.Topic)
		if !ok {
			_, faults := checkTopic(in.Topic, nil)
			return importLine{}, fault.Invalid(in.name("topic") + ": " + faults[0].Sentence)
		}
		front.Topic = topic.Slug
	}
	if in.Session != "" {
		front.Session = viet.Slug(in.Session)
	}
	meta, err := yaml.Marshal(front)
	if err != nil {
		return importLine{}, fmt.Errorf("write front matter of %s: %w", in.ID, err)
	}
	line := importLine{source: "---\n" + string(meta) + "---\n" + in.Body + "\n", session: in.Session}
	line.draft, err = readAnswer(line.source, true)
	return line, err
}

func (line importLine) save(tx *store.Tx, s saving, report *ImportReport) error {
	id, _, err := answerIdentity(tx, line.draft.answer)
	if err != nil {
		return err
	}
	known, same, err := holdsSource(tx, KindAnswer, id, s.source, s.publish)
	if err != nil {
		return err
	}
	switch {
	case !known:
		report.New++
	case same:
		report.Same++
		return nil
	default:
		report.Changed++
	}
	if err := line.needSession(tx, s); err != nil {
		return err
	}
	return saveAnswer(tx, line.draft, s)
}

// needSession makes the session that an imported answer names, when it is new or
// still a draft: the file knows its name, and the answer's date.
func (line importLine) needSession(tx *store.Tx, s saving) error {
	if line.draft.session == "" {
		return nil
	}
	id, err := sessionIDBySlug(tx, line.draft.session)
	if err != nil {
		return err
	}
	if id != nil {
		if shown, err := hasPublished(tx, KindSession, *id); shown || !s.publish || err != nil {
			return err
		}
	}
	meta, err := yaml.Marshal(sessionFront{Slug: string(line.draft.session), Title: line.session, HeldOn: string(line.draft.answer.Date), Topics: []string{}})
	if err != nil {
		return fmt.Errorf("write front matter of session %s: %w", line.draft.session, err)
	}
	s.source = "---\n" + string(meta) + "---\n"
	return saveSession(tx, s)
}

// sentence is what a person may read of an error.
func sentence(err error) string {
	if f, ok := fault.Of(err); ok {
		return f.Sentence
	}
	return "không đọc được. Hãy kiểm tra lại dòng này."
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
