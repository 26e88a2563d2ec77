package rules

import (
	"math"
	"slices"
	"strings"
)

// content is the rule of a detection of security_content.
func (d *document) content(v *value) *Rule {
	f := d.reader(v, "")
	tags := f.table("tags")
	r := &Rule{
		At: v.begin("name"), ID: f.text("id"), Name: f.text("name"), Description: f.text("description"), Version: f.text("version"), Status: f.text("status"), Type: f.text("type"),
		Format: SecurityContent, Language: SPL, Query: f.scalar("search").span(), Enabled: f.flag("enabled_by_default", false),
		Updated: f.text("date"), Setup: f.text("how_to_implement"), FalsePositives: f.texts("known_false_positives"), References: f.texts("references"), License: f.text("license"),
	}
	for author := range strings.SplitSeq(f.text("author"), ",") {
		if author = strings.TrimSpace(author); author != "" {
			r.Authors = append(r.Authors, author)
		}
	}
	for _, name := range append(f.texts("data_source"), f.texts("data_sources")...) {
		r.DataSources = append(r.DataSources, DataSource{Name: name})
	}
	r.Stories = tags.texts("analytic_story")
	r.CVEs = append(tags.texts("cve"), tags.texts("CVE")...)
	r.Asset, r.Domain = tags.text("asset_type"), tags.text("security_domain")
	r.Products, r.Required, r.Atomics = tags.texts("product"), tags.texts("required_fields"), tags.texts("atomic_guid")
	r.Tags = append(tags.texts("group"), tags.texts("context")...)
	r.ManualTest = tags.text("manual_test")
	if ids := tags.texts("mitre_attack_id"); len(ids) > 0 {
		r.Threats = []Threat{{Techniques: namedIDs(ids)}}
	}
	if s := tags.table("throttling"); s.of != nil {
		r.Suppression = &Suppression{By: s.texts("fields"), Period: s.text("period")}
	}
	r.contentRisk(f, tags)
	r.contentTests(f)
	for _, s := range f.tables("drilldown_searches") {
		r.Drilldowns = append(r.Drilldowns, Drilldown{s.text("name"), s.text("search"), s.text("earliest_offset"), s.text("latest_offset")})
	}
	r.byType()
	return r
}

func namedIDs(ids []string) []Named {
	out := make([]Named, len(ids))
	for i, id := range ids {
		out[i].ID = id
	}
	return out
}

// byType is what security_content's deployments say of a type when they are not there to say it.
func (r *Rule) byType() {
	r.Schedule = Schedule{Cron: "0 * * * *", Earliest: "-70m@m", Latest: "-10m@m", Window: "auto", Assumed: []string{"cron", "earliest", "latest", "window"}}
	switch r.Type {
	case "Baseline":
		r.Schedule.Cron, r.Schedule.Earliest = "10 0 * * *", "-1450m@m"
	case "Anomaly":
		r.Risk.Creates = true
	case "TTP":
		r.Risk.Creates, r.Risk.Notable = true, true
	case "Correlation":
		r.Risk.Notable = true
	}
}

// contentRisk reads what a finding is worth: the older way says who is concerned by observables, impact and confidence, the newer one by rba.
func (r *Rule) contentRisk(f, tags *reader) {
	r.Risk = Risk{Impact: tags.integer("impact"), Confidence: tags.integer("confidence"), Message: tags.text("message")}
	r.RiskScore, _ = tags.number("risk_score")
	if tags.has("impact") && tags.has("confidence") {
		r.RiskScore = math.RoundToEven(float64(r.Risk.Impact) * float64(r.Risk.Confidence) / 100)
	}
	for _, o := range tags.tables("observable") {
		r.observable(o.text("name"), strings.ToLower(o.text("type")), o.texts("role"))
	}
	if rba := f.table("rba"); rba.of != nil {
		r.Risk.Message, r.Risk.Objects, r.Risk.Threats = rba.text("message"), nil, nil
		for _, o := range rba.tables("risk_objects") {
			score, _ := o.number("score")
			r.Risk.Objects = append(r.Risk.Objects, RiskObject{o.text("field"), o.text("type"), score})
			r.RiskScore = max(r.RiskScore, score)
		}
		for _, o := range rba.tables("threat_objects") {
			r.Risk.Threats = append(r.Risk.Threats, ThreatObject{o.text("field"), o.text("type")})
		}
	}
	r.Severity = band(r.RiskScore)
}

// band is the severity of a risk score.
func band(score float64) string {
	switch {
	case score <= 20:
		return "informational"
	case score <= 40:
		return "low"
	case score <= 60:
		return "medium"
	case score <= 80:
		return "high"
	}
	return "critical"
}

// observable adds whom a field concerns, or with what it was done. The types are those that contentctl makes of an observable.
func (r *Rule) observable(field, what string, roles []string) {
	if slices.Contains(roles, "Attacker") {
		kind := map[string]string{
			"process": "process", "process name": "process", "file name": "file_name", "file": "file_name", "file hash": "file_name",
			"ip address": "ip_address", "url": "url", "url string": "url",
		}[what]
		if kind == "" {
			kind = what
		}
		r.Risk.Threats = append(r.Risk.Threats, ThreatObject{field, kind})
		return
	}
	kind := "other"
	if slices.Contains(roles, "Victim") {
		switch what {
		case "user", "username", "email address":
			kind = "user"
		case "device", "endpoint", "hostname", "ip address":
			kind = "system"
		}
	}
	r.Risk.Objects = append(r.Risk.Objects, RiskObject{field, kind, r.RiskScore})
}

// contentTests reads the tests, and from them how Splunk knows the data source, if there is only one of both.
func (r *Rule) contentTests(f *reader) {
	seen := map[DataSource]bool{}
	for _, t := range f.tables("tests") {
		test := Test{Name: t.text("name"), Earliest: t.text("earliest_time"), Latest: t.text("latest_time"), PassCondition: t.text("pass_condition"), At: t.of.at}
		for _, a := range t.tables("attack_data") {
			data := TestData{a.text("data"), a.text("source"), a.text("sourcetype"), a.text("host"), a.text("custom_index"), a.flag("update_timestamp", false)}
			seen[DataSource{Source: data.Source, Sourcetype: data.Sourcetype}] = true
			test.Data = append(test.Data, data)
		}
		r.Tests = append(r.Tests, test)
	}
	if len(seen) == 1 && len(r.DataSources) == 1 {
		for s := range seen {
			r.DataSources[0].Source, r.DataSources[0].Sourcetype = s.Source, s.Sourcetype
		}
	}
}
