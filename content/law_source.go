package content

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// lawFront is the front matter of a law file.
type lawFront struct {
	Key       string         `yaml:"key"`
	Slug      string         `yaml:"slug"`
	Number    string         `yaml:"number"`
	Title     string         `yaml:"title"`
	Short     string         `yaml:"short"`
	Kind      string         `yaml:"kind"`
	Agency    string         `yaml:"agency"`
	Issued    string         `yaml:"issued"`
	InForce   string         `yaml:"in_force"`
	Ended     string         `yaml:"ended"`
	AmendedBy []string       `yaml:"amended_by"`
	Replaces  string         `yaml:"replaces"`
	Successor string         `yaml:"replaced_by"`
	Normative bool           `yaml:"normative"`
	Trust     string         `yaml:"trust"`
	Declared  map[string]int `yaml:"declared"`
	Position  int            `yaml:"position"`
}

var (
	provisionHead = regexp.MustCompile(`^## (Điều|Mẫu|Câu|Phụ lục) (\d{1,3}[a-z]?)\. (.+)$`)
	amendmentLine = regexp.MustCompile(`^Sửa: ([a-z0-9-]+); (.+)$`)
	clauseLine    = regexp.MustCompile(`^\*\*Khoản (\d{1,2}[a-z]?)\.\*\*`)
	pointLine     = regexp.MustCompile(`^- \*\*Điểm ([a-zđ])\.\*\*`)
	clauseHTML    = regexp.MustCompile(`<(p|li)>(?:\s*<p>)?<strong>(Khoản|Điểm)(?:&nbsp;|\x{a0}|\s)([0-9a-zđ]{1,3})\.</strong>`)
)

var segmentPrefix = map[string]string{"Điều": "dieu-", "Mẫu": "mau-", "Câu": "cau-", "Phụ lục": "phu-luc-"}

// readLaw reads a law file: the document, then a section per provision.
func readLaw(source string) (Law, error) {
	clean, err := viet.Clean(source, MaxLawBytes)
	if err != nil {
		return Law{}, fault.Invalid("Tệp văn bản có ký tự không đọc được hoặc quá dài.")
	}
	meta, markdown, firstLine, err := splitFrontMatter(clean)
	if err != nil {
		return Law{}, err
	}
	var front lawFront
	if err := decodeFrontMatter(meta, &front); err != nil {
		return Law{}, err
	}
	law, err := front.law()
	if err != nil {
		return Law{}, err
	}
	return law, law.readProvisions(markdown, firstLine)
}

func (f lawFront) law() (Law, error) {
	law := Law{
		Key: f.Key, Slug: Slug(f.Slug), Number: f.Number, Title: f.Title, Short: f.Short, Kind: f.Kind, Agency: f.Agency,
		Issued: viet.Date(f.Issued), InForce: viet.Date(f.InForce), Ended: viet.Date(f.Ended), Replaces: f.Replaces,
		Normative: f.Normative, Trust: Trust(f.Trust), replacedBy: f.Successor, declared: f.Declared, amended: f.AmendedBy, position: f.Position,
	}
	var faults []fault.Field
	for name, text := range map[string]string{"key": f.Key, "slug": f.Slug, "number": f.Number, "title": f.Title, "short": f.Short, "kind": f.Kind} {
		faults = checkText(name, text, MaxTitleRunes*3, faults)
	}
	faults = checkTrust(law.Trust, faults)
	faults = checkDate("issued", law.Issued, faults)
	faults = checkDate("in_force", law.InForce, faults)
	faults = checkDate("ended", law.Ended, faults)
	return law, invalid(faults)
}

