package main

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/follow"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/schedule"
)

// growing is the flags by which a search goes on with what is written to the logs.
type growing struct {
	follow  bool
	state   string
	catchUp string
	line    *pflag.FlagSet // the command line
}

func (o *growing) flags(f *pflag.FlagSet) {
	f.BoolVarP(&o.follow, "follow", "F", false, "go on with what is appended to files, new files and pipes, until interrupted; with --earliest begin with what is there, with --state where the last run ended")
	f.Var((*filled)(&o.state), "state", "with -F: keep in `DIR` what was read and written: begin where the last run ended, and write nothing twice")
	f.StringVar(&o.catchUp, "catch-up", "1d", "with -F, --every and --state: go back up to so much `TIME` for periods that were missed; 0: any time")
	o.line = f
	_ = f.SetAnnotation("state", cobra.BashCompSubdirsInDir, nil)
}

// open is the time that a search without an end begins to count from.
func (q *query) open(now time.Time, zone *time.Location) (m anchor, err error) {
	m = anchor{now: now, earliest: q.earliest}
	switch {
	case q.latest != "":
		return m, usage("--latest is where the search ends, and -F has none")
	case q.state == "" && typed(q.line, "catch-up"):
		return m, usage("--catch-up is for searches with a state folder").hint("name one: --state DIR")
	case q.earliest != "" && q.state != "":
		return m, usage("--state knows where to begin, and so does --earliest")
	case q.earliest != "":
		m.latest = endless
	}
	if q.every != "" {
		if _, err := schedule.Period(q.every, zone); err != nil {
			return m, usage("--every: %s", err).hint("%s", schedule.HowPeriod)
		}
	}
	if q.catchUp != "0" {
		if m.catchUp, err = timeSpan("--catch-up", q.catchUp, now, zone); err != nil {
			return m, err
		}
	}
	m.lag, err = timeSpan("--lag", q.lagged(), now, zone)
	return m, err
}

// followed says what cannot be had of a search that goes on, and is answered by periods or else as rows come.
func (o *answer) followed(p *prepared, byPeriods bool) error {
	_, latest, _ := p.program.Window()
	err := refuse(
		refusal{!p.program.Reads(), usage("-F follows logs, and the query reads none")},
		refusal{!byPeriods && latest < 9223372036e9, usage("the query says when its time ends, and -F has no end").hint("leave it out, and say with --earliest where to begin")},
		refusal{!byPeriods && p.program.Pace() == plan.Whole, usage("rows of this query depend on all events of a time, and -F tells them as they come").
			hint("with --every 15m, it is answered for every 15 minutes when they are over")},
		refusal{byPeriods && p.program.Pace() == plan.BySequence, usage("a sequence goes on from one period to the next, and --every would cut it").hint("leave out --every: -F tells sequences when they end")},
		refusal{o.requireData, usage("--require-data is told at the end, and -F has none")},
	)
	return cmp.Or(err, o.endlessly([]string{"table", "ndjson", "raw"}, "rows", o.unique, &o.profiling))
}

// live is a search that goes on.
type live struct {
	*answer
	*reading
	prepared *prepared
	session  *engine.Session
	retained *retention // nil without a state
}

// goOn answers a query while its logs are written.
func (o *answer) goOn(ctx context.Context, r *report, p *prepared) (exit, error) {
	r.diagnostics(p.warnings)
	every, err := p.period()
	if err == nil {
		err = o.followed(p, every != "")
	}
	if err != nil {
		return misused, err
	}
	ledgers, err := o.ledgers()
	if err != nil {
		return misused, err
	}
	defer ledgers.discard()
	l := &live{answer: o, reading: newReading(r, p.lag, severest(p.warnings)), prepared: p}
	if p.state != "" {
		if l.retained, err = l.retain(); err != nil {
			return misused, err
		}
		defer l.retained.close()
	}
	found, err := l.answered(ctx, every)
	if err != nil {
		return misused, err
	}
	return l.end(ledgers, found)
}

