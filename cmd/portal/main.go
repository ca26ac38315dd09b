// Command portal is the election handbook: its server and the operator's
// commands around it.
//
//	portal serve --data DIR --addr HOST:PORT
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the zone of the election must be known on every machine

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run carries out one command and gives its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var cli CLI
	exit := -1
	parser, err := kong.New(&cli, kong.Name("portal"), kong.Description("Sổ tay Bầu cử: the election handbook's server and its tools."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }), kong.Vars(defaults()), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(stderr, "portal:", err)
		return 1
	}
	command, err := parse(parser, &cli, args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintln(stderr, "portal:", err)
		return 2
	}
	out := &output{stdout: stdout, stderr: stderr}
	if err := command.Run(ctx, out); err != nil {
		fmt.Fprintln(stderr, "portal:", err)
		return 1
	}
	return 0
}

// output is where a command writes: results and messages apart.
type output struct {
	stdout, stderr io.Writer
}

// say writes one line of results.
func (o *output) say(format string, args ...any) { fmt.Fprintf(o.stdout, format+"\n", args...) }
