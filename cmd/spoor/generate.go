package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine/generate"
	"spoor/engine/timerange"
)

// generation is the flags of the command.
type generation struct {
	generate.Config
	start  string
	damage string
	to     string
	truth  string
}

func newGenerate(s *shell) *cobra.Command {
	o := &generation{}
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write realistic events for tests and benchmarks",
		Long: `Write Sysmon for Linux events that look real and are not: the same flags give the same bytes. Attacks and their near
misses are planted among them if --attacks says so, and --truth says which events a detection must find.

Forms:
` + formDocs() + `
Damage, several at once with commas, each with a rate if wanted, as in realistic,crlf,duplicates=0.02:
` + damageDocs(),
		Example: `  spoor generate --events 1000000 --attacks 1 --to events.json --truth truth.json
  spoor generate --form syslog --events 200 --damage realistic | spoor search 'EventID=3'`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringVar(&o.Form, "form", "flat", "`FORM` of the records: "+strings.Join(generate.Forms(), ", "))
	f.StringVar(&o.Profile, "profile", "filtered", "`MIX` of events: "+strings.Join(generate.Profiles(), ", "))
	f.IntVarP(&o.Events, "events", "n", 1000, "`NUMBER` of events")
	f.IntVar(&o.Hosts, "hosts", 0, "`NUMBER` of hosts (default: 40, or fewer in short runs)")
	f.Uint64Var(&o.Seed, "seed", 1, "`NUMBER` that decides everything that is left to chance")
	f.StringVar(&o.start, "start", "", "`TIME` of the first event (default: 2025-03-03T06:00:00Z)")
	f.Float64Var(&o.Rate, "rate", 0.5, "mean `NUMBER` of events per second and host")
	f.Float64Var(&o.Attacks, "attacks", 0, "`DENSITY` of planted events: 0 none, 1 the usual")
	f.StringVar(&o.damage, "damage", "none", "`LIST` of what goes wrong on the way")
	f.BoolVar(&o.RFC3339, "rfc3339", false, "syslog: stamps as rsyslog's high-precision template writes them")
	f.StringVar(&o.to, "to", "", "write to `FILE`, which appears whole or not at all")
	f.StringVar(&o.truth, "truth", "", "write what was planted to `FILE`, as JSON")
	_ = cmd.RegisterFlagCompletionFunc("form", cobra.FixedCompletions(generate.Forms(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func formDocs() string {
	var b strings.Builder
	for _, name := range generate.Forms() {
		fmt.Fprintf(&b, "  %-12s %s\n", name, generate.Describe(name))
	}
	return b.String()
}

func damageDocs() string {
	var b strings.Builder
	for _, d := range generate.DamageNames() {
		fmt.Fprintf(&b, "  %-12s %s\n", d[0], d[1])
	}
	return strings.TrimRight(b.String(), "\n")
}

func (o *generation) run(ctx context.Context, s *shell) error {
	var err error
	if o.Damage, err = generate.ParseDamage(o.damage); err != nil {
		return err
	}
	if o.start != "" {
		if o.Start, err = timerange.Parse(o.start, s.now(), time.UTC); err != nil {
			return usage("--start: %s", err)
		}
	}
	var truth generate.Truth
	write := func(w io.Writer) (err error) {
		buffered := bufio.NewWriterSize(w, 256<<10)
		if truth, err = generate.Write(ctx, buffered, o.Config); err != nil {
			return err
		}
		return buffered.Flush()
	}
	if o.to == "" || o.to == "-" {
		err = write(s.out)
	} else {
		err = writeFile(o.to, write)
	}
	if err != nil || o.truth == "" {
		return err
	}
	return writeJSON(o.truth, truth)
}
