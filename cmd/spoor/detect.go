package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/rules"
)

// detection is the flags of the command.
type detection struct {
	pack
	period
	memory
	memoryOfRuns
	profiling
	pursuit

	data           []string
	exitStatus     bool
	failOn         string
	evidence       int
	jobs           int
	unique         bool
	quiet, verbose bool
	noProgress     bool
	locking
	findings
}

func newDetect(s *shell) *cobra.Command {
	cmd, _ := detecting(s)
	return cmd
}

// detecting is the command and its flags.
func detecting(s *shell) (*cobra.Command, *detection) {
	o := &detection{}
	cmd := &cobra.Command{
		Use:   "detect RULES... --data PATH",
		Short: "Run packs of rules over logs, all in one pass",
		Long: `Run rules as they are published (see "spoor help rules") over files, folders, globs or the standard input, all of them in one
pass, and write what they find: "spoor help findings" says how. Every rule gets a verdict: matched, quiet, degraded,
cannot fire, unsupported or failed, so that silence means something: see "spoor help verdicts".

Rules run whether they are enabled or not, over all times, unless --enabled-only, --earliest, --latest or --scheduled say otherwise.

With --state runs know of each other: each finding is told once, and what was missed or came late is searched: see "spoor help state". With -F
they go on while the logs are written: see "spoor help following". "spoor schedule" runs rules when they say, or prints what cron or systemd
need to do it.`,
		Example: `  spoor detect examples/rules --data examples/logs
  spoor detect rules/ --data '/var/log/syslog*' --include severity>=high -o ndjson --to findings.ndjson
  journalctl -t sysmon -o json --all --since -75min | spoor detect rules/ --scheduled --data -
  spoor detect rules/ --data logs/ --by risk
  spoor detect rules/ --data '/var/log/syslog*' --scheduled --state /var/lib/spoor -q -o table
  spoor detect rules/ --data '/var/log/syslog*' -F -o ndjson >> findings.ndjson`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			return o.held(s, o.verbose, func() error { return o.run(cmd.Context(), s, paths) })
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.data, "data", nil, "search the file, folder or pattern `PATH`, or the standard input with `-` (repeatable; default: the standard input)")
	o.pack.flags(f)
	o.period.flags(f)
	o.findings.flags(cmd)
	o.locking.flags(f)
	f.BoolVarP(&o.quiet, "quiet", "q", false, quietly)
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say more: the verdict of every rule with its reasons, the ledger of every file; at the end a line for the journal, with -q nothing but that")
	f.BoolVar(&o.unique, "unique", false, "drop duplicates of events")
	f.BoolVar(&o.exitStatus, "exit-status", false, "exit 1 if nothing was found")
	f.StringVar(&o.failOn, "fail-on", "", "exit 1 if something of this `SEVERITY` or a worse one was found: "+listOf(finding.Severities()))
	f.IntVar(&o.evidence, "evidence", 10, "tell up to `NUMBER` of the records on which a finding rests; 0: none")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of workers (default: one per core)")
	o.memory.flags(f)
	o.memoryOfRuns.flags(cmd)
	o.pursuit.flags(f)
	o.profiling.flags(f)
	f.BoolVar(&o.noProgress, "no-progress", false, "show no progress bar")
	choices(cmd, "fail-on", finding.Severities()...)
	choices(cmd, "tz", "UTC", "local")
	return cmd, o
}

