package eql

import (
	"slices"
	"strings"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// kind is a kind of event and how it fills the dataset.
type kind struct {
	*datamodels.Kind
	asIs    bool // its raw fields are the dataset's
	assigns []datamodels.Assign
	open    []string // the columns that the query needs of the process table where an event of the kind has no value
}

// undeclared stands for the kinds that no source declares: documents under ECS names, whatever they are about.
func undeclared() kind { return kind{Kind: &datamodels.Kind{}, asIs: true} }

// feeds is the declared kinds that feed the dataset.
func (l *lowerer) feeds() []kind {
	var out []kind
	for _, k := range l.Models.Feeds(l.dataset) {
		assigns, _ := k.Mapping(l.dataset)
		out = append(out, kind{Kind: k, asIs: k.AsIs(l.dataset), assigns: assigns})
	}
	return out
}

// starters is the kinds whose events may start or end a process.
func (l *lowerer) starters() []kind {
	return slices.DeleteFunc(l.feeds(), func(k kind) bool { return k.Starts.IsZero() && k.Ends.IsZero() })
}

// ranked is the categories by which a document of several is known: the first of these that it has, if it has one.
var ranked = []string{"process", "network", "file"}

// mayBe says whether events of the kind may be of the category that is asked for, as far as the kind's name tells.
func (l *lowerer) mayBe(k kind, q *ast.EventQuery) bool {
	rank := slices.Index(ranked, q.Category)
	if !k.asIs || q.Any || l.Category != "" || rank < 0 {
		return true
	}
	if k.Name == "" {
		return l.custom
	}
	category, isECS := strings.CutPrefix(k.Name, "ecs/")
	own := slices.Index(ranked, category)
	return !isECS || own >= 0 && own <= rank
}

// mayHold says whether the condition may hold for events of the kind.
func (l *lowerer) mayHold(k kind, cond plan.Expr) bool {
	views := map[string]*plan.KindView{k.Name: l.kindView(k, plan.Fields(cond, nil))}
	chain := plan.Lower{Scan: &plan.Scan{}, Chain: []plan.Node{&plan.View{Kinds: views, Open: true}, &plan.Filter{Cond: cond}}}
	return chain.Passes(plan.Kind{Name: k.Name, Const: k.Const}, l.fold)
}

// mapped is the kind's expression for a field of the dataset; nil if it does not fill it.
func (l *lowerer) mapped(k kind, field string) plan.Expr {
	if k.asIs {
		return &plan.Field{Name: field}
	}
	for _, a := range k.assigns {
		if a.Field == field {
			return l.expression(a.Expr)
		}
	}
	return nil
}

// expression lowers an expression of a mapping. Kinds share many of them.
func (l *lowerer) expression(at source.Span) plan.Expr {
	if e, ok := l.expressions[at]; ok {
		return e
	}
	e, errs := l.Expression(at)
	l.diags = append(l.diags, errs...)
	if errs.Failed() || e == nil {
		e = &plan.Const{V: column.Value{}, Span: at}
	}
	l.expressions[at] = e
	return e
}
