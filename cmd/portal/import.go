package main

import (
	"context"
	"fmt"
	"os"

	"sotay/content"
)

type importCommands struct {
	Answers importAnswersCommand `cmd:"" help:"Import questions and answers from a file of JSON lines, all or nothing."`
	Guides  importGuidesCommand  `cmd:"" help:"Import a folder of texts in Markdown, such as an export, all or nothing."`
}

type importAnswersCommand struct {
	File    string `arg:"" type:"existingfile" help:"JSON lines: id, title, body and optionally short, topic, agency, session, date, refs."`
	Storage `embed:""`
	Publish bool `help:"Publish at once, as the operator's act; otherwise the answers are drafts."`
}

// Run imports the file or says what is wrong with it, line by line.
func (c *importAnswersCommand) Run(ctx context.Context, out *output) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	db, err := c.open(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	report, err := content.New(db).ImportAnswers(ctx, c.File, file, c.Publish, operator)
	if err != nil {
		return err
	}
	for _, warning := range report.Warnings {
		fmt.Fprintln(out.stderr, warning)
	}
	out.say("đã đọc %d câu: %d mới, %d đổi, %d giữ nguyên", report.Read, report.New, report.Changed, report.Same)
	return nil
}
