package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/attack"
	"spoor/engine/rules"
)

// alert is a document of Elasticsearch: its fields by their dotted names.
type alert map[string]any

// bulk writes each finding as an alert, in pairs of lines for the bulk API. A sequence is a building block for each of its events, and a
// shell with what they have in common.
func (s *sink) bulk(findings Stream) error {
	return each(findings, func(f *Finding) error {
		if !f.Sequence() {
			a := s.alert(f, f.ID, Shared(f.Rows))
			s.graded(a, f.Severity, f.RiskScore)
			a["kibana.alert.depth"], a["kibana.alert.ancestors"] = 1, ancestors(f.Evidence.Records)
			s.suppression(a, f.History)
			return s.put(a)
		}
		for _, a := range s.sequence(f) {
			if err := s.put(a); err != nil {
				return err
			}
		}
		return nil
	})
}

// put writes an alert. One that is there already is refused by Elasticsearch, not written twice.
func (s *sink) put(a alert) error {
	action := map[string]any{"create": map[string]any{"_index": s.index(), "_id": a["kibana.alert.uuid"]}}
	if err := s.line(action); err != nil {
		return err
	}
	s.summary.Written-- // the action is no document
	return s.line(a)
}

func (s *sink) index() string {
	if s.Index != "" {
		return s.Index
	}
	return DefaultIndex
}

// sequence is the building blocks of a sequence, and behind them its shell. What overrides severity and score holds for the shell only.
func (s *sink) sequence(f *Finding) []alert {
	var out []alert
	parents := ancestors(f.Evidence.Records)
	for i, row := range f.Rows {
		id := blockID(f.ID, i)
		a := s.alert(f, id, row)
		s.graded(a, f.Rule.Severity, f.Rule.RiskScore)
		a["kibana.alert.building_block_type"] = "default"
		a["kibana.alert.group.id"], a["kibana.alert.group.index"] = f.ID, i
		a["kibana.alert.depth"], a["kibana.alert.ancestors"] = 1, []any{}
		if len(f.Evidence.Records) == len(f.Rows) {
			a["kibana.alert.ancestors"] = ancestors(f.Evidence.Records[i : i+1])
		}
		parents = append(parents, alert{"id": id, "type": "signal", "index": s.index(), "depth": 1, "rule": f.Rule.ID})
		out = append(out, a)
	}
	shell := s.alert(f, f.ID, Shared(f.Rows))
	s.graded(shell, f.Severity, f.RiskScore)
	shell["kibana.alert.group.id"] = f.ID
	shell["kibana.alert.depth"], shell["kibana.alert.ancestors"] = 2, parents
	if f.First != 0 {
		shell["kibana.alert.original_time"] = s.stamp(f.First)
	}
	s.suppression(shell, f.History)
	return append(out, shell)
}

// suppression says which alerts were folded into this one.
func (s *sink) suppression(a alert, h *History) {
	if h == nil || h.Folded == nil {
		return
	}
	terms := []any{}
	for _, t := range h.Folded.Terms {
		var values []any // null if there are none
		for _, v := range t.Values {
			values = append(values, json.RawMessage(appendValue(nil, v, s.Zone)))
		}
		terms = append(terms, alert{"field": t.Field, "value": values})
	}
	a["kibana.alert.suppression.terms"], a["kibana.alert.suppression.docs_count"] = terms, h.Suppressed
	a["kibana.alert.suppression.start"], a["kibana.alert.suppression.end"] = s.stamp(h.Folded.First), s.stamp(h.Folded.Last)
}

// blockID is the id of the i-th building block of a sequence.
func blockID(sequence string, i int) string {
	sum := sha256.Sum256([]byte(sequence + " " + strconv.Itoa(i)))
	return hex.EncodeToString(sum[:])
}

// ancestors is the events that an alert comes from: a file stands for the index, an offset for the id.
func ancestors(records []Record) []any {
	out := []any{}
	for _, r := range records {
		out = append(out, alert{"id": strconv.FormatInt(r.Offset, 10), "type": "event", "index": r.File, "depth": 0})
	}
	return out
}

