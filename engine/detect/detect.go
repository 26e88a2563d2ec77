// Package detect runs packs of rules over logs: it compiles them, answers all of them in one pass, makes findings of their rows and says of each
// rule what its silence is worth.
package detect

import (
	"context"
	"fmt"
	"slices"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/grammar/source"
)

// Options says how rules are compiled and run.
type Options struct {
	Compile engine.Options
	Run     engine.RunOptions
	// Scheduled gives every rule the time that it searches when it runs by its schedule, counted from Compile.Now, and no more alerts than
	// its max_signals.
	Scheduled bool
	// Evidence is how many of the records on which a finding rests are told.
	Evidence int
	// Briefly takes no census of the data, which reads all of them: a rule that found nothing is quiet then, whatever the reason. Lines far into a file
	// are not told.
	Briefly bool
	// Keyed finds out by what findings are known again: see Found.
	Keyed bool
	// Within finds by RunJobs only sequences of which all events are in the window, as servers do.
	Within bool
}

// Outcome is a rule and what came of it.
type Outcome struct {
	Rule     *rules.Rule
	Program  *engine.Program // nil if the rule cannot run
	Verdict  Verdict
	Nearly   bool          // it is degraded only because fields are approximated
	Reasons  []string      // why, if there is something to say
	Problems source.Errors // of compiling and running it
	Findings int
	Cut      int // further results, beyond max_signals
	Profile  engine.Profile
	Window   *schedule.Window // that it was asked about, if it was asked about one of its own

	results   []result
	condition *engine.Program // which has rows if the results are an alert; nil if there is no such condition
	confirmed bool            // it has some
	span      *plan.Reach     // of its sequences, if those count that become complete within the window
}

// result is a row of a rule, or the events of a sequence.
type result []cell

// cell is where a row stands.
type cell struct {
	batch *column.Batch
	row   int
}

// Report is what came of a pack.
type Report struct {
	Outcomes []*Outcome // in the order of the rules
	Ledger   *input.Ledger
	Warnings source.Errors // about what was read

	options Options
	records map[int64]finding.Record  // by packed position
	locate  func(int64) (int64, bool) // where among the inputs a record stands that has a position of its own; nil: there
}

// Run compiles rules and answers them in one pass over the inputs.
func Run(ctx context.Context, list []*rules.Rule, o Options) *Report {
	return Compile(list, o).run(ctx)
}

// run answers the rules.
func (r *Report) run(ctx context.Context) *Report {
	out, o := r, r.options
	if o.Compile.Evidence > 0 {
		o.Run.Inputs = indexed(o.Run.Inputs)
		out.options.Run.Inputs = o.Run.Inputs
	}
	var pack engine.Pack
	var running []*Outcome
	for _, x := range out.Outcomes {
		if x.Program != nil {
			pack, running = append(pack, x.Program), append(running, x)
		}
	}
	answers := len(pack)
	for _, x := range out.Outcomes {
		if x.condition != nil {
			pack, running = append(pack, x.condition), append(running, x)
		}
	}
	o.Run.Census = !o.Briefly
	done := pack.Run(ctx, o.Run, func(i int, r *engine.Result) error {
		if i >= answers {
			return running[i].confirm(r)
		}
		return running[i].take(r)
	})
	for i, x := range running {
		if i >= answers {
			x.unconfirmed(done.Errors[i])
			continue
		}
		x.fail(done.Errors[i])
		x.Profile = done.Profiles[i]
	}
	out.Ledger, out.Warnings = done.Ledger(), done.Diagnostics()
	for _, x := range out.Outcomes {
		x.complete()
		x.alert()
		x.limit(o)
		x.judge(done.Census, &out.Ledger.Total)
		if o.Evidence > 0 && x.Program != nil && x.unproven() {
			x.Reasons = append(x.Reasons, "its rows do not tell on which records they rest")
		}
	}
	if err := out.lookUp(ctx); err != nil {
		out.Warnings = append(out.Warnings, source.Warnf(source.Span{}, "evidence", "the records of the findings could not be read again: %s", err))
	}
	return out
}

// Compile is the report of a pack that has not run: what is wrong with its rules is in it.
func Compile(list []*rules.Rule, o Options) *Report {
	out, times := newReport(o), timetable{}
	for _, r := range list {
		x := out.add(&Outcome{Rule: r})
		w, problem := windowOf(r, o)
		if problem != nil {
			x.Problems = append(x.Problems, problem)
			continue
		}
		times.add(w, x)
	}
	times.compile(out.options.Compile)
	return out
}

