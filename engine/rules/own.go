package rules

import "strings"

// severities is what a severity can be, and the risk score that goes with it when a rule of ours names none.
var severities = map[string]float64{"informational": 0, "low": 21, "medium": 47, "high": 73, "critical": 99}

// ownKeys is the keys of a rule in our own format.
var ownKeys = []string{
	"id", "title", "description", "version", "status", "type", "language", "query", "severity", "risk", "schedule", "message", "attack", "tags", "stories",
	"data_source", "index", "author", "license", "setup", "note", "false_positives", "references", "date", "enabled", "max_signals",
}

// own is a rule in our own format.
func (d *document) own(v *value) *Rule {
	f := d.reader(v, "")
	r := &Rule{
		At: v.begin("title"), ID: f.text("id"), Name: f.text("title"), Description: f.text("description"), Version: f.text("version"), Status: f.text("status"), Type: f.text("type"),
		Format: Own, Query: f.scalar("query").span(), Enabled: f.flag("enabled", true), MaxSignals: f.integer("max_signals"),
		Tags: f.texts("tags"), Stories: f.texts("stories"), Index: f.texts("index"), Authors: f.texts("author"), License: f.text("license"),
		Setup: f.text("setup"), Note: f.text("note"), FalsePositives: f.texts("false_positives"), References: f.texts("references"),
		Updated: f.text("date"),
	}
	for _, name := range f.texts("data_source") {
		r.DataSources = append(r.DataSources, DataSource{Name: name})
	}
	r.Language = ownLanguage(f)
	r.ownRisk(f)
	r.Threats = ownThreats(f.texts("attack"))
	s := f.table("schedule")
	r.Schedule = Schedule{Cron: s.text("cron"), Interval: s.text("every"), Earliest: s.text("earliest"), Latest: s.text("latest")}
	s.unread("cron", "every", "earliest", "latest")
	f.unread(ownKeys...)
	return r
}

func ownLanguage(f *reader) Language {
	name := f.text("language")
	switch l := Language(strings.ToUpper(name)); l {
	case SPL, EQL:
		return l
	}
	if name == "" {
		f.problem(f.of.at, "rule-value", "the rule does not say its language").WithHint("write language: spl, or language: eql")
	}
	return Language(name)
}

// ownRisk reads risk, which is a score or a table, and the severity; what is not said follows from the other.
func (r *Rule) ownRisk(f *reader) {
	r.Risk.Message = f.text("message")
	r.Severity = strings.ToLower(f.text("severity"))
	scored := false
	if risk := f.get("risk"); risk != nil && risk.kind == table {
		t := f.table("risk")
		r.RiskScore, scored = t.number("score")
		for _, o := range t.tables("objects") {
			score, own := o.number("score")
			if !own {
				score = r.RiskScore
			}
			r.Risk.Objects = append(r.Risk.Objects, RiskObject{o.text("field"), o.text("type"), score})
			o.unread("field", "type", "score")
		}
		for _, o := range t.tables("threats") {
			r.Risk.Threats = append(r.Risk.Threats, ThreatObject{o.text("field"), o.text("type")})
			o.unread("field", "type")
		}
		t.unread("score", "objects", "threats")
	} else {
		r.RiskScore, scored = f.number("risk")
	}
	r.Risk.Creates = scored || len(r.Risk.Objects) > 0
	if r.Severity == "" {
		if r.Severity = "medium"; scored {
			r.Severity = band(r.RiskScore)
		}
	}
	switch score, known := severities[r.Severity]; {
	case !known:
		f.problem(f.get("severity").at, "rule-value", "there is no severity %q", short(r.Severity)).WithHint("it is informational, low, medium, high or critical")
	case !scored:
		r.RiskScore = score
	}
}

// ownThreats is what is said of ATT&CK by the ids of techniques and tactics.
func ownThreats(ids []string) []Threat {
	var out []Threat
	var techniques []Named
	for _, id := range ids {
		if strings.HasPrefix(id, "TA") {
			out = append(out, Threat{Tactic: Named{ID: id}})
		} else {
			techniques = append(techniques, Named{ID: id})
		}
	}
	if techniques != nil {
		out = append(out, Threat{Techniques: techniques})
	}
	return out
}
