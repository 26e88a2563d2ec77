package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/output"
	"spoor/engine/rehearsal"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// replaying is the flags of the command.
type replaying struct {
	pack
	period
	memory
	writing
	data           []string
	from, to       string
	every          string
	failOn         string
	all            bool
	noProgress     bool
	jobs           int
	quiet, verbose bool
}

func newReplay(s *shell) *cobra.Command {
	o := &replaying{}
	cmd := &cobra.Command{
		Use:   "replay RULES... --data PATH --from TIME --to TIME",
		Short: "Say what schedules would have told twice, never or too late over old logs",
		Long: `Run the schedules of rules over old logs, and hold what they tell against one pass over all of the time: a row for each finding that
is told twice, never, or that came too late, with the reason; "spoor help replay" has them all. The runs are those that were due after
--from, up to --to; each searches its own window.

On a terminal it is a table, elsewhere NDJSON. How each rule fared is said on stderr.`,
		Example: `  spoor replay rules/ --data '/var/log/syslog*' --from -7d@d --to @d
  spoor replay rules/ --data logs/ --from 2024-05-06 --to 2024-05-07 --every 15m
  spoor replay rules/ --data logs/ --from -1d --to now --fail-on lost -q -o ndjson`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, paths []string) error { return o.run(cmd.Context(), s, paths) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.data, "data", nil, "the file, folder or pattern `PATH` of logs (repeatable)")
	f.StringVar(&o.from, "from", "", "rehearse the runs that were due after this `TIME`, such as -7d@d (see `spoor help time`)")
	f.StringVar(&o.to, "to", "", "up to this `TIME`")
	f.StringVar(&o.every, "every", "", "let runs be due every so much `TIME`, such as 15m, whatever schedules say; a rule without a window searches as much")
	f.StringVar(&o.failOn, "fail-on", "", "exit 1 if a finding fared like `WHAT`: "+listOf(fates)+" (several with commas); lost is told never, or come too late")
	f.BoolVar(&o.all, "all", false, "show also what is as it should be: what rules suppress, and what those of Elastic's find again, which raises no alert that is there")
	_ = f.SetAnnotation("to", ownSetting, []string{"replay-to"})           // elsewhere it is a file,
	_ = f.SetAnnotation("fail-on", ownSetting, []string{"replay-fail-on"}) // and a severity
	o.pack.flags(f)
	o.clock.flags(f)
	o.naming.flags(f)
	f.StringVarP(&o.format, "output", "o", "", "`FORMAT` of the rows: "+strings.Join(formatNames(), ", ")+" (table on a terminal, else ndjson)")
	f.BoolVar(&o.wide, "wide", false, "show all of a table, and do not narrow it to the terminal")
	f.BoolVar(&o.csvSafe, "csv-safe", false, "guard CSV cells that a spreadsheet would run as a formula")
	f.StringVar(&o.color, "color", "auto", "`WHEN` to use colours: auto, always, never")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "say only what makes the answer wrong or partial")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say more: how every rule fared, the ledger of every file")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of workers (default: one per core)")
	f.BoolVar(&o.noProgress, "no-progress", false, "show no progress bar")
	o.memory.flags(f)
	choices(cmd, "output", formatNames()...)
	choices(cmd, "color", "auto", "always", "never")
	choices(cmd, "fail-on", fates...)
	choices(cmd, "tz", "UTC", "local")
	return cmd
}

func (o *replaying) check() error {
	switch {
	case o.failOn != "" && slices.ContainsFunc(strings.Split(o.failOn, ","), func(what string) bool { return !slices.Contains(fates, what) }):
		return usage("--fail-on is %s, not %q", listOf(fates), o.failOn)
	case o.jobs < 0 || o.jobs > mostWorkers:
		return usage("--jobs is a number of workers up to %d, not %d", mostWorkers, o.jobs)
	case !slices.Contains([]string{"auto", "always", "never"}, o.color):
		return usage("--color is auto, always or never, not %q", o.color)
	case len(o.data) == 0 || slices.Contains(o.data, "-"):
		return usage("logs are read several times, and need to be files: --data PATH")
	case o.from == "" || o.to == "":
		return usage("the time of the runs is missing: --from TIME --to TIME").hint("such as --from -7d@d --to @d; see `spoor help time`")
	}
	return checkFormat(o.format)
}

func (o *replaying) run(ctx context.Context, s *shell, paths []string) error {
	if err := o.check(); err != nil {
		return err
	}
	chosen, code, err := o.open(s, paths, o.quiet)
	if err != nil {
		return err
	}
	in, err := s.resolve(o.data)
	if err != nil {
		return err
	}
	if !in.found.Files() {
		return usage("logs are read several times, and need to be files: a pipe can be read once")
	}
	options, err := o.options(ctx, s, in)
	if err != nil {
		return err
	}
	zone := options.Detect.Compile.Zone
	r := &report{shell: s, quiet: o.quiet, verbose: o.verbose, zone: zone}
	code = code.or(r.problems(in, nil))
	var bar *progress
	options.Begun = func(pass, of int, reading rehearsal.Reading) {
		bar.stop()
		bar = startPass(s, reading, o.noProgress || o.quiet, fmt.Sprintf("pass %d of %d", pass, of))
	}
	out, err := rehearsal.Run(ctx, chosen, options)
	bar.stop()
	if ctx.Err() != nil {
		return interrupted
	}
	if err != nil {
		return err
	}
	rows := column.Stream(func(yield func(*column.Batch, error) bool) {
		if b := o.rows(out.Cases); b.Rows > 0 {
			yield(b, nil)
		}
	})
	to := output.Options{Format: o.format, Zone: zone, Terminal: s.outTerminal, Width: s.width, Wide: o.wide, CSVSafe: o.csvSafe, Color: s.colored(o.color, s.outTerminal), Bare: true}
	if _, err := output.Write(s.out, rows, to); err != nil {
		return err
	}
	return code.or(o.tell(r, out)).err()
}

