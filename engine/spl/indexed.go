package spl

import (
	"strings"

	"spoor/grammar/ast"
)

// colons is what a word such as sourcetype::syslog means: a comparison with a field that every event has. Other words with two colons are
// looked for as they stand.
func (m *matcher) colons(t *ast.Term) *ast.Compare {
	name, text, found := strings.Cut(t.Value.Text, "::")
	if !found || !m.events || t.Value.Quoted || t.Value.Func != "" || text == "" {
		return nil
	}
	switch name = strings.ToLower(name); name {
	case "host", "index", "source", "sourcetype":
		return &ast.Compare{Pos: t.Pos, Field: &ast.Name{Pos: t.Pos, Text: name}, Op: "=", Value: &ast.Value{Pos: t.Value.Pos, Text: text}}
	}
	return nil
}

// elsewhere is fields that Splunk adds to events, and the sources here do not, with what does the same.
var elsewhere = map[string]string{
	"date_hour":   `eval date_hour=strftime(_time, "%H")`,
	"date_mday":   `eval date_mday=strftime(_time, "%d")`,
	"date_minute": `eval date_minute=strftime(_time, "%M")`,
	"date_month":  `eval date_month=lower(strftime(_time, "%B"))`,
	"date_second": `eval date_second=strftime(_time, "%S")`,
	"date_wday":   `eval date_wday=lower(strftime(_time, "%A"))`,
	"date_year":   `eval date_year=strftime(_time, "%Y")`,
	"linecount":   `eval linecount=mvcount(split(_raw, "\n"))`,
}

// warnElsewhere tells of a comparison with a field that only Splunk adds: it fails for every event.
func (m *matcher) warnElsewhere(field *ast.Name) {
	if instead, ok := elsewhere[field.Text]; ok && m.events {
		m.p.warnf(field.Span, "splunk-field", "%s is missing here unless an event names it: Splunk adds it", field.Text).
			WithHint("behind the first pipe write %s, and `search` with the condition", instead)
	}
}
