package spl

import (
	"maps"
	"slices"
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// metadata is the condition of a comparison with a field that says what an event is rather than what it tells; nil if it is none of these.
func (m *matcher) metadata(n *ast.Compare) plan.Expr {
	if !m.events || n.Op != "=" && n.Op != "==" && n.Op != "!=" {
		return nil
	}
	var any plan.Expr
	switch {
	case n.Field.Text == "sourcetype":
		names := m.sourcetypes(n.Value)
		if len(names) == 1 {
			return nil
		}
		args := []plan.Expr{m.field(n.Field)}
		for _, name := range names {
			args = append(args, text(name, n.Value.Span))
		}
		any = m.call("in", n, args...)
	case n.Field.Text == "eventtype":
		any = m.eventType(n.Value)
	default:
		return nil
	}
	if n.Op == "!=" {
		return plan.NewCall(function.SPL, "not", n.Span, any)
	}
	return any
}

// sourcetypes is every name of the sourcetype that a value stands for. One with a wildcard stands for what it matches.
func (m *matcher) sourcetypes(v *ast.Value) []string {
	if m.p.Sourcetypes == nil || v.Func == "CASE" || strings.Contains(v.Text, "*") {
		return []string{v.Text}
	}
	return m.p.Sourcetypes(v.Text)
}

// eventTypes is the searches that event types stand for: those of add-ons whose events are read here.
var eventTypes = map[string]string{
	"linux_audit":     `sourcetype=linux:audit`,
	"linux_secure":    `sourcetype=linux_secure`,
	"osquery":         `sourcetype=osquery:results`,
	"osquery-process": `sourcetype=osquery:results name=*process*`,
	"sysmon-linux":    `sourcetype=sysmon:linux`,
}

// EventTypes is the names of the event types that there are here, sorted.
func EventTypes() []string { return slices.Sorted(maps.Keys(eventTypes)) }

// eventType is the condition of an event type.
func (m *matcher) eventType(v *ast.Value) plan.Expr {
	search, ok := eventTypes[strings.ToLower(v.Text)]
	if !ok {
		m.p.warnf(v.Span, "no-eventtype", "there is no event type %q here: no event is of it", v.Text).WithHint("known are %s", strings.Join(EventTypes(), ", "))
		return truth(false, v.Span)
	}
	tree := m.p.searchText("eventtype", search, v.Span)
	if tree == nil {
		return truth(false, v.Span)
	}
	return m.node(tree, false)
}
