package lint

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"
)

// The shapes of SARIF 2.1.0.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string    `json:"id"`
		Short   sarifText `json:"shortDescription"`
		Help    sarifText `json:"help"`
		Default struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string            `json:"ruleId"`
		RuleIndex int               `json:"ruleIndex"`
		Level     string            `json:"level"`
		Message   sarifText         `json:"message"`
		Locations []sarifLocation   `json:"locations"`
		Prints    map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region struct {
			Line   int `json:"startLine"`
			Column int `json:"startColumn"`
		} `json:"region"`
	}
)

// writeSARIF writes one log of one run: its rules are the checks.
func writeSARIF(w io.Writer, problems []Problem, version string) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "spoor", Version: version}
	index := map[string]int{}
	for i, c := range checks {
		index[c.Code] = i
		r := sarifRule{ID: c.Code, Short: sarifText{c.Doc}, Help: sarifText{c.Why}}
		r.Default.Level = c.Severity.String()
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, r)
	}
	for _, p := range problems {
		run.Results = append(run.Results, p.sarif(index[p.Code]))
	}
	return encode(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func (p Problem) sarif(check int) sarifResult {
	message := p.Message
	if p.Hint != "" {
		message += ". " + p.Hint
	}
	out := sarifResult{
		RuleID: p.Code, RuleIndex: check, Level: p.Severity.String(), Message: sarifText{plain(message)}, Locations: []sarifLocation{},
		Prints: map[string]string{"spoorProblem/v1": p.key()},
	}
	if file, line, col := p.Place(); file != "" {
		var at sarifLocation
		at.Physical.Artifact.URI = fileURI(file)
		at.Physical.Region.Line, at.Physical.Region.Column = line, col
		out.Locations = append(out.Locations, at)
	}
	return out
}

// plain is text in which no viewer finds a place to fill or a link.
func plain(text string) string {
	return strings.NewReplacer("{", "{{", "}", "}}", `\`, `\\`, "[", `\[`, "]", `\]`).Replace(text)
}

func fileURI(file string) string {
	slashed := filepath.ToSlash(file)
	if strings.HasPrefix(slashed, "/") {
		return (&url.URL{Scheme: "file", Path: slashed}).String()
	}
	return (&url.URL{Path: slashed}).String()
}
