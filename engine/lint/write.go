package lint

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"spoor/grammar/source"
)

// Format is a way to write problems.
type Format struct {
	Name, Doc string
	write     func(w io.Writer, problems []Problem, version string) error
}

var formats = []Format{
	{"text", "for people: place, message, the line with a caret, what would be right", writeText},
	{"json", "a list of objects: code, severity, file, line, column, message, hint, rule, rule_id", writeJSON},
	{"sarif", "SARIF 2.1.0, for code scanning", writeSARIF},
	{"github", "commands of GitHub's workflows, which show problems beside the lines of a pull request", writeGitHub},
}

// Formats is the ways to write problems.
func Formats() []Format { return formats }

// Write writes problems in a format. Version is that of spoor.
func Write(w io.Writer, format, version string, problems []Problem) error {
	for _, f := range formats {
		if f.Name == format {
			return f.write(w, problems, version)
		}
	}
	return fmt.Errorf("there is no format %q", format)
}

func writeText(w io.Writer, problems []Problem, _ string) error {
	for _, p := range problems {
		first, rest, several := strings.Cut(p.Error(), "\n")
		if file, line, col := p.Place(); p.Span.IsZero() && file != "" {
			first = fmt.Sprintf("%s:%d:%d: %s", file, line, col, first)
		}
		text := first + " [" + p.Code + "]"
		if several {
			text += "\n" + rest
		}
		if _, err := fmt.Fprintln(w, text); err != nil {
			return err
		}
	}
	return nil
}

// object is a problem as JSON has it.
type object struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Rule     string `json:"rule,omitempty"`
	RuleID   string `json:"rule_id,omitempty"`
}

func writeJSON(w io.Writer, problems []Problem, _ string) error {
	out := []object{}
	for _, p := range problems {
		o := object{Code: p.Code, Severity: p.Severity.String(), Message: p.Message, Hint: p.Hint}
		o.File, o.Line, o.Column = p.Place()
		if p.Rule != nil {
			o.Rule, o.RuleID = p.Rule.Name, p.Rule.ID
		}
		out = append(out, o)
	}
	return encode(w, out)
}

func encode(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(value)
}

// writeGitHub writes workflow commands; a severity there is an error, a warning or a notice.
func writeGitHub(w io.Writer, problems []Problem, _ string) error {
	text := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, p := range problems {
		level, place := p.Severity.String(), ""
		if p.Severity == source.Note {
			level = "notice"
		}
		if file, line, col := p.Place(); file != "" {
			place = fmt.Sprintf("file=%s,line=%d,col=%d,", property.Replace(file), line, col)
		}
		message := p.Message
		if p.Hint != "" {
			message += "\n" + p.Hint
		}
		if _, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", level, place, p.Code, text.Replace(message)); err != nil {
			return err
		}
	}
	return nil
}
