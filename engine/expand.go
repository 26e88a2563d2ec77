package engine

import (
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spl"
	"spoor/grammar"
	"spoor/grammar/source"
	"spoor/macros"
)

// Expand replaces the macro calls of a query, as Compile does first, and tells which macros were used.
func Expand(text *source.Text, o Options) (*source.Text, []macros.Use, source.Errors) {
	return newProgram(text, o).expand()
}

func (p *Program) expand() (*source.Text, []macros.Use, source.Errors) {
	return p.expander().Expand(p.Text)
}

func (p *Program) expander() *macros.Expander {
	return &macros.Expander{Library: p.opts.Macros, Eval: p.evalMacro, Foreign: p.opts.Foreign}
}

// evalMacro computes a macro whose definition is an expression.
func (p *Program) evalMacro(at source.Span) (any, error) {
	tree, errs := grammar.ParseEvalSpan(at)
	if errs.Failed() {
		return nil, errs
	}
	e, errs := spl.LowerExpression(tree, spl.Options{Env: p.env})
	if errs.Failed() {
		return nil, errs
	}
	fold := plan.Folder{Env: p.env}.Fold
	c, ok := fold(e).(*plan.Const)
	if !ok { // a field has no value here, which a validation such as isnum($arg$) can tell
		noFields := func(f *plan.Field) plan.Expr { return &plan.Const{Span: f.Span} }
		c, ok = fold(plan.Rewrite(e, noFields)).(*plan.Const)
		ok = ok && c.V.Kind() == column.Bool
	}
	if !ok {
		return nil, source.Errorf(at, "not-constant", "the expression of a macro cannot read fields")
	}
	switch c.V.Kind() {
	case column.Null:
		return nil, nil
	case column.Bool:
		return c.V.True(), nil
	}
	return c.V.String(), nil
}
