package rules

import (
	"maps"
	"slices"
	"strings"

	"spoor/grammar/source"
)

// Library is rules by their names. The zero value has none.
type Library struct{ rules map[string]*Rule }

// add takes a rule in, in place of an earlier one of the name.
func (l *Library) add(r *Rule) {
	if l.rules == nil {
		l.rules = map[string]*Rule{}
	}
	l.rules[r.Name] = r
}

// All is the rules, by name.
func (l *Library) All() []*Rule {
	if l == nil {
		return nil
	}
	names := slices.Sorted(maps.Keys(l.rules))
	out := make([]*Rule, len(names))
	for i, name := range names {
		out[i] = l.rules[name]
	}
	return out
}

// Find is the rule of a name. That of a file of security_content goes by the name of its stanza too: ESCU - <name> - Rule.
func (l *Library) Find(at source.Span, name string) (*Rule, *source.Diagnostic) {
	if l == nil || len(l.rules) == 0 {
		return nil, source.Errorf(at, "no-rules", "there are no saved searches to find %q in", name).
			WithHint("--rules PATH names a savedsearches.conf, a file of security_content or a folder of them")
	}
	bare, _ := strings.CutPrefix(name, "ESCU - ")
	bare, _ = strings.CutSuffix(bare, " - Rule")
	for _, known := range []string{name, bare, "ESCU - " + name + " - Rule"} {
		if r := l.rules[known]; r != nil {
			return r, nil
		}
	}
	d := source.Errorf(at, "unknown-rule", "there is no saved search %q", name)
	if near := source.Suggest(name, slices.Collect(maps.Keys(l.rules))); near != "" {
		return nil, d.WithHint("%s", near)
	}
	return nil, d.WithHint("names count with regard to case, and there are %s", source.Count(len(l.rules), "rule"))
}
