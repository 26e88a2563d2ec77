package aggregate

import "slices"

// bag is numbers, each as often as it occurs. The settled ones are in order and different; the fresh ones wait.
type bag struct {
	numbers []float64
	counts  []uint64 // of numbers; nil as long as each occurs once
	total   uint64   // of counts
	fresh   []float64
}

// fewestFresh is how many numbers wait at least before they are put in order.
const fewestFresh = 128

// len is how many numbers are settled.
func (b *bag) len() uint64 { return b.total }

// add and the other methods that change a bag give the change in bytes that it retains.
func (b *bag) add(x float64) int {
	before := cap(b.fresh)
	b.fresh = append(b.fresh, x)
	grown := 8 * (cap(b.fresh) - before)
	if len(b.fresh) >= max(fewestFresh, len(b.numbers)) {
		grown += b.settle()
	}
	return grown
}

// settle puts the fresh numbers among the others.
func (b *bag) settle() int {
	if len(b.fresh) == 0 {
		return 0
	}
	before := b.bytes()
	slices.Sort(b.fresh)
	var from bag
	from.numbers, from.counts = counted(b.fresh)
	from.total = uint64(len(b.fresh))
	b.fresh = b.fresh[:0]
	if cap(b.fresh) > 4*fewestFresh {
		b.fresh = nil
	}
	b.unite(&from)
	return b.bytes() - before
}

// insert adds a number at its place at once, among those of a window.
func (b *bag) insert(x float64) {
	i, found := slices.BinarySearch(b.numbers, x)
	b.total++
	if found && b.counts == nil {
		b.counts = slices.Repeat([]uint64{1}, len(b.numbers))
	}
	switch {
	case found:
		b.counts[i]++
		return
	case b.counts != nil:
		b.counts = slices.Insert(b.counts, i, 1)
	}
	b.numbers = slices.Insert(b.numbers, i, x)
}

// remove takes back a number that was inserted.
func (b *bag) remove(x float64) {
	i, _ := slices.BinarySearch(b.numbers, x)
	b.total--
	if b.counts != nil {
		if b.counts[i]--; b.counts[i] > 0 {
			return
		}
		b.counts = slices.Delete(b.counts, i, i+1)
	}
	b.numbers = slices.Delete(b.numbers, i, i+1)
}

func (b *bag) bytes() int { return 8 * (cap(b.numbers) + cap(b.counts) + cap(b.fresh)) }

// counted is the different ones among ordered numbers, in a slice of their own, and how often each occurs: nil if all do once.
func counted(ordered []float64) (numbers []float64, counts []uint64) {
	different := 1
	for i := 1; i < len(ordered); i++ {
		if ordered[i] != ordered[i-1] {
			different++
		}
	}
	numbers = make([]float64, 0, different)
	if different < len(ordered) {
		counts = make([]uint64, 0, different)
	}
	for i, x := range ordered {
		if i == 0 || x != ordered[i-1] {
			numbers = append(numbers, x)
			if counts != nil {
				counts = append(counts, 0)
			}
		}
		if counts != nil {
			counts[len(counts)-1]++
		}
	}
	return numbers, counts
}

// count is how often the i-th number occurs.
func (b *bag) count(i int) uint64 {
	if b.counts == nil {
		return 1
	}
	return b.counts[i]
}

// unite adds the settled numbers of another bag.
func (b *bag) unite(f *bag) {
	b.total += f.total
	if len(b.numbers) == 0 {
		b.numbers, b.counts = f.numbers, f.counts
		return
	}
	same := shared(b.numbers, f.numbers)
	out := bag{numbers: make([]float64, 0, len(b.numbers)+len(f.numbers)-same)}
	if same > 0 || b.counts != nil || f.counts != nil {
		out.counts = make([]uint64, 0, cap(out.numbers))
	}
	take := func(x float64, n uint64) {
		out.numbers = append(out.numbers, x)
		if out.counts != nil {
			out.counts = append(out.counts, n)
		}
	}
	i, j := 0, 0
	for i < len(b.numbers) && j < len(f.numbers) {
		switch x, y := b.numbers[i], f.numbers[j]; {
		case x < y:
			take(x, b.count(i))
			i++
		case x > y:
			take(y, f.count(j))
			j++
		default:
			take(x, b.count(i)+f.count(j))
			i, j = i+1, j+1
		}
	}
	for ; i < len(b.numbers); i++ {
		take(b.numbers[i], b.count(i))
	}
	for ; j < len(f.numbers); j++ {
		take(f.numbers[j], f.count(j))
	}
	b.numbers, b.counts = out.numbers, out.counts
}

// shared is how many numbers two ordered lists have in common.
func shared(a, b []float64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// merge adds the numbers of another bag, which is not used afterwards.
func (b *bag) merge(f *bag) int {
	before := b.bytes()
	b.settle()
	f.settle()
	b.unite(f)
	return b.bytes() - before
}

// at is the settled number of an index in their order.
func (b *bag) at(index uint64) float64 {
	if b.counts == nil {
		return b.numbers[index]
	}
	for i, n := range b.counts {
		if index < n {
			return b.numbers[i]
		}
		index -= n
	}
	return b.numbers[len(b.numbers)-1]
}

// save writes a settled bag.
func (b *bag) save(w writer) {
	w.floats(b.numbers)
	w.flag(b.counts != nil)
	for _, n := range b.counts {
		w.uint(n)
	}
}

func (b *bag) load(r *reader) int {
	b.numbers = r.floats()
	b.total = uint64(len(b.numbers))
	if r.flag() {
		b.total = 0
		for range b.numbers {
			n := r.uint()
			b.counts, b.total = append(b.counts, n), b.total+n
		}
	}
	return b.bytes()
}
