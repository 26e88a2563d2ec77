// Package sarif is the part of SARIF 2.1.0 (the Static Analysis Results Interchange Format, an OASIS standard) in which findings and what is
// wrong with rules are written.
package sarif

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"spoor/engine/output"
)

// The shapes of a log. What the standard wants to be there is there even if it is empty.
type (
	log struct {
		Schema  string `json:"$schema"`
		Version string `json:"version"`
		Runs    []*Run `json:"runs"`
	}
	// Run is what one run of a tool found.
	Run struct {
		Tool       Tool     `json:"tool"`
		ColumnKind string   `json:"columnKind"`
		Results    []Result `json:"results"`
	}
	// Tool is what ran.
	Tool struct {
		Driver Driver `json:"driver"`
	}
	// Driver is the tool without its extensions.
	Driver struct {
		Name    string `json:"name"`
		Version string `json:"version,omitempty"`
		Rules   []Rule `json:"rules"`
	}
	// Rule is what results point to.
	Rule struct {
		ID         string         `json:"id"`
		Name       string         `json:"name,omitempty"`
		Short      Text           `json:"shortDescription"`
		Full       *Text          `json:"fullDescription,omitempty"`
		Help       *Text          `json:"help,omitempty"`
		HelpURI    string         `json:"helpUri,omitempty"`
		Default    *Default       `json:"defaultConfiguration,omitempty"`
		Properties map[string]any `json:"properties,omitempty"`
	}
	// Default is a rule's level unless a result says otherwise.
	Default struct {
		Level string `json:"level"`
	}
	// Text is a text for people.
	Text struct {
		Text string `json:"text"`
	}
	// Result is something that was found.
	Result struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"` // in the driver's rules
		Level        string            `json:"level"`     // none, note, warning or error
		Message      Text              `json:"message"`
		Locations    []Location        `json:"locations"`
		Related      []Location        `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Properties   map[string]any    `json:"properties,omitempty"`
	}
	// Location is where a result is.
	Location struct {
		Physical Physical `json:"physicalLocation"`
	}
	// Physical is a place in a file.
	Physical struct {
		Artifact Artifact `json:"artifactLocation"`
		Region   Region   `json:"region"`
	}
	// Artifact is a file.
	Artifact struct {
		URI string `json:"uri"`
	}
	// Region is where in a file, as far as it is known; lines and columns count from 1.
	Region struct {
		Line   int64  `json:"startLine,omitempty"`
		Column int64  `json:"startColumn,omitempty"`
		Offset *int64 `json:"byteOffset,omitempty"`
	}
)

// NewRun is a run of a version of spoor that has found nothing yet.
func NewRun(version string) *Run {
	return &Run{Tool: Tool{Driver{Name: "spoor", Version: version, Rules: []Rule{}}}, ColumnKind: "unicodeCodePoints", Results: []Result{}}
}

// Write writes a log of the run.
func (r *Run) Write(w io.Writer) error {
	text, err := output.JSON(log{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []*Run{r}})
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	if err := json.Indent(&lines, append(text, '\n'), "", " "); err != nil {
		return err
	}
	_, err = lines.WriteTo(w)
	return err
}

// At is a region of a file.
func At(file string, region Region) Location { return Location{Physical{Artifact{uri(file)}, region}} }

// Message is text that no viewer takes for a message with places to fill or with links: logs write parts of it.
func Message(text string) Text {
	text = strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
	if strings.Contains(text, "](") {
		text = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(text)
	}
	return Text{text}
}

// uri is a file's name as a URI: relative, unless the name is absolute.
func uri(file string) string {
	slashed := filepath.ToSlash(file)
	if strings.HasPrefix(slashed, "/") {
		return (&url.URL{Scheme: "file", Path: slashed}).String()
	}
	return (&url.URL{Path: slashed}).String()
}
