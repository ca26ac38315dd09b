package accounts

import (
	"context"
	"strconv"
	"strings"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// AuditLine is one line of the audit log.
type AuditLine struct {
	ID, By, Act, Kind, Object, Note string
	At                              time.Time
}

// AuditFilter narrows the audit log; the zero filter is all, newest first. From
// and To are the first and the last day.
type AuditFilter struct {
	By, Act, Kind, Object string
	Query                 string // part of an act, a note or an object; tones don't count
	From, To              viet.Date
	After                 string // Next of the page before
	Limit                 int
}

// AuditPage is one page of the audit log. A page of a search may hold fewer
// lines than asked for although Next is set: it read its share of the log.
type AuditPage struct {
	Lines []AuditLine
	Next  string
}

// AuditLog reads the log of what was done, and of who looked at personal data.
func (p *People) AuditLog(ctx context.Context, f AuditFilter) (page AuditPage, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) (err error) { page, err = auditPage(tx, f); return err })
	return page, told(err, "read the audit log")
}

// The acts by which the audit log tells of those who read it.
const (
	ReadLog   = "read log"
	ExportLog = "export log"
)

const kindAudit = "audit"

// NoteAuditRead notes that somebody reads the audit log, or takes it along, once
// an hour for each visit.
func (p *People) NoteAuditRead(ctx context.Context, act string, v Visit) error {
	noted := false
	err := p.db.Read(ctx, func(tx *store.Tx) error {
		lines, err := tx.AuditLines(store.AuditFilter{By: v.Person.ID, Act: act, Kind: kindAudit, Object: v.ID, From: tx.Now().Add(-readNoted), Limit: 1})
		noted = len(lines) > 0
		return err
	})
	if err == nil && !noted {
		err = p.db.Write(ctx, func(tx *store.Tx) error { return tx.Audit(v.Person.ID, act, kindAudit, v.ID, "") })
	}
	return told(err, "note who reads the audit log")
}

// Named gives those whose name, phone number or code has a part, ended ones too,
// to administrators; it is how the audit log is asked for somebody.
func (p *People) Named(ctx context.Context, query, by string) (list []Person, err error) {
	pattern := likePattern(folded(query))
	if pattern == "" {
		return nil, nil
	}
	err = p.db.Read(ctx, func(tx *store.Tx) error {
		a, err := actorOf(tx, by)
		if err != nil {
			return err
		}
		if !a.all() {
			return fault.Denied("Chỉ người quản trị tìm được người trong nhật ký.")
		}
		list, err = peopleLike(tx, pattern, maxNamed)
		return err
	})
	return list, told(err, "find people by name")
}

// auditPage reads on until the page is full, the log ends or a search has read
// its share.
func auditPage(tx *store.Tx, f AuditFilter) (page AuditPage, err error) {
	limit, query := pageSize(f.Limit), folded(f.Query)
	asked, ok := f.stored()
	for scanned := 0; ok && scanned < maxScan; {
		lines, err := tx.AuditLines(asked)
		if err != nil {
			return page, err
		}
		for _, l := range lines {
			if len(page.Lines) == limit {
				return page, nil
			}
			asked.BeforeAt, asked.BeforeID = l.At, l.ID
			page.Next = joined(strconv.FormatInt(store.Millis(l.At), 10), l.ID)
			if line := AuditLine(l); line.has(query) {
				page.Lines = append(page.Lines, line)
			}
		}
		if scanned += len(lines); len(lines) < asked.Limit {
			page.Next = ""
			return page, nil
		}
	}
	return page, nil
}

// stored is the filter as the store asks; ok is false when nothing can match.
func (f AuditFilter) stored() (s store.AuditFilter, ok bool) {
	s = store.AuditFilter{By: f.By, Act: f.Act, Kind: f.Kind, Object: f.Object, From: f.From.Time(), Limit: scanPage}
	for _, text := range []string{f.By, f.Act, f.Kind, f.Object} {
		if clean, err := viet.Clean(text, maxQuery); err != nil || clean != text {
			return s, false
		}
	}
	if f.To.Valid() {
		s.To = f.To.AddDays(1).Time()
	}
	if ms, id := parted(f.After); id != "" {
		if n, err := strconv.ParseInt(ms, 10, 64); err == nil {
			s.BeforeAt, s.BeforeID = store.FromMillis(n), id
		}
	}
	return s, true
}

func (l AuditLine) has(query string) bool {
	return query == "" || strings.Contains(viet.Fold(strings.Join([]string{l.Act, l.ActWords(), l.Kind, l.ThingWords(), l.Object, l.Note}, " ")), query)
}
