package detect

import (
	"fmt"
	"strconv"
	"strings"

	"spoor/engine"
	"spoor/engine/rules"
	"spoor/grammar/source"
)

// compileCondition compiles a rule's query with the search over its rows behind it that decides whether they are an alert.
func (x *Outcome) compileCondition(o engine.Options) {
	t := x.Rule.Trigger
	if x.Program == nil || x.Rule.Language != rules.SPL || t.Condition == "" || t.Count != "" && t.Count != "custom" {
		return
	}
	var b source.Builder
	b.Copy(x.Rule.Query)
	b.Insert("\n| "+strings.TrimPrefix(strings.TrimSpace(t.Condition), "|"), x.Rule.Query)
	of := *x.Rule
	of.Query = b.Text(x.Rule.Name).All()
	p, errs := engine.CompileRule(&of, o)
	if errs.Failed() {
		x.Problems = append(x.Problems, source.Warnf(x.Rule.At, engine.NotApplied, "not applied: the condition of its alert, %s: %s", t.Condition, plain(errs[0])))
	}
	x.condition = p
}

// confirm looks whether the condition of a rule's alert has rows.
func (x *Outcome) confirm(r *engine.Result) error {
	for b, err := range r.Rows() {
		if err != nil {
			return err
		}
		if b.Rows > 0 {
			x.confirmed = true
			break
		}
	}
	return nil
}

// unconfirmed notes that it is not known whether the condition of a rule's alert holds.
func (x *Outcome) unconfirmed(err error) {
	if err != nil {
		x.confirmed = true
		x.Problems = append(x.Problems, source.Warnf(x.Rule.At, engine.NotApplied, "not applied: the condition of its alert, %s: %s", x.Rule.Trigger.Condition, plain(err)))
	}
}

// alert leaves the results of a saved search only if they are an alert by what it says of their number or over them.
func (x *Outcome) alert() {
	if x.Program == nil || x.Verdict == Failed {
		return
	}
	t := x.Rule.Trigger
	holds, what := true, t.Condition
	if x.condition != nil {
		holds = x.confirmed
	} else {
		n, counted := x.counted()
		limit, err := strconv.Atoi(strings.TrimSpace(t.Quantity))
		if !counted || err != nil && t.Quantity != "" {
			return
		}
		compare := map[string]bool{"": n > 0, "greater than": n > limit, "less than": n < limit, "equal to": n == limit, "not equal to": n != limit}
		var known bool
		if holds, known = compare[t.Relation]; !known {
			x.Reasons = append(x.Reasons, fmt.Sprintf("not applied: its alert is raised when the %s %s %s, which needs the run before", t.Count, t.Relation, t.Quantity))
			return
		}
		what = fmt.Sprintf("%s %s %s", t.Count, t.Relation, t.Quantity)
	}
	switch {
	case holds && len(x.results) == 0 && x.condition == nil && t.Relation != "":
		x.Reasons = append(x.Reasons, "the condition of its alert holds, "+what+", but there is no row to tell")
	case !holds && len(x.results) > 0:
		x.Reasons = append(x.Reasons, fmt.Sprintf("no alert: it has %s, and the condition is %s", source.Count(len(x.results), "row"), what))
		x.results = nil
	}
}

// counted is the number that the condition of an alert is about, if it is about one.
func (x *Outcome) counted() (n int, ok bool) {
	switch strings.ToLower(x.Rule.Trigger.Count) {
	case "number of events":
		return len(x.results), true
	case "number of hosts":
		return x.distinct("host"), true
	case "number of sources":
		return x.distinct("source"), true
	}
	return 0, false
}

// distinct is how many values a column has in the results.
func (x *Outcome) distinct(name string) int {
	seen := map[string]bool{}
	for _, found := range x.results {
		for _, c := range found {
			for _, v := range c.batch.Col(name).Value(c.row).Items() {
				seen[v.Clone().String()] = true
			}
		}
	}
	return len(seen)
}
