package engine

import (
	"time"

	"spoor/engine/plan"
)

// Reach is how the program goes beyond the time that it is asked about, if its rows are the events of sequences.
func (p *Program) Reach() (plan.Reach, bool) { return plan.ReachOf(p.Lowered) }

// Earlier is the program over a time that begins so much earlier, if it has a beginning.
func (p *Program) Earlier(by time.Duration) *Program {
	q := *p
	q.memory, q.Lowered = plan.NewMemory(), plan.Earlier(p.Lowered, by)
	q.Plan = q.ordered(true)
	return &q
}
