package content

import (
	"io/fs"
	"slices"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// topicLine is one line of topics.jsonl: how administrators named a topic. The
// order of the lines is theirs too.
type topicLine struct {
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	Summary string `json:"summary"`

	number int // of the line
}

// exportTopics writes the topics unless they are as the program has them.
func exportTopics(tx *store.Tx, put func(string, []byte) error) error {
	list, err := openTopics(tx)
	if err != nil || slices.Equal(list, Topics()) {
		return err
	}
	var lines []topicLine
	for _, t := range list {
		lines = append(lines, topicLine{Slug: t.Slug, Name: t.Name, Summary: t.Summary})
	}
	return putLines(put, topicsName, lines)
}

func (r *folderReader) readTopics(entry fs.DirEntry) error {
	at := map[string]int{}
	before := len(r.faults)
	err := eachLine(r, entry, MaxListBytes, func(number int, t topicLine) error {
		_, known := TopicBySlug(t.Slug)
		switch first, twice := at[t.Slug]; {
		case !known:
			return r.refuse(topicsName, number, "slug: không có chủ đề %s. Hãy sửa hoặc xóa dòng này.", shortName(t.Slug))
		case twice:
			return r.refuse(topicsName, number, "chủ đề này đã có ở dòng %d. Hãy xóa một dòng.", first)
		}
		t.number, at[t.Slug] = number, number
		r.folder.topics = append(r.folder.topics, t)
		return nil
	})
	if err != nil || len(r.faults) > before {
		return err
	}
	return r.checkTopics(at)
}

// checkTopics applies the rules of the page to the topics, which stand at these lines.
func (r *folderReader) checkTopics(at map[string]int) error {
	for _, t := range topics {
		if at[t.Slug] == 0 {
			return r.refuse(topicsName, 0, "thiếu chủ đề %s. Hãy thêm một dòng cho chủ đề ấy.", t.Slug)
		}
	}
	_, err := cleanTopics(r.folder.topicList())
	broken, ok := fault.Of(err)
	if !ok {
		return err
	}
	for _, field := range broken.Fields {
		name, slug, _ := strings.Cut(field.Name, "-")
		if err := r.refuse(topicsName, at[slug], "%s: %s", name, field.Sentence); err != nil {
			return err
		}
	}
	return nil
}

func (f *Folder) topicList() []Topic {
	var list []Topic
	for _, t := range f.topics {
		list = append(list, Topic{Slug: t.Slug, Name: t.Name, Summary: t.Summary})
	}
	return list
}

func (f *Folder) saveTopics(tx *store.Tx, by string) error {
	if len(f.topics) == 0 {
		return nil
	}
	list, err := cleanTopics(f.topicList())
	if err != nil {
		return err
	}
	return saveTopics(tx, list, by)
}
