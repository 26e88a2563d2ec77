package main

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/why"
	"spoor/grammar/source"
)

// inquiry is the flags of the command.
type inquiry struct {
	pack
	clock
	naming
	memory

	event            string
	nearest          int
	data             []string
	query, eql       string
	earliest, latest string
	scheduled        bool
	format           string
	to               string
	color            string
	wide             bool
	jobs             int
	exitStatus       bool
}

// whyFormats is the forms in which an answer is written.
var whyFormats = []string{"tree", "ndjson"}

func newWhy(s *shell) *cobra.Command {
	o := &inquiry{}
	cmd := &cobra.Command{
		Use:   "why RULE [NAME] --event FILE:LINE [--data PATH]",
		Short: "Say why a rule did or did not fire on an event",
		Long: `Say of each condition of a rule whether it is true of an event, false, or about a field that the event lacks, with the value
that was seen; of a sequence, at which stage it broke, and by how much time; and which command took the row away if the
conditions hold. The first sentence says what it comes down to; a triangle marks the conditions that decide.

--event takes FILE:LINE as findings print it, FILE@OFFSET, or - for a record on the standard input. A rule that counts, or
joins events to sequences, sees the other events of the file, and those of --data.

--nearest looks in --data for the events that come nearest to the rule, and says of each what it lacks. Of events that lack
the same the first is shown, with how many there are. Of sequences it shows those that got farthest.`,
		Example: `  spoor why examples/rules/linux_service_restarted.yml --event examples/logs/linux_techniques.json:8
  spoor why rules/ 'Burst of discovery' --event '/var/log/syslog.gz@19943' --data '/var/log/syslog*'
  spoor why rules/beacon.toml --nearest --data logs/ -o ndjson
  spoor why --eql 'process where process.name == "nc"' --event sysmon.json:17`,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), s, o.counted(args)) },
	}
	f := cmd.Flags()
	f.StringVar(&o.event, "event", "", "the event at `PLACE`: FILE:LINE, FILE@OFFSET, or - for the record on the standard input")
	f.IntVar(&o.nearest, "nearest", 0, "show the `NUMBER` of events in --data that come nearest to the rule")
	f.Lookup("nearest").NoOptDefVal = "3"
	f.StringArrayVar(&o.data, "data", nil, "what else the rule sees: the file, folder or pattern `PATH` (repeatable)")
	f.StringVar(&o.query, "query", "", "ask of this `QUERY` of SPL instead of a rule")
	f.StringVar(&o.eql, "eql", "", "ask of this `QUERY` of EQL instead of a rule")
	o.pack.flags(f)
	f.StringVar(&o.earliest, "earliest", "", "first moment of the search, inclusive: `TIME` such as -70m@m (see `spoor help time`)")
	f.StringVar(&o.latest, "latest", "", "end of the search, exclusive: `TIME` such as -10m@m, now")
	f.BoolVar(&o.scheduled, "scheduled", false, "search the time that the rule's schedule says, counted from --now")
	o.clock.flags(f)
	o.naming.flags(f)
	f.StringVarP(&o.format, "output", "o", "tree", "`FORMAT`: "+listOf(whyFormats))
	f.StringVar(&o.to, "to", "", "write to `FILE`, which appears whole or not at all")
	f.BoolVar(&o.wide, "wide", false, "do not narrow the answer to the terminal")
	f.StringVar(&o.color, "color", "auto", "`WHEN` to use colours: auto, always, never")
	f.BoolVar(&o.exitStatus, "exit-status", false, "exit 1 if the rule did not fire")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of workers (default: one per core)")
	o.memory.flags(f)
	choices(cmd, "output", whyFormats...)
	choices(cmd, "color", "auto", "always", "never")
	choices(cmd, "tz", "UTC", "local")
	return cmd
}

// check looks at the flags that have few values, and at those that belong together.
func (o *inquiry) check(args []string) error {
	shared := answer{writing: writing{color: o.color}, jobs: o.jobs}
	if err := shared.check(); err != nil {
		return err
	}
	asked := 0
	for _, q := range []string{o.query, o.eql} {
		if q != "" {
			asked++
		}
	}
	switch {
	case !slices.Contains(whyFormats, o.format):
		return usage("-o is %s, not %q", listOf(whyFormats), o.format)
	case asked == 2 || asked == 1 && len(args) > 0:
		return usage("a rule, --query and --eql each say what is asked of: one of them is enough")
	case asked == 0 && len(args) == 0:
		return usage("which rule?").hint("usage: spoor why RULE [NAME] --event FILE:LINE")
	case o.event == "" && o.nearest == 0:
		return usage("which event? --event or --nearest is needed").hint("--event FILE:LINE, as findings print it")
	case o.event != "" && o.nearest != 0:
		return usage("--event names the event, and --nearest looks for some: one of them is enough")
	case o.nearest < 0:
		return usage("--nearest is a number of events, not %d", o.nearest)
	case o.nearest > 0 && len(o.data) == 0:
		return usage("--nearest needs logs in which to look").hint("--data PATH")
	case o.scheduled && (o.earliest != "" || o.latest != ""):
		return usage("--scheduled says which time is searched, and so do --earliest and --latest")
	case o.scheduled && asked > 0:
		return usage("--scheduled needs a rule: a query has no schedule")
	case slices.Contains(o.data, "-"):
		return usage("--data is files and folders here: they are read more than once").hint("write the standard input to a file")
	}
	return overwritten(slices.Concat(args, o.data), []string{o.to})
}