// answered is how many rows there were until the context was done or the pipes had ended.
func (l *live) answered(ctx context.Context, every string) (rows int64, err error) {
	if every != "" {
		return l.byPeriods(ctx, every)
	}
	if err := l.begin(ctx); err != nil {
		return 0, err
	}
	defer l.watcher.Close()
	first := &most{rows: l.maxRows}
	summary, err := l.written(l.report.shell, first.of(l.rows(ctx)), l.prepared, nil)
	if err == nil {
		l.code = l.code.or(first.tell(l.report.shell))
	}
	return summary.Rows, err
}

// end tells what was read, after so many rows.
func (l *live) end(ledgers ledgers, rows int64) (exit, error) {
	if !l.report.quiet {
		l.say("%s", strings.TrimSuffix(summarise(&l.came, l.report.zone, l.report.verbose), "\n"))
	}
	if err := ledgers.write(&l.came); err != nil {
		return misused, err
	}
	if l.exitStatus && rows == 0 {
		return l.code.or(unfulfilled), nil
	}
	return l.code, nil
}

// begin begins to follow the paths, and reads what there is of processes that have started.
func (l *live) begin(ctx context.Context) error {
	session, diag := engine.NewSession(engine.Pack{l.prepared.program})
	if diag != nil {
		return diag
	}
	paths := l.prepared.paths
	if len(paths) == 0 {
		paths = []string{"-"}
		if l.inTerminal {
			return usage("no input: name files or folders, or pipe a log into spoor")
		}
	}
	from, _, _ := l.prepared.program.Window()
	existing := from != column.Beginning
	l.session, l.waits, l.asked = session, l.prepared.program.Waits(), true // there is no lag unless the user says so
	if l.retained != nil {
		if err := l.retained.begin(ctx, paths, session); err != nil {
			return err
		}
	}
	if err := l.watch(paths, follow.Options{Existing: existing || l.retained != nil, TempDir: l.tempDir, Most: roundBytes}); err != nil {
		return err
	}
	if existing {
		l.window(l.prepared.program)
		return nil
	}
	if !l.report.quiet {
		l.say("following; times are in %s", l.report.zone)
	}
	in, _ := filesOf(paths)
	return l.session.Learn(ctx, l.options(in))
}

func (l *live) options(in input.Inputs) engine.RunOptions {
	o := engine.RunOptions{Inputs: in, Workers: l.jobs, NoPrefilter: slices.Contains(l.answer.ledger, "full"),
		Sourcetypes: l.prepared.sourcetypes, Host: l.prepared.host, Clock: l.now}
	l.memory.apply(&o)
	return o
}

// rows is the rows as they come, until the context is done or the pipes have ended.
func (l *live) rows(ctx context.Context) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		defer l.serve()()
		found := int64(0)
		for round := range l.rounds(ctx) {
			var err error
			wanted := true
			give := func(b *column.Batch) bool {
				found += int64(b.Rows)
				wanted = wanted && yield(b, nil)
				return wanted
			}
			if l.retained != nil { // a round that has begun is brought to its end
				err = l.retained.round(context.WithoutCancel(ctx), round, give)
			} else if err = l.round(ctx, round, give); err == nil {
				give(whole())
			}
			switch {
			case !wanted || ctx.Err() != nil && l.retained == nil:
				return
			case err != nil:
				yield(nil, err)
				return
			}
			l.beat(found, l.session.Held)
		}
	}
}

// whole is a batch that says that what was found is whole.
func whole() *column.Batch { return column.NewBatch(column.NewSchema(), nil, 0) }

// round answers a round. It gives its rows, for as long as somebody wants them.
func (l *live) round(ctx context.Context, round *follow.Round, give func(*column.Batch) bool) error {
	at, err := l.watermark(ctx, round)
	if err != nil {
		return err
	}
	result := l.session.Round(ctx, l.options(round.Inputs), at, func(_ int, r *engine.Result) error {
		for b, err := range r.Rows() {
			if err != nil {
				return err
			}
			if !give(b) {
				break
			}
		}
		l.tell(r.Diagnostics())
		return nil
	})
	ledger := result.Ledger()
	l.tell(append(result.Diagnostics(), ledger.Errors()...))
	l.account(ledger)
	return result.Errors[0]
}
