package finding

import (
	"encoding/json"
	"strings"

	"spoor/engine/column"
	"spoor/engine/rules"
)

// event is a message to Splunk's HTTP Event Collector.
type event struct {
	Time       json.RawMessage `json:"time,omitempty"` // seconds since 1970
	Host       string          `json:"host,omitempty"`
	Source     string          `json:"source"`
	Sourcetype string          `json:"sourcetype"`
	Index      string          `json:"index"`
	Event      map[string]any  `json:"event"`
}

// hec writes a risk event for each risk object of each finding, as Enterprise Security writes them to the index risk.
func (s *sink) hec(findings Stream) error {
	return each(findings, func(f *Finding) error {
		if len(f.Risk) == 0 {
			s.summary.Without++
		}
		for _, r := range f.Risk {
			e := event{Source: searchName(f.Rule), Sourcetype: "stash", Index: "risk", Event: s.riskEvent(f, r)}
			if len(f.Entities.Hosts) == 1 {
				e.Host = f.Entities.Hosts[0]
			}
			if f.Last != 0 {
				e.Time = json.RawMessage(column.Nanos(f.Last).String())
			}
			if err := s.line(e); err != nil {
				return err
			}
		}
		return nil
	})
}

// searchName is what Splunk calls the rule's search.
func searchName(r *rules.Rule) string {
	if r.Format == rules.SecurityContent {
		return "ESCU - " + r.Name + " - Rule"
	}
	return r.Name
}

// riskEvent is the fields of a risk event.
func (s *sink) riskEvent(f *Finding, r Risk) map[string]any {
	out := map[string]any{
		"risk_object":      r.Object,
		"risk_object_type": r.Type,
		"risk_score":       r.Score,
		"risk_message":     f.Message,
		"search_name":      searchName(f.Rule),
		"spoor_finding_id": f.ID,
	}
	list := func(name string, values []string) {
		if len(values) > 0 {
			out[name] = values
		}
	}
	list("analyticstories", f.Rule.Stories)
	var ids, techniques, tactics, objects, types []string
	for _, t := range f.Techniques {
		ids, techniques = append(ids, t.ID), append(techniques, t.Name)
	}
	for _, t := range f.Tactics {
		tactics = append(tactics, t.Short)
	}
	for _, t := range f.Threats {
		objects, types = append(objects, t.Object), append(types, t.Type)
	}
	list("annotations.mitre_attack", ids)
	list("annotations.mitre_attack.mitre_technique_id", ids)
	list("annotations.mitre_attack.mitre_technique", techniques)
	list("annotations.mitre_attack.mitre_tactic", tactics)
	list("threat_object", objects)
	list("threat_object_type", types)
	if r.Field != "" && f.Rule.Language == rules.SPL {
		out["contributing_events_search"] = "| savedsearch " + literal(searchName(f.Rule)) + " | search " + r.Field + "=" + literal(r.Object)
	}
	return out
}

// literal is a text between quotes in SPL. A search would take an asterisk for a wildcard; there is no way to write one that is none.
func literal(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
