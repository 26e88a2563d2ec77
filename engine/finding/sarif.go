package finding

import (
	"net/url"
	"slices"
	"strconv"

	"spoor/engine/rules"
	"spoor/engine/sarif"
)

// sarif writes one log of one run: its rules are those that found something.
func (s *sink) sarif(findings Stream) error {
	run := sarif.NewRun(s.Version)
	index := map[*rules.Rule]int{}
	err := each(findings, func(f *Finding) error {
		at, known := index[f.Rule]
		if !known {
			at = len(run.Tool.Driver.Rules)
			index[f.Rule] = at
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, describe(f))
		}
		s.summary.Written++
		run.Results = append(run.Results, s.result(f, at))
		return nil
	})
	if err != nil {
		return err
	}
	return run.Write(s)
}

// describe is a rule as SARIF has it.
func describe(f *Finding) sarif.Rule {
	r := f.Rule
	var tags distinct[string]
	for _, tag := range slices.Concat([]string{"security"}, f.tactics(), f.techniques()) {
		tags.add(tag)
	}
	out := sarif.Rule{ID: ruleKey(r), Name: r.Name, Short: sarif.Text{Text: r.Name}, Properties: map[string]any{
		"tags":              tags.list,
		"security-severity": strconv.FormatFloat(r.RiskScore/10, 'f', 1, 64),
	}}
	if r.Description != "" {
		out.Full = &sarif.Text{Text: r.Description}
	}
	if i := slices.IndexFunc(r.References, linked); i >= 0 {
		out.HelpURI = r.References[i]
	}
	return out
}

// linked says whether a text is the address of a page.
func linked(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// ruleKey is a rule's id, or its name if it has none.
func ruleKey(r *rules.Rule) string {
	if r.ID != "" {
		return r.ID
	}
	return r.Name
}

func (s *sink) result(f *Finding, rule int) sarif.Result {
	out := sarif.Result{
		RuleID: ruleKey(f.Rule), RuleIndex: rule, Level: level(f.Severity), Message: sarif.Message(f.Message), Locations: []sarif.Location{},
		Fingerprints: map[string]string{"spoorFinding/v1": f.ID},
		Properties:   map[string]any{"severity": f.Severity, "riskScore": f.RiskScore, "hosts": listed(f.Entities.Hosts), "users": listed(f.Entities.Users)},
	}
	if f.Last != 0 {
		out.Properties["time"] = s.stamp(f.Last)
	}
	for i, r := range f.Evidence.Records {
		place := sarif.At(r.File, sarif.Region{Line: r.Line, Offset: &r.Offset})
		if i == 0 {
			out.Locations = append(out.Locations, place)
		} else {
			out.Related = append(out.Related, place)
		}
	}
	return out
}

// level is a severity in SARIF's words.
func level(severity string) string {
	switch severity {
	case "critical", "high":
		return "error"
	case "medium":
		return "warning"
	}
	return "note"
}
