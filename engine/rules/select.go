package rules

import (
	"slices"
	"strings"

	"spoor/engine/attack"
	"spoor/grammar/source"
)

// Selection says which rules are wanted. The zero value wants all.
type Selection struct {
	Enabled bool // only those that are enabled

	include map[string][]test // by key: one of each key must hold
	exclude []test            // none may hold
}

// test says whether a rule is one of those that a criterion names.
type test func(*Rule) bool

// Include wants only rules that satisfy a criterion: KEY=PATTERN, or the pattern of an id or name. Of several with one key one must hold, and
// of each key one.
func (s *Selection) Include(criterion string) *source.Diagnostic {
	key, t, wrong := parseCriterion(criterion)
	if wrong != nil {
		return wrong
	}
	if s.include == nil {
		s.include = map[string][]test{}
	}
	s.include[key] = append(s.include[key], t)
	return nil
}

// Exclude does not want rules that satisfy a criterion.
func (s *Selection) Exclude(criterion string) *source.Diagnostic {
	_, t, wrong := parseCriterion(criterion)
	if wrong != nil {
		return wrong
	}
	s.exclude = append(s.exclude, t)
	return nil
}

// Wants says whether a rule is one of those that are wanted.
func (s *Selection) Wants(r *Rule) bool {
	if s.Enabled && !r.Enabled {
		return false
	}
	holds := func(t test) bool { return t(r) }
	for _, tests := range s.include {
		if !slices.ContainsFunc(tests, holds) {
			return false
		}
	}
	return !slices.ContainsFunc(s.exclude, holds)
}

// Of is the rules that are wanted, in their order.
func (s *Selection) Of(all []*Rule) []*Rule {
	return slices.DeleteFunc(slices.Clone(all), func(r *Rule) bool { return !s.Wants(r) })
}

// criterion is something to select rules by.
type criterion struct {
	Key
	texts func(*Rule) []string // of which one must match the pattern; nil for those with a meaning of their own
}

var criteria = []criterion{
	{Key{"id", "their id"}, func(r *Rule) []string { return []string{r.ID} }},
	{Key{"name", "their name"}, func(r *Rule) []string { return []string{r.Name} }},
	{Key{"severity", "their severity; severity>=high is that and what is worse"}, nil},
	{Key{"tactic", "a tactic of ATT&CK, by id or name; of a rule that names techniques only, theirs"}, nil},
	{Key{"technique", "a technique of ATT&CK by its id, with its subtechniques"}, nil},
	{Key{"status", "production, experimental, deprecated"}, func(r *Rule) []string { return []string{r.Status} }},
	{Key{"type", "Anomaly, TTP, Hunting, Correlation, eql, query, ..."}, func(r *Rule) []string { return []string{r.Type} }},
	{Key{"language", "SPL, EQL, KQL, ES|QL"}, func(r *Rule) []string { return []string{string(r.Language)} }},
	{Key{"tag", "one of their tags"}, func(r *Rule) []string { return r.Tags }},
	{Key{"story", "one of their analytic stories"}, func(r *Rule) []string { return r.Stories }},
	{Key{"data_source", "the name, source or sourcetype of their data, an integration, or a pattern of indices"}, dataOf},
}

// Criteria is what rules are selected by.
func Criteria() []Key {
	var out []Key
	for _, c := range criteria {
		out = append(out, c.Key)
	}
	return out
}

func dataOf(r *Rule) []string {
	out := slices.Concat(r.Integrations, r.Index)
	for _, s := range r.DataSources {
		out = append(out, s.Name, s.Source, s.Sourcetype)
	}
	return out
}

// byName is for a criterion without a key.
var byName = criterion{texts: func(r *Rule) []string { return []string{r.ID, r.Name} }}

