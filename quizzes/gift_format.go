package quizzes

import (
	"strconv"
	"strings"
)

// Format writes a question as GIFT with its metadata, one option a line. What
// ParseGIFT makes of it is the same question.
func Format(q Question) string {
	var b strings.Builder
	formatMetadata(&b, q)
	b.WriteString("::" + q.ID + ":: " + escape(q.Stem) + " {")
	if q.Kind == KindTrueFalse {
		formatTruth(&b, q.Options)
	} else {
		formatOptions(&b, q)
	}
	b.WriteString("\n\t####" + escape(q.Explanation) + "\n}")
	return b.String()
}

func formatMetadata(b *strings.Builder, q Question) {
	refs := make([]string, len(q.Basis))
	for i, ref := range q.Basis {
		refs[i] = ref.String()
	}
	lines := [][2]string{
		{"basis", strings.Join(refs, "; ")},
		{"read", strings.TrimSpace(q.Read + " " + q.ReadLabel)},
		{"topic", q.Topic}, {"level", q.Level}, {"trust", q.Trust},
	}
	for _, l := range lines {
		if l[1] != "" {
			b.WriteString("// " + l[0] + ": " + l[1] + "\n")
		}
	}
}

func formatTruth(b *strings.Builder, options []Option) {
	word, wrong, right := "FALSE", options[0].Feedback, options[1].Feedback
	if options[0].Right {
		word, wrong, right = "TRUE", options[1].Feedback, options[0].Feedback
	}
	b.WriteString(word)
	if wrong != "" || right != "" {
		b.WriteString("#" + escape(wrong))
	}
	if right != "" {
		b.WriteString("#" + escape(right))
	}
}

func formatOptions(b *strings.Builder, q Question) {
	share := strconv.FormatFloat(100/float64(max(len(q.Rights()), 1)), 'f', 5, 64)
	share = strings.TrimRight(strings.TrimRight(share, "0"), ".")
	for _, o := range q.Options {
		mark := "~"
		switch {
		case q.Kind == KindSeveral && o.Right:
			mark = "~%" + share + "%"
		case q.Kind == KindSeveral:
			mark = "~%-100%"
		case o.Right:
			mark = "="
		}
		b.WriteString("\n\t" + mark + escape(o.Text))
		if o.Feedback != "" {
			b.WriteString("#" + escape(o.Feedback))
		}
	}
}

var escapes = strings.NewReplacer(`\`, `\\`, `=`, `\=`, `~`, `\~`, `#`, `\#`, `{`, `\{`, `}`, `\}`, "\n", `\n`)

func escape(text string) string { return escapes.Replace(text) }