func (o *inquiry) run(ctx context.Context, s *shell, args []string) error {
	if err := o.check(args); err != nil {
		return err
	}
	at, err := o.place(s)
	if err != nil {
		return err
	}
	defer at.remove()
	in, err := s.resolve(append(at.paths(), o.data...))
	if err != nil {
		return err
	}
	r := &report{shell: s}
	code := r.problems(in, nil)
	switch ours := len(in.found) > 0 && (o.event == "" || in.found[0].Path == at.path); {
	case !ours && in.problems.Failed(): // as was said
		return misused
	case !ours:
		return usage("%s is a folder, and --event names a file", at.path)
	case !in.found.Files():
		return usage("there is a pipe among the logs, and they are read more than once").hint("--event - reads a record from the standard input")
	}
	q, name, rules, err := o.question(ctx, s, args, in)
	if err != nil {
		return err
	}
	q.Stdin = at.temporary
	r.zone = q.Zone
	answers, err := o.answers(ctx, q, at)
	var none *why.NoEvent
	switch {
	case ctx.Err() != nil:
		return interrupted
	case asNoEvent(err, &none):
		s.say("%s did not see it: %s", name, none)
		return code.or(rules).or(unread)
	case err != nil:
		return err
	}
	if err := o.write(r, name, answers); err != nil {
		return err
	}
	fired := false
	for _, a := range answers {
		r.diagnostics(a.Warnings)
		fired = fired || a.Fired == why.True
	}
	if len(answers) == 0 {
		s.say("no event there is of a kind that %s reads", name)
	}
	if o.exitStatus && !fired {
		code = code.or(unfulfilled)
	}
	return code.or(rules).err()
}

// question is what is asked of which rule, and its name.
func (o *inquiry) question(ctx context.Context, s *shell, args []string, in inputs) (*why.Question, string, exit, error) {
	zone, err := location(o.zone)
	if err != nil {
		return nil, "", done, err
	}
	sourcetypes, err := o.sourcetypes()
	if err != nil {
		return nil, "", done, err
	}
	now, err := o.moment(s, zone, func() (time.Time, error) { return newest(ctx, func() (inputs, error) { return in, nil }) })
	if err != nil {
		return nil, "", done, err
	}
	compile := engine.Options{
		Models: datamodels.Builtin(), Earliest: o.earliest, Latest: o.latest, Now: now, Zone: zone, Sourcetypes: sourcetypes,
		EQL: engine.EQLOptions{EveryKind: true},
	}
	program, name, code, err := o.program(s, args, compile)
	if err != nil {
		return nil, "", code, err
	}
	q := &why.Question{Program: program, Zone: zone, Titles: titles(), Run: engine.RunOptions{Inputs: in.found, Workers: o.jobs, Sourcetypes: sourcetypes, Host: o.host}}
	o.memory.apply(&q.Run)
	return q, name, code, nil
}

// program is the program that is asked of, and its name.
func (o *inquiry) program(s *shell, args []string, compile engine.Options) (*engine.Program, string, exit, error) {
	if len(args) == 0 {
		text, run := o.query, compiler(&o.library)
		if o.eql != "" {
			text, run = o.eql, &elastic{compile.EQL}
		}
		program, warnings, err := run.compile(s, source.New("query", text), compile)
		(&report{shell: s}).diagnostics(warnings)
		return program, "the query", done, err
	}
	rule, code, err := o.rule(s, args)
	if err != nil {
		return nil, "", code, err
	}
	doubts, err := o.library.options(s, &compile)
	if err != nil {
		return nil, "", code, err
	}
	(&report{shell: s}).diagnostics(doubts)
	x := detect.Compile([]*rules.Rule{rule}, detect.Options{Compile: compile, Scheduled: o.scheduled}).Outcomes[0]
	if x.Program == nil {
		return nil, "", code, x.Problems
	}
	return x.Program, rule.Name, code, nil
}

// rule is the one rule that the arguments name.
func (o *inquiry) rule(s *shell, args []string) (*rules.Rule, exit, error) {
	paths, names := divide(args)
	if len(paths) == 0 {
		return nil, misused, usage("%s: no such file or folder", args[0]).hint("the paths of rules come first, names of rules behind them")
	}
	o.included = append(o.included, names...)
	chosen, code, err := o.open(s, paths, false)
	if err != nil {
		return nil, code, err
	}
	if len(chosen) > 1 {
		var list []string
		for _, r := range chosen {
			list = append(list, r.Name)
		}
		return nil, misused, usage("%d rules are meant, and one is asked of", len(chosen)).hint("name one of %s", few(list))
	}
	return chosen[0], code, nil
}

// write writes answers to the standard output or to --to.
func (o *inquiry) write(r *report, name string, answers []*why.Answer) error {
	style := why.Style{Name: name, Zone: r.zone, Color: r.colored(o.color, r.outTerminal)}
	if r.outTerminal && !o.wide {
		style.Width = max(r.width, 0)
		if style.Width == 0 {
			style.Width = 80
		}
	}
	put := func(w io.Writer) error {
		for i, a := range answers {
			if o.format == "ndjson" {
				if err := a.JSON(w, style); err != nil {
					return err
				}
				continue
			}
			if i > 0 {
				if _, err := io.WriteString(w, "\n"+strings.Repeat("─", 40)+"\n\n"); err != nil {
					return err
				}
			}
			if err := a.Text(w, style); err != nil {
				return err
			}
		}
		return nil
	}
	if o.to == "" || o.to == "-" {
		return put(r.out)
	}
	style.Width, style.Color = 0, o.color == "always"
	return writeFile(o.to, put)
}
