package content

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// The list that ends an export, and its name while the export is not whole.
const (
	ManifestName    = "manifest.jsonl"
	UnfinishedName  = ManifestName + ".partial"
	manifestFormat  = 1
	draftsName      = "drafts.jsonl"
	movedName       = "moved.jsonl"
	amendmentsName  = "amendments.jsonl"
	affirmedName    = "affirmed.jsonl"
	topicsName      = "topics.jsonl"
	contactsName    = "contacts.jsonl"
	wordsName       = "words.jsonl"
	quizFolder      = "quizzes"
	maxManifestLine = 1 << 10
)

// ManifestLine is one line of the manifest: the first says the format, each
// other one a file and its sum.
type ManifestLine struct {
	Format int    `json:"format,omitempty"`
	Path   string `json:"path,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

// Bytes is the line as it is written.
func (m ManifestLine) Bytes() []byte {
	line, _ := jsonLine(m) // strings and numbers cannot fail
	return line
}

// ManifestHead is the first line of a manifest.
func ManifestHead() ManifestLine { return ManifestLine{Format: manifestFormat} }

// Folder is a folder of texts, read and checked.
type Folder struct {
	Warnings   []string // Vietnamese sentences
	texts      []folderText
	moved      []movedLine
	amendments []amendedLine
	affirmed   []affirmedLine
	topics     []topicLine
	contacts   []contactLine
	drafts     []draftLine
	files      map[string]string // by kind and name
	slugs      map[string]bool   // by kind and address
	quizzes    bool              // there is a folder of questions, for another room to read
}

// folderText is one text of a folder.
type folderText struct {
	file   string // from the top of the folder, for faults
	kind   string
	name   string // a slug, an answer's code, a law's key
	slug   Slug   // the name, but of a law, which has both
	source string
	answer answerDraft // of an answer
}

// ReadFolder reads a folder as Export writes it, or one with the folder guides
// alone, or with guides as *.md at its top. Its files are only found by the
// names that they may have; links are refused. All faults are told at once, in
// an ImportError.
func ReadFolder(fsys fs.FS) (*Folder, error) {
	r := folderReader{fsys: fsys, sums: map[string]string{}, folder: &Folder{files: map[string]string{}, slugs: map[string]bool{}}}
	err := r.read()
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	if len(r.faults) > 0 {
		return nil, &ImportError{Faults: r.faults}
	}
	return r.folder, nil
}

// errEnough ends a reading that has found as many faults as are told.
var errEnough = errors.New("enough faults")

type folderReader struct {
	fsys   fs.FS
	folder *Folder
	whole  bool              // the folder is an export: it has a manifest
	sums   map[string]string // of the files read, by path
	files  int
	bytes  int
	faults []string
}

// refuse notes a fault; line 0 is the file as a whole.
func (r *folderReader) refuse(file string, line int, format string, args ...any) error {
	where := file
	if line > 0 {
		where += ":" + strconv.Itoa(line)
	}
	r.faults = append(r.faults, where+": "+fmt.Sprintf(format, args...))
	if len(r.faults) < maxImportFaults {
		return nil
	}
	r.faults = append(r.faults, fmt.Sprintf("Dừng ở %d lỗi. Hãy sửa rồi nhập lại.", maxImportFaults))
	return errEnough
}

func (r *folderReader) warn(format string, args ...any) {
	if len(r.folder.Warnings) < maxImportFaults {
		r.folder.Warnings = append(r.folder.Warnings, fmt.Sprintf(format, args...))
	}
}

func (r *folderReader) read() error {
	top, err := fs.ReadDir(r.fsys, ".")
	if err != nil {
		return fmt.Errorf("read folder: %w", err)
	}
	has := map[string]fs.FileMode{}
	for _, entry := range top {
		has[entry.Name()] = entry.Type()
	}
	if _, unfinished := has[UnfinishedName]; unfinished {
		return r.refuse(UnfinishedName, 0, "bản xuất này bị ngắt giữa chừng. Hãy xuất lại vào một thư mục trống.")
	}
	_, r.whole = has[ManifestName]
	r.folder.quizzes = has[quizFolder].IsDir()
	for _, folder := range folders {
		if err := r.readTexts(folder, has); err != nil {
			return err
		}
	}
	if err := r.readTop(top); err != nil {
		return err
	}
	if r.whole {
		if err := r.checkManifest(); err != nil {
			return err
		}
	}
	if err := r.checkAffirmed(); err != nil {
		return err
	}
	if r.folder.empty() && len(r.faults) == 0 {
		return r.refuse(".", 0, "không có tệp .md nào. Hãy chỉ đúng thư mục chứa guides/ hoặc các tệp .md.")
	}
	return nil
}

func (f *Folder) empty() bool {
	return len(f.texts)+len(f.drafts)+len(f.amendments)+len(f.topics)+len(f.contacts) == 0
}

func (r *folderReader) readTexts(folder string, has map[string]fs.FileMode) error {
	mode, there := has[folder]
	if !there {
		return nil
	}
	if !mode.IsDir() {
		return r.refuse(folder, 0, "không phải thư mục. Hãy thay bằng thư mục thật, không dùng liên kết.")
	}
	entries, err := fs.ReadDir(r.fsys, folder)
	if err != nil {
		return fmt.Errorf("read folder %s: %w", folder, err)
	}
	for _, entry := range entries {
		if err := r.readText(folder+"/"+entry.Name(), kindIn(folder).name, entry); err != nil {
			return err
		}
	}
	return nil
}

// readTop reads what stands beside the folders; guides at the top are what
// authors hand in.
func (r *folderReader) readTop(top []fs.DirEntry) error {
	lists := map[string]func(fs.DirEntry) error{movedName: r.readMoved, amendmentsName: r.readAmendments, affirmedName: r.readAffirmed,
		topicsName: r.readTopics, contactsName: r.readContacts, draftsName: r.readDrafts}
	for _, entry := range top {
		name := entry.Name()
		switch {
		case kindIn(name).name != "" || name == quizFolder || name == wordsName || name == ManifestName:
		case lists[name] != nil:
			if err := lists[name](entry); err != nil {
				return err
			}
		case strings.HasSuffix(name, ".md") && !strings.EqualFold(name, "README.md"):
			if err := r.readText(name, KindGuide, entry); err != nil {
				return err
			}
		default:
			r.warn("%s: đã bỏ qua, vì không phải nội dung để nhập.", shortName(name))
		}
	}
	return nil
}

func shortName(name string) string { return strconv.Quote(shorten(name, maxLabelRunes)) }

// readText reads one file of Markdown.
func (r *folderReader) readText(file, kind string, entry fs.DirEntry) error {
	ext := kindNamed(kind).ending
	name, ok := strings.CutSuffix(entry.Name(), ext)
	if !ok {
		r.warn("%s: đã bỏ qua, vì không phải tệp %s.", shortName(file), ext)
		return nil
	}
	if !isFileName(name) {
		return r.refuse(shortName(file), 0, "tên tệp không dùng làm địa chỉ được. Hãy đặt chữ thường không dấu, nối bằng gạch ngang, ví dụ %s%s.", suggestedName(name), ext)
	}
	data, err := r.readFile(file, entry, kindLimit(kind))
	if err != nil || data == nil {
		return err
	}
	text := folderText{file: file, kind: kind, name: name, source: string(data)}
	if err := text.check(r.whole); err != nil {
		return r.refuseSource(text, blankTop(string(data)), err)
	}
	return r.keep(&r.folder.texts, text)
}

// keep adds a text unless the folder has its thing already.
func (r *folderReader) keep(list *[]folderText, text folderText) error {
	if first, twice := r.folder.files[text.kind+" "+text.name]; twice {
		return r.refuse(text.file, 0, "bài này đã có ở %s. Hãy xóa một tệp.", first)
	}
	r.folder.files[text.kind+" "+text.name] = text.file
	r.folder.slugs[text.kind+" "+string(text.slug)] = true
	*list = append(*list, text)
	return nil
}

func suggestedName(name string) string {
	if slug := viet.Slug(strings.ToValidUTF8(name, "")); isFileName(slug) {
		return slug
	}
	return "trang-tri-phong-bo-phieu"
}

// kindLimit is how large a file is read at all; a text's own limits are counted
// in other ways, after its letters were made uniform.
func kindLimit(kind string) int {
	if kind == KindLaw {
		return 4 * MaxLawBytes
	}
	return 2 * (MaxGuideBytes + maxFrontMatter)
}

// readFile reads a file that is no link and not too large; nil when it was refused.
func (r *folderReader) readFile(file string, entry fs.DirEntry, limit int) ([]byte, error) {
	if !entry.Type().IsRegular() {
		return nil, r.refuse(shortName(file), 0, "không phải tệp thường. Hãy thay bằng tệp thật, không dùng liên kết.")
	}
	if r.files++; r.files > MaxFolderFiles {
		return nil, errors.Join(r.refuse(".", 0, "có hơn %d tệp. Hãy chia thành nhiều thư mục.", MaxFolderFiles), errEnough)
	}
	opened, err := r.fsys.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	defer opened.Close()
	data, err := io.ReadAll(io.LimitReader(opened, int64(limit)+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if len(data) > limit {
		return nil, r.refuse(file, 0, "lớn hơn %d KiB. Hãy chia nhỏ.", limit>>10)
	}
	if r.bytes += len(data); r.bytes > MaxFolderBytes {
		return nil, errors.Join(r.refuse(".", 0, "các tệp lớn hơn %d MiB. Hãy chia thành nhiều thư mục.", MaxFolderBytes>>20), errEnough)
	}
	sum := sha256.Sum256(data)
	r.sums[file] = hex.EncodeToString(sum[:])
	return append([]byte{}, data...), nil
}

// check reads a text as its kind asks and makes its source what will be stored.
// An answer from elsewhere may lack what the archive asks of an editor.
func (t *folderText) check(whole bool) (err error) {
	given := t.source
	if t.source, err = canonical(given); err != nil {
		t.source = given
		return fault.Invalid("có ký tự không đọc được hoặc tệp quá dài. Hãy lưu lại dạng UTF-8.")
	}
	t.slug = Slug(t.name)
	switch t.kind {
	case KindSession:
		var d sessionDraft
		if d, err = readSession(t.source); err == nil && string(d.session.Slug) != t.name {
			err = named("slug", "%q không khớp tên tệp. Hãy đặt tên tệp là %s.md.", d.session.Slug, d.session.Slug)
		}
	case KindLaw:
		var law Law
		if law, err = readLaw(t.source); err == nil && lawFile(law.Key) != t.name {
			err = named("key", "%q không khớp tên tệp. Hãy đặt tên tệp là %s.md.", law.Key, lawFile(law.Key))
		}
		t.name, t.slug = law.Key, law.Slug
	case KindAnswer:
		err = t.checkAnswer(whole)
	case KindPlan:
		var p Plan
		if p, err = readPlan(t.source); err == nil && p.Key != t.name {
			err = named("key", "%q không khớp tên tệp. Hãy đặt tên tệp là %s.yaml.", p.Key, p.Key)
		}
	default:
		err = readable(t.kind, t.source)
	}
	return err
}

func (t *folderText) checkAnswer(whole bool) error {
	d, err := readAnswer(t.source, whole || statedRef(t.source))
	if err != nil {
		return err
	}
	byName := NumberOfCode(t.name)
	switch {
	case d.answer.Number == 0 && byName > 0:
		d.answer.Number = byName
	case d.answer.Number == 0 && d.answer.Ref == "":
		return named("code", "thiếu mã. Hãy thêm dòng code: HĐ-… hoặc đặt tên tệp như hd-0081.md.")
	case d.answer.Number != 0 && answerFile(d.answer.Number) != t.name:
		return named("code", "%s không khớp tên tệp. Hãy đặt tên tệp là %s.md.", d.answer.Code(), answerFile(d.answer.Number))
	}
	t.answer = d
	return nil
}

// statedRef reports whether a source names the file it was once imported from.
func statedRef(source string) bool {
	var front answerFront
	meta, _, _, err := splitFrontMatter(source)
	return err == nil && decodeFrontMatter(meta, &front) == nil && front.Ref != ""
}

func named(field, format string, args ...any) error {
	return invalid([]fault.Field{{Name: field, Sentence: fmt.Sprintf(format, args...)}})
}

var toldLine = regexp.MustCompile(`^Dòng (\d+): `)

// refuseSource tells each fault of a source with its line of the file, which
// has so many empty lines above the source.
func (r *folderReader) refuseSource(t folderText, above int, err error) error {
	f, ok := fault.Of(err)
	if !ok {
		return fmt.Errorf("check %s: %w", t.file, err)
	}
	fields := slices.Clone(f.Fields)
	slices.SortFunc(fields, func(a, b fault.Field) int {
		return cmp.Or(keyLine(t.source, a.Name)-keyLine(t.source, b.Name), strings.Compare(a.Name, b.Name), strings.Compare(a.Sentence, b.Sentence))
	})
	for _, field := range fields {
		if err := r.refuse(t.file, above+keyLine(t.source, field.Name), "%s: %s", field.Name, field.Sentence); err != nil {
			return err
		}
	}
	if len(fields) > 0 {
		return nil
	}
	line, text := 1, f.Sentence
	if m := toldLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	return r.refuse(t.file, above+line, "%s", text)
}

// keyLine is the line of a source's front matter that begins with this name,
// the first one when none does.
func keyLine(source, name string) int {
	for i, line := range strings.Split(source, "\n") {
		if i > 0 && isFence(line) {
			break
		}
		if strings.HasPrefix(line, name+":") {
			return i + 1
		}
	}
	return 1
}

// blankTop counts the line ends that the gate trims off the top of a file.
func blankTop(data string) int {
	data = strings.ReplaceAll(strings.ReplaceAll(data, "\r\n", "\n"), "\r", "\n")
	rest := strings.TrimLeftFunc(data, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
	return strings.Count(data[:len(data)-len(rest)], "\n")
}

// checkManifest tells what an export has lost; files that were edited since are
// what somebody means to bring in.
func (r *folderReader) checkManifest() error {
	file, err := r.fsys.Open(ManifestName)
	if err != nil {
		return fmt.Errorf("open %s: %w", ManifestName, err)
	}
	defer file.Close()
	edited := 0
	scanner := bufio.NewScanner(io.LimitReader(file, MaxListBytes))
	scanner.Buffer(make([]byte, maxManifestLine), maxManifestLine)
	for number := 1; scanner.Scan(); number++ {
		var line ManifestLine
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil || number == 1 && line.Format != manifestFormat || number > 1 && line.Path == "" {
			return r.refuse(ManifestName, number, "dòng này không đọc được. Hãy xuất lại, hoặc xóa tệp này nếu chỉ nhập các tệp .md.")
		}
		sum, read := r.sums[line.Path]
		if number > 1 && read && sum != line.SHA256 {
			edited++
		}
		if number > 1 && !read && r.lacks(line.Path) {
			if err := r.refuse(ManifestName, number, "thiếu tệp %s. Hãy chép lại cả thư mục, hoặc xóa dòng này.", shortName(line.Path)); err != nil {
				return err
			}
		}
	}
	if scanner.Err() != nil {
		return r.refuse(ManifestName, 0, "không đọc được. Hãy xuất lại.")
	}
	if edited > 0 {
		r.warn("%d tệp đã sửa sau khi xuất.", edited)
	}
	return nil
}

// lacks reports whether a file of the manifest is not there.
func (r *folderReader) lacks(path string) bool {
	if !fs.ValidPath(path) {
		return true
	}
	_, err := fs.Lstat(r.fsys, path)
	return err != nil
}
