package content

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"sotay/internal/store"
	"sotay/internal/viet"
)

// Folders and lists of an export, as ReadFolder finds them again.
const (
	lawFolder       = "law"
	sessionFolder   = "sessions"
	guideFolder     = "guides"
	answerFolder    = "answers"
	situationFolder = "situations"
	termFolder      = "terms"
	planFolder      = "plans"
)

// folders are those of an export, in an order in which things come after what
// they refer to.
var folders = []string{lawFolder, sessionFolder, planFolder, guideFolder, answerFolder, situationFolder, termFolder}

// Export gives put every published text as a file of its own, all as they were
// at one moment: guides/<slug>.md, answers/hd-0001.md, sessions/<slug>.md,
// law/<key>.md, situations/<slug>.md, terms/<slug>.md, plans/<key>.yaml; then
// what belongs to them, a line each: moved.jsonl with the addresses that they had before,
// amendments.jsonl and affirmed.jsonl with what became of provisions, topics.jsonl,
// contacts.jsonl, and drafts.jsonl with what is being written. The order and the bytes
// depend on the texts alone.
func (l *Library) Export(ctx context.Context, put func(name string, text []byte) error) error {
	return l.db.Read(ctx, func(tx *store.Tx) error {
		for _, folder := range folders {
			if err := exportFolder(tx, folder, put); err != nil {
				return fmt.Errorf("export %s: %w", folder, err)
			}
		}
		for _, list := range []func(*store.Tx, func(string, []byte) error) error{exportMoved, exportAmendments, exportTopics, exportContacts, exportDrafts} {
			if err := list(tx, put); err != nil {
				return err
			}
		}
		return nil
	})
}

// exported is a published text on its way out; number is an answer's.
type exported struct {
	name   string
	number int64
	source string
}

func exportFolder(tx *store.Tx, folder string, put func(string, []byte) error) error {
	for last := (exported{}); ; {
		batch, err := publishedSources(tx, folder, last, exportedPerBatch)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, text := range batch {
			name, source, err := text.file(folder)
			if err != nil {
				return err
			}
			if err := put(folder+"/"+name+kindIn(folder).ending, []byte(source)); err != nil {
				return err
			}
		}
		last = batch[len(batch)-1]
	}
}

// file is the name and the text under which a published text leaves.
func (e exported) file(folder string) (name, source string, err error) {
	if source, err = canonical(e.source); err != nil {
		return "", "", fmt.Errorf("%s: %w", e.name, err)
	}
	switch folder {
	case answerFolder:
		source, err = withCode(source, int(e.number))
		return answerFile(int(e.number)), source, err
	case lawFolder:
		return lawFile(e.name), source, nil
	}
	if !isFileName(e.name) {
		return "", "", fmt.Errorf("%q cannot be the name of a file", e.name)
	}
	return e.name, source, nil
}

// canonical is the text as the gate for typed text lets it in, ended by one
// line end. What is stored already may differ in blanks around it.
func canonical(source string) (string, error) {
	clean, err := viet.Clean(source, MaxLawBytes)
	return clean + "\n", err
}

// fileName is what a file of a folder may be called, without its ending: it is
// matched, never used as a path that somebody made.
var fileName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func isFileName(name string) bool { return len(name) <= maxFileName && fileName.MatchString(name) }

func answerFile(number int) string { return fmt.Sprintf("hd-%04d", number) }

// lawFile names a law's file. The key stands in the text, so one that is no
// name of a file may have any.
func lawFile(key string) string {
	if isFileName(key) {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return "van-ban-" + hex.EncodeToString(sum[:8])
}

// withCode sees to it that an answer's source says its code: imported ones got
// theirs from the archive. A text so long that the code breaks a limit goes
// without; the file's name says it too.
func withCode(source string, number int) (string, error) {
	code := Answer{Number: number}.Code()
	if statedNumber(source) == number {
		return source, nil
	}
	coded := strings.Replace(source, "\n", "\ncode: "+code+"\n", 1)
	if statedNumber(coded) != number { // it says another code, or its front matter is written in an odd way
		var err error
		if coded, err = rewrittenCode(source, code); err != nil {
			return "", err
		}
	}
	if _, err := readAnswer(coded, true); err != nil {
		return source, nil
	}
	return coded, nil
}

// statedNumber is the number of the code in a source, 0 when it has none.
func statedNumber(source string) int {
	var front answerFront
	meta, _, _, err := splitFrontMatter(source)
	if err == nil {
		err = decodeFrontMatter(meta, &front)
	}
	if err != nil {
		return 0
	}
	return NumberOfCode(front.Code)
}

func rewrittenCode(source, code string) (string, error) {
	var front answerFront
	meta, body, _, err := splitFrontMatter(source)
	if err != nil {
		return "", err
	}
	if err := decodeFrontMatter(meta, &front); err != nil {
		return "", err
	}
	front.Code = code
	written, err := yaml.Marshal(front)
	if err != nil {
		return "", fmt.Errorf("write front matter of %s: %w", code, err)
	}
	return canonical(frontMatterFence + "\n" + string(written) + frontMatterFence + "\n" + body)
}

// putLines writes a file of JSON lines, none for an empty list.
func putLines[T any](put func(string, []byte) error, name string, list []T) error {
	if len(list) == 0 {
		return nil
	}
	var text bytes.Buffer
	for _, value := range list {
		line, err := jsonLine(value)
		if err != nil {
			return fmt.Errorf("export %s: %w", name, err)
		}
		text.Write(line)
	}
	return put(name, text.Bytes())
}

// jsonLine is one line of a file of JSON lines, with letters as they are read.
func jsonLine(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return b.Bytes(), err
}