func newReport(o Options) *Report {
	o.Compile.Evidence = o.Evidence
	if o.Compile.Keyed = o.Keyed; o.Keyed {
		o.Compile.Evidence = max(o.Evidence, 1)
	}
	return &Report{options: o}
}

func (r *Report) add(x *Outcome) *Outcome {
	r.Outcomes = append(r.Outcomes, x)
	return x
}

// timetable is rules by the time that they search.
type timetable struct {
	rules map[window][]*Outcome
	order []window
}

func (t *timetable) add(w window, x *Outcome) {
	if t.rules == nil {
		t.rules = map[window][]*Outcome{}
	}
	if t.rules[w] == nil {
		t.order = append(t.order, w)
	}
	t.rules[w] = append(t.rules[w], x)
}

func (t *timetable) compile(o engine.Options) {
	for _, w := range t.order {
		compile(t.rules[w], w.in(o))
	}
}

// compile compiles rules that search the same time.
func compile(list []*Outcome, o engine.Options) {
	of := make([]*rules.Rule, len(list))
	for i, x := range list {
		of[i] = x.Rule
	}
	for i, c := range engine.CompileRules(of, o) {
		list[i].Program, list[i].Problems = c.Program, append(list[i].Problems, c.Errors...)
		list[i].compileCondition(o)
	}
}

// take keeps the rows of a rule.
func (x *Outcome) take(r *engine.Result) error {
	defer func() {
		for _, d := range r.Diagnostics() {
			if d.Span.IsZero() { // what a run has to say is of the rule
				own := *d
				own.Span, d = x.Rule.At, &own
			}
			x.Problems = append(x.Problems, d)
		}
	}()
	rows := grouping{}
	for b, err := range r.Rows() {
		if err != nil {
			return err
		}
		rows.add(b.Keep())
	}
	x.results = rows.results
	return nil
}

// fail notes why a rule ended before its time.
func (x *Outcome) fail(err error) {
	if err == nil {
		return
	}
	x.Verdict, x.results = Failed, nil
	x.Reasons = append(x.Reasons, plain(err))
}

// Findings is what was found, by rule.
func (r *Report) Findings() finding.Stream {
	type one struct {
		of *Outcome
		result
	}
	all := func(yield func(one, error) bool) {
		for _, x := range r.Outcomes {
			for _, found := range x.results {
				if !yield(one{x, found}, nil) {
					return
				}
			}
		}
	}
	return finding.InOrder(all, func(x one) (*finding.Finding, error) { return r.finding(x.of, x.result), nil })
}

func (r *Report) finding(x *Outcome, found result) *finding.Finding {
	return finding.New(x.Rule, found.rows(), r.evidence(found), r.options.Compile.Zone)
}

// Count is how many rules have a verdict.
func (r *Report) Count(v Verdict) (n int) {
	for _, x := range r.Outcomes {
		if x.Verdict == v {
			n++
		}
	}
	return n
}

// Standings is the rules for a layer of the navigator.
func (r *Report) Standings() []finding.Standing {
	out := make([]finding.Standing, len(r.Outcomes))
	for i, x := range r.Outcomes {
		out[i] = finding.Standing{Rule: x.Rule, Able: x.Verdict.Able(), Findings: x.Findings}
	}
	return out
}

// limit leaves the newest results of a rule of Elastic's that runs by its schedule, as many as its max_signals.
func (x *Outcome) limit(o Options) {
	if most := x.Rule.MaxSignals; o.Scheduled && most > 0 && len(x.results) > most {
		x.Cut = len(x.results) - most
		x.results = slices.Clone(x.results[x.Cut:])
		d := source.Warnf(x.Rule.At, engine.Limit+"-signals", "the rule %q has %s, and its max_signals gives the newest %d", x.Rule.Name, source.Count(x.Cut+most, "result"), most)
		x.Problems = append(x.Problems, d.WithHint("without --scheduled nothing is left out"))
		x.Reasons = append(x.Reasons, fmt.Sprintf("%d more than its max_signals gives", x.Cut))
	}
	x.Findings = len(x.results)
}
