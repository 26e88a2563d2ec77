package main

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/output"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// answer is the flags that say how a query is run and what becomes of its rows: shared by all commands that run one.
type answer struct {
	writing
	locking
	ledger      []string
	jobs        int
	maxRows     int
	quiet       bool
	verbose     bool
	unique      bool
	requireData bool
	exitStatus  bool
	noProgress  bool
	memory
	profiling

	inputOrder bool // rows come as they stand in the input
}

func (o *answer) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	o.writing.flags(cmd)
	o.locking.flags(f)
	f.BoolVarP(&o.quiet, "quiet", "q", false, quietly)
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say more, such as the ledger of every file; at the end a line for the journal, with -q nothing but that")
	f.StringArrayVar(&o.ledger, "ledger", nil, "write the ledger as JSON to `FILE`; `full` classifies every record, those that cannot match too")
	f.BoolVar(&o.unique, "unique", false, "drop duplicates of events")
	f.BoolVar(&o.requireData, "require-data", false, "exit 3 if the searched data set got no event")
	f.BoolVar(&o.exitStatus, "exit-status", false, "exit 1 if nothing was found")
	f.IntVar(&o.maxRows, "max-rows", 0, "give no more than the first `NUMBER` of rows; if there are more, say so and exit 4 (default: all)")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of workers (default: one per core)")
	o.memory.flags(f)
	o.profiling.flags(f)
	f.BoolVar(&o.noProgress, "no-progress", false, "show no progress bar")
}

// quietly is what -q does.
const quietly = "write nothing at all unless something was found, went wrong or was lost"

// choices makes the shell complete a flag by words.
func choices(cmd *cobra.Command, flag string, words ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// mostWorkers bounds the memory that is spent on a slip of the finger.
const mostWorkers = 256

// check looks at the flags that have few values.
func (o *answer) check() error {
	if !slices.Contains([]string{"auto", "always", "never"}, o.color) {
		return usage("--color is auto, always or never, not %q", o.color)
	}
	if o.jobs < 0 || o.jobs > mostWorkers {
		return usage("--jobs is a number of workers up to %d, not %d", mostWorkers, o.jobs)
	}
	if o.maxRows < 0 {
		return usage("--max-rows is a number of rows, not %d", o.maxRows)
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

// run prepares and answers a query. It returns the exit code as an error if there is no other one.
func (o *answer) run(ctx context.Context, s *shell, prepare func() (*prepared, error)) error {
	if err := o.check(); err != nil {
		return err
	}
	return o.held(s, o.verbose, func() error {
		p, err := prepare()
		if err != nil {
			return err
		}
		if err := o.aim(p.now.In(p.zone)); err != nil {
			return err
		}
		code, err := o.of(ctx, s, p)
		if err != nil {
			return err
		}
		return code
	})
}

// of answers a query that is ready. The code is what stands at the end if there is no error.
func (o *answer) of(ctx context.Context, s *shell, p *prepared) (exit, error) {
	r := newReport(s, o.quiet, o.verbose, p.zone)
	if p.follow {
		return o.goOn(ctx, r, p)
	}
	r.diagnostics(p.warnings)
	if err := overwritten(p.paths, slices.Concat(o.ledger, []string{o.to}, o.profiling.file())); err != nil {
		return misused, err
	}
	var in inputs
	if p.program.Reads() || len(p.paths) > 0 {
		var err error
		in, err = p.inputs() // only now: a wrong query is reported before a silent pipe is waited for
		if err != nil {
			return misused, err
		}
	}
	code := r.problems(in, p.paths).or(severest(p.warnings))
	r.window(p.program)
	answered, err := o.rows(ctx, r, p, in.found)
	return code.or(answered), err
}

// rows runs the program, writes its rows and tells how it went.
func (o *answer) rows(ctx context.Context, r *report, p *prepared, in input.Inputs) (exit, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	in, tapped := newProbe(p.program).tap(ctx, in)
	ledgers, err := o.ledgers()
	if err != nil {
		return misused, err
	}
	defer ledgers.discard()
	begun := r.now()
	options := engine.RunOptions{
		Inputs: in, Workers: o.jobs, Unique: o.unique, NoPrefilter: slices.Contains(o.ledger, "full"), InputOrder: o.inputOrder,
		Sourcetypes: p.sourcetypes, Host: p.host, Clock: r.now, Operators: o.profile != "",
	}
	o.memory.apply(&options)
	result := p.program.Run(ctx, options)
	bar := startProgress(r.shell, result, o.noProgress || o.quiet)
	first := &most{rows: o.maxRows}
	space := o.memory.ofOutput(ctx)
	defer space.Close()
	summary, err := o.written(r.shell, bar.around(first.of(result.Rows())), p, space)
	bar.stop()
	if err != nil {
		return misused, err
	}
	code := r.result(result, summary, p.program.Reads()).or(first.tell(r.shell))
	if err := o.profiling.tell(r.shell, ofQuery(p.program.Text.Body, result, summary.Rows, r.now().Sub(begun)), o.verbose); err != nil {
		return misused, err
	}
	if err := ledgers.write(result.Ledger()); err != nil {
		return misused, err
	}
	if r.absence(ctx, p.program, in, tapped, result.Ledger(), o.requireData) && o.requireData {
		code = code.or(unread)
	}
	if o.exitStatus && summary.Rows == 0 {
		code = code.or(unfulfilled)
	}
	from, to, _ := p.program.Window()
	r.ran(result.Ledger(), begun, between(from, to), field{"found", strconv.FormatInt(summary.Rows, 10)})
	return code, nil
}

// written writes a query's rows.
func (o *answer) written(s *shell, rows column.Stream, p *prepared, space *spill.Space) (summary output.Summary, err error) {
	held := &reluctant{}
	if o.quiet {
		s, held = s.reticent()
		rows = held.of(rows)
	}
	err = o.write(s, p.zone, func(w io.Writer, opts output.Options) (err error) {
		opts.Groups, opts.Digest, opts.Space, opts.Workers, opts.Live = grouping(p.program), p.digest, space, o.jobs, p.follow
		summary, err = output.Write(w, rows, opts)
		return cmp.Or(err, held.flush())
	})
	return summary, err
}

// grouping says by which columns rows are the events of sequences; nil if they are not.
func grouping(p *engine.Program) *output.Grouping {
	labels := p.Groups()
	if labels == nil {
		return nil
	}
	g := &output.Grouping{Number: plan.SequenceNumber, Stage: plan.StageNumber, Labels: labels}
	for i := range labels {
		g.Keys = append(g.Keys, plan.JoinKey(i))
	}
	return g
}