func parseCriterion(text string) (key string, t test, wrong *source.Diagnostic) {
	key, pattern, named := strings.Cut(text, "=")
	if !named {
		key, pattern = "", text
	}
	key, atLeast := strings.CutSuffix(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(key), "-", "_")), ">")
	pattern = strings.TrimSpace(pattern)
	c, known := byName, !named
	if i := slices.IndexFunc(criteria, func(c criterion) bool { return c.Name == key }); i >= 0 {
		c, known = criteria[i], true
	}
	switch {
	case pattern == "":
		wrong = source.Errorf(source.Span{}, "bad-criterion", "%q selects nothing", text).WithHint("write KEY=PATTERN, such as severity=high, or the pattern of a name")
	case !known:
		wrong = unknownCriterion(key)
	case key == "severity":
		t, wrong = ofSeverity(pattern, atLeast)
	case atLeast:
		wrong = source.Errorf(source.Span{}, "bad-criterion", "only severities have an order, and %s has none", key).WithHint("write %s=%s", key, pattern)
	case key == "tactic":
		t, wrong = ofTactic(pattern)
	case key == "technique":
		t = ofTechnique(pattern)
	default:
		t = func(r *Rule) bool {
			return slices.ContainsFunc(c.texts(r), func(s string) bool { return s != "" && matches(pattern, s) })
		}
	}
	return key, t, wrong
}

func unknownCriterion(key string) *source.Diagnostic {
	wrong := source.Errorf(source.Span{}, "bad-criterion", "rules are not selected by %q", key)
	var keys []string
	for _, c := range criteria {
		keys = append(keys, c.Name)
	}
	if near := source.Suggest(key, keys); near != "" {
		return wrong.WithHint("%s", near)
	}
	return wrong.WithHint("but by %s", strings.Join(keys, ", "))
}

// levels is the severities in their order.
var levels = []string{"informational", "low", "medium", "high", "critical"}

func ofSeverity(name string, atLeast bool) (test, *source.Diagnostic) {
	least := slices.Index(levels, strings.ToLower(name))
	if least < 0 {
		return nil, source.Errorf(source.Span{}, "bad-criterion", "there is no severity %q", name).WithHint("it is one of %s", strings.Join(levels, ", "))
	}
	return func(r *Rule) bool {
		level := slices.Index(levels, r.Severity)
		return level == least || atLeast && level > least
	}, nil
}

func ofTactic(name string) (test, *source.Diagnostic) {
	wanted, ok := attack.FindTactic(name)
	if !ok {
		wrong := source.Errorf(source.Span{}, "bad-criterion", "ATT&CK %s has no tactic %q", attack.Release(), name)
		var names []string
		for _, t := range attack.Tactics() {
			names = append(names, t.Name)
		}
		return nil, wrong.WithHint("its tactics are %s", strings.Join(names, ", "))
	}
	return func(r *Rule) bool {
		tactics, _ := r.Attack()
		return slices.ContainsFunc(tactics, func(t attack.Tactic) bool { return t.ID == wanted.ID })
	}, nil
}

// ofTechnique holds for a technique and its subtechniques, under the ids that they have now or had before.
func ofTechnique(id string) test {
	id = strings.ToUpper(id)
	return func(r *Rule) bool {
		for _, t := range r.Techniques() {
			for _, known := range []string{strings.ToUpper(t.ID), current(attack.Technique{ID: t.ID}).ID} {
				if known == id || attack.Parent(known) == id {
					return true
				}
			}
		}
		return false
	}
}

// matches says whether a pattern, in which * is any text and ? any character, is all of a text, whatever the case.
func matches(pattern, text string) bool {
	p, t := []rune(strings.ToLower(pattern)), []rune(strings.ToLower(text))
	star, from := -1, 0 // the last star, and from where the text behind it is tried
	i, j := 0, 0
	for j < len(t) {
		switch {
		case i < len(p) && p[i] == '*':
			star, from = i, j
			i++
		case i < len(p) && (p[i] == '?' || p[i] == t[j]):
			i, j = i+1, j+1
		case star >= 0:
			from++
			i, j = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(string(p[i:]), "*") == ""
}
