package lint

import (
	"strconv"
	"time"

	"spoor/engine/plan"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

var maxspan = &Check{
	Code: "maxspan", Severity: source.Warning,
	Doc:  "A sequence or transaction may last longer than the time that the rule looks back.",
	Why:  "What lasts longer than one execution looks at is never found, although the query allows it. Let the rule look back further, or shorten maxspan.",
	File: "shells.yml",
	Bad:  "title: Shells\nlanguage: eql\nschedule: {every: 5m, earliest: now-9m}\n" + sequence,
	Good: "title: Shells\nlanguage: eql\nschedule: {every: 5m, earliest: now-69m}\n" + sequence,
	rule: func(s *subject) {
		back, ok := s.lookBack()
		if !ok {
			return
		}
		nodes(s.program.Lowered, func(n plan.Node) {
			span := time.Duration(0)
			switch n := n.(type) {
			case *plan.Sequence:
				span = n.MaxSpan
			case *plan.Transaction:
				span = n.Span
			}
			if span > back {
				s.warn(s.word("maxspan"), "maxspan is %s, and the rule looks back %s only", duration(span), duration(back)).
					WithHint("a rule that runs every so often must look back that much further than maxspan, too")
			}
		})
	},
}

const sequence = `query: |
  sequence by process.entity_id with maxspan=1h
    [process where process.name == "sh"]
    [network where true]
`

// lookBack is how long a time one execution of the rule searches.
func (s *subject) lookBack() (time.Duration, bool) {
	when := s.rule.Schedule
	if when.Earliest == "" {
		return 0, false
	}
	latest := when.Latest
	if latest == "" {
		latest = "now"
	}
	from, err := timerange.Parse(when.Earliest, s.options.Now, time.UTC)
	if err != nil {
		return 0, false
	}
	to, err := timerange.Parse(latest, s.options.Now, time.UTC)
	if err != nil {
		return 0, false
	}
	return to.Sub(from), to.After(from)
}

// duration is a time as users write it: 90m, 2h, 45s.
func duration(d time.Duration) string {
	for _, u := range []struct {
		unit time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if d >= u.unit && d%u.unit == 0 {
			return strconv.FormatInt(int64(d/u.unit), 10) + u.name
		}
	}
	return d.String()
}
