package op

import (
	"iter"
	"slices"
	"sort"

	"spoor/engine/column"
)

// A sort of many rows puts so many batches in order at a time, while they are in the processor's cache: a bundle. In the end each share of
// the result takes a stretch of neighbours from every bundle. So memory is gone through from front to back, and all cores have work.
const (
	bundleBatches = 32
	largeBatches  = 8
	leastShare    = 16  // batches
	mostShares    = 256 // each looks for its rows in each of the bundles
)

// bundle makes a bundle of the rows that are in none.
func (c *collector) bundle() {
	fresh := c.batches[c.bundles:]
	if len(fresh) == 0 {
		return
	}
	t := newRows(fresh, nil)
	b := t.pack(order(t, c.keys, 0))
	if c.account != nil {
		c.account.Grow(c.cost(b) - c.bytes(fresh))
	}
	clear(fresh)
	c.batches = append(c.batches[:c.bundles], b)
	c.bundles, c.bundled = c.bundles+1, c.rows
}

func (c *collector) bytes(batches []*column.Batch) (n int) {
	for _, b := range batches {
		n += c.cost(b)
	}
	return n
}

// shared is the rows of bundles in the order of the keys.
func (c *collector) shared(t *rows, size int) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		t.prepare(c.keys)
		bounds := c.bounds(t, max(1, min(t.n/(leastShare*c.size), mostShares)))
		shares := ahead(len(bounds)-1, c.workers, func(i int) (out []*column.Batch) {
			var rows []uint32
			for n := range t.batches {
				for r := bounds[i][n]; r < bounds[i+1][n]; r++ {
					rows = append(rows, r)
				}
			}
			for some := range slices.Chunk(newSorter(t, c.keys).order(rows), size) {
				out = append(out, t.gather(some))
			}
			return out
		})
		for share, err := range shares {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, b := range share {
				if !yield(b, nil) {
					return
				}
			}
		}
	}
}

// bounds is where shares of about the same size begin and end: for each, its first row in every batch. Rows with equal keys follow each other
// by their numbers, so that they can be divided too.
func (c *collector) bounds(t *rows, shares int) [][]uint32 {
	const samples = 8 // for each share
	s := newSorter(t, c.keys)
	var some []uint32
	for i := range samples * shares {
		some = append(some, uint32(i*t.n/(samples*shares)))
	}
	some = s.order(some)
	from, to := make([]uint32, len(t.batches)), make([]uint32, len(t.batches))
	for i, b := range t.batches {
		from[i], to[i] = uint32(t.starts[i]), uint32(t.starts[i]+b.Rows)
	}
	bounds := [][]uint32{from}
	for i := 1; i < shares; i++ {
		split, last := some[i*samples], bounds[i-1]
		next := make([]uint32, len(last))
		for n, at := range last {
			next[n] = at + uint32(sort.Search(int(to[n]-at), func(i int) bool {
				row := at + uint32(i)
				d := s.difference(row, split, 0)
				return d > 0 || d == 0 && row >= split
			}))
		}
		bounds = append(bounds, next)
	}
	return append(bounds, to)
}

// ahead is the results of n jobs in their order, of which some are done beforehand, so many at a time.
func ahead[T any](n, workers int, do func(i int) T) iter.Seq2[T, error] {
	type result struct {
		value T
		fault error
	}
	return func(yield func(T, error) bool) {
		var waiting []chan result
		started := 0
		start := func() {
			if started == n {
				return
			}
			i, done := started, make(chan result, 1)
			started++
			waiting = append(waiting, done)
			go func() {
				var r result
				r.fault = guarded(func() { r.value = do(i) })
				done <- r
			}()
		}
		for range max(1, workers) {
			start()
		}
		for len(waiting) > 0 {
			r := <-waiting[0]
			waiting = waiting[1:]
			start()
			if !yield(r.value, r.fault) {
				break
			}
		}
		for _, done := range waiting {
			<-done
		}
	}
}
