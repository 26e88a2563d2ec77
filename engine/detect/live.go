package detect

import (
	"context"
	"slices"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// Live is a pack over logs that grow. Rules that find events and sequences are answered round by round.
type Live struct {
	Whole []*Outcome // rules that depend on all events of a time: they are answered over windows only

	compiled *Report
	session  *engine.Session
	pack     engine.Pack
	running  []*Outcome // by their places in the pack
}

// NewLive compiles rules to be answered while logs grow.
func NewLive(list []*rules.Rule, o Options) (*Live, *source.Diagnostic) {
	o.Keyed, o.Briefly = true, true
	l := &Live{compiled: Compile(list, o)}
	for _, x := range l.compiled.Outcomes {
		switch {
		case x.Program == nil:
		case x.whole():
			l.Whole = append(l.Whole, x)
		default:
			l.pack, l.running = append(l.pack, x.Program), append(l.running, x)
		}
	}
	if len(l.pack) == 0 {
		return l, nil
	}
	var diag *source.Diagnostic
	l.session, diag = engine.NewSession(l.pack)
	return l, diag
}

// whole says whether what the rule finds depends on all events of a time. So it is with alerts that count results.
func (x *Outcome) whole() bool {
	if x.Program.Pace() == plan.Whole || !x.Program.Reads() || x.condition != nil {
		return true
	}
	if _, counts := x.counted(); !counts {
		return false
	}
	t := x.Rule.Trigger
	return t.Relation != "" && (t.Relation != "greater than" || t.Quantity != "0" && t.Quantity != "")
}

// Rules is how many rules are answered round by round.
func (l *Live) Rules() int { return len(l.pack) }

// Pending says whether one of the rules waits for what may not come.
func (l *Live) Pending() bool { return slices.ContainsFunc(l.pack, (*engine.Program).Waits) }

// Compiled is the report of the rules before their first round: what is wrong with them.
func (l *Live) Compiled() *Report {
	for _, x := range l.compiled.Outcomes {
		x.judge(nil, &input.Count{})
	}
	return l.compiled
}

// Learn reads inputs for nothing but the starts of processes.
func (l *Live) Learn(ctx context.Context, in input.Inputs) error {
	if l.session == nil {
		return nil
	}
	o := l.compiled.options.Run
	o.Inputs = in
	return l.session.Learn(ctx, o)
}

// Lookback is how much older text must be read to be as if following had begun earlier; ok is false if no time is enough.
func (l *Live) Lookback() (back time.Duration, ok bool) {
	if l.session == nil {
		return 0, true
	}
	return l.session.Lookback()
}

// Round answers the rules over what was appended, up to a time. Of the report's outcomes there is one for each
// rule that was answered.
func (l *Live) Round(ctx context.Context, in input.Inputs, at engine.Watermark) *Report {
	out := &Report{options: l.compiled.options}
	for _, x := range l.running {
		out.add(&Outcome{Rule: x.Rule, Program: x.Program})
	}
	if l.session == nil {
		out.Ledger = &input.Ledger{}
		return out
	}
	o := out.options.Run
	o.Inputs = in
	done := l.session.Round(ctx, o, at, func(i int, r *engine.Result) error { return out.Outcomes[i].take(r) })
	for i, x := range out.Outcomes {
		x.fail(done.Errors[i])
		x.Findings = len(x.results)
		x.judge(nil, &input.Count{})
	}
	out.Ledger, out.Warnings = done.Ledger(), done.Diagnostics()
	l.locate(out)
	if err := out.lookUp(ctx); err != nil {
		out.Warnings = append(out.Warnings, source.Warnf(source.Span{}, "evidence", "the records of the findings could not be read again: %s", err))
	}
	return out
}

// locate gives the report the inputs in which its findings' records stand, of this round and of earlier ones.
func (l *Live) locate(r *Report) {
	var in input.Inputs
	ordinals := map[int]int{}
	r.locate = func(at int64) (int64, bool) {
		number, offset := column.UnpackPosition(at)
		ordinal, known := ordinals[number]
		if !known {
			from, _, ok := l.session.Place(at)
			if !ok {
				return at, false
			}
			ordinal = len(in)
			ordinals[number], in = ordinal, append(in, from)
			r.options.Run.Inputs = in
		}
		return column.PackPosition(ordinal, offset), true
	}
}
