// Package rehearsal says what rules would have told if their schedules had run over old logs, and holds it against one pass over all of the time:
// which findings are told twice, which never, which came too late, and why.
//
// What a window finds of rows that stand for one event, or for the events of one sequence, follows from the one pass: it holds all of these events,
// or not. Only rules whose rows rest on more, as groups do, are answered window by window.
package rehearsal

import (
	"context"
	"fmt"
	"time"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/grammar/source"
)

// Options says which runs are rehearsed.
type Options struct {
	Detect   detect.Options
	From, To time.Time     // of the ticks: those after From, up to To
	Every    time.Duration // between ticks, instead of what schedules say; 0: as they say
	// Begun is told, if it is not nil, when the logs begin to be read once more: how many times that was, and will be at least.
	Begun func(pass, of int, reading Reading)
}

// Reading is one of the times that the logs are read.
type Reading interface{ Progress() (done, total int64) }

// Outcome is what runs would have told.
type Outcome struct {
	Cases []Case // in the order of time
	Rules []Standing
	Whole *detect.Report // of the one pass

	Problems source.Errors // suppressions that are not applied
}

// Standing is how the findings of a rule fared.
type Standing struct {
	Rule    *rules.Rule
	Problem string // why it has no runs; empty if it has
	Runs    int
	Found   int // in the one pass
	Twice   int
	Dropped int // told again too, but Elastic drops an alert that is there
	Never   int
	Late    int
	// Suppressed is how many are not told as the rule itself says so.
	Suppressed int
	Advice     string // what of the rule could be otherwise, so that less is lost
	Helped     int    // how many are not lost then

	need need
}

// Lost is how many findings were told never, or would have been if they had not come late.
func (s *Standing) Lost() int { return s.Never + s.Late }

// Add adds up how the findings of rules fared.
func (s *Standing) Add(other *Standing) {
	s.Runs += other.Runs
	s.Found += other.Found
	s.Twice += other.Twice
	s.Dropped += other.Dropped
	s.Never += other.Never
	s.Late += other.Late
	s.Suppressed += other.Suppressed
}

// Run rehearses rules over inputs, which are read several times.
func Run(ctx context.Context, list []*rules.Rule, o Options) (*Outcome, error) {
	r := &rehearsal{options: o, windows: map[rhythm]windows{}, out: &Outcome{}}
	r.options.Detect.Within, r.options.Detect.Evidence = true, max(o.Detect.Evidence, fewest)
	for _, rule := range list {
		c := r.course(rule)
		if r.courses = append(r.courses, c); c.wrong != "" {
			continue
		}
		r.whole = append(r.whole, detect.Job{Rule: c.rule, Window: c.windows.whole()})
	}
	first := r.options.Detect
	first.Run.Moments = r.grain()
	r.passes = 2 // with the one for arrivals
	first.Run.Begun = func(account *engine.Result) { r.begin(account) }
	r.out.Whole = detect.RunJobs(ctx, r.whole, first)
	r.compare()
	if err := r.answer(ctx); err != nil {
		return nil, err
	}
	if err := r.arrive(ctx); err != nil {
		return nil, err
	}
	if err := r.judge(ctx); err != nil {
		return nil, err
	}
	return r.out, nil
}

// fewest is how many of a group's records are looked at: their times say where it lies, and when it was written.
const fewest = 100

// rehearsal is one at work.
type rehearsal struct {
	options Options
	courses []*course
	windows map[rhythm]windows
	whole   []detect.Job
	out     *Outcome

	pass, passes int // over the logs, so far and in all
}

// begin tells that a pass begins.
func (r *rehearsal) begin(reading Reading) {
	if r.pass++; r.options.Begun != nil {
		r.options.Begun(r.pass, max(r.pass, r.passes), reading)
	}
}

// course is a rule, and the windows of its runs.
type course struct {
	rule    *rules.Rule
	windows windows
	wrong   string // why there are none
	outcome *detect.Outcome
	own     bool // it searches its windows, and no other time
	asked   bool // it must be answered window by window
	tried   bool // whether one window without an event for it was answered
	trial   int  // which
	fires   bool // it found something there
	items   []*item
	known   map[[16]byte][]*item // by what they are known
}

// rhythm is all of rules that decides about their windows.
type rhythm struct {
	cron, interval, earliest, latest, window string
	language                                 rules.Language
}

func (r *rehearsal) course(rule *rules.Rule) *course {
	if r.options.Every > 0 {
		rule = every(rule, r.options.Every)
	}
	c := &course{rule: rule}
	if c.wrong = rule.Unsupported(); c.wrong != "" {
		return c
	}
	when := rhythm{rule.Schedule.Cron, rule.Schedule.Interval, rule.Schedule.Earliest, rule.Schedule.Latest, rule.Schedule.Window, rule.Language}
	known := false
	if c.windows, known = r.windows[when]; known {
		return c
	}
	var wrong *source.Diagnostic
	if c.windows, wrong = r.options.windows(rule); wrong != nil {
		c.wrong = wrong.Message
		return c
	}
	if len(c.windows) == 0 {
		c.wrong = "no run of it is due in this time"
		return c
	}
	r.windows[when] = c.windows
	return c
}

// windows is those of a rule's runs.
func (o *Options) windows(rule *rules.Rule) (out windows, wrong *source.Diagnostic) {
	s, wrong := schedule.Of(rule, o.Detect.Compile.Zone)
	if wrong != nil {
		return nil, wrong
	}
	ticks, _ := s.Due(o.From, o.To, 0)
	for _, tick := range ticks {
		w, wrong := s.Window(tick)
		if wrong != nil {
			return nil, wrong
		}
		out = append(out, w)
	}
	return out, nil
}

// every is a rule that runs at other ticks. Without a window of its own it searches the time since the tick before.
func every(rule *rules.Rule, distance time.Duration) *rules.Rule {
	out := *rule
	s := &out.Schedule
	s.Cron, s.Interval = "", fmt.Sprintf("%ds", distance/time.Second)
	if s.Earliest == "" && s.Latest == "" {
		s.Earliest = "-" + s.Interval
	}
	return &out
}
