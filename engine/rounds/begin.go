package rounds

import (
	"time"

	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/engine/state"
	"spoor/grammar/source"
)

// Begin notes of rules that were never answered that the first window of each is the first one that ends after a time. Detect.Scheduled must be set.
func Begin(store *state.Store, list []*rules.Rule, after time.Time, o Options) error {
	now := o.Detect.Compile.Now
	known, marks := store.Marks(o.Set), map[string]state.Mark{}
	for _, rule := range list {
		name := detect.NameOf(rule)
		s, wrong := o.scheduleOf(rule, o.Detect.Compile.Zone)
		if known[name] != (state.Mark{}) || wrong != nil {
			continue
		}
		mark := state.Mark{Name: rule.Name, Tick: after.UnixNano()}
		if ticks, _ := s.Due(time.Time{}, after, 1); len(ticks) > 0 {
			mark.Tick = ticks[0].UnixNano()
		}
		if !o.First.IsZero() {
			mark.Until = o.First.UnixNano()
		}
		marks[name] = mark
	}
	if len(marks) == 0 {
		return nil
	}
	run := state.Run{ID: store.NextRun(), Set: o.Set, What: o.What, Began: now.UnixNano(), Ended: now.UnixNano(), Rules: len(marks), Remember: o.Remember}
	return store.Commit(run, state.Change{Marks: marks})
}

func (o *Options) scheduleOf(rule *rules.Rule, zone *time.Location) (*schedule.Schedule, *source.Diagnostic) {
	if o.Schedule != nil {
		return o.Schedule(rule)
	}
	return schedule.Of(rule, zone)
}

// Begin notes that the run is under way, so that no other one beside it takes its ID.
func (l *Live) Begin() error { return l.store.Commit(l.run, l.change()) }
