package store

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// texts remembers the SQL texts that were checked, with their form for SQLite.
type texts struct {
	mu   sync.RWMutex
	seen map[string]text
}

type text struct {
	sqlite string
	count  int
	err    error
}

// get gives a text's form for SQLite and the number of its arguments.
func (t *texts) get(sql string) (string, int, error) {
	t.mu.RLock()
	found, ok := t.seen[sql]
	t.mu.RUnlock()
	if !ok {
		found = parseText(sql)
		t.put(sql, found)
	}
	return found.sqlite, found.count, found.err
}

func (t *texts) put(sql string, found text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.seen == nil || len(t.seen) >= maxTexts {
		t.seen = make(map[string]text)
	}
	t.seen[strings.Clone(sql)] = found
}

// own has the statements that begin and end transactions.
var own = map[string]bool{"BEGIN": true, "START": true, "COMMIT": true, "END": true, "ROLLBACK": true,
	"ABORT": true, "SAVEPOINT": true, "RELEASE": true}

func firstWord(sql string) string {
	sql = strings.TrimSpace(sql)
	end := 0
	for end < len(sql) && isWord(sql[end]) {
		end++
	}
	return strings.ToUpper(sql[:end])
}

// parser walks once over an SQL text and copies it, $N turned to ?N.
type parser struct {
	in   string
	at   int
	out  strings.Builder
	used map[int]bool
	most int
	over bool // the statement's semicolon was seen
}

// parseText turns $N into ?N outside of quotes and comments: SQLite would take
// $2 for a name and number it by first appearance. It refuses what would mean
// something else, or nothing, on one of the engines.
func parseText(sql string) text {
	p := parser{in: sql, used: map[int]bool{}}
	if word := firstWord(sql); own[word] {
		return text{err: fmt.Errorf("%s is for the store alone to say", word)}
	}
	for p.at < len(p.in) {
		if err := p.step(); err != nil {
			return text{err: err}
		}
	}
	for n := 1; n <= p.most; n++ {
		if !p.used[n] {
			return text{err: fmt.Errorf("placeholder $%d is missing before $%d", n, p.most)}
		}
	}
	return text{sqlite: p.out.String(), count: p.most}
}

// step copies one piece: a quoted string, a comment, a placeholder or a byte.
func (p *parser) step() error {
	rest, c := p.in[p.at:], p.in[p.at]
	switch {
	case strings.HasPrefix(rest, "--"):
		p.copy(lineEnd(rest))
		return nil
	case strings.HasPrefix(rest, "/*"):
		return p.copyThrough(rest, 2, "*/")
	case strings.IndexByte(" \t\r\n", c) >= 0:
		p.copy(1)
		return nil
	case p.over:
		return fmt.Errorf("more than one statement")
	case c == '\'' || c == '"':
		return p.copyThrough(rest, 1, string(c)) // a doubled quote is two strings side by side
	case c == '$':
		return p.placeholder(rest)
	case strings.IndexByte("?:@`[", c) >= 0:
		return fmt.Errorf("%q is not understood by both engines", c)
	}
	p.over = c == ';'
	p.copy(1)
	return nil
}

func (p *parser) copy(n int) {
	p.out.WriteString(p.in[p.at : p.at+n])
	p.at += n
}

func (p *parser) copyThrough(rest string, from int, mark string) error {
	end := strings.Index(rest[from:], mark)
	if end < 0 {
		return fmt.Errorf("%s is not closed", mark)
	}
	p.copy(from + end + len(mark))
	return nil
}

func (p *parser) placeholder(rest string) error {
	digits := 1
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	n, err := strconv.Atoi(rest[1:digits])
	if err != nil || n < 1 || n > maxArgs || rest[1] == '0' {
		return fmt.Errorf("a $ that is no placeholder")
	}
	if p.at > 0 && isWord(p.in[p.at-1]) || digits < len(rest) && isWord(rest[digits]) {
		return fmt.Errorf("placeholder $%d touches a word", n)
	}
	p.used[n] = true
	p.most = max(p.most, n)
	p.out.WriteByte('?')
	p.out.WriteString(rest[1:digits])
	p.at += digits
	return nil
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func lineEnd(s string) int {
	if end := strings.IndexByte(s, '\n'); end >= 0 {
		return end
	}
	return len(s)
}
