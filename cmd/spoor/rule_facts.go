package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/rules"
	"spoor/engine/suppress"
)

// fact is one thing that there is to say of a rule; it has no values if the rule does not say.
type fact struct {
	name   string
	values []string
}

// value is the fact as a cell of a table.
func (f fact) value() column.Value {
	out := make([]column.Value, len(f.values))
	for i, v := range f.values {
		out[i] = column.Str(strings.TrimSpace(v))
	}
	return column.Multi(out)
}

// said is a fact of the values that are not empty.
func said(name string, values ...string) fact {
	return fact{name, slices.DeleteFunc(slices.Clone(values), func(v string) bool { return strings.TrimSpace(v) == "" })}
}

// amount is a number as people write it.
func amount(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// score is a rule's risk score; a saved search that says nothing of risk has none.
func score(r *rules.Rule) string {
	if r.RiskScore == 0 && r.Severity == "" {
		return ""
	}
	return amount(r.RiskScore)
}

func yesOrNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func ruleAt(r *rules.Rule) string {
	line, _ := r.At.Position()
	return fmt.Sprintf("%s:%d", r.File, line)
}

// publishedFacts is what a rule says of itself.
func publishedFacts(r *rules.Rule) []fact {
	tactics, techniques := r.Attack()
	var columns, ways []string
	for _, t := range tactics {
		columns = append(columns, t.ID+" "+t.Name)
	}
	for _, t := range techniques {
		ways = append(ways, t.ID+" "+t.Name)
	}
	return slices.Concat([]fact{
		said("name", r.Name), said("id", r.ID), said("place", ruleAt(r)), said("sha256", r.SHA256), said("format", string(r.Format)),
		said("language", string(r.Language)), said("type", r.Type), said("version", r.Version), said("status", r.Status), said("enabled", yesOrNo(r.Enabled)),
		said("description", r.Description), said("author", r.Authors...), said("license", r.License), said("created", r.Created), said("updated", r.Updated),
		said("severity", r.Severity), said("risk score", score(r)),
	}, riskFacts(r), []fact{said("tactics", columns...), said("techniques", ways...)}, scheduleFacts(r), []fact{
		said("tags", r.Tags...), said("stories", r.Stories...), said("data sources", dataSources(r)...), said("index", r.Index...), said("integrations", r.Integrations...),
		said("setup", r.Setup), said("false positives", r.FalsePositives...), said("references", r.References...), said("tests", testData(r)...),
		said("drilldowns", drilldowns(r)...), said("note", r.Note),
	})
}

func riskFacts(r *rules.Rule) []fact {
	var objects, threats []string
	for _, o := range r.Risk.Objects {
		objects = append(objects, fmt.Sprintf("%s (%s) %s", o.Field, o.Type, amount(o.Score)))
	}
	for _, t := range r.Risk.Threats {
		threats = append(threats, fmt.Sprintf("%s (%s)", t.Field, t.Type))
	}
	out := []fact{said("creates", creates(r.Risk)...)}
	impact, confidence := said("impact"), said("confidence")
	if r.Risk.Impact != 0 || r.Risk.Confidence != 0 {
		impact, confidence = said("impact", strconv.Itoa(r.Risk.Impact)), said("confidence", strconv.Itoa(r.Risk.Confidence))
	}
	return append(out, impact, confidence, said("message", r.Risk.Message), said("risk objects", objects...), said("threat objects", threats...))
}

func creates(risk rules.Risk) (out []string) {
	if risk.Creates {
		out = append(out, "a risk event")
	}
	if risk.Notable {
		out = append(out, "a notable event")
	}
	return out
}

// scheduleFacts is when a rule runs, and what becomes of its alerts.
func scheduleFacts(r *rules.Rule) []fact {
	sch := r.Schedule
	when, most := sch.Cron, ""
	if sch.Interval != "" {
		when = "every " + sch.Interval
	}
	if r.MaxSignals > 0 {
		most = strconv.Itoa(r.MaxSignals)
	}
	var exceptions []string
	for _, e := range r.Exceptions {
		exceptions = append(exceptions, e.Name)
	}
	clock := ""
	if name := r.EQL.TimestampOverride; name != "" && name != "@timestamp" {
		clock = name + "; here the time of the event"
	}
	alert := r.Trigger.Condition
	if t := r.Trigger; t.Relation != "" && alert == "" {
		alert = strings.TrimSpace(t.Count + " " + t.Relation + " " + t.Quantity)
	}
	block := ""
	if r.BuildingBlock {
		block = "yes"
	}
	return []fact{
		said("schedule", when), said("earliest", sch.Earliest), said("latest", sch.Latest), said("schedule window", sch.Window), said("most alerts", most),
		said("by default", sch.Assumed...), said("time field", clock), said("alert if", alert), said("suppression", suppress.Words(r)), said("exceptions", exceptions...), said("filters", r.Filters...), said("building block", block),
	}
}

func dataSources(r *rules.Rule) (out []string) {
	for _, d := range r.DataSources {
		text := d.Name
		if d.Sourcetype != "" {
			text += ", sourcetype " + d.Sourcetype
		}
		if d.Source != "" {
			text += ", source " + d.Source
		}
		out = append(out, text)
	}
	return out
}

func testData(r *rules.Rule) (out []string) {
	for _, t := range r.Tests {
		for _, d := range t.Data {
			out = append(out, t.Name+": "+d.URL)
		}
	}
	return out
}

func drilldowns(r *rules.Rule) (out []string) {
	for _, d := range r.Drilldowns {
		out = append(out, d.Name+": "+d.Search)
	}
	return out
}

// compiledFacts is what is made of a rule's query: the macros in it, the query with these expanded, and what it reads.
func compiledFacts(c engine.Compiled) []fact {
	r, p := c.Rule, c.Program
	query, macros, expanded, fields, problems := said("query", r.Query.String()), said("macros"), said("expanded query"), said("required fields"), said("problems")
	if len(c.Errors) > 0 {
		problems = said("problems", c.Errors.Error())
	}
	if p == nil {
		return []fact{query, macros, expanded, fields, problems}
	}
	var calls []string
	for _, u := range p.Uses {
		if call := u.Macro.Signature() + ", " + place(u.Macro); !slices.Contains(calls, call) {
			calls = append(calls, call)
		}
	}
	if text := p.Expanded.Body; text != r.Query.String() {
		expanded = said("expanded query", text)
	}
	needs := p.Needs()
	for _, n := range needs {
		fields.values = append(fields.values, n.Kinds+": "+strings.Join(n.Fields, " "))
	}
	if p.Reads() && len(needs) == 0 {
		problems.values = append(problems.values, "no event that is known here can match")
	}
	return []fact{query, said("macros", calls...), expanded, fields, problems}
}
