package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/follow"
	"spoor/engine/schedule"
	"spoor/grammar/source"
)

// pursuit is the flags by which rules go on with what is written to the logs.
type pursuit struct {
	follow bool
	every  string
	lagged string
}

func (o *pursuit) flags(f *pflag.FlagSet) {
	f.BoolVarP(&o.follow, "follow", "F", false, "go on with what is appended to files, new files and pipes, until interrupted; with --earliest begin with what is there, with --state where the last run ended")
	f.StringVar(&o.every, "every", "", "with -F: answer rules that depend on all events of a time every `PERIOD`, such as 15m, when it is over (default: by their spans or schedules)")
	f.StringVar(&o.lagged, "lag", "", "with -F: how much `TIME` late events come (default 5s): so much longer a period waits when it is over, and a sequence for an event that must not be there; named, all sequences wait so long for events to come in order")
}

// roundBytes is about how many bytes a round has: what sequences may rest on is held until it ends.
const roundBytes = 64 << 20

// vigil is a pack of rules that goes on.
type vigil struct {
	*reading
	runs    *detection
	options detect.Options
	live    *detect.Live
	found   int
	worst   int
	writing sync.Mutex  // for what is written, and counted
	resumed *resumption // nil without a state
	rota    *rota
}

// goOn answers rules while the logs are written.
func (o *detection) goOn(ctx context.Context, s *shell, paths []string) error {
	if err := o.followed(); err != nil {
		return err
	}
	begun := s.now()
	v, err := o.vigil(ctx, s, paths)
	if err != nil {
		return err
	}
	if err := v.introduce(); err != nil {
		return err
	}
	defer v.close()
	if err := v.begin(ctx); err != nil {
		return err
	}
	v.announce()
	defer v.serve()()
	if err := v.pursue(ctx); err != nil {
		return err
	}
	return v.end(ctx, begun).err()
}

// vigil is the rules, ready to be answered.
func (o *detection) vigil(ctx context.Context, s *shell, paths []string) (*vigil, error) {
	chosen, code, err := o.rulesIn(ctx, s, paths)
	if err != nil {
		return nil, err
	}
	if len(o.data) == 0 {
		if s.inTerminal {
			return nil, usage("there are no logs to follow").hint("spoor detect %s -F --data PATH, or pipe a log into spoor", paths[0])
		}
		o.data = []string{"-"}
	}
	options, err := o.options(ctx, s, inputs{})
	if err != nil {
		return nil, err
	}
	if o.earliest != "" {
		options.Compile.Latest = endless
	}
	lag, err := timeSpan("--lag", cmp.Or(o.lagged, "5s"), s.now(), options.Compile.Zone)
	if err != nil {
		return nil, err
	}
	v := &vigil{reading: newReading(newReport(s, o.quiet, o.verbose, options.Compile.Zone), lag, code), runs: o, options: options, worst: -1}
	var diag *source.Diagnostic
	if v.live, diag = detect.NewLive(chosen, options); diag != nil {
		return nil, diag
	}
	v.waits, v.asked = v.live.Pending(), o.lagged != ""
	v.rota, err = v.newRota()
	return v, err
}

// begin begins to follow the logs, and reads what there is of processes that have started.
func (v *vigil) begin(ctx context.Context) error {
	o := v.runs
	if o.state != "" {
		if err := v.resume(ctx); err != nil {
			return err
		}
	}
	if err := v.rota.begin(ctx); err != nil || v.live.Rules() == 0 {
		return err
	}
	if err := v.watch(o.data, follow.Options{Existing: o.earliest != "" || o.state != "", TempDir: o.tempDir, Most: roundBytes}); err != nil {
		return err
	}
	if o.earliest != "" {
		return nil
	}
	in, _ := filesOf(o.data)
	return v.live.Learn(ctx, in)
}

// close gives everything back.
func (v *vigil) close() {
	if v.watcher != nil {
		v.watcher.Close()
	}
	v.rota.close()
	if v.resumed != nil {
		if err := v.resumed.close(); err != nil {
			v.fail("%s", err)
		}
	}
}

