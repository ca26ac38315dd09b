package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sotay/content"
	"sotay/internal/office"
)

type importCommands struct {
	Answers importAnswersCommand `cmd:"" help:"Import questions and answers from JSON lines, xlsx or csv, all or nothing."`
	Guides  importGuidesCommand  `cmd:"" help:"Import a folder of texts in Markdown, such as an export, all or nothing."`
}

type importAnswersCommand struct {
	File       string `arg:"" type:"existingfile" help:"JSON lines, .xlsx or .csv: id, title, body and optionally short, topic, agency, session, date, refs, asked."`
	Storage    `embed:""`
	Publish    bool `help:"Publish at once, as the operator's act; otherwise the answers are drafts."`
	SkipFaulty bool `help:"Import the good answers and list the others, instead of importing none."`
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
	how := content.Import{Name: c.File, Publish: c.Publish, SkipFaulty: c.SkipFaulty, By: operator}
	report, err := importAnswers(ctx, content.New(db), how, file)
	if err != nil {
		return err
	}
	for _, line := range append(report.Warnings, report.Faults...) {
		fmt.Fprintln(out.stderr, line)
	}
	if report.Skipped > 0 {
		out.say("đã bỏ qua %d câu có lỗi", report.Skipped)
	}
	out.say("đã đọc %d câu: %d mới, %d đổi, %d giữ nguyên", report.Read, report.New, report.Changed, report.Same)
	return nil
}

// importAnswers reads a sheet or JSON lines, as the name of the file says.
func importAnswers(ctx context.Context, lib *content.Library, how content.Import, file io.Reader) (content.ImportReport, error) {
	if ext := strings.ToLower(filepath.Ext(how.Name)); ext != ".xlsx" && ext != ".xlsm" && ext != ".csv" && ext != ".tsv" {
		return lib.ImportLines(ctx, how, file)
	}
	data, err := io.ReadAll(io.LimitReader(file, office.MaxFileBytes+1))
	if err != nil {
		return content.ImportReport{}, err
	}
	rows, err := office.Rows(how.Name, data)
	if refused := (*office.Error)(nil); errors.As(err, &refused) {
		return content.ImportReport{}, fmt.Errorf("%s: %s", how.Name, refused.Sentence())
	} else if err != nil {
		return content.ImportReport{}, err
	}
	return lib.ImportSheet(ctx, how, func(yield func(int, []string) bool) {
		for _, row := range rows {
			if !yield(row.Number, row.Cells) {
				return
			}
		}
	})
}
