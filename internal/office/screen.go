package office

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// screen measures every part of an xlsx file while unpacking it, and gives an
// archive of those parts alone that cells need. Pictures, macros, comments and
// links to other files are never understood.
func screen(data []byte) ([]byte, error) {
	// The directory is counted before it is read: its own count may lie.
	if bytes.Count(data, []byte("PK\x01\x02")) > maxParts {
		return nil, refuse(KindUnpacked)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &Error{Kind: KindDamaged, cause: err}
	}
	budget := &allowance{left: min(maxUnpacked, max(freeRatioBytes, int64(len(data))*maxRatio))}
	var slim bytes.Buffer
	copied := zip.NewWriter(&slim)
	seen := map[string]bool{}
	for _, part := range archive.File {
		elements := needed(part.Name)
		if err := measure(part, elements, budget); err != nil {
			return nil, err
		}
		if elements == 0 {
			continue
		}
		name := partName(part.Name)
		if seen[name] {
			return nil, refuse(KindDamaged) // readers differ in which of them they take
		}
		seen[name] = true
		if err := copied.Copy(part); err != nil {
			return nil, &Error{Kind: KindDamaged, cause: err}
		}
	}
	if !seen["xl/workbook.xml"] {
		return nil, refuse(KindFormat)
	}
	if err := copied.Close(); err != nil {
		return nil, err
	}
	return slim.Bytes(), nil
}

// partName is how a part is called whatever made the archive.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// needed is how many elements a part may have that cells are read from; 0 for
// all other parts.
func needed(name string) int {
	name = partName(name)
	switch name {
	case "[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml":
		return maxOtherElements
	case "xl/sharedstrings.xml":
		return maxTextElements
	}
	if dir, file := path.Split(name); dir == "xl/worksheets/" && strings.HasSuffix(file, ".xml") {
		return maxSheetElements
	}
	return 0
}

// allowance is how many bytes may still be unpacked.
type allowance struct{ left int64 }

var errUnpacked = errors.New("unpacks to too much")

// limited reads a part at the cost of the allowance.
type limited struct {
	from   io.Reader
	budget *allowance
}

func (l limited) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	if l.budget.left -= int64(n); l.budget.left < 0 {
		return 0, errUnpacked
	}
	return n, err
}

// measure unpacks a part to nowhere; one that is needed has to be XML within
// the limits.
func measure(part *zip.File, elements int, budget *allowance) error {
	opened, err := part.Open()
	if err != nil {
		return &Error{Kind: KindDamaged, cause: err}
	}
	defer opened.Close()
	from := limited{from: opened, budget: budget}
	if elements == 0 {
		_, err = io.Copy(io.Discard, from)
	} else {
		err = (&xmlScan{in: bufio.NewReaderSize(from, 32<<10), elements: elements}).run()
	}
	switch {
	case errors.Is(err, errUnpacked):
		return refuse(KindUnpacked)
	case err != nil:
		return &Error{Kind: KindDamaged, cause: err}
	}
	return nil
}

var (
	errNoXML    = errors.New("not well-formed XML in UTF-8")
	errDoctype  = errors.New("XML with a document type")
	errDepth    = errors.New("XML too deep")
	errElements = errors.New("too many elements")
	errTag      = errors.New("tag too long")
)

// xmlScan counts the elements of XML and how deep they lie, without
// understanding or keeping any. Where it is stricter than XML, no office
// program writes otherwise.
type xmlScan struct {
	in       *bufio.Reader
	elements int // that may still come
	depth    int
}

func (s *xmlScan) run() error {
	if first, err := s.in.Peek(2); err == nil && (first[0] >= 0xFE || first[0] == 0 || first[1] == 0) {
		return errNoXML // UTF-16
	}
	for {
		c, err := s.in.ReadByte()
		if err == io.EOF {
			if s.depth != 0 {
				return errNoXML
			}
			return nil
		}
		if err != nil {
			return err
		}
		if c != '<' {
			continue
		}
		if err := s.tag(); err != nil {
			if err == io.EOF {
				return errNoXML
			}
			return err
		}
	}
}

// tag reads what follows a < to the end.
func (s *xmlScan) tag() error {
	first, err := s.in.ReadByte()
	if err != nil {
		return err
	}
	switch first {
	case '?':
		return s.instruction()
	case '!':
		return s.aside()
	}
	last, err := s.attributes()
	switch {
	case err != nil:
		return err
	case first == '/':
		s.depth--
	case last != '/':
		s.depth++
	}
	if s.elements--; s.elements < 0 {
		return errElements
	}
	if s.depth > maxDepth {
		return errDepth
	}
	if s.depth < 0 {
		return errNoXML
	}
	return nil
}

// attributes reads to the > that ends a tag and gives the byte before it.
func (s *xmlScan) attributes() (last byte, err error) {
	var quote byte
	most := maxTagBytes
	if s.depth == 0 {
		most = maxRootTagBytes
	}
	for n := 0; ; n++ {
		c, err := s.in.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case n > most:
			return 0, errTag
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			return 0, errNoXML
		case c == '>':
			return last, nil
		}
		last = c
	}
}

// instruction reads <?…?>. The one of XML itself must not name another encoding
// than UTF-8, which the scan would not see through.
func (s *xmlScan) instruction() error {
	var text []byte
	for !bytes.HasSuffix(text, []byte("?>")) {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		if text = append(text, c); len(text) > maxTagBytes {
			return errTag
		}
	}
	lower := strings.ToLower(string(text))
	if strings.Contains(lower, "encoding") && !strings.Contains(lower, "utf-8") {
		return errNoXML
	}
	return nil
}

// aside reads <!…>: a comment, or text as it stands. A document type with its
// entities is refused.
func (s *xmlScan) aside() error {
	start, end := "--", "-->"
	if c, err := s.in.Peek(1); err != nil || c[0] == '[' {
		start, end = "[CDATA[", "]]>"
	}
	if got, err := s.in.Peek(len(start)); err != nil || string(got) != start {
		return errDoctype
	}
	if _, err := s.in.Discard(len(start)); err != nil {
		return err
	}
	tail := make([]byte, 0, len(end))
	for string(tail) != end {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		if len(tail) == len(end) {
			tail = append(tail[:0], tail[1:]...)
		}
		tail = append(tail, c)
	}
	return nil
}
