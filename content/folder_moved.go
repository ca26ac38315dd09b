package content

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// movedLine is one line of moved.jsonl: an address that a thing had before, and
// the one that it has.
type movedLine struct {
	Kind string `json:"kind"`
	From Slug   `json:"from"`
	To   Slug   `json:"to"`

	number int // of the line
}

func exportMoved(tx *store.Tx, put func(string, []byte) error) error {
	list, err := allMoved(tx)
	if err != nil {
		return err
	}
	return putLines(put, movedName, list)
}

func (r *folderReader) readMoved(entry fs.DirEntry) error {
	seen := map[string]int{}
	return eachLine(r, entry, MaxListBytes, func(number int, m movedLine) error {
		m.number = number
		first, twice := seen[m.Kind+" "+string(m.From)]
		switch {
		case !edited(m.Kind) || m.Kind == KindAnswer:
			return r.refuse(movedName, number, "kind phải là guide, session, situation, term, plan hoặc law.")
		case !isFileName(string(m.From)) || !isFileName(string(m.To)) || m.From == m.To:
			return r.refuse(movedName, number, "from và to phải là hai địa chỉ khác nhau, chữ thường không dấu, nối bằng gạch ngang.")
		case twice:
			return r.refuse(movedName, number, "địa chỉ này đã có ở dòng %d. Hãy xóa một dòng.", first)
		}
		seen[m.Kind+" "+string(m.From)] = number
		r.folder.moved = append(r.folder.moved, m)
		return nil
	})
}

// eachLine reads a file of JSON lines; a line that cannot be read is a fault.
func eachLine[T any](r *folderReader, entry fs.DirEntry, limit int, visit func(number int, line T) error) error {
	data, err := r.readFile(entry.Name(), entry, limit)
	if err != nil || data == nil {
		return err
	}
	number := 0
	for text := range bytes.Lines(data) {
		number++
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		var line T
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err = decoder.Decode(&line); err != nil {
			err = r.refuse(entry.Name(), number, "không phải một đối tượng JSON có các trường đã định. Hãy sửa hoặc xóa dòng này.")
		} else {
			err = visit(number, line)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moveClash tells why an old address cannot lead to its thing; "" when it can.
func (f *Folder) moveClash(tx *store.Tx, m movedLine) (string, error) {
	id, err := idOf(tx, m.Kind, m.To)
	if err != nil {
		return "", err
	}
	if id == "" && !f.has(m.Kind, m.To) {
		return fmt.Sprintf("không có bài ở địa chỉ %s. Hãy sửa hoặc xóa dòng này.", m.To), nil
	}
	taken, err := slugTaken(tx, m.Kind, m.From, id)
	if err == nil && (taken || f.has(m.Kind, m.From)) {
		return fmt.Sprintf("địa chỉ %s đang hoặc đã dùng cho bài khác. Hãy sửa hoặc xóa dòng này.", m.From), nil
	}
	return "", err
}

// has reports whether the folder brings the text of a kind at an address.
func (f *Folder) has(kind string, slug Slug) bool { return f.slugs[kind+" "+string(slug)] }

// move stores the old addresses of things that are there by now.
func (f *Folder) move(tx *store.Tx) error {
	for _, m := range f.moved {
		id, err := idOf(tx, m.Kind, m.To)
		if err != nil {
			return err
		}
		if now, err := movedTo(tx, m.Kind, m.From); now == id && err == nil {
			continue
		} else if err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
		if err := move(tx, m.Kind, id, m.From, m.To); err != nil {
			return err
		}
	}
	return nil
}

// idOf is the id of the stored thing at an address, "" when there is none.
func idOf(tx *store.Tx, kind string, slug Slug) (string, error) { return thingID(tx, kind, slug) }
