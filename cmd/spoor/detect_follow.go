package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/follow"
	"spoor/engine/input"
	"spoor/grammar/source"
)

// pursuit is the flags by which rules go on with what is written to the logs.
type pursuit struct {
	follow bool
	lagged string
}

func (o *pursuit) flags(f *pflag.FlagSet) {
	f.BoolVarP(&o.follow, "follow", "F", false, "go on with what is appended to files, new files and pipes, until interrupted: rules for events and sequences; with --earliest begin with what is there, with --state where the last run ended")
	f.StringVar(&o.lagged, "lag", "5s", "with -F: how much `TIME` late events come: a sequence with an event that must not be there waits so much longer")
}

// roundBytes is about how many bytes a round has: what sequences may rest on is held until it ends.
const roundBytes = 64 << 20

// vigil is a pack of rules that goes on.
type vigil struct {
	*report
	runs    *detection
	options detect.Options
	live    *detect.Live
	watcher *follow.Watcher
	read    *live // what came
	found   int
	worst   int
	code    exit
	told    map[string]bool // what was said of rules that broke
	resumed *resumption     // nil without a state
}

// goOn answers rules while the logs are written.
func (o *detection) goOn(ctx context.Context, s *shell, paths []string) error {
	if err := o.followed(); err != nil {
		return err
	}
	begun := s.now()
	chosen, code, err := o.rulesIn(ctx, s, paths)
	if err != nil {
		return err
	}
	if len(o.data) == 0 {
		if s.inTerminal {
			return usage("there are no logs to follow").hint("spoor detect %s -F --data PATH, or pipe a log into spoor", paths[0])
		}
		o.data = []string{"-"}
	}
	options, err := o.options(ctx, s, inputs{})
	if err != nil {
		return err
	}
	existing := o.earliest != ""
	if existing {
		options.Compile.Latest = endless
	}
	v := &vigil{runs: o, report: newReport(s, o.quiet, o.verbose, options.Compile.Zone), options: options, worst: -1, code: code, told: map[string]bool{}}
	lag, err := timeSpan("--lag", o.lagged, begun, options.Compile.Zone)
	if err != nil {
		return err
	}
	v.read = &live{report: v.report, prepared: &prepared{language: &eql, lag: lag}}
	var diag *source.Diagnostic
	if v.live, diag = detect.NewLive(chosen, options); diag != nil {
		return diag
	}
	if err := v.introduce(); err != nil {
		return err
	}
	if o.state != "" {
		if err := v.resume(ctx); err != nil {
			return err
		}
		defer v.resumed.store.Close()
	}
	v.watcher, err = follow.Watch(o.data, follow.Options{Existing: existing || o.state != "", Stdin: s.in, TempDir: o.tempDir, Idle: idle, Most: roundBytes})
	if err != nil {
		return err
	}
	defer v.watcher.Close()
	if !existing {
		in, _ := input.Resolve(o.data, nil)
		if err := v.live.Learn(ctx, slices.DeleteFunc(in, func(i input.Input) bool { return i.Size < 0 })); err != nil {
			return err
		}
	}
	serving.Store(true)
	if err := v.rounds(ctx); err != nil {
		return err
	}
	return v.end(ctx, begun).err()
}

// followed says what cannot be had of rules that go on.
func (o *detection) followed() error {
	if err := o.check(); err != nil {
		return err
	}
	for _, c := range []struct {
		wrong bool
		err   *misuse
	}{
		{o.scheduled || o.latest != "", usage("--scheduled and --latest say where the search ends, and -F has no end")},
		{o.state != "" && o.earliest != "", usage("--state knows where to begin, and so does --earliest")},
		{o.to != "" && o.to != "-", usage("--to writes a file as a whole, and -F has no end").hint("to append to a file: -o ndjson >> FILE")},
		{!slices.Contains([]string{"", "table", "ndjson", "hec", "bulk"}, o.format), usage("-F writes a table, ndjson, hec or bulk, not %s, which needs all findings", o.format)},
		{o.by == "risk" || o.navigator != "", usage("--by risk and --navigator need all findings, and -F has no end")},
		{o.unique, usage("--unique needs all events, and -F has no end")},
		{o.profile != "", usage("--profile measures a run that ends, and -F does not")},
	} {
		if c.wrong {
			return c.err
		}
	}
	return nil
}

