package rules

import "slices"

// elasticTOML is the rule of a file of Elastic's detection-rules.
func (d *document) elasticTOML(v *value) *Rule {
	f, meta := d.reader(v, ""), d.reader(v, "").table("metadata")
	r := d.elastic(f.table("rule"))
	if r.At.IsZero() {
		r.At = v.begin("rule")
	}
	r.Format, r.Status = Elastic, meta.text("maturity")
	r.Created, r.Updated = meta.text("creation_date"), meta.text("updated_date")
	r.MinStack, r.Integrations = meta.text("min_stack_version"), meta.texts("integration")
	return r
}

// languages is what the languages of Elastic's rules are called.
var languages = map[string]Language{"eql": EQL, "kuery": "KQL", "lucene": "Lucene", "esql": "ES|QL"}

// elastic is a rule as both the repository and Kibana have it.
func (d *document) elastic(f *reader) *Rule {
	r := &Rule{
		At: f.of.begin("name"), ID: f.text("rule_id"), Name: f.text("name"), Description: f.text("description"), Version: f.text("version"), Type: f.text("type"),
		Query: f.scalar("query").span(), Enabled: f.flag("enabled", false),
		Severity: f.text("severity"), Tags: f.texts("tags"), Index: f.texts("index"), Authors: f.texts("author"), License: f.text("license"),
		Setup: f.text("setup"), Note: f.text("note"), References: f.texts("references"),
		BuildingBlock: f.text("building_block_type") != "", NameField: f.text("rule_name_override"),
		Highlighted: f.table("investigation_fields").texts("field_names"),
	}
	r.FalsePositives = f.texts("false_positives")
	r.RiskScore, _ = f.number("risk_score")
	r.elasticLanguage(f.text("language"))
	r.elasticSchedule(f)
	r.EQL = EQLOptions{
		EventCategory: f.text("event_category_override"), Timestamp: f.text("timestamp_field"), Tiebreaker: f.text("tiebreaker_field"),
		TimestampOverride: f.text("timestamp_override"), NoFallback: f.flag("timestamp_override_fallback_disabled", false),
	}
	for _, t := range f.tables("threat") {
		r.Threats = append(r.Threats, threat(t))
	}
	r.elasticSuppression(f)
	for _, m := range f.tables("severity_mapping") {
		r.SeverityBy = append(r.SeverityBy, Mapping{m.text("field"), m.text("operator"), m.text("value"), m.text("severity")})
	}
	for _, m := range f.tables("risk_score_mapping") {
		r.RiskScoreBy = append(r.RiskScoreBy, Mapping{m.text("field"), m.text("operator"), m.text("value"), m.text("risk_score")})
	}
	for _, filter := range f.tables("filters") {
		r.Filters = append(r.Filters, filter.of.json())
	}
	return r
}

// elasticSuppression reads which alerts are folded into one: those of a threshold rule by what it counts, unless it says otherwise.
func (r *Rule) elasticSuppression(f *reader) {
	s := f.table("alert_suppression")
	if s.of == nil {
		return
	}
	length := s.table("duration")
	r.Suppression = &Suppression{By: s.texts("group_by"), Period: length.text("value") + length.text("unit"), Missing: s.text("missing_fields_strategy")}
	if r.Type == "threshold" && r.Suppression.By == nil {
		r.Suppression.By = slices.DeleteFunc(f.table("threshold").texts("field"), func(name string) bool { return name == "" })
	}
}

// elasticLanguage is that which is named, or that which goes with the type.
func (r *Rule) elasticLanguage(name string) {
	switch {
	case name == "" && (r.Type == "eql" || r.Type == "esql"):
		name = r.Type
	case name == "" && !r.Query.IsZero():
		name = "kuery"
	}
	r.Language = languages[name]
	if r.Language == "" {
		r.Language = Language(name)
	}
}

// elasticSchedule reads when the rule runs; what it does not say is as Kibana has it.
func (r *Rule) elasticSchedule(f *reader) {
	or := func(name, missing string) string {
		if t := f.text(name); t != "" {
			return t
		}
		r.Schedule.Assumed = append(r.Schedule.Assumed, assumedNames[name])
		return missing
	}
	r.Schedule.Interval = or("interval", "5m")
	r.Schedule.Earliest = or("from", "now-6m")
	r.Schedule.Latest = or("to", "now")
	if r.MaxSignals = 100; f.has("max_signals") {
		r.MaxSignals = f.integer("max_signals")
	} else {
		r.Schedule.Assumed = append(r.Schedule.Assumed, "max_signals")
	}
}

// assumedNames is the parts of a schedule by the keys of Elastic's rules.
var assumedNames = map[string]string{"interval": "interval", "from": "earliest", "to": "latest"}

func threat(f *reader) Threat {
	tactic := f.table("tactic")
	t := Threat{Tactic: Named{tactic.text("id"), tactic.text("name")}}
	for _, technique := range f.tables("technique") {
		t.Techniques = append(t.Techniques, Named{technique.text("id"), technique.text("name")})
		for _, sub := range technique.tables("subtechnique") {
			t.Techniques = append(t.Techniques, Named{sub.text("id"), sub.text("name")})
		}
	}
	return t
}