// alert is what alerts of all kinds have: the fields of the event, and what Kibana says of the rule.
func (s *sink) alert(f *Finding, id string, row Row) alert {
	a := s.source(f, row)
	a["@timestamp"] = s.stamp(s.Now.UnixNano())
	a["kibana.alert.uuid"] = id
	a["kibana.alert.status"] = "active"
	a["kibana.alert.workflow_status"] = "open"
	a["kibana.alert.reason"] = f.reason()
	a["kibana.space_ids"] = []string{"default"}
	if f.Rule.BuildingBlock {
		a["kibana.alert.building_block_type"] = "default"
	}
	for name, value := range ruleFields(f) {
		a["kibana.alert.rule."+name] = value
	}
	return a
}

// source is the fields of the event itself. A row of Splunk's is no event of ECS: it stands under a name of its own, beside host and user.
func (s *sink) source(f *Finding, row Row) alert {
	a := alert{}
	if f.Rule.Language == rules.EQL {
		for i, name := range row.Names {
			if row.Values[i].IsNull() {
				continue
			}
			v := json.RawMessage(appendValue(nil, row.Values[i], s.Zone))
			a[name] = v
			if detail, ok := strings.CutPrefix(name, "event."); ok {
				a["kibana.alert.original_event."+detail] = v
			}
		}
		if at, ok := a["@timestamp"]; ok {
			a["kibana.alert.original_time"] = at
		}
	} else {
		a["spoor.row"] = object{row, s.Zone}
		for name, values := range map[string][]string{"host.name": f.Entities.Hosts, "user.name": f.Entities.Users} {
			if len(values) > 0 {
				a[name] = values
			}
		}
		if f.Last != 0 {
			a["kibana.alert.original_time"] = s.stamp(f.Last)
		}
	}
	a["event.kind"] = "signal"
	return a
}

func (s *sink) graded(a alert, severity string, score float64) {
	a["kibana.alert.severity"] = severity
	a["kibana.alert.risk_score"] = score
}

// ruleFields is what an alert says of its rule.
func ruleFields(f *Finding) alert {
	r := f.Rule
	category, kind := "Custom Query Rule", "siem.queryRule"
	if r.Language == rules.EQL {
		category, kind = "Event Correlation Rule", "siem.eqlRule"
	}
	out := alert{
		"name": f.Name, "category": category, "rule_type_id": kind, "producer": "siem", "consumer": "siem", "enabled": r.Enabled,
		"severity": r.Severity, "risk_score": r.RiskScore, "threat": threat(f),
	}
	for name, text := range map[string]string{
		"uuid": r.ID, "rule_id": r.ID, "version": r.Version, "type": r.Type, "description": r.Description, "license": r.License,
		"from": r.Schedule.Earliest, "to": r.Schedule.Latest, "interval": r.Schedule.Interval, "rule_name_override": r.NameField,
	} {
		if text != "" {
			out[name] = text
		}
	}
	for name, list := range map[string][]string{
		"tags": r.Tags, "author": r.Authors, "references": r.References, "false_positives": r.FalsePositives,
	} {
		if len(list) > 0 {
			out[name] = list
		}
	}
	if r.MaxSignals > 0 {
		out["max_signals"] = r.MaxSignals
	}
	return out
}

// threat is ATT&CK as Elastic's rules have it: each tactic with the techniques that the rule names for it, or, of a rule that names
// techniques only, with those that serve it.
func threat(f *Finding) []any {
	out := []any{}
	for _, tactic := range f.Tactics {
		techniques := []any{}
		for _, t := range f.Techniques {
			if f.serves(t, tactic) {
				techniques = append(techniques, alert{"id": t.ID, "name": t.Name, "reference": t.URL()})
			}
		}
		entry := alert{
			"framework": "MITRE ATT&CK",
			"tactic":    alert{"id": tactic.ID, "name": tactic.Name, "reference": tactic.URL()},
		}
		if len(techniques) > 0 {
			entry["technique"] = techniques
		}
		out = append(out, entry)
	}
	return out
}

// serves says whether a technique belongs to a tactic.
func (f *Finding) serves(t attack.Technique, tactic attack.Tactic) bool {
	for _, said := range f.Rule.Threats {
		named := slices.ContainsFunc(said.Techniques, func(n rules.Named) bool { return n.ID == t.ID })
		if named && said.Tactic.ID == tactic.ID {
			return true
		}
		if named && said.Tactic.ID == "" {
			current, _ := attack.Resolve(t.ID)
			return slices.Contains(current.Tactics, tactic)
		}
	}
	return false
}
