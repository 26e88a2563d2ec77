package rounds

import (
	"context"
	"slices"
	"time"

	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/state"
)

// Following is the mark of the run whose positions are those up to which logs were followed.
const Following = "\x00following"

// Live tells what rules find that are answered while logs grow: each finding once, in this run or an earlier one.
type Live struct {
	store     *state.Store
	options   Options
	run       state.Run
	positions []state.Position
	floor     int64 // the newest time of what was there when the logs were followed for the first time

	// Old says of records that they were read by earlier runs. What rests on such alone, and is from before logs were followed, is not told.
	Old func(finding.Record) bool
}

// NewLive begins to tell what so many rules find.
func NewLive(store *state.Store, rules int, o Options) *Live {
	return &Live{store: store, options: o, run: state.Run{
		ID: store.NextRun(), Set: o.Set, What: o.What, Began: o.Detect.Compile.Now.UnixNano(), Rules: rules, Remember: o.Remember,
	}}
}

// Positions is up to where the logs were followed by an earlier run; none if there was none.
func (l *Live) Positions() ([]state.Position, error) {
	mark := l.store.Mark(l.options.Set, Following)
	l.floor = mark.Until
	if mark.Run == 0 {
		return nil, nil
	}
	return l.store.Positions(mark.Run)
}

// Pass says that everything up to the positions is answered once what is told next was told.
func (l *Live) Pass(positions []state.Position) {
	if l.store.Mark(l.options.Set, Following).Run == 0 {
		for _, p := range positions {
			l.floor = max(l.floor, p.Newest)
		}
	}
	l.positions = positions
}

// Reach says that everything up to the positions was answered and told.
func (l *Live) Reach(positions []state.Position, now time.Time) error {
	l.Pass(positions)
	l.run.Ended = now.UnixNano()
	return l.store.Commit(l.run, l.change())
}

func (l *Live) change() state.Change {
	c := state.Change{Positions: l.positions}
	if l.positions != nil {
		c.Marks = map[string]state.Mark{Following: {Name: Following, Until: l.floor, Run: l.run.ID}}
	}
	return c
}

// past says whether a finding is from before logs were followed.
func (l *Live) past(f detect.Found) bool { return l.old(f.Last, f.Known) }

// old says whether what happened last at a time is from before logs were followed.
func (l *Live) old(last int64, records []finding.Record) bool {
	return l.Old != nil && last <= l.floor && len(records) > 0 && !slices.ContainsFunc(records, func(r finding.Record) bool { return !l.Old(r) })
}

// Tell decides what of a report is to be told now. The round is to be announced and committed as others are, before there is another one.
func (l *Live) Tell(ctx context.Context, report *detect.Report, now time.Time) (*Round, error) {
	o := l.options
	o.Detect.Compile.Now = now
	r := &round{store: l.store, options: o, passes: l.past, out: &Round{Report: report, Run: l.run, store: l.store, change: l.change()}}
	if err := r.decide(ctx, report); err != nil {
		return nil, err
	}
	for _, t := range slices.Concat(r.out.told, r.out.withheld) {
		r.out.change.Told = append(r.out.change.Told, t.Told)
	}
	l.run = r.out.Run
	return r.out, nil
}
