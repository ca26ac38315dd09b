package search

import (
	"encoding/binary"
	"errors"
	"strings"

	"sotay/internal/viet"
)

// document is an entry of the index: a section of a guide, an answer, a part of
// a plan, a provision, a document of law, or a quiz.
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
	Asked   string // other wordings of the question, a line each; never shown
	Body    string
}

// The texts of a document, in the order in which they are stored.
const (
	inTitle = iota
	inHeading
	inShort
	inAsked
	inBody
	textCount
)

// facts are what is stored of a document beside its texts.
func (d *document) facts() [13]*string {
	return [...]*string{&d.ID, &d.Owner, &d.Group, &d.Kind, &d.Ref, &d.Code, &d.URL, &d.Topic, &d.Session, &d.Agency, &d.Date, &d.Ended, &d.Segment}
}

func (d *document) texts() [textCount]*string {
	return [...]*string{&d.Title, &d.Heading, &d.Short, &d.Asked, &d.Body}
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
	asked [][]syllable // the other wordings, one by one
}

func analyse(d document) analysed {
	a := analysed{document: d}
	for i, text := range d.texts() {
		if i != inAsked {
			a.lists[i] = syllables(*text)
		}
	}
	for line := range strings.Lines(d.Asked) {
		a.asked = append(a.asked, syllables(line))
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
		var codes []code
		switch i {
		case inTitle, inHeading:
			codes = framed(list, frame)
		case inShort, inBody:
			codes = codesOf(list)
		case inAsked:
			for _, line := range a.asked {
				codes = append(append(codes, lineBreak), framed(line, frame)...)
			}
		}
		b = binary.AppendUvarint(b, uint64(len(codes)*codeBytes))
		for _, c := range codes {
			b = append(b, byte(c), byte(c>>8), byte(c>>16))
		}
	}
	return appendOffsets(b, a.lists[inBody])
}

func appendBlock(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func codesOf(list []syllable) []code {
	codes := make([]code, len(list))
	for i, s := range list {
		codes[i] = s.code()
	}
	return codes
}

// framed marks the frame of a question: courtesies, question words and a last
// "không" say nothing of what the question is about.
func framed(list []syllable, frame func([]syllable) int) []code {
	codes := make([]code, 0, len(list)+4)
	until := 0
	for i, s := range list {
		if i >= until {
			until = i + frame(list[i:])
		}
		if i < until || i > 0 && i == len(list)-1 && s.exact == "không" {
			codes = append(codes, frameMark)
		}
		codes = append(codes, s.code())
	}
	return codes
}

// The places of syllables are a row of half bytes. A syllable after one blank is
// its length; nextTo and apart say that there is no blank, or one more byte, and
// the length follows; far tells everything at length.
const (
	far    = 0
	apart  = 13
	nextTo = 14
	maxGap = 1<<16 - 1
)

func appendOffsets(b []byte, list []syllable) []byte {
	w := halves{bytes: b}
	last := 0
	for _, s := range list {
		gap, length := s.start-last, s.end-s.start
		last = s.end
		if gap > maxGap {
			return w.bytes // snippets end here
		}
		switch {
		case gap == 1 && length < apart:
			w.add(length)
		case gap == 2 && length < 16:
			w.add(apart, length)
		case gap == 0 && length < 16:
			w.add(nextTo, length)
		default:
			w.add(far, gap>>12&15, gap>>8&15, gap>>4&15, gap&15, length>>4&15, length&15)
		}
	}
	return w.bytes
}

// halves writes half bytes, the upper half first.
type halves struct {
	bytes []byte
	open  bool // the last byte has room
}

func (w *halves) add(values ...int) {
	for _, v := range values {
		if w.open {
			w.bytes[len(w.bytes)-1] |= byte(v)
		} else {
			w.bytes = append(w.bytes, byte(v<<4))
		}
		w.open = !w.open
	}
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
	factOwner   = 1
	factKind    = 3
	factRef     = 4
	factCode    = 5
	factURL     = 6
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

// head copies the facts, the title and the heading.
func (v *view) head() (d document) {
	for i, fact := range d.facts() {
		*fact = string(v.facts[i])
	}
	d.Title, d.Heading = string(v.texts[inTitle]), string(v.texts[inHeading])
	return d
}

// document copies what a view shows.
func (v *view) document() (d document) {
	d = v.head()
	for i, text := range d.texts() {
		*text = string(v.texts[i])
	}
	return d
}

func codeAt(codes []byte, i int) code {
	c := codes[i*codeBytes : i*codeBytes+codeBytes]
	return code(c[0]) | code(c[1])<<8 | code(c[2])<<16
}

// unpackOffsets gives where each of so many syllables of a text of some bytes
// begins and ends; fewer when the offsets are broken.
func unpackOffsets(packed []byte, count, size int) []span {
	list := make([]span, 0, count)
	next := 0
	half := func() int {
		if next/2 >= len(packed) {
			return 0
		}
		v := int(packed[next/2]>>(4*(1-next%2))) & 15
		next++
		return v
	}
	for at := 0; len(list) < count; {
		gap, length := 1, half()
		switch length {
		case far:
			gap = half()<<12 | half()<<8 | half()<<4 | half()
			length = half()<<4 | half()
		case apart:
			gap, length = 2, half()
		case nextTo:
			gap, length = 0, half()
		}
		if length == 0 || gap+length > size-at {
			break
		}
		list = append(list, span{at + gap, at + gap + length})
		at += gap + length
	}
	return list
}

// span is a range of bytes or of syllables, the end excluded.
type span struct{ start, end int }
