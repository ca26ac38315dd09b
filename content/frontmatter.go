package content

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

const frontMatterFence = "---"

// splitFrontMatter cuts a source into the YAML between its two lines of three
// dashes and the Markdown below; bodyLine is the line at which that begins.
func splitFrontMatter(text string) (meta, body string, bodyLine int, err error) {
	lines := strings.Split(text, "\n")
	if !isFence(lines[0]) {
		return "", "", 0, lineFault(1, "bài phải bắt đầu bằng dòng ---, rồi các mục như title, rồi lại dòng ---.")
	}
	for i, line := range lines[1:] {
		if !isFence(line) {
			continue
		}
		meta = strings.Join(lines[1:i+1], "\n")
		if len(meta) > maxFrontMatter {
			return "", "", 0, lineFault(1, "phần giữa hai dòng --- dài quá %d KiB. Hãy rút ngắn.", maxFrontMatter>>10)
		}
		return meta, strings.Join(lines[i+2:], "\n"), i + 3, nil
	}
	return "", "", 0, lineFault(1, "thiếu dòng --- kết thúc phần đầu bài.")
}

func isFence(line string) bool { return strings.TrimRight(line, " \t\r") == frontMatterFence }

// decodeFrontMatter reads YAML into a struct. Unknown and repeated names,
// references inside YAML and unreadable characters are refused; the sentence
// names the line of the source, whose first line is the opening dashes.
func decodeFrontMatter(meta string, into any) error {
	return decodeYAML([]byte(meta), 1, into)
}

// decodeYAML is strict; above is the number of lines of the file over data.
func decodeYAML(data []byte, above int, into any) error {
	var tree yaml.Node
	switch err := yaml.Unmarshal(data, &tree); {
	case err != nil:
		return yamlFault(err, above)
	case tree.Kind == 0:
		return lineFault(above+1, "chưa có mục nào.")
	}
	if err := checkYAML(&tree, above); err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return yamlFault(err, above)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return lineFault(above+1, "có nhiều hơn một phần. Hãy xóa các dòng --- hoặc ... thừa.")
	}
	return nil
}

// checkYAML refuses what a front matter has no use for and an attacker might.
func checkYAML(n *yaml.Node, above int) error {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return lineFault(above+n.Line, "không dùng dấu & hoặc * của YAML. Hãy để chữ trong ngoặc kép.")
	}
	if n.Tag != "" && !strings.HasPrefix(n.Tag, "!!") || n.Tag == "!!merge" || n.Tag == "!!binary" {
		return lineFault(above+n.Line, "không dùng nhãn kiểu %q của YAML.", n.Tag)
	}
	for _, line := range strings.Split(n.Value, "\n") {
		if r, found := unusableRune(line); found {
			return lineFault(above+n.Line, "có ký tự không dùng được (U+%04X). Hãy xóa ký tự này.", r)
		}
	}
	for _, child := range n.Content {
		if err := checkYAML(child, above); err != nil {
			return err
		}
	}
	return nil
}

var (
	yamlLine    = regexp.MustCompile(`line ([0-9]+): `)
	yamlUnknown = regexp.MustCompile(`field (.+) not found in type`)
	yamlTwice   = regexp.MustCompile(`mapping key (.+) already defined`)
	yamlType    = regexp.MustCompile(`cannot unmarshal \S+ (.*)into `)
)

// yamlFault tells in Vietnamese what the YAML reader complains about.
func yamlFault(err error, above int) error {
	text := err.Error()
	var mistakes *yaml.TypeError
	if errors.As(err, &mistakes) && len(mistakes.Errors) > 0 {
		text = mistakes.Errors[0]
	}
	line := 1 // the reader is silent about its first line
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	return lineFault(above+line, "%s", yamlSentence(text))
}

func yamlSentence(text string) string {
	if m := yamlUnknown.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("không có mục %q. Hãy sửa tên mục hoặc xóa dòng này.", shorten(m[1], maxLabelRunes))
	}
	if m := yamlTwice.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("mục %s viết hai lần. Hãy xóa một lần.", shorten(m[1], maxLabelRunes))
	}
	if m := yamlType.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("giá trị %ssai kiểu (chữ, số, ngày hoặc danh sách). Hãy viết lại.", shorten(m[1], maxLabelRunes))
	}
	return "viết sai cách. Mỗi mục là một dòng “tên: giá trị”; chữ có dấu hai chấm thì đặt trong ngoặc kép."
}
