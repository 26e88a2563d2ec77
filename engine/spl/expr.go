package spl

import (
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// eval lowers an eval expression. fields says what becomes of a field; nil takes it as the column of that name.
func (p *planner) eval(n ast.Node, fields func(*ast.Field) plan.Expr) plan.Expr {
	switch n := n.(type) {
	case *ast.Field:
		if fields != nil {
			return fields(n)
		}
		return &plan.Field{Name: n.Text, Span: n.Span}
	case *ast.String:
		return text(n.Text, n.Span)
	case *ast.Number:
		return number(n)
	case *ast.Unary:
		return p.unary(n, fields)
	case *ast.Binary:
		return p.binary(n, fields)
	case *ast.In:
		return p.in(n, fields)
	case *ast.Call:
		if strings.EqualFold(n.Name, "searchmatch") && len(n.Args) == 1 {
			return p.searchMatch(n, fields)
		}
		return p.call(n.Name, n.Span, patterned(n.Name, n.Args, p.evals(n.Args, fields)))
	case *ast.Subsearch:
		return p.evalSubsearch(n, fields)
	default:
		p.errorf(n.At(), "not-an-expression", "this is no expression")
	}
	return null
}

func (p *planner) evals(ns []ast.Node, fields func(*ast.Field) plan.Expr) []plan.Expr {
	out := make([]plan.Expr, len(ns))
	for i, n := range ns {
		out[i] = p.eval(n, fields)
	}
	return out
}

func (p *planner) unary(n *ast.Unary, fields func(*ast.Field) plan.Expr) plan.Expr {
	x := p.eval(n.X, fields)
	switch n.Op {
	case "NOT":
		return p.call("not", n.Span, []plan.Expr{x})
	case "-":
		if c, ok := x.(*plan.Const); ok && c.V.Kind() == column.Int {
			return &plan.Const{V: column.Integer(-c.V.Int()), Span: n.Span}
		}
		return p.call("neg", n.Span, []plan.Expr{x})
	}
	return x
}

// longestChain is how many operators may follow each other, AND and OR apart.
const longestChain = 1000

func (p *planner) binary(n *ast.Binary, fields func(*ast.Field) plan.Expr) plan.Expr {
	switch n.Op {
	case "AND":
		return plan.And(p.evals(operands(n), fields)...)
	case "OR":
		return plan.Or(p.evals(operands(n), fields)...)
	}
	chain := []*ast.Binary{n}
	for x, ok := n.X.(*ast.Binary); ok && x.Op != "AND" && x.Op != "OR"; x, ok = x.X.(*ast.Binary) {
		chain = append(chain, x)
	}
	if len(chain) > longestChain {
		p.errorf(n.Span, "too-deep", "more than %d operators in a row", longestChain)
		return null
	}
	x := p.eval(chain[len(chain)-1].X, fields)
	for _, b := range slices.Backward(chain) {
		x = p.call(strings.ToLower(b.Op), b.Span, []plan.Expr{x, p.eval(b.Y, fields)})
	}
	return x
}

// operands is what an operator that is repeated joins: a chain of ten thousand is one list, not as many levels.
func operands(n *ast.Binary) []ast.Node {
	out := []ast.Node{n.Y}
	x, ok := n.X.(*ast.Binary)
	for ; ok && x.Op == n.Op; x, ok = n.X.(*ast.Binary) {
		out = append(out, x.Y)
		n = x
	}
	out = append(out, n.X)
	slices.Reverse(out)
	return out
}

// call makes the call of a function of eval and checks its name and the number of its arguments.
func (p *planner) call(name string, at source.Span, args []plan.Expr) plan.Expr {
	f := function.Lookup(function.SPL, name)
	if f == nil {
		p.errorf(at, "unknown-function", "there is no function %s", name).
			WithHint("%s", orList(source.Suggest(name, function.Names(function.SPL)), "`spoor help functions` lists them"))
		return null
	}
	if len(args) < f.MinArgs || f.MaxArgs >= 0 && len(args) > f.MaxArgs {
		p.errorf(at, "argument-count", "%s takes %s, not %d", f.Name, arity(f), len(args)).WithHint("syntax: %s", f.Syntax)
		return null
	}
	if f.Name == "random" {
		args = append(args, &plan.Field{Name: plan.Position, Span: at}) // the same number for a record, whichever worker reads it
	}
	if f.Name == "sigfig" {
		args = withOperands(args)
	}
	c := &plan.Call{Func: f, Args: args, Span: at}
	if f.Name == "mvmap" || f.Name == "mvfilter" {
		return p.overValues(c)
	}
	return p.checked(c)
}

// checked is a call of which it reports the constants that the function refuses.
func (p *planner) checked(c *plan.Call) *plan.Call {
	if !c.Func.Lazy {
		if _, diag := c.Func.Bind(p.Env, plan.BindArgs(c)); diag != nil {
			p.report(diag)
		}
	}
	return c
}

// overValues lowers mvmap, which names the field whose values it goes over, and mvfilter, whose condition must read just that.
func (p *planner) overValues(c *plan.Call) plan.Expr {
	if names := plan.Fields(c.Args[0], nil); len(names) == 1 {
		return plan.OverValues(c, &plan.Field{Name: names[0], Span: c.Args[0].At()})
	}
	if len(c.Args) == 2 {
		p.errorf(c.Span, "one-field", "mvmap goes over the values of one field").WithHint("give the expression a name with eval first")
		return null
	}
	p.errorf(c.Span, "one-field", "mvfilter needs exactly one field in its condition")
	return null
}

func orList(suggestion, otherwise string) string {
	if suggestion != "" {
		return suggestion
	}
	return otherwise
}

func arity(f *function.Func) string {
	plural := func(n int) string {
		if n == 1 {
			return "1 argument"
		}
		return strconv.Itoa(n) + " arguments"
	}
	switch {
	case f.MaxArgs == f.MinArgs:
		return plural(f.MinArgs)
	case f.MaxArgs < 0:
		return "at least " + plural(f.MinArgs)
	}
	return strconv.Itoa(f.MinArgs) + " to " + plural(f.MaxArgs)
}

// unknownField warns that a field is missing in every row.
func (p *planner) unknownField(at source.Span, name string, names []string) {
	p.warnf(at, "unknown-field", "no row has a field %s at this point", name).
		WithHint("%s", orList(source.Suggest(name, visible(names)), "fields: "+strings.Join(visible(names), ", ")))
}

func visible(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), column.Hidden)
}
