package rounds

import (
	"slices"

	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/state"
)

// intend notes of rules that were never answered from where on they are to be: should this round not come to its end, the next one begins there.
func (r *round) intend(jobs []detect.Job) error {
	begin := map[string]state.Mark{}
	for _, j := range jobs {
		name := detect.NameOf(j.Rule)
		if _, begun := begin[name]; begun || r.marks[name] != (state.Mark{}) || j.Window.From.IsZero() {
			continue
		}
		mark := state.Mark{Until: j.Window.From.UnixNano()}
		if r.options.Detect.Scheduled && j.Rule != listening {
			mark = state.Mark{Tick: j.Window.Tick.UnixNano() - 1}
		}
		mark.Name = j.Rule.Name
		begin[name] = mark
	}
	if len(begin) == 0 {
		return nil
	}
	return r.store.Commit(r.out.Run, state.Change{Marks: begin})
}

// proceed notes how far the rules and the files have come.
func (r *round) proceed(report *detect.Report) {
	c := &r.out.change
	if c.Marks == nil {
		c.Marks = map[string]state.Mark{}
	}
	newest := int64(0)
	for _, f := range r.files {
		newest = max(newest, f.At.Newest)
	}
	failed := map[string]bool{}
	for _, x := range report.Outcomes {
		name := detect.NameOf(x.Rule)
		if failed[name] = failed[name] || x.Program == nil || x.Verdict == detect.Failed; failed[name] {
			delete(c.Marks, name)
			continue
		}
		mark, begun := c.Marks[name]
		if !begun {
			mark = r.marks[name]
		}
		until := min(newest+1, r.now().UnixNano())
		if w := x.Window; !w.To.IsZero() {
			until = w.To.UnixNano()
		}
		mark.Name, mark.Until, mark.Run = x.Rule.Name, max(mark.Until, until), r.out.Run.ID
		if r.options.Detect.Scheduled {
			mark.Tick = max(mark.Tick, x.Window.Tick.UnixNano())
		}
		c.Marks[name] = mark
	}
	from := map[uint64]bool{}
	for name := range c.Marks {
		from[r.marks[name].Run] = true
	}
	c.Positions = r.reached(report, from)
	for name := range r.left {
		r.out.More = r.out.More || c.Marks[name].Tick > r.marks[name].Tick
	}
	for _, t := range slices.Concat(r.out.told, r.out.withheld) {
		c.Told = append(c.Told, t.Told)
	}
}

// merged is a report with one outcome for each rule.
func (r *round) merged(report *detect.Report) *detect.Report {
	out := *report
	out.Outcomes = nil
	of := map[string]*detect.Outcome{}
	told := map[string]int{}
	for _, t := range r.out.told {
		told[detect.NameOf(t.Rule)]++
	}
	for _, x := range report.Outcomes {
		name := detect.NameOf(x.Rule)
		if first := of[name]; first != nil {
			first.Absorb(x)
			continue
		}
		one := *x
		of[name] = &one
		out.Outcomes = append(out.Outcomes, &one)
	}
	for name, x := range of {
		x.Findings = told[name]
	}
	return &out
}

// Findings is what is to be told, by rule.
func (r *Round) Findings() finding.Stream {
	return func(yield func(*finding.Finding, error) bool) {
		for _, t := range r.told {
			f := *t.Finding
			f.History = t.History
			if !yield(&f, nil) {
				return
			}
		}
	}
}

// Announce says what is about to be told. It must come before the first finding is written.
func (r *Round) Announce() error { return r.store.Announce(r.Run, r.change.Told[:len(r.told)]) }

// Commit says that everything was told. It must come when what was written is where it has to be.
func (r *Round) Commit(ended, read int64) error {
	r.Run.Ended, r.Run.Read = ended, read
	slices.SortFunc(r.Run.Gaps, func(a, b state.Gap) int { return int(min(max(a.From-b.From, -1), 1)) })
	return r.store.Commit(r.Run, r.change)
}
