package main

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/follow"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/schedule"
	"spoor/grammar/source"
)

// endless is the end of a search that has none, in seconds since 1970.
const endless = "9223372036"

// growing is the flag by which a search goes on with what is written to the logs.
type growing struct{ follow bool }

func (o *growing) flags(f *pflag.FlagSet) {
	f.BoolVarP(&o.follow, "follow", "F", false, "go on with what is appended to files, new files and pipes, until interrupted; with --earliest begin with what is there")
}

// open is the time that a search without an end begins to count from.
func (q *query) open(now time.Time, zone *time.Location) (m anchor, err error) {
	m = anchor{now: now, earliest: q.earliest}
	switch {
	case q.latest != "":
		return m, usage("--latest is where the search ends, and -F has none")
	case q.earliest != "":
		m.latest = endless
	}
	if q.every != "" {
		if _, err := schedule.Period(q.every, zone); err != nil {
			return m, usage("--every: %s", err).hint("%s", schedule.HowPeriod)
		}
	}
	m.lag, err = timeSpan("--lag", q.lagged(), now, zone)
	return m, err
}

// followed says what cannot be had of a search that goes on, and is answered by periods or else as rows come.
func (o *answer) followed(p *prepared, byPeriods bool) error {
	_, latest, _ := p.program.Window()
	for _, c := range []struct {
		wrong bool
		err   *misuse
	}{
		{!p.program.Reads(), usage("-F follows logs, and the query reads none")},
		{!byPeriods && latest < 9223372036e9, usage("the query says when its time ends, and -F has no end").hint("leave it out, and say with --earliest where to begin")},
		{!byPeriods && p.program.Pace() == plan.Whole, usage("rows of this query depend on all events of a time, and -F tells them as they come").
			hint("with --every 15m, it is answered for every 15 minutes when they are over")},
		{byPeriods && p.program.Pace() == plan.BySequence, usage("a sequence goes on from one period to the next, and --every would cut it").hint("leave out --every: -F tells sequences when they end")},
		{o.to != "" && o.to != "-", usage("--to writes a file as a whole, and -F has no end").hint("to append to a file: -o ndjson >> FILE")},
		{!slices.Contains([]string{"", "table", "ndjson", "raw"}, o.format), usage("-F writes a table, ndjson or raw, not %s, which needs all rows", o.format)},
		{o.unique, usage("--unique needs all events, and -F has no end")},
		{o.profile != "", usage("--profile measures a search that ends, and -F does not")},
		{o.requireData, usage("--require-data is told at the end, and -F has none")},
	} {
		if c.wrong {
			return c.err
		}
	}
	return nil
}

// live is a search that goes on.
type live struct {
	*answer
	*report
	prepared *prepared
	session  *engine.Session
	watcher  *follow.Watcher
	newest   int64 // time of the newest event; 0: none came
	ledger   input.Ledger
	code     exit
}

// idle is after how many seconds without anything new the clock tells what has come.
const idle = 5

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
	l := &live{answer: o, report: r, prepared: p, code: severest(p.warnings)}
	if every != "" {
		found, err := l.byPeriods(ctx, every)
		if err != nil {
			return misused, err
		}
		return l.end(ledgers, found)
	}
	if err := l.begin(ctx); err != nil {
		return misused, err
	}
	defer l.watcher.Close()
	first := &most{rows: o.maxRows}
	summary, err := o.written(r.shell, first.of(l.rows(ctx)), p, nil)
	if err != nil {
		return misused, err
	}
	l.code = l.code.or(first.tell(r.shell))
	return l.end(ledgers, summary.Rows)
}

