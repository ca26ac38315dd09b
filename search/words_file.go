package search

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// wordLine is a synonym as a file of words has it, one a line.
type wordLine struct {
	Typed    string `json:"typed"`
	Official string `json:"official,omitempty"`
	Relation string `json:"relation"`
	Removed  bool   `json:"removed,omitempty"`
}

// ExportWords gives the dictionary as JSON lines in the order in which it was
// entered, also what was removed from it.
func ExportWords(ctx context.Context, db *store.DB) ([]byte, error) {
	var list []Word
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = allSynonyms(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("export words: %w", err)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, s := range list {
		if err := e.Encode(wordLine{s.Typed, s.Official, string(s.Relation), s.Removed}); err != nil {
			return nil, fmt.Errorf("export word %q: %w", s.Typed, err)
		}
	}
	return b.Bytes(), nil
}

// WordFile is a file of words, read and checked.
type WordFile struct{ list []Word }

// ReadWordFile reads what ExportWords wrote. All faults are told at once, each
// with its line.
func ReadWordFile(name string, data []byte) (WordFile, error) {
	if len(data) > maxWordFile {
		return WordFile{}, invalidWords(fault.Field{Name: name, Sentence: fmt.Sprintf("lớn hơn %d KiB. Hãy bớt dòng.", maxWordFile>>10)})
	}
	var f WordFile
	var faults []fault.Field
	seen := map[wordKey]int{}
	number := 0
	for text := range bytes.Lines(data) {
		number++
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		s, problem := readWordLine(text)
		if first, twice := seen[s.key()]; problem == "" && twice {
			problem = fmt.Sprintf("từ này đã có ở dòng %d. Hãy xóa một dòng.", first)
		}
		if problem != "" {
			if faults = append(faults, fault.Field{Name: fmt.Sprintf("%s:%d", name, number), Sentence: problem}); len(faults) == maxWordFaults {
				break
			}
			continue
		}
		seen[s.key()] = number
		f.list = append(f.list, s)
	}
	if len(faults) > 0 {
		return WordFile{}, invalidWords(faults...)
	}
	return f, nil
}

func readWordLine(text []byte) (s Word, problem string) {
	var line wordLine
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&line); err != nil {
		return Word{}, `không đọc được. Mỗi dòng phải là {"typed": …, "official": …, "relation": …}.`
	}
	switch r := Relation(line.Relation); r {
	case Same, Related, Courtesy:
		s, err := newWord(line.Typed, line.Official, r)
		if err != nil {
			return Word{}, fmt.Sprintf("thiếu một vế, hoặc một vế dài quá %d ký tự. Hãy sửa dòng này.", maxSynonym)
		}
		s.Removed = line.Removed
		return s, ""
	}
	return Word{}, "relation phải là same, related hoặc courtesy. Hãy sửa dòng này."
}

func invalidWords(faults ...fault.Field) error {
	var b bytes.Buffer
	for i, f := range faults {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.Name + ": " + f.Sentence)
	}
	return fault.Invalid(b.String(), faults...)
}

// Save enters the words of the file, all or none; those that are there get what
// the file says of them.
func (f WordFile) Save(ctx context.Context, db *store.DB, by string) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		stored, err := allSynonyms(tx)
		if err != nil {
			return err
		}
		known := map[wordKey]Word{}
		for _, s := range stored {
			known[s.key()] = s
		}
		for _, s := range f.list {
			old, there := known[s.key()]
			if s.ID, s.Updated = old.ID, old.Updated; s == old {
				continue
			}
			if !there {
				err = insertSynonym(tx, s, by)
			}
			if err == nil && (there || s.Removed) {
				err = overwriteSynonym(tx, s, by)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