func (o *detection) run(ctx context.Context, s *shell, paths []string) error {
	if err := o.check(); err != nil {
		return err
	}
	if o.follow {
		return o.goOn(ctx, s, paths)
	}
	if o.every != "" {
		return usage("--every is for -F").hint("spoor detect --scheduled searches the time of each rule's schedule")
	}
	begun := s.now()
	chosen, code, err := o.rulesIn(ctx, s, paths)
	if err != nil {
		return err
	}
	if len(o.data) == 0 && s.inTerminal {
		return usage("there are no logs to search").hint("spoor detect %s --data PATH, or pipe a log into spoor", paths[0])
	}
	in, err := s.resolve(o.data)
	if err != nil {
		return err
	}
	options, err := o.options(ctx, s, in)
	if err != nil {
		return err
	}
	if err := o.ready(paths, options.Compile.Now.In(options.Compile.Zone)); err != nil {
		return err
	}
	r := newReport(s, o.quiet, o.verbose, options.Compile.Zone)
	code = code.or(r.problems(in, nil))
	answer := o.once
	if o.state != "" {
		answer = o.remembering
	}
	more, err := answer(ctx, s, chosen, options, r, begun)
	return cmp.Or(err, code.or(more).err())
}

// ready looks at the files that are to be written at a time, before the work.
func (o *detection) ready(paths []string, at time.Time) error {
	if err := o.aim(at); err != nil {
		return err
	}
	if err := overwritten(slices.Concat(paths, o.data), append(o.files(), o.profiling.file()...)); err != nil {
		return err
	}
	return writable(o.files())
}

// once answers the rules in a run that knows of no other.
func (o *detection) once(ctx context.Context, s *shell, chosen []*rules.Rule, options detect.Options, r *report, begun time.Time) (exit, error) {
	var bar *progress
	options.Run.Begun = func(account *engine.Result) { bar = startProgress(s, account, o.noProgress || o.quiet) }
	answer := detect.Run(ctx, chosen, options)
	bar.stop()
	if ctx.Err() != nil {
		return done, interrupted
	}
	o.reticent = o.quiet
	worst, err := o.findings.write(ctx, s, answer.Findings(), answer, options)
	if err != nil {
		return done, err
	}
	code := r.detected(answer, &o.pack)
	if err := o.profiling.tell(s, ofRules(answer), o.verbose); err != nil {
		return done, err
	}
	r.ran(answer.Ledger, begun, o.searched(options.Compile), field{"rules", strconv.Itoa(len(chosen))}, field{"found", strconv.Itoa(found(answer))})
	return code.or(o.asked(worst)), nil
}

// asked is the exit code for what was asked of the findings, of which the worst severity is told by its rank: -1 if there are none.
func (o *detection) asked(worst int) exit {
	if o.failOn != "" && worst >= slices.Index(finding.Severities(), o.failOn) || o.exitStatus && worst < 0 {
		return unfulfilled
	}
	return done
}

// check looks at the flags that have few values.
func (o *detection) check() error {
	switch {
	case o.failOn != "" && !slices.Contains(finding.Severities(), o.failOn):
		return usage("--fail-on is %s, not %q", listOf(finding.Severities()), o.failOn)
	case o.evidence < 0:
		return usage("--evidence is a number of records, not %d", o.evidence)
	case o.jobs < 0 || o.jobs > mostWorkers:
		return usage("--jobs is a number of workers up to %d, not %d", mostWorkers, o.jobs)
	}
	return cmp.Or(o.period.check(), o.memoryOfRuns.check(), o.findings.check())
}

// options is how the rules are compiled and run.
func (o *detection) options(ctx context.Context, s *shell, in inputs) (detect.Options, error) {
	out, err := o.running(ctx, s, in)
	if err != nil {
		return out, err
	}
	doubts, err := o.library.options(s, &out.Compile)
	if err != nil {
		return out, err
	}
	(&report{shell: s, quiet: o.quiet}).diagnostics(doubts)
	return out, nil
}

// running is how the rules are run, without the macros and the like that they are compiled with.
func (o *detection) running(ctx context.Context, s *shell, in inputs) (detect.Options, error) {
	out, err := o.period.options(ctx, s, in)
	if err != nil {
		return out, err
	}
	out.Evidence, out.Run.Workers, out.Run.Unique = o.evidence, o.jobs, o.unique
	if o.profile != "" {
		out.Run.Clock = s.now
	}
	o.memory.apply(&out.Run)
	return out, nil
}
