package op

import (
	"slices"

	"spoor/engine/column"
)

// tail is the sink that keeps the last rows, so many or all if that is negative, and gives them in reverse.
type tail struct {
	pile
	last, size int
}

func (t *tail) Add(b *column.Batch) bool {
	t.add(b)
	for t.last >= 0 && t.run == nil && len(t.batches) > 1 && t.n-t.batches[0].Rows >= t.last {
		t.drop()
	}
	return t.space.Err() != nil
}

func (t *tail) Merge(from Sink) {
	for b := range from.(*tail).stream() {
		t.add(b)
	}
}

func (t *tail) Result() column.Stream {
	if t.n == 0 && t.run == nil && len(t.batches) == 0 {
		return nothing
	}
	return func(yield func(*column.Batch, error) bool) {
		left := t.last
		if left < 0 {
			left = t.n
		}
		names, err := t.names(left)
		if err != nil {
			yield(nil, err)
			return
		}
		for b, err := range under(names, t.backward(), 1<<30) {
			if err != nil {
				yield(nil, err)
				return
			}
			rows := all(b.Rows)
			slices.Reverse(rows)
			rows = rows[:min(left, len(rows))]
			left -= len(rows)
			for piece := range pieces(b.Pick(rows), t.size) {
				if !yield(piece, nil) {
					return
				}
			}
			if left == 0 {
				return
			}
		}
	}
}

// names is the columns of the batches in which the last n rows are.
func (t *tail) names(n int) ([]string, error) {
	var schemas []*column.Schema
	for b, err := range t.backward() {
		if err != nil {
			return nil, err
		}
		schemas = append(schemas, b.Schema)
		if n -= b.Rows; n <= 0 {
			break
		}
	}
	all := inventory{}
	for _, s := range slices.Backward(schemas) {
		for _, name := range s.Names {
			all.add(name, false)
		}
	}
	return all.names, nil
}
