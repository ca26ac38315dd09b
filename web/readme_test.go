package web_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sotay/content"
)

// The README counts the handbook by topics; the counts are those of the embedded texts.
func TestTheReadmeCountsTheHandbook(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	s, ctx := readSite(t), t.Context()
	guides, err := s.lib.Guides(ctx, content.GuideFilter{})
	if err != nil {
		t.Fatal(err)
	}
	situations, err := s.lib.Situations(ctx, content.SituationFilter{})
	if err != nil {
		t.Fatal(err)
	}
	questions, err := s.bank.AllQuestions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	sum := [4]int{}
	row := func(name string, n [4]int) {
		t.Helper()
		if line := fmt.Sprintf("| %s | %d | %d | %d | %d |", name, n[0], n[1], n[2], n[3]); !strings.Contains(string(text), line+"\n") {
			t.Errorf("README lacks the row\n%s", line)
		}
	}
	for _, topic := range content.Topics() {
		n := [4]int{}
		for _, g := range guides {
			n[0] += one(g.Topic.Slug == topic.Slug)
		}
		for _, one := range situations {
			if one.Topic.Slug == topic.Slug {
				n[1]++
			}
		}
		answers, err := s.lib.Answers(ctx, content.AnswerFilter{Topic: topic.Slug, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		n[2] = answers.Total
		for _, q := range questions {
			n[3] += one(q.Topic == topic.Slug)
		}
		for i := range sum {
			sum[i] += n[i]
		}
		row(topic.Name, n)
	}
	row("all", sum)
	laws, err := s.lib.Laws(ctx)
	if err != nil {
		t.Fatal(err)
	}
	provisions := 0
	if err := s.lib.EachLaw(ctx, func(law content.Law) error { provisions += len(law.Provisions); return nil }); err != nil {
		t.Fatal(err)
	}
	terms, err := s.lib.Terms(ctx)
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.bank.Quizzes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	plans := plansOf(t, s)
	for _, said := range []string{fmt.Sprintf("%d documents of law", len(laws)), fmt.Sprintf("%d provisions", provisions), fmt.Sprintf("%d terms", len(terms)), fmt.Sprintf("%d quizzes", len(list)), fmt.Sprintf("%d plans", len(plans))} {
		if !strings.Contains(string(text), said) {
			t.Errorf("README does not say %q", said)
		}
	}
	if len(guides) < 30 || len(situations) < 45 || sum[2] < 250 || sum[3] < 240 || len(list) < 12 {
		t.Errorf("got %d guides, %d situations, %d answers, %d questions in %d quizzes", len(guides), len(situations), sum[2], sum[3], len(list))
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
