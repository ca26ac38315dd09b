package content

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// AddAsked adds a wording to those that search knows a published answer by. It
// says nothing to readers, so it needs no second person; it is a revision and an
// entry of the audit log all the same. A wording that the answer has already,
// however written, changes nothing.
func (l *Library) AddAsked(ctx context.Context, answerID, wording, by string) error {
	wording, err := checkWording(wording)
	if err != nil {
		return err
	}
	if wording == "" {
		return fault.Invalid("Chưa có cách hỏi.", fault.Field{Name: "wording", Sentence: "Hãy ghi cách hỏi cần thêm."})
	}
	return l.db.Write(ctx, func(tx *store.Tx) error { return addAsked(tx, answerID, []string{wording}, by) })
}

// addAsked saves the next revision of a published answer with more wordings, as
// many as there is room for. It is Invalid when there is room for none.
func addAsked(tx *store.Tx, answerID string, wordings []string, by string) error {
	if len(wordings) == 0 {
		return nil
	}
	source, number, err := publishedSource(tx, answerID)
	if err != nil {
		return err
	}
	d, err := readAnswer(source, true)
	if err != nil {
		return fmt.Errorf("read answer %s to add wordings: %w", answerID, err)
	}
	fresh := newWordings(d.answer, wordings)
	if len(fresh) == 0 {
		return nil
	}
	room := MaxAsked - len(d.answer.Asked)
	if room <= 0 {
		return fault.Invalid("Câu trả lời đã đủ cách hỏi.", fault.Field{Name: "wording", Sentence: fmt.Sprintf("Câu trả lời đã có %d cách hỏi, nhiều nhất rồi. Hãy để trống ô này.", MaxAsked)})
	}
	fresh = fresh[:min(room, len(fresh))]
	if source, err = withAsked(source, fresh); err != nil {
		return fmt.Errorf("add wordings to answer %s: %w", answerID, err)
	}
	if d, err = readAnswer(source, true); err != nil {
		return fmt.Errorf("read answer %s with new wordings: %w", answerID, err)
	}
	d.answer.Number = number
	return saveAnswer(tx, d, saving{source: source, by: by, note: "thêm cách hỏi: " + strings.Join(fresh, "; "), publish: true})
}

// newWordings are those that the answer has not yet, neither as its question nor
// as a wording; tones, case and punctuation make no difference.
func newWordings(a Answer, wordings []string) []string {
	known := map[string]bool{wordsOnly(a.Question): true}
	for _, w := range a.Asked {
		known[wordsOnly(w)] = true
	}
	var fresh []string
	for _, w := range wordings {
		if key := wordsOnly(w); key != "" && !known[key] {
			known[key] = true
			fresh = append(fresh, w)
		}
	}
	return fresh
}

// wordsOnly is what two wordings are compared by.
func wordsOnly(wording string) string {
	return strings.Join(strings.FieldsFunc(viet.Fold(wording), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// withAsked writes wordings into the front matter of an answer's source. All
// else stays as it is.
func withAsked(source string, wordings []string) (string, error) {
	meta, markdown, _, err := splitFrontMatter(source)
	if err != nil {
		return "", err
	}
	var tree yaml.Node
	if err := yaml.Unmarshal([]byte(meta), &tree); err != nil {
		return "", fmt.Errorf("parse front matter: %w", err)
	}
	if len(tree.Content) != 1 || tree.Content[0].Kind != yaml.MappingNode {
		return "", fmt.Errorf("front matter is no list of names")
	}
	list := askedNode(tree.Content[0])
	for _, w := range wordings {
		list.Content = append(list.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: w, Style: yaml.DoubleQuotedStyle})
	}
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	if err := e.Encode(&tree); err != nil {
		return "", fmt.Errorf("write front matter: %w", err)
	}
	return frontMatterFence + "\n" + out.String() + frontMatterFence + "\n" + markdown, nil
}

// askedNode finds the list of wordings, or makes it behind the question.
func askedNode(front *yaml.Node) *yaml.Node {
	at := 0
	for i := 0; i+1 < len(front.Content); i += 2 {
		switch front.Content[i].Value {
		case "asked":
			if list := front.Content[i+1]; list.Kind == yaml.SequenceNode {
				list.Style = 0
				return list
			}
			front.Content[i+1] = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
			return front.Content[i+1]
		case "question", "short":
			at = i + 2
		}
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	front.Content = slices.Insert(front.Content, at, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "asked"}, list)
	return list
}
