package engine

import (
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// CompileRule compiles the query of a rule in its language, with what the rule says of the fields by which it finds its way. Errors stand
// where the query does, in the rule's file.
func CompileRule(r *rules.Rule, o Options) (*Program, source.Errors) {
	if why := r.Unsupported(); why != "" {
		at := r.Query
		if at.IsZero() {
			at = r.At
		}
		return nil, source.Errors{source.Errorf(at.Sub(0, min(1, len(at.String()))), "unsupported-rule", "%s", why)}
	}
	if o.Language = SPL; r.Language == rules.EQL {
		o.Language = EQL
		o.EQL.Category, o.EQL.Timestamp, o.EQL.Tiebreaker = r.EQL.EventCategory, r.EQL.Timestamp, r.EQL.Tiebreaker
	}
	var b source.Builder
	b.Copy(r.Query)
	return Compile(b.Text(r.Name), o)
}
