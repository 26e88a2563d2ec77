package finding

import (
	"slices"
	"strings"
)

// sketched is an event of Timesketch's. The names of its first fields are those that it asks for.
type sketched struct {
	Message     string   `json:"message"`
	Datetime    string   `json:"datetime"`
	Description string   `json:"timestamp_desc"`
	Tag         []string `json:"tag"`
	DataType    string   `json:"data_type"`
	ID          string   `json:"finding_id"`
	Rule        string   `json:"rule_name"`
	RuleID      string   `json:"rule_id,omitempty"`
	Severity    string   `json:"severity,omitempty"`
	RiskScore   float64  `json:"risk_score"`
	Hostname    string   `json:"hostname,omitempty"`
	Username    string   `json:"username,omitempty"`
	Techniques  string   `json:"attack_techniques,omitempty"`
	Tactics     string   `json:"attack_tactics,omitempty"`
	Evidence    string   `json:"evidence,omitempty"`
	Row         []object `json:"rows"`
}

// timesketch writes an event per finding. What tells no time of its own stands at the time when the rules ran.
func (s *sink) timesketch(findings Stream) error {
	return each(findings, func(f *Finding) error {
		e := sketched{
			Message: f.Message, Datetime: s.stamp(f.Last), Description: "Last of what was found", DataType: "spoor:finding", ID: f.ID,
			Rule: f.Name, RuleID: f.Rule.ID, Severity: f.Severity, RiskScore: f.RiskScore,
			Hostname: strings.Join(f.Entities.Hosts, ", "), Username: strings.Join(f.Entities.Users, ", "),
			Techniques: strings.Join(f.techniques(), ", "), Tactics: strings.Join(f.tactics(), ", "), Evidence: strings.Join(f.places(), ", "),
			Tag: []string{"spoor"}, Row: []object{},
		}
		if e.Datetime == "" {
			e.Datetime, e.Description = s.stamp(s.Now.UnixNano()), "Time of the detection"
		}
		for _, t := range f.Techniques {
			e.Tag = append(e.Tag, t.ID)
		}
		e.Tag = slices.Compact(e.Tag)
		for _, row := range f.Rows {
			e.Row = append(e.Row, object{row, s.Zone})
		}
		return s.line(e)
	})
}
