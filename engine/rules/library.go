package rules

import (
	"maps"
	"slices"
	"strings"

	"spoor/grammar/source"
)

// Library is rules, and what was met while they were loaded. The zero value has none.
type Library struct {
	Skipped map[string]int // what is no rule: stories, investigations, other files
	Broken  int            // files that cannot be read, and rules that lack what they cannot run without
	Macros  []string       // files that hold macros
	Lookups []string       // folders that hold lookups

	rules  []*Rule
	byID   map[string]*Rule
	byName map[string]*Rule

	settings []setting // of the checkouts that were met
}

// add takes a rule in, and says which one had the place before: of two with one id, or with one name if either has no id, the later holds.
func (l *Library) add(r *Rule) *Rule {
	if l.byName == nil {
		l.byName, l.byID = map[string]*Rule{}, map[string]*Rule{}
	}
	old := l.byName[r.Name]
	if old != nil && old.ID != "" && r.ID != "" {
		old = nil
	}
	if r.ID != "" && l.byID[r.ID] != nil {
		old = l.byID[r.ID]
	}
	if old != nil {
		l.remove(old)
	}
	l.rules = append(l.rules, r)
	l.byName[r.Name] = r
	if r.ID != "" {
		l.byID[r.ID] = r
	}
	return old
}

func (l *Library) remove(r *Rule) {
	l.rules = slices.DeleteFunc(l.rules, func(old *Rule) bool { return old == r })
	if l.byName[r.Name] == r {
		delete(l.byName, r.Name)
	}
	if l.byID[r.ID] == r {
		delete(l.byID, r.ID)
	}
}

// All is the rules, by name.
func (l *Library) All() []*Rule {
	if l == nil {
		return nil
	}
	out := slices.Clone(l.rules)
	slices.SortStableFunc(out, func(a, b *Rule) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Find is the rule of a name or an id. That of a file of security_content goes by the name of its stanza too: ESCU - <name> - Rule.
func (l *Library) Find(at source.Span, name string) (*Rule, *source.Diagnostic) {
	if l == nil || len(l.rules) == 0 {
		return nil, source.Errorf(at, "no-rules", "there are no saved searches to find %q in", name).
			WithHint("--rules PATH names a savedsearches.conf, a file of security_content or a folder of them")
	}
	bare, _ := strings.CutPrefix(name, "ESCU - ")
	bare, _ = strings.CutSuffix(bare, " - Rule")
	for _, known := range []string{name, bare, "ESCU - " + name + " - Rule"} {
		if r := l.byName[known]; r != nil {
			return r, nil
		}
	}
	if r := l.byID[name]; r != nil {
		return r, nil
	}
	d := source.Errorf(at, "unknown-rule", "there is no saved search %q", name)
	if near := source.Suggest(name, slices.Sorted(maps.Keys(l.byName))); near != "" {
		return nil, d.WithHint("%s", near)
	}
	return nil, d.WithHint("names count with regard to case, and there are %s", source.Count(len(l.rules), "rule"))
}

// sound says what a rule lacks that it cannot run without.
func (r *Rule) sound() *source.Diagnostic {
	switch {
	case r.Name == "":
		return source.Errorf(r.At, "incomplete-rule", "the rule has no name")
	case r.Query.IsZero() && r.Type != "machine_learning" && r.Type != "saved_query":
		return source.Errorf(r.At, "incomplete-rule", "the rule %q has no query", r.Name)
	}
	return nil
}
