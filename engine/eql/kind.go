package eql

import (
	"path"
	"slices"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// kind is a kind of event and how it fills the dataset.
type kind struct {
	*datamodels.Kind
	asIs    bool // its raw fields are the dataset's
	assigns []datamodels.Assign
}

// undeclared stands for the kinds that no source declares: documents under ECS names, whatever they are about.
func undeclared() kind { return kind{Kind: &datamodels.Kind{}, asIs: true} }

// feeds is the declared kinds that feed the dataset.
func (l *lowerer) feeds() []kind {
	var out []kind
	for _, k := range l.Models.Feeds(l.dataset) {
		assigns, _ := k.Mapping(l.dataset)
		out = append(out, kind{k, k.AsIs(l.dataset), assigns})
	}
	return out
}

// starters is the kinds whose events may start or end a process.
func (l *lowerer) starters() []kind {
	return slices.DeleteFunc(l.feeds(), func(k kind) bool { return k.Starts.IsZero() && k.Ends.IsZero() })
}

// kinds is the kinds whose events may be of one of the categories.
func (l *lowerer) kinds(queries []*ast.EventQuery) []kind {
	feeds := l.feeds()
	out := slices.DeleteFunc(slices.Clone(feeds), func(k kind) bool {
		return !slices.ContainsFunc(queries, func(q *ast.EventQuery) bool { return l.mayBe(k, q) })
	})
	declared := func(q *ast.EventQuery) bool {
		return !q.Any && slices.ContainsFunc(feeds, func(k kind) bool { return k.asIs && about(k.Kind) == q.Category })
	}
	if l.custom || slices.ContainsFunc(queries, func(q *ast.EventQuery) bool { return !declared(q) }) {
		out = append(out, undeclared())
	}
	return out
}

// mayBe says whether events of a declared kind may be of the category that is asked for.
func (l *lowerer) mayBe(k kind, q *ast.EventQuery) bool {
	if q.Any {
		return true
	}
	if k.asIs {
		return l.Category != "" || ranks(k.Kind, q.Category)
	}
	categories := l.mapped(k, l.category)
	if categories == nil {
		return false
	}
	is := plan.NewCall(function.EQL, "==", source.Span{}, categories, text(q.Category, source.Span{}))
	c, known := l.fold.Fold(plan.Rewrite(is, func(f *plan.Field) plan.Expr {
		if v, ok := k.Const[f.Name]; ok {
			return text(v, f.Span)
		}
		return nil
	})).(*plan.Const)
	return !known || c.V.True()
}

// ranks says whether an event of a kind that is named by a category may be of another one too. An event of several categories is of the
// kind that its source declares first, so a kind never holds the categories of those before it.
func ranks(k *datamodels.Kind, category string) bool {
	for _, other := range k.Source.Kinds {
		switch {
		case other == k:
			return true
		case about(other) == category && path.Dir(other.Name) == path.Dir(k.Name):
			return false
		}
	}
	return true
}

// about is the category that names a kind: file of ecs/file.
func about(k *datamodels.Kind) string { return path.Base(k.Name) }

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
