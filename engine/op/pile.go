package op

import (
	"spoor/engine/column"
	"spoor/engine/spill"
)

// pile is the batches of a stream in their order, of which the first are put away where they are too many.
type pile struct {
	space   *spill.Space
	account *spill.Account
	run     *spill.Run // nil: nothing was put away
	batches []*column.Batch
	n       int // rows
	bytes   int // of the batches
	all     inventory
}

func (r *runner) newPile() *pile { return &pile{space: r.Space, account: r.Space.Account()} }

// pile is all of a stream.
func (r *runner) pile(in column.Stream) (*pile, error) {
	p := r.newPile()
	for b, err := range in {
		if err != nil {
			return nil, err
		}
		p.add(b)
	}
	return p, p.space.Err()
}

func (p *pile) add(b *column.Batch) {
	b = b.Keep()
	for i, name := range b.Schema.Names {
		p.all.add(name, !p.all.filled[name] && anyValue(b.Cols[i], b.Rows))
	}
	p.batches, p.n = append(p.batches, b), p.n+b.Rows
	if p.account == nil {
		return
	}
	size := spill.Weight(b)
	if p.bytes += size; !p.account.Grow(size) {
		p.putAway()
	}
}

// drop forgets the first batch of those that are held.
func (p *pile) drop() {
	b := p.batches[0]
	p.batches[0] = nil
	p.batches, p.n = p.batches[1:], p.n-b.Rows
	if p.account != nil {
		size := spill.Weight(b)
		p.bytes -= size
		p.account.Grow(-size)
	}
}

func (p *pile) putAway() {
	if p.run == nil {
		p.run = p.space.Run()
	}
	for _, b := range p.batches {
		p.run.Add(b)
	}
	p.batches, p.bytes = nil, 0
	p.account.Release()
}

// stream is the batches. It may be read more than once.
func (p *pile) stream() column.Stream {
	if p.run == nil {
		return batched(p.batches)
	}
	return chained([]column.Stream{p.run.All(), batched(p.batches)})
}

// batched is batches as a stream.
func batched(batches []*column.Batch) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for _, b := range batches {
			if !yield(b, nil) {
				return
			}
		}
	}
}

// backward is the batches, the last one first.
func (p *pile) backward() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for i := len(p.batches) - 1; i >= 0; i-- {
			if !yield(p.batches[i], nil) {
				return
			}
		}
		if p.run != nil {
			p.run.Backward()(yield)
		}
	}
}

// free forgets all.
func (p *pile) free() {
	if p.run != nil {
		p.run.Free()
	}
	p.batches = nil
	p.account.Release()
}
