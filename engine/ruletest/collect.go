package ruletest

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

// collector gathers the tests of rules.
type collector struct {
	Options
	files map[string][]*rules.Rule // all rules, by the file in which they stand
	read  map[string][]rules.Sidecar
}

func newCollector(list []*rules.Rule, o Options) *collector {
	c := &collector{Options: o, files: map[string][]*rules.Rule{}, read: map[string][]rules.Sidecar{}}
	pack := o.Pack
	if pack == nil {
		pack = list
	}
	for _, r := range pack {
		c.files[r.File] = append(c.files[r.File], r)
	}
	return c
}

// all is the tests of rules. Those that cannot run are settled.
func (c *collector) all(list []*rules.Rule) (out []*Result) {
	for _, r := range list {
		out = append(out, c.rule(r)...)
	}
	return out
}

func (c *collector) rule(r *rules.Rule) []*Result {
	if why := r.Unsupported(); why != "" {
		return []*Result{(&Result{Test: Test{Rule: r, Name: "test", At: r.At}}).end(Skip, why)}
	}
	out := append(c.published(r), c.beside(r)...)
	if len(out) == 0 {
		why := "it has no test"
		if r.ManualTest != "" {
			why += ", as its publisher tests it by hand: " + strings.Join(strings.Fields(r.ManualTest), " ")
		}
		out = append(out, (&Result{Test: Test{Rule: r, Name: "test", At: r.At}}).end(Skip, why))
	}
	if len(c.Negative) > 0 {
		out = append(out, c.supplied(&Result{Test: Test{Rule: r, Name: "nothing in " + strings.Join(c.Negative, ", "), At: r.At, Data: c.Negative}}))
	}
	return out
}

// published is the tests that the rule itself has.
func (c *collector) published(r *rules.Rule) (out []*Result) {
	for i, t := range r.Tests {
		x := &Result{Test: Test{Rule: r, Name: named(t.Name, i), At: t.At, Least: 1, Most: -1}}
		out = append(out, x)
		if !x.condition(t.PassCondition) {
			continue
		}
		for _, d := range t.Data {
			path, why := c.locate(d.URL, r)
			if why != "" {
				x.end(Skip, why)
				break
			}
			x.Data = append(x.Data, path)
		}
		x.Sourcetype = common(t.Data, func(d rules.TestData) string { return d.Sourcetype })
		x.Source = common(t.Data, func(d rules.TestData) string { return d.Source })
		x.Host = common(t.Data, func(d rules.TestData) string { return d.Host })
		if x.Status == "" && len(t.Data) == 0 {
			x.end(Skip, "the test has no data")
		}
		c.supplied(x)
	}
	return out
}

func named(name string, i int) string {
	if name == "" {
		return fmt.Sprintf("test %d", i+1)
	}
	return name
}

// common is what all logs of a test say of themselves; empty if they do not agree.
func common(list []rules.TestData, of func(rules.TestData) string) string {
	for _, d := range list {
		if of(d) != of(list[0]) {
			return ""
		}
	}
	if len(list) == 0 {
		return ""
	}
	return of(list[0])
}

// passes is the one shape of a pass condition: how many rows there must be.
var passes = regexp.MustCompile(`^\|\s*stats count(?:\s+as\s+\w+)?\s*\|\s*(?:where|search) \w+\s*(>=|>|==|=|<=|<)\s*(\d{1,9})$`)

// condition reads how many findings a pass condition wants.
func (r *Result) condition(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" {
		return true
	}
	m := passes.FindStringSubmatch(text)
	if m == nil {
		r.end(Broken, fmt.Sprintf("the pass_condition %q is not understood: it must be like | stats count | where count > 0", text))
		return false
	}
	n, _ := strconv.Atoi(m[2]) // nine digits at most
	r.Least = 0
	switch m[1] {
	case ">":
		r.Least = n + 1
	case ">=":
		r.Least = n
	case "<":
		r.Most = n - 1
	case "<=":
		r.Most = n
	default:
		r.Least, r.Most = n, n
	}
	return true
}

// beside is the tests in the file beside the rule's.
func (c *collector) beside(r *rules.Rule) (out []*Result) {
	path, ok := r.Sidecar()
	if !ok {
		return nil
	}
	list, known := c.read[path]
	if !known {
		var errs source.Errors
		list, errs = rules.Sidecars(path)
		c.read[path] = nil
		if len(errs) > 0 {
			x := &Result{Test: Test{Rule: r, Name: filepath.Base(path), At: errs[0].Span}}
			for _, d := range errs {
				x.end(Broken, plain(d))
			}
			return []*Result{x}
		}
		c.read[path] = list
	}
	for i, s := range list {
		if mine, why := c.concerns(s, r); why != "" && !known {
			out = append(out, (&Result{Test: Test{Rule: r, Name: named(s.Name, i), At: s.At}}).end(Broken, why))
		} else if mine {
			out = append(out, c.sidecar(s, r, named(s.Name, i))...)
		}
	}
	return out
}

// concerns says whether a test is one of the rule's, or else why it is nobody's.
func (c *collector) concerns(s rules.Sidecar, r *rules.Rule) (mine bool, why string) {
	all := c.files[r.File]
	if s.Rule == "" {
		if len(all) > 1 {
			return false, fmt.Sprintf("the test does not say which of the %d rules in %s it is for: write rule: and an id or a name", len(all), r.File)
		}
		return true, ""
	}
	for _, x := range all {
		if x.ID == s.Rule || x.Name == s.Rule {
			return x == r, ""
		}
	}
	why = fmt.Sprintf("there is no rule %q in %s", s.Rule, r.File)
	var names []string
	for _, x := range all {
		names = append(names, x.Name)
	}
	if near := source.Suggest(s.Rule, names); near != "" {
		why += ": " + near
	}
	return false, why
}

func (c *collector) sidecar(s rules.Sidecar, r *rules.Rule, name string) (out []*Result) {
	if len(s.Data) > 0 {
		out = append(out, c.supplied(&Result{Test: Test{
			Rule: r, Name: name, At: s.At, Data: below(r, s.Data), Now: s.Now, Least: s.Least, Most: s.Most, Expect: s.Expect,
		}}))
	}
	if len(s.Negative) > 0 {
		if len(s.Data) > 0 {
			name += ", negative"
		}
		out = append(out, c.supplied(&Result{Test: Test{Rule: r, Name: name, At: s.At, Data: below(r, s.Negative), Now: s.Now}}))
	}
	return out
}