// options is which runs are rehearsed.
func (o *replaying) options(ctx context.Context, s *shell, in inputs) (out rehearsal.Options, err error) {
	if out.Detect, err = o.period.options(ctx, s, in); err != nil {
		return out, err
	}
	doubts, err := o.library.options(s, &out.Detect.Compile)
	if err != nil {
		return out, err
	}
	(&report{shell: s, quiet: o.quiet}).diagnostics(doubts)
	out.Detect.Run.Workers = o.jobs
	o.memory.apply(&out.Detect.Run)
	now, zone := out.Detect.Compile.Now, out.Detect.Compile.Zone
	for _, end := range []struct {
		flag, text string
		at         *time.Time
	}{{"--from", o.from, &out.From}, {"--to", o.to, &out.To}} {
		if *end.at, err = timerange.Parse(end.text, now, zone); err != nil {
			return out, usage("%s: %s", end.flag, err)
		}
	}
	if !out.From.Before(out.To) {
		return out, usage("--from %s is not before --to %s", o.from, o.to)
	}
	if o.every != "" {
		if out.Every, err = timeSpan("--every", o.every, now, zone); err != nil {
			return out, err
		}
		if out.Every < time.Second || out.Every%time.Second != 0 {
			return out, usage("--every is a number of seconds, minutes, hours or days, not %q", o.every)
		}
	}
	return out, nil
}

var replayed = []string{"time", "what", "rule", "reason", "why", "advice", "message", "host", "file", "line"}

// rows is the findings that were not told once.
func (o *replaying) rows(cases []rehearsal.Case) *column.Batch {
	values := make([][]column.Value, len(replayed))
	n := 0
	for _, c := range cases {
		if (c.Dropped || c.What == rehearsal.Suppressed) && !o.all {
			continue
		}
		n++
		host, file, line := column.Value{}, column.Value{}, column.Value{}
		if records := c.Finding.Evidence.Records; len(records) > 0 {
			host, file = textCell(records[0].Host), textCell(records[0].File)
			if records[0].Line > 0 {
				line = column.Integer(records[0].Line)
			}
		}
		for i, v := range []column.Value{
			timeCell(c.At), textCell(string(c.What)), textCell(c.Finding.Rule.Name), textCell(string(c.Reason)), textCell(c.Why), textCell(c.Advice), textCell(c.Finding.Message), host, file, line,
		} {
			values[i] = append(values[i], v)
		}
	}
	cols := make([]column.Vector, len(values))
	for i, list := range values {
		cols[i] = column.FromValues(list)
	}
	return column.NewBatch(column.NewSchema(replayed...), cols, n)
}

// tell tells how the rules fared, and gives the exit code for it.
func (o *replaying) tell(r *report, out *rehearsal.Outcome) exit {
	code := done
	var all rehearsal.Standing
	without := 0
	for _, st := range out.Rules {
		if st.Problem != "" {
			if without++; o.verbose || !o.quiet && st.Rule.Unsupported() == "" && len(out.Rules) < 10 {
				r.say("%s: left out: %s", st.Rule.Name, st.Problem)
			}
			if strings.HasPrefix(st.Problem, string(detect.Failed)) {
				code = unread
			}
			continue
		}
		if o.verbose || !o.quiet && (st.Lost() > 0 || st.Twice > 0) {
			r.say("%s: %s", st.Rule.Name, faring(&st))
			if st.Advice != "" {
				r.say("  %d of %d would not be lost with %s", st.Helped, st.Lost(), st.Advice)
			}
		}
		all.Add(&st)
	}
	if !o.quiet {
		fmt.Fprint(r.err, harmless(summarise(out.Whole.Ledger, r.zone, o.verbose)))
		rules := source.Count(len(out.Rules), "rule")
		if without > 0 {
			rules += fmt.Sprintf(" (%d left out)", without)
		}
		r.say("%s: %s", rules, faring(&all))
	}
	list := slices.Concat(out.Whole.Warnings, out.Problems, out.Whole.Ledger.Errors())
	r.diagnostics(list)
	if o.failed(&all) {
		code = code.or(unfulfilled)
	}
	if without == len(out.Rules) {
		if o.quiet {
			r.say("no run of any rule can be rehearsed")
		}
		code = misused
	}
	return code.or(severest(list))
}

// fates is how findings may not fare for --fail-on.
var fates = []string{"lost", "late", "twice"}

// failed says whether findings fared as they must not.
func (o *replaying) failed(s *rehearsal.Standing) bool {
	counts := map[string]int{"lost": s.Lost(), "late": s.Late, "twice": s.Twice}
	return slices.ContainsFunc(strings.Split(o.failOn, ","), func(what string) bool { return counts[what] > 0 })
}

// faring is how findings fared: 24 runs, 3 findings: 1 told once, 1 twice, 1 never.
func faring(s *rehearsal.Standing) string {
	out := fmt.Sprintf("%s, %s in one pass", source.Count(s.Runs, "run"), source.Count(s.Found, "finding"))
	for _, part := range []struct {
		n    int
		what string
	}{{s.Twice, "told twice"}, {s.Dropped, "told again, which Elastic drops"}, {s.Never, "never told"}, {s.Late, "too late"}, {s.Suppressed, "suppressed by the rule"}} {
		if part.n > 0 {
			out += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	return out
}
