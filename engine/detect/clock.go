package detect

import (
	"time"

	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/grammar/source"
)

// shortest is the shortest period that is made of a rule's spans: shorter ones are answered together.
const shortest = "1m"

// Clock says by which periods a rule is answered that depends on all events of a time: those that the user names, the spans of the query where each
// has rows of its own, or the windows of its schedule. Without any of them "no-period" is the error's code.
func (x *Outcome) Clock(every string, zone *time.Location) (*schedule.Schedule, *source.Diagnostic) {
	if every != "" {
		return period(x.Rule, every, zone)
	}
	if x.Program.Apart() {
		if s, err := schedule.Period(x.Program.Span(), zone); err == nil {
			if s.Every() >= time.Minute {
				return s, nil
			}
			return period(x.Rule, shortest, zone)
		}
	}
	s, wrong := schedule.Of(x.Rule, zone)
	if wrong != nil && wrong.Code == "no-schedule" {
		wrong = source.Errorf(x.Rule.At, "no-period", "%q says neither with a span nor with a schedule over which time its events count", x.Rule.Name).WithHint("--every 15m asks every quarter of an hour")
	}
	return s, wrong
}

func period(r *rules.Rule, text string, zone *time.Location) (*schedule.Schedule, *source.Diagnostic) {
	s, err := schedule.Period(text, zone)
	if err != nil {
		return nil, source.Errorf(r.At, "bad-period", "%s", err).WithHint("%s", schedule.HowPeriod)
	}
	return s, nil
}
