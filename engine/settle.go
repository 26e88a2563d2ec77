package engine

import (
	"context"

	"spoor/engine/column"
	"spoor/engine/op"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Settled is the program with the searches within it answered: its plan has no holes any more.
func (p *Program) Settled(ctx context.Context, o RunOptions) (*Program, source.Errors) {
	if !p.pending {
		return p, nil
	}
	o = o.withDefaults()
	r := p.result()
	c, again := p.opening(ctx, o, r)
	defer again.close()
	defer c.Space.Close()
	q, errs := p.resolved(func(n plan.Node) column.Stream {
		rows, diag := op.Run(ctx, n, c)
		if diag != nil {
			return func(yield func(*column.Batch, error) bool) { yield(nil, diag) }
		}
		return rows
	}, r.warn)
	if errs.Failed() {
		return nil, errs
	}
	q.pending = false
	q.Plan = q.ordered(true)
	return q, nil
}

// Pending says whether there are searches within the program, which are answered before it.
func (p *Program) Pending() bool { return p.pending }

// Replanned is the program with another plan in place of the one to which its query was lowered. Its rows have no evidence.
func (p *Program) Replanned(n plan.Node) *Program {
	q := *p
	q.Lowered, q.opts.Evidence = n, 0
	q.Plan = q.ordered(true)
	return &q
}

// Marking is the program whose rows have a plan.Proof if they rest on the record at a position, as far as their plan carries it, and else none.
func (p *Program) Marking(position int64) *Program {
	q := *p
	q.mark = &position
	return &q
}