// readProvisions cuts the Markdown at its second-level headings and renders
// each part on its own.
func (law *Law) readProvisions(markdown string, firstLine int) error {
	var current *Provision
	var lines []string
	start := firstLine
	flush := func() error {
		body, err := renderAt(strings.Join(lines, "\n"), start, MaxLawBytes)
		lines = nil
		if err != nil || current == nil {
			law.Body = body
			return err
		}
		current.Body = current.anchored(body)
		law.Provisions = append(law.Provisions, *current)
		return nil
	}
	for i, line := range strings.Split(markdown, "\n") {
		if !strings.HasPrefix(line, "## ") {
			if current != nil && current.noteLine(line) {
				line = ""
			}
			lines = append(lines, line)
			continue
		}
		m := provisionHead.FindStringSubmatch(line)
		if m == nil {
			return fault.Invalid(fmt.Sprintf("Dòng %d: tiêu đề phải như “## Điều 34. Tên gọn”.", firstLine+i))
		}
		if err := flush(); err != nil {
			return err
		}
		start = firstLine + i + 1
		current = &Provision{Segment: segmentPrefix[m[1]] + m[2], Title: m[3], Position: len(law.Provisions) + 1}
	}
	return flush()
}

// noteLine takes from a line what the register needs; true when the line is
// for the register alone and not shown.
func (p *Provision) noteLine(line string) bool {
	if m := amendmentLine.FindStringSubmatch(line); m != nil {
		p.amendedBy, p.Amendment = m[1], m[2]
		return true
	}
	if m := clauseLine.FindStringSubmatch(line); m != nil {
		p.Clauses = append(p.Clauses, "khoan-"+m[1])
	} else if m := pointLine.FindStringSubmatch(line); m != nil {
		p.Clauses = append(p.Clauses, strings.TrimSpace(p.lastClause()+" diem-"+m[1]))
	}
	return false
}

func (p *Provision) lastClause() string {
	for i := len(p.Clauses) - 1; i >= 0; i-- {
		if !strings.Contains(p.Clauses[i], "diem-") {
			return p.Clauses[i]
		}
	}
	return ""
}

// anchored gives each clause in the rendered text the address that citations use.
func (p *Provision) anchored(b Body) Body {
	clause := ""
	for i := range b.Parts {
		if b.Parts[i].Kind != PartHTML {
			continue
		}
		b.Parts[i].HTML = clauseHTML.ReplaceAllStringFunc(b.Parts[i].HTML, func(match string) string {
			m := clauseHTML.FindStringSubmatch(match)
			anchor := "khoan-" + m[3]
			if m[2] == "Khoản" {
				clause = anchor
			} else {
				anchor = strings.TrimPrefix(clause+"-diem-"+m[3], "-")
			}
			return strings.Replace(match, "<"+m[1]+">", "<"+m[1]+` id="`+anchor+`">`, 1)
		})
	}
	return b
}

// SaveLaw stores a law file as the law's next revision and, when publish is
// set, makes it the text that readers see.
func (l *Library) SaveLaw(ctx context.Context, source, by string, publish bool) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		return saveLaw(tx, saving{source: source, by: by, publish: publish})
	})
}

// saveLaw stores a law file as its next revision and, when published, makes it
// the text that readers see.
func saveLaw(tx *store.Tx, s saving) error {
	law, err := readLaw(s.source)
	if err != nil {
		return fmt.Errorf("read law: %w", err)
	}
	s.kind, s.id = KindLaw, law.Key
	if law.Revision, err = s.saveRevision(tx); err != nil {
		return err
	}
	if shown, err := s.keepsShownText(tx); shown || err != nil {
		return err
	}
	if err := putLaw(tx, law, s.publish); err != nil {
		return err
	}
	if err := putProvisions(tx, law); err != nil {
		return err
	}
	return s.show(tx, law.Body, nil)
}

// whole is the document with its provisions as one text, for a preview.
func (law Law) whole() Body {
	b := Body{Parts: slices.Clone(law.Body.Parts), Sections: slices.Clone(law.Body.Sections), Links: slices.Clone(law.Body.Links), Words: law.Body.Words}
	for _, p := range law.Provisions {
		head := Provision{Law: law, Segment: p.Segment}.Label() + ". " + p.Title
		b.Parts = append(b.Parts, Part{Kind: PartHTML, HTML: "<h2>" + html.EscapeString(head) + "</h2>\n"})
		b.Parts = append(b.Parts, p.Body.Parts...)
		b.Sections = append(b.Sections, p.Body.Sections...)
		b.Links = append(b.Links, p.Body.Links...)
		b.Words += p.Body.Words
	}
	return b
}
