package finding

import (
	"slices"
	"strconv"
)

// severities is the severities from the least.
var severities = []string{"informational", "low", "medium", "high", "critical"}

// Severities is the severities from the least.
func Severities() []string { return slices.Clone(severities) }

// override takes name, severity and risk score from the row where the rule says so. Of several severities the highest holds.
func (f *Finding) override() {
	if names, _ := values(f.Rows, f.Rule.NameField); len(names) > 0 && names[0] != "" {
		f.Name = names[0]
	}
	highest := -1
	for _, m := range f.Rule.SeverityBy {
		found, _ := values(f.Rows, m.Field)
		if slices.Contains(found, m.Value) {
			highest = max(highest, slices.Index(severities, m.Result))
		}
	}
	if highest >= 0 {
		f.Severity = severities[highest]
	}
	for _, m := range f.Rule.RiskScoreBy {
		found, _ := values(f.Rows, m.Field)
		for _, text := range found {
			if score, ok := mappedScore(m.Value, m.Result, text); ok {
				f.RiskScore = score
				return
			}
		}
	}
}

// mappedScore is the score of a mapping: the one that it names for a value, or else the field's value itself, from 0 to 100.
func mappedScore(value, result, found string) (float64, bool) {
	if value != "" && value != found {
		return 0, false
	}
	if result == "" {
		result = found
	}
	score, err := strconv.ParseFloat(result, 64)
	return score, err == nil && score >= 0 && score <= 100
}
