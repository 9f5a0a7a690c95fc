// Command frontdesk answers a shop's customers first and brings in a person when one is needed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole program; tests call it with their own arguments and streams.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) (exit int) {
	unread := secretsFromFiles()
	var c cli
	c.streams = streams{in: in, out: out, errs: errs}
	exited := false
	parser, err := kong.New(&c,
		kong.Name("frontdesk"),
		kong.Description("Answers a shop's customers first and brings in a person when one is needed."),
		kong.Writers(out, errs),
		kong.Exit(func(code int) { exited, exit = true, code }),
		kong.DefaultEnvars("FRONTDESK"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&c),
	)
	if err != nil {
		fmt.Fprintln(errs, "frontdesk:", err)
		return 2
	}
	command, err := parser.Parse(args)
	if exited {
		return exit
	}
	if err != nil {
		fmt.Fprintln(errs, "frontdesk:", err)
		fmt.Fprintln(errs, "See frontdesk --help.")
		return 2
	}
	if err := errors.Join(unread, c.check()); err != nil {
		fmt.Fprintln(errs, "frontdesk: the configuration has mistakes:")
		for line := range strings.Lines(err.Error()) {
			fmt.Fprint(errs, "  ", line)
		}
		fmt.Fprintln(errs)
		return 2
	}
	if err := command.Run(); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(errs, "frontdesk:", err)
		return 1
	}
	return 0
}
