package finding

import (
	"slices"

	"spoor/engine/rules"
)

// Risk is what a finding adds to the risk of one whom it concerns: a risk event.
type Risk struct {
	Object string
	Type   string // system, user, other
	Field  string // that held it
	Score  float64
}

// Threat is with what it was done: a process, a file, an address.
type Threat struct {
	Object string
	Type   string
	Field  string
}

// risk is a risk event for each value of each of the rule's risk objects. An empty field gives none. A rule of a format that knows no risk
// objects adds its score to the hosts and users of the finding.
func (f *Finding) risk() []Risk {
	if len(f.Rule.Risk.Objects) > 0 || splunk(f.Rule) {
		return f.declared()
	}
	if !f.Rule.Risk.Creates && f.Rule.Format == rules.Own {
		return nil
	}
	var out []Risk
	known := cimFields
	if f.Rule.Language == rules.EQL {
		known = ecsFields
	}
	field := f.holder(known.hosts, f.Entities.Hosts)
	for _, host := range f.Entities.Hosts {
		out = append(out, Risk{Object: host, Type: "system", Field: field, Score: f.RiskScore})
	}
	field = f.holder(known.users, f.Entities.Users)
	for _, user := range f.Entities.Users {
		out = append(out, Risk{Object: user, Type: "user", Field: field, Score: f.RiskScore})
	}
	return out
}

// splunk says whether a rule is of a format in which only risk objects count.
func splunk(rule *rules.Rule) bool {
	return rule.Format == rules.SecurityContent || rule.Format == rules.SavedSearch
}

func (f *Finding) declared() []Risk {
	if !f.Rule.Risk.Creates {
		return nil
	}
	var out []Risk
	for _, o := range f.Rule.Risk.Objects {
		found, _ := values(f.Rows, o.Field)
		for _, object := range found {
			if object != "" {
				out = append(out, Risk{Object: object, Type: o.Type, Field: o.Field, Score: o.Score})
			}
		}
	}
	return out
}

// holder is the column that entities stand in, which is one of some; empty if they come from elsewhere.
func (f *Finding) holder(names []string, entities []string) string {
	for _, name := range names {
		found, _ := values(f.Rows, name)
		if named := added(nil, found); len(named) > 0 && slices.Equal(named, entities) {
			return name
		}
	}
	return ""
}

// threats is the values of the rule's threat objects.
func (f *Finding) threats() []Threat {
	var out []Threat
	for _, o := range f.Rule.Risk.Threats {
		found, _ := values(f.Rows, o.Field)
		for _, object := range found {
			if object != "" {
				out = append(out, Threat{Object: object, Type: o.Type, Field: o.Field})
			}
		}
	}
	return out
}

// adds is what the finding adds to the risk of a process, which is nobody's risk object: as much as to any other, if it adds any.
func (f *Finding) adds() float64 {
	if splunk(f.Rule) && !f.Rule.Risk.Creates {
		return 0
	}
	return f.RiskScore
}
