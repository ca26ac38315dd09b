package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

func writeHead(out io.Writer) {
	fmt.Fprintf(out, "# Search compared\n\n`make bench-search` wrote this page: every engine got the same passages and the same queries, one after\n"+
		"the other in one run. Figures of one machine compare with each other only; here %s/%s, %d cores%s, %s%s.\n",
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processor(), runtime.Version(), load())
}

// processor names the processor where the system tells.
func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	_, rest, _ := bytes.Cut(info, []byte("model name"))
	line, _, _ := strings.Cut(string(rest), "\n")
	if _, name, found := strings.Cut(line, ":"); found {
		return " (" + strings.TrimSpace(name) + ")"
	}
	return ""
}

// load tells how busy the machine was before; then wall times say little.
func load() string {
	averages, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	minute, _, _ := strings.Cut(string(averages), " ")
	return ", load " + minute + " before the start"
}

const megabyte = 1e6

// write adds the tables of one size.
func (s sheet) write(out io.Writer) {
	fmt.Fprintf(out, "\n## %s passages, %.1f MB of text, %d queries\n\n", thousands(s.shelf.Passages), float64(s.shelf.TextBytes)/megabyte, s.count)
	fmt.Fprintf(out, "| engine | build CPU s | build s | index MB | ÷ text | open ms | MRR@10 | recall@10 | CPU ms a query | p50 ms | p99 ms | queries/s, %d clients | memory MB |\n", clients)
	fmt.Fprintln(out, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, r := range s.rows {
		b, a := r.built, r.asked
		fmt.Fprintf(out, "| %s | %s | %.1f | %.1f | %.2f | %.0f | %.3f | %.3f | %s | %.2f | %.2f | %.0f | %s |\n",
			r.name, r.ours("%.1f", b.CPU.Seconds()), b.Wall.Seconds(), float64(b.Bytes)/megabyte, float64(b.Bytes)/float64(s.shelf.TextBytes),
			milliseconds(a.Open), a.Total.mrr(), a.Total.recall(), r.ours("%.3f", a.CPU), a.P50, a.P99, a.Rate, r.ours("%.0f", float64(a.Memory)/megabyte))
	}
	s.writeRatios(out)
	s.writeKinds(out)
	s.writeRefusals(out)
}

// ours is a figure of this process, a dash for an engine that works in another.
func (r row) ours(format string, value float64) string {
	if r.apart {
		return "–"
	}
	return fmt.Sprintf(format, value)
}

// writeRatios tells how much CPU a query takes compared with the portal.
func (s sheet) writeRatios(out io.Writer) {
	if len(s.rows) < 2 || s.rows[0].key != engines[0].key {
		return
	}
	var ratios []string
	for _, r := range s.rows[1:] {
		if r.apart {
			ratios = append(ratios, fmt.Sprintf("%s %.1f × the wall time (p50)", r.name, r.asked.P50/s.rows[0].asked.P50))
		} else {
			ratios = append(ratios, fmt.Sprintf("%s %.1f ×", r.name, r.asked.CPU/s.rows[0].asked.CPU))
		}
	}
	fmt.Fprintf(out, "\nCPU a query, portal = 1: %s.\n", strings.Join(ratios, ", "))
}

// writeKinds tells for each kind of query how well and how fast it is answered.
func (s sheet) writeKinds(out io.Writer) {
	fmt.Fprintf(out, "\nMRR@10 / recall@10 / p50 ms for each kind of query, and the share of hits whose snippet marks a match:\n\n| engine | %s | marked |\n|---|%s--:|\n",
		strings.Join(s.kinds, " | "), strings.Repeat("--:|", len(s.kinds)))
	for _, r := range s.rows {
		fmt.Fprintf(out, "| %s |", r.name)
		for _, kind := range s.kinds {
			k := r.asked.Kinds[kind]
			fmt.Fprintf(out, " %.2f / %.2f / %.1f |", k.mrr(), k.recall(), r.asked.KindP50[kind])
		}
		fmt.Fprintf(out, " %.2f |\n", r.asked.Marked)
	}
}

func (s sheet) writeRefusals(out io.Writer) {
	for _, r := range s.rows {
		if a := r.asked; a.Judged.Refused+a.Alone.Refused+a.Crowd.Refused > 0 {
			fmt.Fprintf(out, "\n%s refused to answer, out of time or too crowded, %d of %d queries when judged, %d of %d of one client, %d of %d of %d clients.\n",
				r.name, a.Judged.Refused, a.Judged.Asked, a.Alone.Refused, a.Alone.Asked, a.Crowd.Refused, a.Crowd.Asked, clients)
		}
	}
}

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

// writeFoot tells how it was measured.
func writeFoot(out io.Writer, s settings) {
	fmt.Fprintf(out, `
## How it was measured

- Every engine builds in one process and is asked in a fresh one, with ten hits and snippets. Queries of all
  kinds are mixed: up to %d passes, each in another order, by one client and by %d.
  No engine keeps results.
- CPU is user and system time of the whole process, its garbage collector included; p50 and p99 are wall time.
  Build includes reading the passages: the portal's from its database, the others' from a file. Open is until
  the first query can be asked; asking begins two seconds later. Memory is the process's peak while asked, mapped index files included.
- Passages beyond the corpus are made up of pieces of its texts, with a fixed seed.
`, s.patience.passes, clients)
	for _, e := range engines {
		for _, key := range s.engines {
			if key == e.key {
				fmt.Fprintf(out, "- %s: %s\n", e.in(shelf{}).name(), e.setup)
			}
		}
	}
}
