package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"sotay/internal/viet"
	"sotay/search"
)

type searchCommands struct {
	Ask  askCommand  `cmd:"" default:"withargs" help:"Search as the site does and show how the query was understood; also while the site runs."`
	Gaps gapsCommand `cmd:"" help:"List what readers searched for and did not find, asked most, or did not open; also while the site runs."`
}

type gapsCommand struct {
	Storage `embed:""`
	Days    int `default:"30" help:"How many days back, today included."`
	Limit   int `default:"20" help:"Entries of each list."`
}

// Validate checks what kong cannot know.
func (c *gapsCommand) Validate() error {
	if c.Days < 1 || c.Days > search.LogDays {
		return fmt.Errorf("--days %d must be from 1 to %d, for so long searches are kept", c.Days, search.LogDays)
	}
	if c.Limit < 1 || c.Limit > search.MaxGaps {
		return fmt.Errorf("--limit %d must be from 1 to %d", c.Limit, search.MaxGaps)
	}
	return nil
}

// Run prints the report.
func (c *gapsCommand) Run(ctx context.Context, out *output) error {
	db, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	today := viet.DateOf(time.Now())
	since := today.AddDays(1 - c.Days)
	gaps, err := search.NewLog(db).Gaps(ctx, since, c.Limit)
	if err != nil {
		return err
	}
	out.say("Tìm kiếm từ ngày %s đến ngày %s (câu đã bỏ dấu)", since, today)
	return printGaps(out.stdout, gaps)
}

func printGaps(w io.Writer, gaps search.Gaps) error {
	var nothing, most, unclicked [][]string
	for _, c := range gaps.Nothing {
		nothing = append(nothing, []string{viet.Number(c.Asked), c.Query, strings.Join(c.Others, "; ")})
	}
	for _, s := range gaps.Most {
		most = append(most, []string{viet.Number(s.Asked), viet.Number(s.Hits), viet.Number(s.Clicks), s.Query})
	}
	for _, s := range gaps.Unclicked {
		unclicked = append(unclicked, []string{viet.Number(s.Asked), viet.Number(s.Hits), s.Query})
	}
	for _, list := range []struct {
		title string
		head  []string
		rows  [][]string
	}{
		{"Không tìm thấy gì", []string{"Lần hỏi", "Câu", "Cách gõ khác"}, nothing},
		{"Hỏi nhiều nhất", []string{"Lần hỏi", "Kết quả", "Lần bấm", "Câu"}, most},
		{"Có kết quả nhưng không ai bấm", []string{"Lần hỏi", "Kết quả", "Câu"}, unclicked},
	} {
		if err := printList(w, list.title, list.head, list.rows); err != nil {
			return err
		}
	}
	return nil
}

func printList(w io.Writer, title string, head []string, rows [][]string) error {
	fmt.Fprintf(w, "\n%s\n", title)
	if len(rows) == 0 {
		_, err := fmt.Fprintln(w, "  (không có)")
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{head}, rows...) {
		fmt.Fprintln(table, "  "+strings.TrimRight(strings.Join(row, "\t"), "\t"))
	}
	return table.Flush()
}
