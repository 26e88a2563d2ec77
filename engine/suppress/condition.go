package suppress

import (
	"context"
	"strings"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar"
	"spoor/grammar/source"
)

// condition is an expression of eval that is true or false of rows, and the fields that it reads.
type condition struct {
	program *engine.Program
	expr    plan.Expr
	fields  []string
}

// asked is a search that lowers an expression to a filter.
const asked = "| makeresults | where "

// compile reads an expression of eval.
func compile(text string, o engine.Options) (*condition, *source.Diagnostic) {
	whole := source.New("--where", text)
	if _, errs := grammar.ParseEvalSpan(whole.All()); errs.Failed() {
		return nil, first(errs)
	}
	o.Language, o.Earliest, o.Latest, o.Evidence, o.Keyed, o.SplunkLimits = engine.SPL, "", "", 0, false, false
	p, errs := engine.Compile(source.New("--where", asked+text), o)
	if errs.Failed() {
		d := *first(errs)
		d.Span = whole.All()
		return nil, &d
	}
	filter, ok := p.Lowered.(*plan.Filter)
	if !ok || p.Pending() {
		return nil, source.Errorf(whole.All(), "silence", "%s is not a condition of one finding alone", text)
	}
	return &condition{p, filter.Cond, plan.Fields(filter.Cond, nil)}, nil
}

func first(errs source.Errors) *source.Diagnostic {
	for _, d := range errs {
		if d.Severity == source.Error {
			return d
		}
	}
	return errs[0]
}

// number is the column of the rows' numbers.
const number = "\x00row"

// holds is the rows, of so many, for which the condition is true, as where has it: for which it is null, it is not.
func (c *condition) holds(ctx context.Context, values [][]column.Value, n int) (out []int, wrong *source.Diagnostic) {
	numbers := &column.Ints{Values: make([]int64, n)}
	for i := range n {
		numbers.Values[i] = int64(i)
	}
	rows := &plan.Rows{N: n, Names: []string{number}, Cols: []column.Vector{numbers}}
	for i, name := range c.fields {
		rows.Names, rows.Cols = append(rows.Names, name), append(rows.Cols, column.FromValues(values[i]))
	}
	result := c.program.Replanned(&plan.Filter{In: rows, Cond: c.expr}).Run(ctx, engine.RunOptions{Workers: 1})
	for b, err := range result.Rows() {
		if err != nil {
			return nil, source.Errorf(c.expr.At(), "silence", "%s", strings.TrimPrefix(err.Error(), "error: "))
		}
		for i := range b.Rows {
			out = append(out, int(b.Col(number).Value(i).Int()))
		}
	}
	return out, nil
}
