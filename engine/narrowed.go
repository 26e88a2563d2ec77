package engine

import (
	"regexp"
	"strings"

	"spoor/engine/rules"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// NotApplied is the code of warnings that a rule says something of which its program does nothing.
const NotApplied = "not-applied"

// where is what stands between the category of an event query and its condition.
var where = regexp.MustCompile(`(?is)^(?:\s|//[^\n]*|/\*.*?\*/)*where\b`)

// narrowed is the query of a rule of EQL as Kibana asks it: its events are those that no exception of the rule withholds and that satisfy its
// filters. What of these cannot be said in EQL is in the errors.
func narrowed(r *rules.Rule, o Options) (*source.Text, source.Errors) {
	var b source.Builder
	b.Copy(r.Query)
	whole := b.Text(r.Name)
	conditions, left := conditionsOf(r, o)
	if len(conditions) == 0 {
		return whole, left
	}
	tree, errs := grammar.ParseEQL(whole)
	if errs.Failed() {
		return whole, left
	}
	b, at := source.Builder{}, 0
	for _, e := range eventsOf(tree) {
		end := int(e.At().End)
		condition := int(e.CategoryAt.End)
		condition += where.FindStringIndex(whole.Body[condition:end])[1]
		b.Copy(r.Query.Sub(at, condition))
		b.Insert(" "+strings.Join(conditions, " and ")+" and (", r.Query.Sub(condition, end))
		b.Copy(r.Query.Sub(condition, end))
		b.Insert(" )", r.Query.Sub(condition, end))
		at = end
	}
	b.Copy(r.Query.Sub(at, len(whole.Body)))
	return b.Text(r.Name), left
}

// eventsOf is the event queries in a query, in their order.
func eventsOf(q *ast.Query) (out []*ast.EventQuery) {
	var items []*ast.Item
	switch body := q.Body.(type) {
	case *ast.EventQuery:
		return []*ast.EventQuery{body}
	case *ast.Sequence:
		if items = body.Items; body.Until != nil {
			items = append(items[:len(items):len(items)], body.Until)
		}
	case *ast.Sample:
		items = body.Items
	}
	for _, i := range items {
		out = append(out, i.Event)
	}
	return out
}

// conditionsOf is what exceptions and filters ask of each event, in EQL.
func conditionsOf(r *rules.Rule, o Options) (conditions []string, left source.Errors) {
	w := eqlWriter{fields: o.Models}
	skip := func(what string, err error) {
		left = append(left, source.Warnf(r.At, NotApplied, "not applied: %s of the rule %q, %s", what, r.Name, err))
	}
	for _, e := range r.Exceptions {
		if expired(e.Expires, o.Now) {
			continue
		}
		if text, err := w.exception(e); err != nil {
			skip("the exception "+e.Name, err)
		} else {
			conditions = append(conditions, "not "+text)
		}
	}
	for _, f := range r.Filters {
		if text, err := w.filter(f); err != nil {
			skip("a filter", err)
		} else if text != "" {
			conditions = append(conditions, text)
		}
	}
	return conditions, left
}
