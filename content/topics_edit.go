package content

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// KindTopic is how the change log and the audit log name topics.
const KindTopic = "topic"

// openTopics are the topics as administrators named and ordered them.
func openTopics(tx *store.Tx) ([]Topic, error) {
	rows, err := topicRows(tx)
	if err != nil {
		return nil, err
	}
	list, place := Topics(), map[string]int{}
	for i, t := range list {
		place[t.Slug] = i + 1
		if at := slices.IndexFunc(rows, func(r topicRow) bool { return r.Slug == t.Slug }); at >= 0 {
			list[i].Name, list[i].Summary = rows[at].Name, rows[at].Summary
			place[t.Slug] = int(rows[at].position)
		}
	}
	slices.SortStableFunc(list, func(a, b Topic) int { return place[a.Slug] - place[b.Slug] })
	return list, nil
}

// topic is a topic as readers know it.
func (r register) topic(slug string) Topic {
	if at := slices.IndexFunc(r.topics, func(t Topic) bool { return t.Slug == slug }); at >= 0 {
		return r.topics[at]
	}
	t, _ := TopicBySlug(slug)
	return t
}

// Topics lists the topics as readers know them: their names, summaries and order
// may have been changed. It is read anew only when something was published or
// changed since.
func (l *Library) Topics(ctx context.Context) ([]Topic, error) {
	var list []Topic
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		r, err := l.register(tx)
		list = slices.Clone(r.topics)
		return err
	})
	return list, err
}

// SaveTopics names and orders the topics anew; the list has each of them once.
// Faults name the fields name-SLUG and summary-SLUG.
func (l *Library) SaveTopics(ctx context.Context, list []Topic, by string) error {
	list, err := cleanTopics(list)
	if err != nil {
		return err
	}
	return l.db.Write(ctx, func(tx *store.Tx) error { return saveTopics(tx, list, by) })
}

func saveTopics(tx *store.Tx, list []Topic, by string) error {
	before, err := openTopics(tx)
	if err != nil || slices.Equal(before, list) {
		return err
	}
	for i, t := range list {
		if err := putTopic(tx, t, i+1); err != nil {
			return err
		}
		if slices.Contains(before, t) && before[i] == t {
			continue
		}
		if err := tx.Changed(KindTopic, t.Slug, by); err != nil {
			return err
		}
		if err := tx.Audit(by, "change", KindTopic, t.Slug, t.Name); err != nil {
			return err
		}
	}
	return nil
}

func cleanTopics(list []Topic) ([]Topic, error) {
	clean, names := make([]Topic, 0, len(list)), map[string]bool{}
	var faults []fault.Field
	for _, t := range list {
		known, ok := TopicBySlug(t.Slug)
		if !ok || slices.ContainsFunc(clean, func(o Topic) bool { return o.Slug == t.Slug }) {
			return nil, fault.Invalid("Danh sách chủ đề không đúng. Hãy tải lại trang.")
		}
		known.Name, faults = cleanField("name-"+t.Slug, oneLine(t.Name), maxTopicName, faults)
		known.Summary, faults = cleanField("summary-"+t.Slug, oneLine(t.Summary), MaxTitleRunes, faults)
		for _, part := range []struct{ field, text string }{{"name-" + t.Slug, known.Name}, {"summary-" + t.Slug, known.Summary}} {
			if strings.TrimSpace(part.text) == "" && !slices.ContainsFunc(faults, func(f fault.Field) bool { return f.Name == part.field }) {
				faults = append(faults, fault.Field{Name: part.field, Sentence: "Không được để trống."})
			}
		}
		if key := viet.Fold(known.Name); key != "" && names[key] {
			faults = append(faults, fault.Field{Name: "name-" + t.Slug, Sentence: fmt.Sprintf("Tên “%s” đã dùng cho chủ đề khác.", known.Name)})
		} else {
			names[key] = true
		}
		clean = append(clean, known)
	}
	if len(clean) != len(topics) {
		return nil, fault.Invalid("Danh sách thiếu chủ đề. Hãy tải lại trang.")
	}
	return clean, invalid(faults)
}
