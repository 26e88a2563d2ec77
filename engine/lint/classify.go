package lint

import (
	"slices"
	"strings"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

// classify takes what the loader or the compiler says for a problem: the check that lists its code says how severe it is.
func (p *pack) classify(d *source.Diagnostic, r *rules.Rule) {
	check := classOf(d, r)
	own := *d
	own.Code, own.Severity = check.Code, check.Severity
	p.out = append(p.out, Problem{&own, r})
}

// classOf is the check whose business a diagnostic is. What none lists is one of a file, of a query that does not compile or of a doubtful one.
func classOf(d *source.Diagnostic, r *rules.Rule) *Check {
	language := ""
	if r != nil {
		language = string(r.Language)
	}
	if (d.Code == "unknown-macro" || d.Code == "unknown-lookup" || d.Code == "no-lookups") && broughtElsewhere(d.Message) {
		return Find("enterprise-security")
	}
	if d.Code == "unknown-field" && (commandAt(d.Span) == "fields" || commandAt(d.Span) == "table") {
		return Find("empty-column")
	}
	for _, c := range checks {
		if c.language != "" && c.language != language {
			continue
		}
		if slices.Contains(c.says, d.Code) {
			return c
		}
	}
	switch {
	case strings.HasPrefix(d.Code, "macro"):
		return Find("macro")
	case r == nil:
		return Find("rule-file")
	case d.Severity == source.Error:
		return Find("query")
	}
	return Find("query-doubt")
}

// commandAt is the command in whose arguments, which hold no pipe, a span of a search stands.
func commandAt(at source.Span) string {
	if at.IsZero() {
		return ""
	}
	before := at.Text.Body[:at.Start]
	words := strings.Fields(before[strings.LastIndexByte(before, '|')+1:])
	if len(words) == 0 {
		return ""
	}
	return strings.ToLower(words[0])
}