// end tells what was read, after so many rows.
func (l *live) end(ledgers ledgers, rows int64) (exit, error) {
	if !l.report.quiet {
		l.say("%s", strings.TrimSuffix(summarise(&l.ledger, l.report.zone, l.report.verbose), "\n"))
	}
	if err := ledgers.write(&l.ledger); err != nil {
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
	watcher, err := follow.Watch(paths, follow.Options{Existing: existing, Stdin: l.in, TempDir: l.tempDir, Idle: idle})
	if err != nil {
		return err
	}
	l.session, l.watcher = session, watcher
	if existing {
		l.window(l.prepared.program)
		return nil
	}
	if !l.report.quiet {
		l.say("following; times are in %s", l.report.zone)
	}
	in, _ := input.Resolve(paths, nil)
	return l.session.Learn(ctx, l.options(slices.DeleteFunc(in, func(i input.Input) bool { return i.Size < 0 })))
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
		for round := range l.watcher.Rounds(ctx) {
			l.diagnostics(round.Problems)
			l.code = l.code.or(severest(round.Problems))
			more, err := l.round(ctx, round, yield)
			switch {
			case ctx.Err() != nil || !more:
				return
			case err != nil:
				yield(nil, err)
				return
			case !yield(column.NewBatch(column.NewSchema(), nil, 0), nil): // what was found is whole
				return
			}
			round.Done()
		}
	}
}

// round answers a round. more is false when nobody wants further rows.
func (l *live) round(ctx context.Context, round *follow.Round, yield func(*column.Batch, error) bool) (more bool, err error) {
	low, err := l.low(ctx, round)
	if err != nil {
		return true, err
	}
	more = true
	result := l.session.Round(ctx, l.options(round.Inputs), low, func(_ int, r *engine.Result) error {
		for b, err := range r.Rows() {
			if err != nil {
				return err
			}
			if more = more && yield(b, nil); !more {
				break
			}
		}
		l.tell(r.Diagnostics())
		return nil
	})
	ledger := result.Ledger()
	l.tell(append(result.Diagnostics(), ledger.Errors()...))
	l.account(ledger)
	return more, result.Errors[0]
}

func (l *live) tell(list source.Errors) {
	l.diagnostics(list)
	l.code = l.code.or(severest(list))
}

// low is the time up to which all events have come. While nothing comes, the clock tells it, unless the logs are old ones.
func (l *live) low(ctx context.Context, round *follow.Round) (int64, error) {
	if round.Ended {
		return column.End, nil
	}
	if l.prepared.language != &eql {
		return 0, nil // nothing waits
	}
	now := l.now()
	if len(round.Inputs) > 0 {
		newest, ok, err := input.Newest(ctx, round.Inputs, runtime.GOMAXPROCS(0))
		if err != nil {
			return 0, err
		}
		if ok {
			l.newest = max(l.newest, min(newest, now.UnixNano()))
		}
	} else if quiet := now.Add(-idle * time.Second).UnixNano(); l.newest > now.Add(-time.Hour).UnixNano() {
		l.newest = max(l.newest, quiet)
	}
	return l.newest - int64(l.prepared.lag), nil
}

// account puts the ledger of a round on top, file by file whatever place they have in it.
func (l *live) account(of *input.Ledger) {
	aligned := input.Ledger{Files: make([]input.File, len(l.ledger.Files))}
	places := map[string]int{}
	for i, f := range l.ledger.Files {
		aligned.Files[i].Path, places[f.Path] = f.Path, i
	}
	for _, f := range of.Files {
		i, ok := places[f.Path]
		switch {
		case !ok:
			places[f.Path] = len(aligned.Files)
			aligned.Files = append(aligned.Files, f)
			l.ledger.Files = append(l.ledger.Files, input.File{Path: f.Path})
		case aligned.Files[i].Kinds == nil:
			aligned.Files[i] = f
		default: // of one name there were two
			both := input.Ledger{Files: []input.File{aligned.Files[i]}}
			both.Add(&input.Ledger{Files: []input.File{f}})
			aligned.Files[i] = both.Files[0]
		}
	}
	if l.ledger.Scans == 0 {
		aligned.Scans = 1
	}
	l.ledger.Add(&aligned)
}
