package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine/column"
	"spoor/engine/output"
	"spoor/engine/survey"
	"spoor/engine/timerange"
)

// overview is the flags of the command.
type overview struct {
	answer
	clock
	silence string
	host    string
}

func newSurvey(s *shell) *cobra.Command {
	o := &overview{}
	cmd := &cobra.Command{
		Use:   "survey [PATH...]",
		Short: "Say what is in logs: hosts, events, times, gaps, clocks",
		Long: `Say what is in files, folders, globs or the standard input, before anything is searched: the events of each host by kind,
their first and last, missing numbers of records, times of silence, clocks that were wrong, machines with several names,
fields that no event fills, formats. It is one pass, in bounded memory.

On a terminal it is a few tables, with all columns if --wide; elsewhere rows, whose column "what" says what each is of.
"spoor help survey" has them all.`,
		Example: `  spoor survey /evidence/*/
  spoor survey logs/ --silence 15m
  spoor survey logs/ -o ndjson | jq -r 'select(.what == "gap") | [.host, .missing, .first, .last] | @tsv'`,
		RunE: func(cmd *cobra.Command, paths []string) error { return o.run(cmd.Context(), s, paths) },
	}
	f := cmd.Flags()
	f.StringVar(&o.silence, "silence", "1h", "tell of a host when nothing was heard of it for longer than this `TIME`, such as 5m or 1d")
	f.StringVar(&o.host, "host", "", "`HOST` of events that name none (default: unknown)")
	o.clock.flags(f)
	o.writing.flags(cmd)
	f.BoolVarP(&o.quiet, "quiet", "q", false, "say only what makes the answer wrong or partial")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say more, such as the ledger of every file")
	f.StringArrayVar(&o.ledger, "ledger", nil, "write the ledger as JSON to `FILE`")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of workers (default: one per core)")
	f.BoolVar(&o.noProgress, "no-progress", false, "show no progress bar")
	choices(cmd, "tz", "UTC", "local")
	return cmd
}

func (o *overview) run(ctx context.Context, s *shell, paths []string) error {
	if err := o.check(); err != nil {
		return err
	}
	zone, err := location(o.zone)
	if err != nil {
		return err
	}
	in, err := s.resolve(paths)
	if err != nil {
		return err
	}
	now, err := o.moment(s, zone, func() (time.Time, error) { return newest(ctx, func() (inputs, error) { return in, nil }) })
	if err != nil {
		return err
	}
	if err := o.aim(now.In(zone)); err != nil {
		return err
	}
	if err := overwritten(paths, append(o.ledger[:len(o.ledger):len(o.ledger)], o.to)); err != nil {
		return err
	}
	silence, err := timeSpan("--silence", o.silence, now, zone)
	if err != nil {
		return err
	}
	r := &report{shell: s, quiet: o.quiet, verbose: o.verbose, zone: zone}
	code := r.problems(in, nil)
	ledgers, err := o.ledgers()
	if err != nil {
		return err
	}
	defer ledgers.discard()
	workers := o.jobs
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	found := survey.New(survey.Options{Inputs: in.found, Workers: workers, Silence: silence, Host: o.host, Now: now.UnixNano(), Zone: zone})
	bar := startProgress(s, found, o.noProgress || o.quiet)
	err = found.Run(ctx)
	bar.stop()
	if err != nil {
		return err
	}
	if err := o.write(s, zone, func(w io.Writer, to output.Options) error { return surveyed(w, found, to) }); err != nil {
		return err
	}
	if err := ledgers.write(found.Ledger()); err != nil {
		return err
	}
	return code.or(o.told(r, found)).err()
}

// timeSpan is a length of time, such as 30s, 5m or 1d.
func timeSpan(flag, text string, now time.Time, zone *time.Location) (time.Duration, error) {
	back, err := timerange.Parse("-"+text, now, zone)
	if err != nil || back.After(now) || strings.ContainsAny(text, "@-+") {
		return 0, usage("%s is a time such as 30s, 5m or 1h, not %q", flag, text)
	}
	return now.Sub(back), nil
}

// told tells what was read and what was not, and gives the exit code for it.
func (o *overview) told(r *report, found *survey.Survey) exit {
	ledger := found.Ledger()
	if !o.quiet {
		r.say("times are in %s", r.zone)
		fmt.Fprint(r.err, harmless(summarise(ledger, r.zone, o.verbose)))
	}
	list := append(found.Diagnostics(), ledger.Errors()...)
	r.diagnostics(list)
	return severest(list)
}

// surveyed writes rows, or a table for each section.
func surveyed(w io.Writer, found *survey.Survey, o output.Options) error {
	if o.Format != "table" && (o.Format != "" || !o.Terminal) {
		_, err := output.Write(w, found.Rows(), o)
		return err
	}
	o.Format, o.Bare = "table", true
	for _, section := range survey.Sections() {
		if err := writeSection(w, found.Table(section, o.Wide || !o.Terminal), section.Title, o); err != nil {
			return err
		}
	}
	return nil
}

// writeSection writes a table under its title, if there is anything in it.
func writeSection(w io.Writer, rows column.Stream, title string, o output.Options) (err error) {
	begun := false
	titled := func(yield func(*column.Batch, error) bool) {
		for b, e := range rows {
			if !begun && title != "" {
				_, err = fmt.Fprintf(w, "\n%s\n", title)
			}
			begun = true
			if err != nil || !yield(b, e) {
				return
			}
		}
	}
	if _, e := output.Write(w, titled, o); err == nil {
		err = e
	}
	return err
}
