package op

import (
	"spoor/engine/column"
	"spoor/engine/plan"
)

// union gives the rows of one stream after those of the other.
func (r *runner) union(n *plan.Union, need plan.Need) column.Stream {
	parts := make([]column.Stream, len(n.Ins))
	for i, in := range n.Ins {
		parts[i] = r.stream(in, need.Of(n, i))
	}
	return chained(parts)
}

func chained(parts []column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for _, part := range parts {
			for b, err := range part {
				if !yield(b, err) || err != nil {
					return
				}
			}
		}
	}
}

// appendPipe gives rows as they come, and then what the pipe makes of them.
func (r *runner) appendPipe(n *plan.AppendPipe, need plan.Need) column.Stream {
	given := n.GivenOf()
	if r.given == nil {
		r.given = map[*plan.Given]column.Stream{}
	}
	in, pipe := r.below(n, need), r.stream(n.Pipe, need.Of(n, 1))
	return func(yield func(*column.Batch, error) bool) {
		kept := r.newPile()
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			kept.add(b)
			if !yield(b, nil) {
				return
			}
		}
		r.given[given] = kept.stream()
		pipe(yield)
	}
}

// handed is the rows that an appendPipe kept.
func (r *runner) handed(n *plan.Given) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		if kept := r.given[n]; kept != nil {
			kept(yield)
		}
	}
}
