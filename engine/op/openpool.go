package op

import (
	"container/list"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// openPool is the open transactions. It gives up those that were idle longest once there are too many.
type openPool struct {
	node    *plan.Transaction
	order   *list.List // of *txn, the one that was idle longest first
	places  map[*txn]*list.Element
	rows    int
	evicted [2]int // rows of those that were given up since there were too many transactions, and too many rows
}

// newOpenPool is nil if there is no limit.
func newOpenPool(n *plan.Transaction) *openPool {
	if n.MostOpen.Most == 0 && n.MostRows.Most == 0 {
		return nil
	}
	return &openPool{node: n, order: list.New(), places: map[*txn]*list.Element{}}
}

// touch tells of a row that has joined a transaction.
func (p *openPool) touch(x *txn) {
	if p == nil {
		return
	}
	p.close(x)
	if x.done {
		return
	}
	x.pooled = int(x.count)
	p.rows += x.pooled
	p.places[x] = p.order.PushBack(x)
	for most := p.node.MostOpen.Most; most > 0 && p.order.Len() > most; {
		p.evicted[0] += p.evict()
	}
	for most := p.node.MostRows.Most; most > 0 && p.rows > most; {
		p.evicted[1] += p.evict()
	}
}

// close takes a transaction out that is open no more.
func (p *openPool) close(x *txn) {
	if p == nil || p.places[x] == nil {
		return
	}
	p.order.Remove(p.places[x])
	delete(p.places, x)
	p.rows -= x.pooled
}

// evict gives a transaction up, and says how many rows it has.
func (p *openPool) evict() int {
	x := p.order.Front().Value.(*txn)
	p.close(x)
	x.done, x.evicted = true, true
	return int(x.count)
}

// tell says what was given up.
func (p *openPool) tell(env *function.Env) {
	if p == nil || env.Warn == nil {
		return
	}
	for i, most := range []plan.OpenLimit{p.node.MostOpen, p.node.MostRows} {
		l, what := most.Limit, [...]string{"open transactions", "rows in open transactions"}[i]
		switch {
		case p.evicted[i] == 0:
		case p.node.Evicted:
			env.Warn(source.Warnf(l.Span, "evicted", "%s holds %d %s: those that were idle longest were ended early", l.Of, most.Most, what).WithHint("%s", l.Cure))
		default:
			env.Warn(source.Warnf(l.Span, l.Name, "%s holds %d %s (%s): lost were %d rows", l.Of, most.Most, what, l.Name, p.evicted[i]).
				WithHint("%s; keepevicted=true gives them as they are", l.Cure))
		}
	}
}
