package search_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestTheReadmeTellsTheMeasuredFigures holds the README's table against the
// golden files.
func TestTheReadmeTellsTheMeasuredFigures(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	var order []string
	for _, set := range []string{"unseen", "judged"} {
		golden, err := os.ReadFile("testdata/" + set + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(golden), "\n") {
			kind, figures, ok := strings.Cut(line, ": queries ")
			if !ok {
				continue
			}
			f := strings.Fields(figures) // n hit@1 x hit@3 y recall@10 z MRR@10 m
			if _, known := rows[kind]; !known {
				if order = append(order, kind); set == "judged" {
					rows[kind] = " – | – | – |"
				}
			}
			rows[kind] += fmt.Sprintf(" %s | %s | %s |", f[0], f[4], f[8])
		}
	}
	for _, kind := range order {
		if row := "| " + kind + " |" + rows[kind]; !strings.Contains(string(text), row) {
			t.Errorf("README lacks the row\n%s", row)
		}
	}
}
