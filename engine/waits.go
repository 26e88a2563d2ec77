package engine

import "spoor/engine/plan"

// Waits says whether rows may come later than the records on which they rest where logs are followed: those of sequences, and of events that ask for
// the starts of their processes.
func (p *Program) Waits() bool {
	waits := p.Pace() == plan.BySequence
	visit(p.Plan, func(n plan.Node) {
		_, asks := n.(*plan.Enrich)
		waits = waits || asks
	})
	return waits
}
