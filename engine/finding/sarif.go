package finding

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/output"
	"spoor/engine/rules"
)

// The shapes of SARIF 2.1.0.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string         `json:"id"`
		Name       string         `json:"name"`
		Short      sarifText      `json:"shortDescription"`
		Full       *sarifText     `json:"fullDescription,omitempty"`
		HelpURI    string         `json:"helpUri,omitempty"`
		Properties map[string]any `json:"properties"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Properties   map[string]any    `json:"properties"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line   int64 `json:"startLine,omitempty"`
		Offset int64 `json:"byteOffset"`
	}
)

// sarif writes one log of one run: its rules are those that found something.
func (s *sink) sarif(findings Stream) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "spoor", Version: s.Version, Rules: []sarifRule{}}
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
	text, err := output.JSON(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	if err := json.Indent(&lines, append(text, '\n'), "", " "); err != nil {
		return err
	}
	_, err = lines.WriteTo(s)
	return err
}

// describe is a rule as SARIF has it.
func describe(f *Finding) sarifRule {
	r := f.Rule
	var tags distinct[string]
	for _, tag := range slices.Concat([]string{"security"}, f.tactics(), f.techniques()) {
		tags.add(tag)
	}
	out := sarifRule{ID: ruleKey(r), Name: r.Name, Short: sarifText{r.Name}, Properties: map[string]any{
		"tags":              tags.list,
		"security-severity": strconv.FormatFloat(r.RiskScore/10, 'f', 1, 64),
	}}
	if r.Description != "" {
		out.Full = &sarifText{r.Description}
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

func (s *sink) result(f *Finding, rule int) sarifResult {
	out := sarifResult{
		RuleID: ruleKey(f.Rule), RuleIndex: rule, Level: level(f.Severity), Message: sarifText{unlinked(f.Message)}, Locations: []sarifLocation{},
		Fingerprints: map[string]string{"spoorFinding/v1": f.ID},
		Properties:   map[string]any{"severity": f.Severity, "riskScore": f.RiskScore, "hosts": listed(f.Entities.Hosts), "users": listed(f.Entities.Users)},
	}
	if f.Last != 0 {
		out.Properties["time"] = s.stamp(f.Last)
	}
	for i, r := range f.Evidence.Records {
		place := sarifLocation{sarifPhysical{sarifArtifact{uri(r.File)}, sarifRegion{r.Line, r.Offset}}}
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

// unlinked is text that no viewer takes for a message with places to fill or with links: logs write parts of it.
func unlinked(text string) string {
	text = strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
	if strings.Contains(text, "](") {
		text = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(text)
	}
	return text
}

// uri is a file's name as a URI: relative, unless the name is absolute.
func uri(file string) string {
	slashed := filepath.ToSlash(file)
	if strings.HasPrefix(slashed, "/") {
		return (&url.URL{Scheme: "file", Path: slashed}).String()
	}
	return (&url.URL{Path: slashed}).String()
}
