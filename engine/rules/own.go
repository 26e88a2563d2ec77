package rules

import (
	"slices"
	"strings"
)

// severities is what a severity can be, and the risk score that goes with it when a rule of ours names none.
var severities = map[string]float64{"informational": 0, "low": 21, "medium": 47, "high": 73, "critical": 99}

// Key is a word that users write, and what it means.
type Key struct{ Name, Doc string }

// ownKeys is the keys of a rule in our own format.
var ownKeys = []Key{
	{"title", "its name"},
	{"id", "what findings call it, whatever its name becomes; any text"},
	{"language", "spl or eql"},
	{"query", "the query"},
	{"description", "what it finds, and why that matters"},
	{"severity", "informational, low, medium, high or critical; without it, that of the score, or medium"},
	{"risk", "a score from 0 to 100; or score, objects (a list of field, type, score) and threats (a list of field, type); without it, 0, 21, 47, 73 or 99 by severity"},
	{"message", "what a finding says, with $field$ for its values"},
	{"attack", "ids of techniques and tactics: [T1053.006, TA0003]"},
	{"schedule", "cron or every (5m), earliest and latest (-70m@m, now-9m, now)"},
	{"max_signals", "the most alerts of one execution"},
	{"suppress", "which alerts are told once only: by (fields), period (1h; without it, one execution), missing (suppress, doNotSuppress), group"},
	{"enabled", "true, unless it says false"},
	{"version", "any text"},
	{"status", "production, experimental, deprecated"},
	{"type", "any word, such as TTP"},
	{"tags", "a list of texts"},
	{"stories", "what it belongs to"},
	{"data_source", "the logs that it needs"},
	{"index", "patterns of indices"},
	{"author", "who wrote it"},
	{"license", "under which it may be passed on"},
	{"date", "of the last change"},
	{"setup", "what must be logged"},
	{"note", "what to do about a finding"},
	{"false_positives", "what it finds besides"},
	{"references", "addresses to read more at"},
}

// OwnKeys is the keys of a rule in our own format.
func OwnKeys() []Key { return slices.Clone(ownKeys) }

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
	r.ownSuppression(f)
	var names []string
	for _, key := range ownKeys {
		names = append(names, key.Name)
	}
	f.unread(names...)
	return r
}

func (r *Rule) ownSuppression(f *reader) {
	if s := f.table("suppress"); s.of != nil {
		r.Suppression = &Suppression{By: s.texts("by"), Period: s.text("period"), Missing: s.text("missing"), Group: s.text("group")}
		s.unread("by", "period", "missing", "group")
	}
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
