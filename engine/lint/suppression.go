package lint

import (
	"strings"

	"spoor/engine/rules"
	"spoor/engine/suppress"
	"spoor/grammar/source"
)

const throttled = `[Shells]
search = | tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.user | rename Processes.user as user
alert.suppress = 1
`

var badSuppression = &Check{
	Code: "suppression", Severity: source.Error, uncompiled: true,
	Doc:  "What a rule says of suppression makes no sense: its period, its fields, or what is to become of alerts in which one is missing.",
	Why:  "Nothing is suppressed then, or the rule is refused where it comes from. `spoor help suppression` says what can be written.",
	File: "savedsearches.conf",
	Bad:  throttled + "alert.suppress.period = an hour\nalert.suppress.fields = user\n",
	Good: throttled + "alert.suppress.period = 1h\nalert.suppress.fields = user\n",
	rule: func(s *subject) {
		if wrong := suppress.Check(s.rule); wrong != nil {
			s.warn(s.written(suppressing(s.rule)), "%s", wrong.Message).WithHint("%s", wrong.Hint)
		}
	},
}

var suppressField = &Check{
	Code: "suppress-field", Severity: source.Warning,
	Doc:  "A rule is suppressed by a field that the rows of its query do not have.",
	Why:  "All its alerts are alike in that field, or, if it is the only one, none is suppressed. Add the field to the query's by clause or values(), or name another one.",
	File: "savedsearches.conf",
	Bad:  throttled + "alert.suppress.period = 1h\nalert.suppress.fields = user, dest\n",
	Good: throttled + "alert.suppress.period = 1h\nalert.suppress.fields = user\n",
	rule: func(s *subject) {
		if s.rule.Suppression == nil {
			return
		}
		for _, field := range s.rule.Suppression.By {
			if names, lacks := s.lacks(field); lacks {
				s.warn(s.written(suppressing(s.rule)), "no row has the field %s by which the rule is suppressed", field).WithHint("%s", suggest(field, names, "fields: "+strings.Join(names, ", ")))
			}
		}
	},
}

// suppressing is the word with which rules of a format begin what they say of suppression.
func suppressing(r *rules.Rule) string {
	switch r.Format {
	case rules.SavedSearch:
		return "alert.suppress"
	case rules.SecurityContent:
		return "throttling"
	case rules.Own:
		return "suppress"
	}
	return "alert_suppression"
}