// introduce says which rules are answered, and which are not.
func (v *vigil) introduce() error {
	for _, x := range v.live.Compiled().Outcomes {
		if x.Program == nil {
			v.outcome(x)
		}
	}
	var names []string
	for _, x := range v.live.Whole {
		names = append(names, x.Rule.Name)
	}
	if n := len(names); n > 0 && !v.quiet {
		if !v.verbose && n > 5 {
			names = append(names[:5], "and others: -v names them")
		}
		v.say("left out is %s over all events of a time, which -F does not answer (spoor detect --scheduled does): %s", source.Count(n, "rule"), strings.Join(names, ", "))
	}
	if v.live.Rules() == 0 {
		return usage("none of the rules can be answered while the logs grow")
	}
	if !v.quiet {
		v.say("following with %s; times are in %s", source.Count(v.live.Rules(), "rule"), v.zone)
	}
	return nil
}

// rounds answers what comes. A round that has begun is brought to its end.
func (v *vigil) rounds(ctx context.Context) error {
	for round := range v.watcher.Rounds(ctx) {
		v.tell(round.Problems)
		full := context.WithoutCancel(ctx)
		if err := v.round(full, round); err != nil {
			return err
		}
		round.Done()
		if v.resumed != nil {
			if err := v.proceed(full); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *vigil) round(ctx context.Context, round *follow.Round) error {
	if v.resumed != nil {
		round.Inputs = v.resumed.clip(round.Inputs)
	}
	low := int64(0)
	if v.live.Pending() || round.Ended {
		var err error
		if low, err = v.read.low(ctx, round); err != nil {
			return err
		}
	}
	answer := v.live.Round(ctx, round.Inputs, low)
	for _, x := range answer.Outcomes {
		if x.Verdict == detect.Failed {
			v.code = v.code.or(unread)
			if text := x.Rule.Name + ": " + verdictOf(x); !v.told[text] {
				v.told[text] = true
				v.fail("%s", text)
			}
		}
		v.tell(x.Problems)
	}
	v.tell(append(answer.Warnings, answer.Ledger.Errors()...))
	v.read.account(answer.Ledger)
	if found(answer) == 0 {
		return nil
	}
	options := v.options
	options.Compile.Now = v.now()
	if v.resumed != nil {
		return v.tellOnce(ctx, answer, options)
	}
	return v.write(ctx, answer.Findings(), answer, options)
}

// write writes findings, and counts them.
func (v *vigil) write(ctx context.Context, list finding.Stream, answer *detect.Report, options detect.Options) error {
	counted := func(yield func(*finding.Finding, error) bool) {
		for f, err := range list {
			if err == nil {
				v.found++
			}
			if !yield(f, err) {
				return
			}
		}
	}
	worst, err := v.runs.findings.write(ctx, v.shell, counted, answer, options)
	v.worst = max(v.worst, worst)
	return err
}

// tell tells problems, each once.
func (v *vigil) tell(list source.Errors) {
	list = slices.DeleteFunc(slices.Clone(list), func(d *source.Diagnostic) bool {
		text := d.Error()
		known := v.told[text]
		if len(v.told) < mostTold {
			v.told[text] = true
		}
		return known
	})
	v.diagnostics(list)
	v.code = v.code.or(severest(list))
}

// mostTold is how many messages are known, lest they are told again.
const mostTold = 10_000

// end says how it went.
func (v *vigil) end(ctx context.Context, begun time.Time) exit {
	if !v.quiet {
		v.say("%s", strings.TrimSuffix(summarise(&v.read.ledger, v.zone, v.verbose), "\n"))
		v.say("%s: %s", source.Count(v.live.Rules(), "rule"), source.Count(v.found, "finding"))
	}
	v.ran(&v.read.ledger, begun, between(column.Beginning, column.End), field{"rules", strconv.Itoa(v.live.Rules())}, field{"found", strconv.Itoa(v.found)})
	code := v.code.or(v.runs.asked(v.worst))
	if ctx.Err() != nil {
		code = code.or(interrupted)
	}
	return code
}
