package engine

import (
	"context"
	"sync"

	"spoor/engine/op"
	"spoor/engine/plan"
)

// births prepares to note where processes start, for the programs that will ask; nil if none will.
func (k Pack) births(o RunOptions) *op.Births {
	for _, p := range k {
		var table *plan.Enrich
		visit(p.Plan, func(n plan.Node) {
			if e, ok := n.(*plan.Enrich); ok {
				table = e
			}
		})
		if table == nil {
			continue
		}
		if b, diag := op.NewBirths(table, p.config(o)); diag == nil {
			return b
		}
	}
	return nil
}

// note lets a pass fill what the programs of the meeting will ask, as one more program behind them.
func (m *meeting) note(ctx context.Context, b *op.Births, program int, group *sync.WaitGroup) {
	if b == nil {
		return
	}
	m.mu.Lock() // a census may be waiting already
	m.live++
	m.mu.Unlock()
	demand, list := b.Reading()
	s := &seat{meeting: m, program: program, demand: demand, result: &Result{kinds: map[string]bool{}, profile: &Profile{}}}
	group.Go(func() {
		whole := false
		defer m.leave()
		defer func() { b.Settle(whole) }()
		whole = s.Run(ctx, list) == nil
	})
}
