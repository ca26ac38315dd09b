package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"sotay/content"
	"sotay/internal/store"
	"sotay/quizzes"
)

type checkCommand struct {
	Election `embed:""`
	Data     string `placeholder:"DIR" env:"PORTAL_DATA" help:"Data folder to check; without it the embedded texts are checked."`
	Sample   int    `placeholder:"N" help:"Draw N statements for somebody to check against the law, instead of checking."`
	Seed     uint64 `default:"1" help:"Which sample: the same seed draws the same statements."`
	Database string `placeholder:"DSN" env:"PORTAL_DATABASE" help:"postgres://… when the data folder's site uses PostgreSQL."`
}

// Run checks the texts and fails when it finds a fault.
func (c *checkCommand) Run(ctx context.Context, out *output) error {
	db, done, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if c.Sample > 0 {
		return c.draw(ctx, content.New(db), out)
	}
	problems, err := checkTexts(ctx, content.New(db).HeldOn(c.election()), quizzes.New(db))
	if err != nil {
		return err
	}
	for _, p := range problems {
		out.say("%s", p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%d faults in the texts", len(problems))
	}
	out.say("texts are in order")
	return nil
}

// draw prints a sample of what is published, a statement a line.
func (c *checkCommand) draw(ctx context.Context, lib *content.Library, out *output) error {
	list, err := lib.Sample(ctx, c.Sample, c.Seed)
	if err != nil {
		return fmt.Errorf("draw a sample: %w", err)
	}
	for i, s := range list {
		out.say("%d. %s\n   %s\n   [%s]", i+1, s.Where, s.Text, strings.Join(s.Basis, "; "))
	}
	return nil
}

// open gives the database to check: that of the folder, or a temporary one with
// the embedded texts.
func (c *checkCommand) open(ctx context.Context) (*store.DB, func(), error) {
	if c.Data != "" {
		db, err := Storage{Data: c.Data, Database: c.Database}.openExisting(ctx)
		return db, func() { db.Close() }, err
	}
	folder, err := os.MkdirTemp("", "portal-check-")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { os.RemoveAll(folder) }
	db, err := Storage{Data: folder}.open(ctx)
	if err != nil {
		remove()
		return nil, nil, err
	}
	done := func() { db.Close(); remove() }
	if err := seed(ctx, db, content.New(db), quizzes.New(db)); err != nil {
		done()
		return nil, nil, err
	}
	return db, done, nil
}

// checkTexts asks each room for its faults; only here are the addresses of all
// rooms known together.
func checkTexts(ctx context.Context, lib *content.Library, bank *quizzes.Bank) ([]content.Problem, error) {
	pages, err := lib.Pages(ctx)
	if err != nil {
		return nil, fmt.Errorf("list pages: %w", err)
	}
	all, err := bank.AllQuestions(ctx)
	if err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	known := map[string]bool{}
	for _, q := range all {
		known[q.ID] = true
	}
	problems, err := lib.Problems(ctx, pages, known)
	if err != nil {
		return nil, fmt.Errorf("check texts: %w", err)
	}
	register, err := lib.Register(ctx)
	if err != nil {
		return nil, fmt.Errorf("load register of law: %w", err)
	}
	for _, q := range all {
		problems = append(problems, questionProblems(q, pages, register)...)
	}
	doubts, err := lib.Doubts(ctx, explanations(all))
	if err != nil {
		return nil, fmt.Errorf("compare explanations: %w", err)
	}
	return append(problems, doubts...), nil
}

// explanations are what questions state: the stem asks, options may be wrong.
func explanations(all []quizzes.Question) []content.PlainText {
	var texts []content.PlainText
	for _, q := range all {
		texts = append(texts, content.PlainText{Where: "câu " + q.ID, Title: q.Stem, Text: q.Explanation})
	}
	return texts
}

// questionProblems checks what a question says about other rooms' things; the
// rest its own room refuses when it is saved.
func questionProblems(q quizzes.Question, pages content.Pages, register content.Register) []content.Problem {
	var problems []content.Problem
	where := "câu " + q.ID
	if !pages[q.Read] {
		problems = append(problems, content.Problem{Where: where, What: fmt.Sprintf("liên kết %q không dẫn tới mục nào.", q.Read)})
	}
	for _, ref := range q.Basis {
		if !register.Resolves(ref) {
			problems = append(problems, content.Problem{Where: where, What: fmt.Sprintf("căn cứ %q không có trong sổ văn bản.", ref)})
		}
	}
	if _, ok := content.TopicBySlug(q.Topic); !ok {
		problems = append(problems, content.Problem{Where: where, What: fmt.Sprintf("không có chủ đề %q.", q.Topic)})
	}
	return problems
}
