package rounds

import (
	"context"
	"slices"
	"strings"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/engine/state"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// jobs is the rules with the windows that are to be answered.
func (r *round) jobs(ctx context.Context) (out []detect.Job) {
	var without source.Errors
	for _, rule := range r.rules {
		if ctx.Err() != nil {
			return nil
		}
		windows, wrong := r.windows(rule)
		switch {
		case wrong != nil && wrong.Code == "no-schedule":
			without = append(without, wrong)
			continue
		case wrong != nil:
			r.out.Problems = append(r.out.Problems, wrong)
			r.out.Run.Problems = append(r.out.Run.Problems, wrong.Message)
			continue
		}
		for _, w := range windows {
			out = append(out, detect.Job{Rule: rule, Window: w})
		}
	}
	if len(without) < len(r.rules) {
		for _, d := range without { // the others run when they say
			d.Severity = source.Warning
		}
	}
	r.out.Problems = append(r.out.Problems, without...)
	for _, g := range r.gaps {
		r.out.Problems = append(r.out.Problems, g.tell())
	}
	return out
}

// extent is from where to where the windows reach together, as engine/column writes a window without a beginning or an end. That the end of an EQL
// rule's window belongs to it is left out.
func extent(jobs []detect.Job) (from, to int64) {
	for i, j := range jobs {
		first, last := int64(column.Beginning), int64(column.End)
		if !j.Window.From.IsZero() {
			first = j.Window.From.Truncate(time.Microsecond).UnixNano()
		}
		if !j.Window.To.IsZero() {
			last = j.Window.To.Truncate(time.Microsecond).UnixNano()
		}
		if i == 0 {
			from, to = first, last
		}
		from, to = min(from, first), max(to, last)
	}
	return from, to
}

// windows is the windows of a rule, in the order of their ends.
func (r *round) windows(rule *rules.Rule) (out []schedule.Window, wrong *source.Diagnostic) {
	if !r.options.Detect.Scheduled {
		w, wrong := r.window(rule)
		if wrong != nil || !w.To.IsZero() && !w.From.Before(w.To) {
			return nil, wrong
		}
		return []schedule.Window{w}, nil
	}
	s, wrong := r.options.scheduleOf(rule, r.zone())
	if wrong != nil {
		return nil, wrong
	}
	mark, now := r.marks[detect.NameOf(rule)], r.now()
	ticks, _ := s.Due(moment(mark.Tick), now, 0)
	if mark.Tick != 0 {
		ticks = r.within(rule, s, ticks)
	}
	late, wrong := r.dirty(rule, s)
	if wrong != nil {
		return nil, wrong
	}
	again, wrong := over(s, late)
	if wrong != nil {
		return nil, wrong
	}
	if out, wrong = over(s, ticks); wrong != nil {
		return nil, wrong
	}
	r.join(rule, out)
	out = r.clipped(out)
	if most := r.options.Most; most > 0 && len(out) > most {
		out, r.left[detect.NameOf(rule)] = out[:most], true
	}
	return append(r.clipped(again), out...), nil
}

// over is the windows of ticks.
func over(s *schedule.Schedule, ticks []time.Time) (out []schedule.Window, wrong *source.Diagnostic) {
	for _, tick := range ticks {
		w, wrong := s.Window(tick)
		if wrong != nil {
			return nil, wrong
		}
		out = append(out, w)
	}
	return out, nil
}

// clipped leaves of windows what is searched.
func (r *round) clipped(windows []schedule.Window) []schedule.Window {
	first := r.options.First
	if first.IsZero() {
		return windows
	}
	for i := range windows {
		windows[i].From = later(windows[i].From, first)
	}
	return slices.DeleteFunc(windows, func(w schedule.Window) bool { return !w.To.After(first) })
}

// within leaves out the ticks that are too long ago to be caught up with, and says so.
func (r *round) within(rule *rules.Rule, s *schedule.Schedule, ticks []time.Time) []time.Time {
	oldest := r.oldest()
	left := 0
	for left < len(ticks) && ticks[left].Before(oldest) {
		left++
	}
	if left == 0 {
		return ticks
	}
	first, _ := s.Window(ticks[0])
	last, _ := s.Window(ticks[left-1])
	r.skip(rule, max(first.From.UnixNano(), r.marks[detect.NameOf(rule)].Until), last.To.UnixNano(), source.Count(left, "missed run")+" longer ago than --catch-up")
	return ticks[left:]
}

// dirty is the ticks that were answered already, into whose windows late events belong.
func (r *round) dirty(rule *rules.Rule, s *schedule.Schedule) (out []time.Time, wrong *source.Diagnostic) {
	late, ok := r.late(rule)
	if !ok {
		return nil, nil
	}
	by, _ := reachOf(rule, r.options.Detect.Compile)
	late = late.reaching(by)
	from := later(time.Unix(0, late.first), r.options.First)
	if oldest := r.oldest(); from.Before(oldest) {
		from = oldest
		r.skip(rule, late.first, oldest.UnixNano(), "late events longer ago than --catch-up")
	}
	mark := r.marks[detect.NameOf(rule)]
	ticks, _ := s.Due(from.Add(-time.Second), moment(mark.Tick), 0)
	for _, tick := range ticks {
		w, wrong := s.Window(tick)
		if wrong != nil {
			return nil, wrong
		}
		if (w.From.IsZero() || w.From.UnixNano() <= late.last) && w.To.UnixNano() > late.first {
			out = append(out, tick)
		}
	}
	return out, nil
}

// join lets the windows begin no later than where the rule was evaluated up to.
func (r *round) join(rule *rules.Rule, windows []schedule.Window) {
	until := moment(r.marks[detect.NameOf(rule)].Until)
	for i := range windows {
		w := &windows[i]
		if back := later(until, r.oldest()); !until.IsZero() && back.Before(w.From) {
			w.From = back
		}
		until = later(until, w.To)
	}
}

// window is the window of a rule without a schedule: the one that the user names, or from where it was evaluated up to. It goes back to what was
// missed, and to what came late.
func (r *round) window(rule *rules.Rule) (w schedule.Window, wrong *source.Diagnostic) {
	o := r.options.Detect.Compile
	w = schedule.Window{Tick: o.Now}
	mark := r.marks[detect.NameOf(rule)]
	until := moment(mark.Until)
	if w.From, wrong = r.parse("--earliest", o.Earliest, until); wrong != nil {
		return w, wrong
	}
	if w.To, wrong = r.parse("--latest", o.Latest, time.Time{}); wrong != nil {
		return w, wrong
	}
	if _, open := reachOf(rule, o); w.To.IsZero() && (open || o.Earliest != "") { // until now what must be missing may have come
		w.To = o.Now
	}
	if mark == (state.Mark{}) || w.From.IsZero() {
		return w, nil
	}
	back, why := w.From, ""
	if until.Before(back) {
		back, why = until, "missed runs longer ago than --catch-up"
	}
	if late, ok := r.late(rule); ok && time.Unix(0, late.first).Before(back) {
		back, why = time.Unix(0, late.first), "late events longer ago than --catch-up"
	}
	if oldest := r.oldest(); back.Before(oldest) && oldest.Before(w.From) {
		r.skip(rule, back.UnixNano(), oldest.UnixNano(), why)
		back = oldest
	} else if back.Before(oldest) {
		back = w.From
	}
	w.From = back
	return w, nil
}

func (r *round) parse(flag, text string, missing time.Time) (time.Time, *source.Diagnostic) {
	if text == "" {
		return missing, nil
	}
	t, err := timerange.Parse(text, r.now(), r.zone())
	if err != nil {
		return t, source.Errorf(source.New(flag, text).All(), "bad-time", "%s", err)
	}
	return t, nil
}

// oldest is how far back windows may go; zero: as far as they like.
func (r *round) oldest() time.Time {
	if r.options.Catchup <= 0 {
		return time.Time{}
	}
	return r.now().Add(-r.options.Catchup)
}

func (r *round) now() time.Time { return r.options.Detect.Compile.Now }

func (r *round) zone() *time.Location {
	if z := r.options.Detect.Compile.Zone; z != nil {
		return z
	}
	return time.UTC
}

// moment is a time of the state: zero for never.
func moment(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return time.Unix(0, ns).UTC()
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// reachOf is how long a sequence of a rule may take, and whether it ends with an event that must be missing.
func reachOf(rule *rules.Rule, o engine.Options) (by time.Duration, open bool) {
	if rule.Language != rules.EQL || !strings.HasPrefix(strings.TrimSpace(rule.Query.String()), "sequence") {
		return 0, false
	}
	p, errs := engine.CompileRule(rule, o)
	if errs.Failed() || p == nil {
		return 0, false
	}
	reach, _ := p.Reach()
	return reach.MaxSpan, reach.Open
}
