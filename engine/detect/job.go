package detect

import (
	"context"
	"slices"
	"time"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/engine/schedule"
)

// Job is a rule and the time that it is asked about: a zero From or To is no bound.
type Job struct {
	Rule   *rules.Rule
	Window schedule.Window
}

// RunJobs is Run for rules that are asked about times of their own; a rule may be asked about several. There is an outcome for each job. A
// sequence counts in the window in which it becomes complete, however long before it began, unless Options.Within wants all of it there.
func RunJobs(ctx context.Context, jobs []Job, o Options) *Report {
	return CompileJobs(jobs, o).run(ctx)
}

// CompileJobs is Compile for rules that are asked about times of their own.
func CompileJobs(jobs []Job, o Options) *Report {
	o.Keyed = true
	out, times := newReport(o), timetable{}
	for i := range jobs {
		j := &jobs[i]
		times.add(inWords(j.Window), out.add(&Outcome{Rule: j.Rule, Window: &j.Window}))
	}
	times.compile(out.options.Compile)
	for _, x := range out.Outcomes {
		if !o.Within {
			x.reach()
		}
	}
	return out
}

// lastDay is the end of a window that has none: without one it would end now.
var lastDay = time.Date(2261, 12, 31, 0, 0, 0, 0, time.UTC)

// inWords is a window in the words of users.
func inWords(w schedule.Window) window {
	if w.To.IsZero() {
		w.To = lastDay
	}
	out := window{now: w.Tick}
	out.earliest, out.latest = w.Words()
	return out
}

// holds says whether a moment is in a window.
func holds(w *schedule.Window, ns int64) bool {
	return (w.From.IsZero() || ns >= w.From.UnixNano()) && (w.To.IsZero() || ns < w.To.UnixNano())
}

// reach lets a program for sequences see those that began before its window.
func (x *Outcome) reach() {
	if x.Program == nil {
		return
	}
	if r, ok := x.Program.Reach(); ok && r.MaxSpan > 0 {
		x.Program, x.span = x.Program.Earlier(r.MaxSpan), &r
	}
}

// complete leaves the sequences that became complete within the window.
func (x *Outcome) complete() {
	if x.span != nil {
		x.results = slices.DeleteFunc(x.results, func(found result) bool { return !holds(x.Window, x.completed(found)) })
	}
}

// completed is the moment from which on a sequence could be found.
func (x *Outcome) completed(found result) int64 {
	first, last := int64(column.End), int64(column.Beginning)
	for _, c := range found {
		if v := c.batch.Col(plan.Moment).Value(c.row); !v.IsNull() {
			first, last = min(first, v.Int()), max(last, v.Int())
		}
	}
	if x.span.Open {
		return first + int64(x.span.MaxSpan)
	}
	return last
}
