package lint

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

const users = `title: Processes by user
language: spl
query: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.user | rename Processes.user as user'
`

var messageToken = &Check{
	Code: "message-token", Severity: source.Warning,
	Doc:  "The message asks for a field that the rows of the query do not have.",
	Why:  "Whoever reads the finding sees $field$ instead of a value. Add the field to the query's by clause or values(), or take it out of the message.",
	File: "users.yml",
	Bad:  users + "message: $user$ began processes on $dest$\n",
	Good: users + "message: $user$ began $count$ processes\n",
	rule: func(s *subject) {
		for _, token := range finding.Tokens(s.rule.Risk.Message) {
			if names, lacks := s.lacks(token); lacks {
				s.warn(s.written("$"+token+"$"), "no row has the field %s that the message asks for", token).WithHint("%s", suggest(token, names, "fields: "+strings.Join(names, ", ")))
			}
		}
	},
}

var riskField = &Check{
	Code: "risk-field", Severity: source.Warning,
	Doc:  "A risk object or threat object is a field that the rows of the query do not have.",
	Why:  "The finding adds its risk to nobody. Add the field to the query's by clause or values(), or name another one.",
	File: "users.yml",
	Bad:  users + "risk: {score: 25, objects: [{field: dest, type: system, score: 25}]}\n",
	Good: users + "risk: {score: 25, objects: [{field: user, type: user, score: 25}]}\n",
	rule: func(s *subject) {
		for _, field := range riskFields(s.rule) {
			if names, lacks := s.lacks(field); lacks {
				s.warn(s.written(field), "no row has the field %s that holds a risk or threat object", field).WithHint("%s", suggest(field, names, "fields: "+strings.Join(names, ", ")))
			}
		}
	},
}

func riskFields(r *rules.Rule) (out []string) {
	for _, o := range r.Risk.Objects {
		out = append(out, o.Field)
	}
	for _, t := range r.Risk.Threats {
		out = append(out, t.Field)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lacks says whether the rows of the query surely lack a field; names is those that they have.
func (s *subject) lacks(field string) (names []string, lacks bool) {
	names, exact := plan.Columns(s.program.Lowered)
	names = slices.DeleteFunc(slices.Clone(names), column.Hidden)
	bare := strings.TrimPrefix(field, "result.")
	return names, exact && !slices.Contains(names, field) && !slices.Contains(names, bare)
}
