package search

import (
	"encoding/binary"
	"errors"
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
	Session string // slug of the training session where it was given
	Agency  string
	Date    string
	Ended   string // since when what it rests on is out of force, "" while in force
	Segment string // "dieu-69" of a provision
	Title   string
	Heading string
	Short   string
	Body    string
}

// The four texts of a document, in the order in which they are stored.
const (
	inTitle = iota
	inHeading
	inShort
	inBody
	textCount
)

// facts are what is stored of a document beside its texts.
func (d *document) facts() [13]*string {
	return [...]*string{&d.ID, &d.Owner, &d.Group, &d.Kind, &d.Ref, &d.Code, &d.URL, &d.Topic, &d.Session, &d.Agency, &d.Date, &d.Ended, &d.Segment}
}

func (d *document) texts() [textCount]*string {
	return [...]*string{&d.Title, &d.Heading, &d.Short, &d.Body}
}

// year is that of the document's date, "" when it has none.
func (d *document) year() string {
	if len(d.Date) < 4 {
		return ""
	}
	return d.Date[:4]
}

// clean makes every text valid and composed, so that offsets hold.
func (d *document) clean() {
	for _, text := range d.texts() {
		*text = viet.NFC(strings.ToValidUTF8(strings.ReplaceAll(*text, "\x00", " "), "\ufffd"))
	}
}

// analysed is a document with its texts split into syllables.
type analysed struct {
	document
	lists [textCount][]syllable
}

func analyse(d document) analysed {
	a := analysed{document: d}
	for i, text := range d.texts() {
		a.lists[i] = syllables(*text)
	}
	return a
}

// pack writes a document as the index stores it: its facts, its texts, the codes
// of their syllables, and where the syllables of the body stand.
func (a *analysed) pack(frame func([]syllable) int) []byte {
	var b []byte
	for _, fact := range a.facts() {
		b = appendBlock(b, *fact)
	}
	for _, text := range a.texts() {
		b = appendBlock(b, *text)
	}
	for i, list := range a.lists {
		b = binary.AppendUvarint(b, uint64(len(list)*codeBytes))
		if i == inTitle || i == inHeading {
			b = appendTitleCodes(b, list, frame)
			continue
		}
		for _, s := range list {
			b = binary.LittleEndian.AppendUint32(b, uint32(s.code()))
		}
	}
	return appendOffsets(b, a.lists[inBody])
}

func appendBlock(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// appendTitleCodes marks the frame of a question: courtesies, question words and
// a last "không" say nothing of what the title is about.
func appendTitleCodes(b []byte, list []syllable, frame func([]syllable) int) []byte {
	until := 0
	for i, s := range list {
		if i >= until {
			until = i + frame(list[i:])
		}
		c := s.code()
		if i < until || i > 0 && i == len(list)-1 && s.exact == "không" {
			c |= frameBit
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(c))
	}
	return b
}

// A syllable's place takes one byte: three bits for the bytes since the last
// one, five for its own; a gap or length that does not fit follows as varints.
const (
	farGap     = 1<<3 - 1
	longLength = 1<<5 - 1
)

func appendOffsets(b []byte, list []syllable) []byte {
	last := 0
	for _, s := range list {
		gap, length := s.start-last, s.end-s.start
		last = s.end
		if gap < farGap && length < longLength {
			b = append(b, byte(gap<<5|length))
			continue
		}
		b = append(b, farGap<<5|longLength)
		b = binary.AppendUvarint(b, uint64(gap))
		b = binary.AppendUvarint(b, uint64(length))
	}
	return b
}

// view reads a packed document without copying it.
type view struct {
	facts   [13][]byte
	texts   [textCount][]byte
	codes   [textCount][]byte
	offsets []byte
}

// places of facts in a view
const (
	factID      = 0
	factKind    = 3
	factRef     = 4
	factCode    = 5
	factEnded   = 11
	factSegment = 12
)

var errPacked = errors.New("a stored document is cut short")

// read takes the parts of a packed document; they are valid as long as its bytes.
func (v *view) read(packed []byte) error {
	for _, blocks := range [][][]byte{v.facts[:], v.texts[:], v.codes[:]} {
		for i := range blocks {
			size, n := binary.Uvarint(packed)
			if n <= 0 || size > uint64(len(packed)-n) {
				return errPacked
			}
			blocks[i], packed = packed[n:n+int(size)], packed[n+int(size):]
		}
	}
	v.offsets = packed
	return nil
}

// document copies what a view shows.
func (v *view) document() (d document) {
	for i, fact := range d.facts() {
		*fact = string(v.facts[i])
	}
	for i, text := range d.texts() {
		*text = string(v.texts[i])
	}
	return d
}

func codeAt(codes []byte, i int) code {
	return code(binary.LittleEndian.Uint32(codes[i*codeBytes:]))
}

// unpackOffsets gives where each syllable of the body begins and ends.
func unpackOffsets(packed []byte, size int) []span {
	list := make([]span, 0, len(packed))
	at := 0
	for len(packed) > 0 {
		gap, length := int(packed[0]>>5), int(packed[0]&longLength)
		packed = packed[1:]
		if gap == farGap && length == longLength {
			far, n := binary.Uvarint(packed)
			long, m := binary.Uvarint(packed[max(n, 0):])
			if n <= 0 || m <= 0 || far > uint64(size) || long > uint64(size) {
				return list
			}
			gap, length, packed = int(far), int(long), packed[n+m:]
		}
		if gap+length > size-at {
			return list
		}
		list = append(list, span{at + gap, at + gap + length})
		at += gap + length
	}
	return list
}

// span is a range of bytes or of syllables, the end excluded.
type span struct{ start, end int }
