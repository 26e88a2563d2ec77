package lint

import (
	"cmp"
	"time"

	"spoor/engine/schedule"
	"spoor/grammar/source"
)

var badSchedule = &Check{
	Code: "schedule", Severity: source.Error, uncompiled: true,
	Doc:  "The schedule of a rule makes no sense: its cron, its interval or its times.",
	Why:  "The rule runs when it is named, but never by itself. `spoor help schedules` says how schedules are written.",
	File: "shells.yml",
	Bad:  shells + "schedule: {cron: \"0 * * * * *\", earliest: -70m@m, latest: -10m@m}\n",
	Good: shells + "schedule: {cron: \"0 * * * *\", earliest: -70m@m, latest: -10m@m}\n",
	rule: func(s *subject) {
		when := s.rule.Schedule
		if _, wrong := schedule.Of(s.rule, time.UTC); wrong != nil && wrong.Code != "no-schedule" {
			s.warn(s.written(cmp.Or(when.Cron, when.Interval)), "%s", wrong.Message).WithHint("%s", wrong.Hint)
		}
	},
}

var uncovered = &Check{
	Code: "uncovered", Severity: source.Warning, uncompiled: true,
	Doc:  "There are times that no run of the rule searches: it looks back less far than from one run to the next.",
	Why:  "What happens in between is never found. Let the rule look back further, or run more often.",
	File: "shells.yml",
	Bad:  shells + "schedule: {cron: \"0 * * * *\", earliest: -30m, latest: now}\n",
	Good: shells + "schedule: {cron: \"0 * * * *\", earliest: -60m, latest: now}\n",
	rule: func(s *subject) {
		when, wrong := schedule.Of(s.rule, time.UTC)
		if wrong != nil {
			return
		}
		const runs = 50
		longest, until := time.Duration(0), time.Time{}
		for tick, i := when.Next(s.options.Now), 0; i < runs && !tick.IsZero(); tick, i = when.Next(tick), i+1 {
			w, wrong := when.Window(tick)
			if wrong != nil {
				return
			}
			for _, gap := range schedule.Gaps(until, []schedule.Window{w}) {
				longest = max(longest, gap.To.Sub(gap.From))
			}
			until = w.To
		}
		if longest >= time.Second {
			s.warn(s.written(s.rule.Schedule.Earliest), "between what consecutive runs search are up to %s that none searches", duration(longest.Truncate(time.Second)))
		}
	},
}
