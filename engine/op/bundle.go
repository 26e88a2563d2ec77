package op

import (
	"iter"
	"slices"
	"sort"

	"spoor/engine/column"
)

// A sort of many rows puts the rows of so many batches in order at a time, while they are in the processor's cache: a bundle. In the end each
// share of the result takes a stretch of neighbours from every bundle. So memory is gone through from front to back, and all cores have work.
const (
	bundleBatches = 32
	largeBatches  = 2
	leastShare    = 16  // batches
	mostShares    = 256 // each looks for its rows in each of the bundles
	fewRowsShare  = 4   // batches that are not even filled to such a share are put together
)

// bundle is what is known of a batch whose rows are in the order of the keys.
type bundle struct {
	from  int      // the number of its first row
	codes []uint64 // of the first keys
	scale
}

// newBundle keeps the codes of rows.
func newBundle(from int, list []coded, by scale) *bundle {
	b := &bundle{from, make([]uint64, len(list)), by}
	for i := range list {
		b.codes[i] = list[i].code
	}
	return b
}

// bundle makes a bundle of the rows that are in none.
func (c *collector) bundle() {
	fresh := c.batches[len(c.bundles):]
	if len(fresh) == 0 {
		return
	}
	t := newRows(fresh, nil)
	s := newSorter(t, c.keys)
	list, free := s.take(t.n)
	defer free()
	by := s.encode(list, 0)
	radix(list, s.spare)
	made := newBundle(c.bundled, list, by)
	s.settle(list, 0, 0, by.whole())
	b := t.pack(rowNumbers(list))
	if c.account != nil {
		c.account.Grow(c.cost(b) - c.bytes(fresh))
	}
	clear(fresh)
	c.batches = append(c.batches[:len(c.bundles)], b)
	c.bundles, c.bundled = append(c.bundles, made), c.rows
}

// bundleEach makes bundles of the batches of a table, each of which is in order.
func (c *collector) bundleEach(t *rows) error {
	for b, err := range ahead(len(t.batches), c.workers, func(i int) *bundle {
		s := newSorter(newRows(t.batches[i:i+1], nil), c.keys)
		list, free := s.take(t.batches[i].Rows)
		defer free()
		return newBundle(t.starts[i], list, s.encode(list, 0))
	}) {
		if err != nil {
			return err
		}
		c.bundles = append(c.bundles, b)
	}
	c.bundled = t.n
	return nil
}

func (c *collector) bytes(batches []*column.Batch) (n int) {
	for _, b := range batches {
		n += c.cost(b)
	}
	return n
}

// at is a row.
func (b *bundle) at(i int) coded { return coded{b.codes[i], uint32(b.from + i)} }

// recode gives the rows codes by another scale.
func (b *bundle) recode(s *sorter, to scale) {
	list, free := s.take(len(b.codes))
	defer free()
	for i := range list {
		list[i] = b.at(i)
	}
	c := s.coding(list, 0)
	c.scale = to
	c.encode()
	for i := range list {
		b.codes[i] = list[i].code
	}
}

// shared is the rows of bundles in the order of the keys.
func (c *collector) shared(t *rows, size int) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		t.prepare(c.keys)
		whole, err := c.alike(t)
		if err != nil {
			yield(nil, err)
			return
		}
		bounds := c.bounds(t, whole, max(1, min(t.n/(leastShare*c.size), mostShares)))
		shares := ahead(len(bounds)-1, 2*c.workers, func(i int) (out []*column.Batch) {
			for some := range slices.Chunk(c.share(t, whole, bounds[i], bounds[i+1]), size) {
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

// alike makes the codes of all bundles comparable. whole says whether rows with equal codes have equal keys.
func (c *collector) alike(t *rows) (whole bool, err error) {
	all := c.bundles[0].scale
	for _, b := range c.bundles[1:] {
		all = all.join(b.scale)
	}
	for _, err := range ahead(len(c.bundles), c.workers, func(i int) struct{} {
		if b := c.bundles[i]; !b.fits(all) {
			b.recode(newSorter(t, c.keys), all)
			b.scale = all
		}
		return struct{}{}
	}) {
		if err != nil {
			return false, err
		}
	}
	return all.whole(), nil
}

// share is the rows between two bounds in the order of the keys.
func (c *collector) share(t *rows, whole bool, from, to []int) []uint32 {
	n := 0
	for k := range from {
		n += to[k] - from[k]
	}
	s := newSorter(t, c.keys)
	list, free := s.take(n)
	defer free()
	list = list[:0]
	for k, b := range c.bundles {
		for i := from[k]; i < to[k]; i++ {
			list = append(list, b.at(i))
		}
	}
	radix(list, s.spare)
	s.settle(list, 0, 0, whole)
	return rowNumbers(list)
}

// bounds is where shares of about the same size begin and end: for each, its first row in every bundle. Rows with equal keys follow each other
// by their numbers, so that they can be divided too.
func (c *collector) bounds(t *rows, whole bool, shares int) [][]int {
	s := newSorter(t, c.keys)
	splits := c.splits(s, whole, shares)
	bounds := [][]int{make([]int, len(c.bundles))}
	for _, split := range splits {
		last := bounds[len(bounds)-1]
		next := make([]int, len(last))
		for n, b := range c.bundles {
			at := last[n]
			next[n] = at + sort.Search(len(b.codes)-at, func(i int) bool {
				x := b.at(at + i)
				if x.code != split.code {
					return x.code > split.code
				}
				d := s.difference(x.row, split.row, 0)
				return d > 0 || d == 0 && x.row >= split.row
			})
		}
		bounds = append(bounds, next)
	}
	ends := make([]int, len(c.bundles))
	for n, b := range c.bundles {
		ends[n] = len(b.codes)
	}
	return append(bounds, ends)
}

// splits is the first rows of all shares but the first one, as far as samples tell.
func (c *collector) splits(s *sorter, whole bool, shares int) (out []coded) {
	if shares == 1 {
		return nil
	}
	const samples = 8 // for each share
	list, free := s.take(samples * shares)
	defer free()
	n, passed := 0, 0
	for i := range list {
		row := i * c.bundled / len(list)
		for row-passed >= len(c.bundles[n].codes) {
			passed += len(c.bundles[n].codes)
			n++
		}
		list[i] = c.bundles[n].at(row - passed)
	}
	radix(list, s.spare)
	s.settle(list, 0, 0, whole)
	for i := 1; i < shares; i++ {
		out = append(out, list[i*samples])
	}
	return out
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
