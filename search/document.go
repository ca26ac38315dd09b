package search

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"

	"sotay/internal/viet"
)

// document is an entry of the index: a section of a guide, an answer, a
// provision, a document of law, or a quiz.
type document struct {
	ID      string // "guide:<id>#<anchor>"
	Owner   string // the noun it belongs to, "guide:<id>"; deleted and written together
	Group   string // of several documents with one group only the best is shown
	Kind    string
	Ref     string // readable name of the noun: slug, imported reference, citation
	Code    string // "HĐ-0001"
	URL     string
	Topic   string // slug
	Agency  string
	Date    string
	Ended   string // since when what it rests on is out of force, "" while in force
	Segment string // "dieu-69" of a provision
	Title   string
	Heading string
	Short   string
	Body    string `json:"-"` // stored apart, it is read only for snippets
}

// The four texts of a document, in the order in which they are stored.
const (
	inTitle = iota
	inHeading
	inShort
	inBody
	textCount
)

func (d document) texts() [textCount]string {
	return [textCount]string{d.Title, d.Heading, d.Short, d.Body}
}

// clean makes every text valid and composed, so that offsets hold.
func (d *document) clean() {
	for _, text := range []*string{&d.Title, &d.Heading, &d.Short, &d.Body} {
		*text = viet.NFC(strings.ToValidUTF8(strings.ReplaceAll(*text, "\x00", " "), "\ufffd"))
	}
}

// stored is a document as it comes out of the index, with its texts already
// split into syllables for ranking and snippets.
type stored struct {
	document
	folded  [textCount]string // " the cu tri ": a blank before and after each syllable
	exact   [textCount]string
	offsets string // gap and length of each syllable of Body, as varints
}

// pack writes a document as the index stores it: metadata as JSON, then the
// body, its offsets, and all texts as syllables in both forms. NUL divides the
// parts and newlines the texts; neither occurs inside.
func (d document) pack() (string, error) {
	head, err := json.Marshal(d)
	if err != nil {
		return "", fmt.Errorf("pack document %s: %w", d.ID, err)
	}
	var folded, exact strings.Builder
	var offsets []byte
	for i, text := range d.texts() {
		list := syllables(text)
		joinSyllables(&folded, list, foldedForm)
		joinSyllables(&exact, list, exactForm)
		if i == inBody {
			offsets = packOffsets(list)
		}
	}
	return strings.Join([]string{string(head), d.Body, folded.String(), exact.String(), string(offsets)}, "\x00"), nil
}

func joinSyllables(b *strings.Builder, list []syllable, form func(syllable) string) {
	b.WriteByte(' ')
	for _, s := range list {
		b.WriteString(form(s))
		b.WriteByte(' ')
	}
	b.WriteByte('\n')
}

func packOffsets(list []syllable) []byte {
	var packed []byte
	last := 0
	for _, s := range list {
		packed = binary.AppendUvarint(packed, uint64(s.start-last))
		packed = binary.AppendUvarint(packed, uint64(s.end-s.start))
		last = s.end
	}
	return packed
}

// unpack reads what pack wrote.
func unpack(packed string) (stored, error) {
	parts := strings.SplitN(packed, "\x00", 5)
	if len(parts) != 5 {
		return stored{}, fmt.Errorf("unpack document: %d parts", len(parts))
	}
	s := stored{offsets: parts[4]}
	if err := json.Unmarshal([]byte(parts[0]), &s.document); err != nil {
		return stored{}, fmt.Errorf("unpack document: %w", err)
	}
	s.Body = parts[1]
	if !splitTexts(parts[2], &s.folded) || !splitTexts(parts[3], &s.exact) {
		return stored{}, fmt.Errorf("unpack document %s: texts are missing", s.ID)
	}
	return s, nil
}

func splitTexts(joined string, into *[textCount]string) bool {
	lines := strings.Split(joined, "\n")
	return len(lines) == textCount+1 && copy(into[:], lines) == textCount
}

// syllables are those of one text, without their places.
func (s *stored) syllables(text int) []syllable {
	folded, exact := strings.Fields(s.folded[text]), strings.Fields(s.exact[text])
	list := make([]syllable, min(len(folded), len(exact)))
	for i := range list {
		list[i] = syllable{folded: folded[i], exact: exact[i]}
	}
	return list
}

// unpackOffsets gives where each syllable of the body begins and ends.
func unpackOffsets(packed string, body string) []span {
	list := make([]span, 0, len(packed)/2)
	at, rest := 0, []byte(packed)
	for len(rest) > 0 {
		gap, n := binary.Uvarint(rest)
		size, m := binary.Uvarint(rest[max(n, 0):])
		if n <= 0 || m <= 0 || gap+size > uint64(len(body)-at) {
			return list
		}
		start := at + int(gap)
		at = start + int(size)
		list = append(list, span{start, at})
		rest = rest[n+m:]
	}
	return list
}

// span is a range of bytes or of syllables, the end excluded.
type span struct{ start, end int }
