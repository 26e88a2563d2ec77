package eql

import (
	"slices"

	"spoor/engine/function"
	"spoor/engine/plan"
)

// argumentLists is the fields that hold the arguments of a process. Some sources log only the command line, in which the arguments are
// joined by blanks: an argument that holds blanks itself is then a run of several tokens.
//
// So a predicate that asks for an argument holds if it holds for any such run. Under a `not` that would exclude too much: there only
// single tokens count.
var argumentLists = []string{"process.args", "process.parent.args"}

// argv is the hidden column with the arguments of events that have them one by one, commandLine the one with the text of the others.
func argv(field string) string        { return "\x00argv " + field }
func commandLine(field string) string { return "\x00joined " + field }

// leaf is a predicate as a condition.
func (l *lowerer) leaf(e plan.Expr, positive bool) plan.Expr {
	if !positive || !readsArguments(e) {
		return plan.Holds(e)
	}
	single := plan.Rewrite(e, func(f *plan.Field) plan.Expr {
		if slices.Contains(argumentLists, f.Name) {
			return &plan.Field{Name: argv(f.Name), Span: f.Span}
		}
		return nil
	})
	return plan.Or(plan.Holds(overRuns(e)), plan.Holds(single))
}

func readsArguments(e plan.Expr) bool {
	return slices.ContainsFunc(plan.Fields(e, nil), func(f string) bool { return slices.Contains(argumentLists, f) })
}

// overRuns is the predicate over all runs of tokens of the command line.
func overRuns(e plan.Expr) plan.Expr {
	if c, ok := e.(*plan.Call); ok && c.Func.OverRuns != "" && !slices.ContainsFunc(c.Args[1:], readsArguments) {
		if f, ok := c.Args[0].(*plan.Field); ok {
			args := append([]plan.Expr{&plan.Field{Name: commandLine(f.Name), Span: f.Span}}, c.Args[1:]...)
			return plan.NewCall(function.EQL, c.Func.OverRuns, c.Span, args...)
		}
	}
	return plan.Rewrite(e, func(f *plan.Field) plan.Expr {
		if slices.Contains(argumentLists, f.Name) {
			return plan.NewCall(function.EQL, "runs", f.Span, &plan.Field{Name: commandLine(f.Name), Span: f.Span})
		}
		return nil
	})
}

// tokenised is the text that a mapping splits into tokens, if that is what it does.
func tokenised(e plan.Expr) (text plan.Expr, ok bool) {
	c, ok := e.(*plan.Call)
	if !ok || c.Func.Lang != function.SPL || c.Func.Name != "tokens" {
		return nil, false
	}
	return c.Args[0], true
}

// approximated is the fields of arguments that the query reads, and the kinds of events that have only the tokens of a command line:
// their own, or those of the source's start events in the process table.
func (l *lowerer) approximated() []Approximation {
	var out []Approximation
	for _, field := range argumentLists {
		at, read := l.argsRead[field]
		if !read {
			continue
		}
		var kinds []string
		for _, k := range l.views[0].kinds {
			if l.tokensOf(k, field) {
				kinds = append(kinds, k.Name)
			}
		}
		if kinds != nil {
			out = append(out, Approximation{Field: field, Kinds: kinds, At: at})
		}
	}
	return out
}

func (l *lowerer) tokensOf(k kind, field string) bool {
	if _, ok := tokenised(l.mapped(k, field)); ok {
		return true
	}
	if l.NoProcessTable || !slices.Contains(k.Asks, field) {
		return false
	}
	return slices.ContainsFunc(l.starters(), func(s kind) bool {
		_, ok := tokenised(l.mapped(s, field))
		return ok && s.Source == k.Source
	})
}
