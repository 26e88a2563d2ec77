package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// stepwise applies steps to each batch of a stream.
func stepwise(in column.Stream, steps []step) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range in {
			if err == nil && b.Rows > 0 {
				if b = apply(steps, b); b == nil {
					continue
				}
			} else if err == nil {
				b = applyEmpty(steps, b)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// applyEmpty runs steps over a batch without rows, for the sake of its columns.
func applyEmpty(steps []step, b *column.Batch) *column.Batch {
	for _, s := range steps {
		if next := s(b); next != nil {
			b = next
		}
	}
	return b
}

// limit keeps the first n rows, and asks for no more batches once it has them.
func limit(in column.Stream, n int) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		left := n
		for b, err := range in {
			if err == nil && b.Rows > left {
				b = b.Slice(0, left)
			}
			if !yield(b, err) || err != nil {
				return
			}
			if left -= b.Rows; left == 0 {
				return
			}
		}
	}
}

// takeWhile keeps the first rows for which the condition holds.
func takeWhile(in column.Stream, n *plan.TakeWhile, cond evaluator) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			end := slices.IndexFunc(column.Truths(cond.eval(b)), func(t column.Truth) bool {
				return t == column.False || t == column.Unknown && !n.Null
			})
			if end < 0 {
				if !yield(b, nil) {
					return
				}
				continue
			}
			if n.KeepLast {
				end++
			}
			yield(b.Slice(0, end), nil)
			return
		}
	}
}