// followed says what cannot be had of rules that go on.
func (o *detection) followed() error {
	if err := o.check(); err != nil {
		return err
	}
	if o.every != "" {
		zone, err := location(o.zone)
		if err != nil {
			return err
		}
		if _, err := schedule.Period(o.every, zone); err != nil {
			return usage("--every: %s", err).hint("%s", schedule.HowPeriod)
		}
	}
	err := refuse(
		refusal{o.scheduled || o.latest != "", usage("--scheduled and --latest say where the search ends, and -F has no end")},
		refusal{o.state != "" && o.earliest != "", usage("--state knows where to begin, and so does --earliest")},
		refusal{o.by == "risk" || o.navigator != "", usage("--by risk and --navigator need all findings, and -F has no end")},
	)
	return cmp.Or(err, o.endlessly([]string{"table", "ndjson", "hec", "bulk"}, "findings", o.unique, &o.profiling))
}

// introduce says which rules are answered, and which are not.
func (v *vigil) introduce() error {
	for _, x := range v.live.Compiled().Outcomes {
		if x.Program == nil {
			v.outcome(x)
		}
	}
	v.rota.introduce()
	if v.rules() == 0 {
		return usage("none of the rules can be answered while the logs grow")
	}
	return nil
}

// announce says that from now on nothing is missed.
func (v *vigil) announce() {
	if !v.quiet {
		text := "following with " + source.Count(v.rules(), "rule")
		if n := len(v.rota.duties); n > 0 {
			text += fmt.Sprintf(", %d of them %s", n, v.rota.often())
		}
		v.say("%s; times are in %s", text, v.zone)
	}
}

// rules is how many rules are answered.
func (v *vigil) rules() int { return v.live.Rules() + len(v.rota.duties) }

// pursue answers what comes and, beside it, periods that are over, until the context is done, the pipes have ended, or nothing can be told any more.
func (v *vigil) pursue(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		defer stop()
		ended <- v.rota.run(ctx)
	}()
	err := v.asItComes(ctx)
	stop()
	return cmp.Or(err, <-ended)
}

// asItComes answers what comes. A round that has begun is brought to its end.
func (v *vigil) asItComes(ctx context.Context) error {
	if v.live.Rules() == 0 {
		<-ctx.Done()
		return nil
	}
	for round := range v.rounds(ctx) {
		full := context.WithoutCancel(ctx)
		if err := v.round(full, round); err != nil {
			return err
		}
		if v.resumed != nil {
			if err := v.resumed.proceed(ctx); err != nil {
				return err
			}
		}
		v.beat(v.many(), v.live.Held)
	}
	return nil
}

// many is how many findings were told.
func (v *vigil) many() int64 {
	v.writing.Lock()
	defer v.writing.Unlock()
	return int64(v.found)
}

func (v *vigil) round(ctx context.Context, round *follow.Round) error {
	if v.resumed != nil {
		round.Inputs = v.resumed.clip(round.Inputs)
	}
	at, err := v.watermark(ctx, round)
	if err != nil {
		return err
	}
	answer := v.live.Round(ctx, round.Inputs, at)
	v.judged(answer)
	if v.resumed != nil {
		v.resumed.advance(round.Inputs)
	}
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

// judged tells what went wrong in an answer, and accounts for what was read.
func (r *reading) judged(answer *detect.Report) {
	for _, x := range answer.Outcomes {
		if x.Verdict == detect.Failed {
			r.code = r.code.or(unread)
			if text := x.Rule.Name + ": " + verdictOf(x); !r.known(text) {
				r.fail("%s", text)
			}
		}
		r.tell(slices.DeleteFunc(slices.Clone(x.Problems), func(d *source.Diagnostic) bool { return !r.verbose && !engine.Lost(d) }))
	}
	r.tell(append(answer.Warnings, answer.Ledger.Errors()...))
	r.account(answer.Ledger)
}

// write writes findings, and counts them.
func (v *vigil) write(ctx context.Context, list finding.Stream, answer *detect.Report, options detect.Options) error {
	v.writing.Lock()
	defer v.writing.Unlock()
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

// end says how it went.
func (v *vigil) end(ctx context.Context, begun time.Time) exit {
	came := &v.came
	if v.live.Rules() == 0 {
		came = &v.rota.came
	}
	if !v.quiet {
		v.say("%s", strings.TrimSuffix(summarise(came, v.zone, v.verbose), "\n"))
		v.say("%s: %s", source.Count(v.rules(), "rule"), source.Count(v.found, "finding"))
	}
	v.ran(came, begun, between(column.Beginning, column.End), field{"rules", strconv.Itoa(v.rules())}, field{"found", strconv.Itoa(v.found)})
	code := v.code.or(v.rota.code).or(v.runs.asked(v.worst))
	if ctx.Err() != nil {
		code = code.or(interrupted)
	}
	return code
}
