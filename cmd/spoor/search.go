package main

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/output"
)

// search is the flags of the command.
type search struct {
	query
	format      string
	to          string
	color       string
	order       string
	ledger      []string
	jobs        int
	wide        bool
	csvSafe     bool
	quiet       bool
	verbose     bool
	unique      bool
	requireData bool
	exitStatus  bool
	noProgress  bool
}

func newSearch(s *shell) *cobra.Command {
	o := &search{}
	cmd := &cobra.Command{
		Use:   "search QUERY [PATH...]",
		Short: "Run a query over logs",
		Long: `Run a query over files, folders, globs or the standard input. Compressed files and all formats of
"spoor formats" are recognised by their content. Rows go to the standard output, everything else to the standard error.`,
		Example: `  spoor search '| tstats count from datamodel=Endpoint.Processes by Processes.process_name' logs/
  spoor search 'EventID=1 Image=*/curl | table _time, host, CommandLine' --earliest -1d@d sysmon.json.gz
  spoor search -q -f detection.spl --earliest -70m@m --latest -10m@m --to findings.csv /var/log/syslog`,
		RunE: func(cmd *cobra.Command, args []string) error {
			code, err := o.run(cmd.Context(), s, args)
			if err != nil {
				return err
			}
			return code
		},
	}
	o.flags(cmd)
	return cmd
}

func (o *search) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	o.query.flags(f)
	f.StringVarP(&o.format, "output", "o", "", "`FORMAT` of the rows: "+strings.Join(formatNames(), ", ")+" (table on a terminal, else ndjson)")
	f.StringVar(&o.to, "to", "", "write the rows to `FILE`, which appears whole or not at all")
	f.BoolVar(&o.wide, "wide", false, "do not narrow tables to the terminal")
	f.BoolVar(&o.csvSafe, "csv-safe", false, "guard CSV cells that a spreadsheet would run as a formula")
	f.StringVar(&o.color, "color", "auto", "`WHEN` to use colours: auto, always, never")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "say only what makes the answer wrong or partial")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say more, such as the ledger of every file")
	f.StringArrayVar(&o.ledger, "ledger", nil, "write the ledger as JSON to `FILE`; `full` classifies every record, those that cannot match too")
	f.BoolVar(&o.unique, "unique", false, "drop duplicates of events")
	f.BoolVar(&o.requireData, "require-data", false, "exit 3 if the searched data set got no event")
	f.BoolVar(&o.exitStatus, "exit-status", false, "exit 1 if nothing was found")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of workers (default: one per core)")
	f.StringVar(&o.order, "order", "", "`ORDER` of event rows: newest first, or `input` as they stand in the input")
	f.BoolVar(&o.noProgress, "no-progress", false, "show no progress bar")
	for name, words := range map[string][]string{
		"output": formatNames(), "color": {"auto", "always", "never"}, "order": {"newest", "input"}, "tz": {"UTC", "local"},
	} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	}
}

func formatNames() []string {
	var names []string
	for _, f := range output.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// mostWorkers bounds the memory that is spent on a slip of the finger.
const mostWorkers = 256

// check looks at the flags that have few values.
func (o *search) check() error {
	if !slices.Contains([]string{"auto", "always", "never"}, o.color) {
		return usage("--color is auto, always or never, not %q", o.color)
	}
	if !slices.Contains([]string{"", "newest", "input"}, o.order) {
		return usage("--order is newest or input, not %q", o.order)
	}
	if o.jobs < 0 || o.jobs > mostWorkers {
		return usage("--jobs is a number of workers up to %d, not %d", mostWorkers, o.jobs)
	}
	if slices.Contains(o.ledger, "") {
		return usage("--ledger needs a file, or `full`")
	}
	return checkFormat(o.format)
}

func checkFormat(name string) error {
	if name == "" {
		return nil
	}
	err := output.Check(name)
	if err != nil && strings.ContainsAny(name, "./") {
		return usage("-o takes a format (%s), and %q looks like a file", strings.Join(formatNames(), ", "), name).
			hint("to write to a file: --to %s", name)
	}
	return err
}

// run answers the query. The code is what stands at the end if there is no error.
func (o *search) run(ctx context.Context, s *shell, args []string) (exit, error) {
	if err := o.check(); err != nil {
		return misused, err
	}
	p, err := o.prepare(ctx, s, args)
	if err != nil {
		return misused, err
	}
	r := &report{shell: s, quiet: o.quiet, verbose: o.verbose, zone: p.zone}
	r.diagnostics(p.warnings)
	if err := overwritten(p.paths, append(o.ledger[:len(o.ledger):len(o.ledger)], o.to)); err != nil {
		return misused, err
	}
	in, err := p.inputs() // only now: a wrong query is reported before a silent pipe is waited for
	if err != nil {
		return misused, err
	}
	code := r.problems(in, p.paths)
	r.window(p.program)
	answered, err := o.answer(ctx, r, p.program, in.found)
	return code.or(answered), err
}

// answer runs the program, writes its rows and tells how it went.
func (o *search) answer(ctx context.Context, r *report, program *engine.Program, in input.Inputs) (exit, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	in, tapped := newProbe(program).tap(ctx, in)
	ledgers, err := o.ledgers()
	if err != nil {
		return misused, err
	}
	defer ledgers.discard()
	result := program.Run(ctx, engine.RunOptions{
		Inputs: in, Workers: o.jobs, Unique: o.unique, NoPrefilter: slices.Contains(o.ledger, "full"),
		InputOrder: o.order == "input",
	})
	bar := startProgress(r.shell, result, o.noProgress || o.quiet)
	summary, err := o.write(r.shell, bar.around(result.Rows()), r.zone)
	bar.stop()
	if err != nil {
		return misused, err
	}
	code := r.result(result, summary)
	if err := ledgers.write(result.Ledger()); err != nil {
		return misused, err
	}
	if r.absence(ctx, program, in, tapped, result.Ledger(), o.requireData) && o.requireData {
		code = code.or(unread)
	}
	if o.exitStatus && summary.Rows == 0 {
		code = code.or(unfulfilled)
	}
	return code, nil
}

// write writes rows to the standard output or to --to.
func (o *search) write(s *shell, rows column.Stream, zone *time.Location) (output.Summary, error) {
	opts := output.Options{
		Format: o.format, Zone: zone, Terminal: s.outTerminal, Width: s.width, Wide: o.wide, CSVSafe: o.csvSafe,
		Color: s.colored(o.color, s.outTerminal),
	}
	if o.to == "" || o.to == "-" {
		return output.Write(s.out, rows, opts)
	}
	opts.Terminal, opts.Color = false, o.color == "always"
	if opts.Format == "" {
		opts.Format = output.ForFile(o.to)
	}
	var summary output.Summary
	err := writeFile(o.to, func(w io.Writer) (err error) {
		summary, err = output.Write(w, rows, opts)
		return err
	})
	return summary, err
}
