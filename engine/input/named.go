package input

import (
	"context"
	"slices"
)

// within is those of the sorted offsets that lie in n bytes behind base.
func within(offsets []int64, base, n int64) []int64 {
	from, _ := slices.BinarySearch(offsets, base)
	to, _ := slices.BinarySearch(offsets, base+n)
	return offsets[from:to]
}

// anyFrom says whether one of the sorted offsets is not before base.
func anyFrom(offsets []int64, base int64) bool {
	return len(offsets) > 0 && offsets[len(offsets)-1] >= base
}

// together is where the next of the sorted offsets begins, not before from, and the end of those behind it that are worth reading with it.
// Without any it is beyond the end of every file.
func together(offsets []int64, from int64, size int) (begin, end int64) {
	i, _ := slices.BinarySearch(offsets, from)
	if i == len(offsets) {
		return End, End
	}
	near := within(offsets, offsets[i], int64(size))
	return offsets[i], near[len(near)-1] + 1
}

// named decodes the records of the chunk that begin at the offsets.
func (w *worker) named(ctx context.Context, offsets []int64) {
	if len(offsets) == 0 {
		return
	}
	cut := newCuts(w.chunk, w.scan.config.limit)
	for n, offset := range offsets {
		if w.full || w.err != nil || n&1023 == 0 && ctx.Err() != nil {
			return
		}
		at := int(offset - w.chunk.base)
		cut.jump(at)
		if start, end, ok := cut.next(); ok && start == at {
			w.take(start, end, true)
		}
	}
}
