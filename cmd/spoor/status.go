package main

import (
	"io"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"spoor/engine/column"
	"spoor/engine/output"
	"spoor/engine/rounds"
	"spoor/engine/state"
)

// standing is the flags of the command.
type standing struct {
	stated
	writing
	silent float64
}

func newStatus(s *shell) *cobra.Command {
	o := &standing{}
	cmd := &cobra.Command{
		Use:   "status --state DIR",
		Short: "Say how far runs got, what they told, what they missed, and which hosts fell silent",
		Long: `Say what a state folder knows of the runs that use it: for each set of logs that is searched how far its rules were evaluated and how far
that is behind, what the last run did, how many findings were told and how many were not, times over which rules were not evaluated, and hosts
that fell silent: of which there was no event for --silent times as long as usual, and at least for five minutes, before the logs end. It may be
asked while a run is under way.

On a terminal it is a few tables, with one of all rules if --wide; elsewhere rows, whose column "what" says what each is of: set, silent, gap,
problem, rule. Lengths of time are seconds.`,
		Example: `  spoor status --state /var/lib/spoor
  spoor status --state /var/lib/spoor -o ndjson | jq -r 'select(.what == "set" and .lag > 7200) | .searched'`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(s) },
	}
	cmd.Flags().Float64Var(&o.silent, "silent", 10, "a host is silent after this `NUMBER` of times its usual gap")
	o.stated.flags(cmd)
	o.writing.flags(cmd)
	return cmd
}

func (o *standing) run(s *shell) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	if !(o.silent > 0) {
		return usage("--silent is a number above 0, not %v", o.silent)
	}
	store, now, zone, err := o.look(s)
	if err != nil {
		return err
	}
	defer store.Close()
	sets, err := store.Sets()
	if err != nil {
		return err
	}
	tables := newStandingTables()
	for _, set := range sets {
		x := &standingSet{store: store, set: set, now: now, silent: o.silent, marks: store.Marks(set), followed: store.Mark(set, rounds.Following)}
		maps.DeleteFunc(x.marks, func(rule string, _ state.Mark) bool { return state.Inner(rule) })
		if err := x.add(tables); err != nil {
			return err
		}
	}
	if len(sets) == 0 {
		s.say("no run has ended yet")
	}
	return o.write(s, zone, func(w io.Writer, to output.Options) error { return tables.write(w, to) })
}

// standingSet is one set of logs that is searched.
type standingSet struct {
	store    *state.Store
	set      state.Set
	now      time.Time
	silent   float64
	marks    map[string]state.Mark
	followed state.Mark // of the run that follows the logs
	runs     []state.Run
	last     state.Run
	searched column.Value
}

func (x *standingSet) add(t *standingTables) (err error) {
	if x.runs, err = x.store.Runs(x.set, 0); err != nil {
		return err
	}
	if len(x.runs) > 0 {
		x.last = x.runs[0]
	}
	x.searched = textCell(firstOf(x.last.What, string(x.set)))
	counts, err := x.store.Counts(x.set)
	if err != nil {
		return err
	}
	hosts, err := x.store.Hosts(x.set)
	if err != nil {
		return err
	}
	until, err := x.until()
	if err != nil {
		return err
	}
	x.addSet(t, counts, until)
	for _, h := range hosts {
		if since, silent := h.Silent(until, x.silent); silent {
			t.silent.add(textCell(h.Name), timeCell(h.Last), spanCell(since), spanCell(time.Duration(h.Usual)), x.searched)
		}
	}
	x.addRules(t, counts)
	return nil
}

// until is up to which time rules were evaluated; where logs are only followed, the time of the newest event that was read.
func (x *standingSet) until() (until int64, err error) {
	for _, m := range x.marks {
		until = max(until, m.Until)
	}
	if until != 0 || x.followed.Run == 0 {
		return until, nil
	}
	positions, err := x.store.Positions(x.followed.Run)
	for _, p := range positions {
		until = max(until, p.Newest)
	}
	return until, err
}

// addSet adds the set and its last run.
func (x *standingSet) addSet(t *standingTables, counts map[string]state.Count, until int64) {
	var all state.Count
	for _, c := range counts {
		all = all.Plus(c)
	}
	gaps, rules := 0, len(x.marks)
	for _, r := range x.runs {
		for _, g := range r.Gaps {
			t.gaps.add(textCell(g.Rule), timeCell(g.From), timeCell(g.To), textCell(g.Why), column.Integer(int64(r.ID)), x.searched)
		}
		if gaps += len(r.Gaps); r.ID == x.followed.Run {
			rules += r.Rules
		}
	}
	took, id := column.Value{}, column.Integer(int64(x.last.ID))
	if x.last.Ended != 0 {
		took = spanCell(time.Duration(x.last.Ended - x.last.Began))
	} else {
		t.problems.add(column.Str("it has not ended: it is under way, or was ended before its time"), id, x.searched)
	}
	t.sets.add(append([]column.Value{
		x.searched, column.Integer(int64(rules)), timeCell(until), x.lag(until), id, timeCell(x.last.Began), took,
	}, append(counted(all), column.Integer(int64(gaps)))...)...)
	for _, p := range x.last.Problems {
		t.problems.add(textCell(p), id, x.searched)
	}
}

func (x *standingSet) addRules(t *standingTables, counts map[string]state.Count) {
	for _, rule := range slices.Sorted(maps.Keys(x.marks)) {
		m, c := x.marks[rule], counts[rule]
		name, id := m.Name, rule
		if name == "" || name == rule {
			name, id = rule, ""
		}
		row := append([]column.Value{textCell(name), timeCell(m.Until), x.lag(m.Until), timeCell(m.Tick)}, counted(c)...)
		t.rules.add(append(row, timeCell(c.Last), textCell(id), x.searched)...)
	}
}

// lag is how far a time is behind.
func (x *standingSet) lag(until int64) column.Value {
	if until == 0 {
		return column.Value{}
	}
	return spanCell(x.now.Sub(time.Unix(0, until)))
}

func counted(c state.Count) (out []column.Value) {
	for _, n := range []int{c.New, c.Updated, c.Repeated, c.Suppressed, c.Silenced, c.Late} {
		out = append(out, column.Integer(int64(n)))
	}
	return out
}
