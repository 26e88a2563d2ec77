package aggregate

// pairs is a set of (group, value) by numbers, each, if counted, with how often it was added. A value's number is never 0.
type pairs struct {
	keys    []uint64 // open addressing; 0 is free
	counts  []uint64 // nil if not counted
	counted bool
	n       int
	rows    [][]tally // what byGroup last made, as long as Save asks for one part of the groups after another
}

// pair is a group and the number of a value.
type pair struct{ group, id uint32 }

func (p *pairs) add(group, id uint32, by uint64) {
	if 4*p.n >= 3*len(p.keys) {
		p.grow()
	}
	key := uint64(group)<<32 | uint64(id)
	mask := uint64(len(p.keys) - 1)
	hash := (key ^ key>>29) * 0x9e3779b97f4a7c15
	for i := (hash ^ hash>>32) & mask; ; i = (i + 1) & mask {
		if p.keys[i] == 0 {
			p.keys[i] = key
			p.n++
		} else if p.keys[i] != key {
			continue
		}
		if p.counted {
			p.counts[i] += by
		}
		return
	}
}

func (p *pairs) grow() {
	old := *p
	size := max(64, 2*len(old.keys))
	*p = pairs{keys: make([]uint64, size), counted: old.counted}
	if p.counted {
		p.counts = make([]uint64, size)
	}
	for pair, n := range old.all {
		p.add(pair.group, pair.id, n)
	}
}

// all is every pair with its count, if counted, in no order.
func (p *pairs) all(yield func(p pair, count uint64) bool) {
	for i, key := range p.keys {
		if key == 0 {
			continue
		}
		var count uint64
		if p.counted {
			count = p.counts[i]
		}
		if !yield(pair{uint32(key >> 32), uint32(key)}, count) {
			return
		}
	}
}

// merge adds the pairs of another set with other numbers for its groups and values.
func (p *pairs) merge(from *pairs, groups, ids []uint32) {
	for pair, n := range from.all {
		p.add(groups[pair.group], ids[pair.id], n)
	}
}

// byGroup is the values of each of n groups with their counts.
func (p *pairs) byGroup(n int) [][]tally {
	sizes := make([]int, n)
	for pair := range p.all {
		if int(pair.group) < n {
			sizes[pair.group]++
		}
	}
	whole := make([]tally, p.n)
	out := make([][]tally, n)
	for g, size := range sizes {
		out[g], whole = whole[:0:size], whole[size:]
	}
	for pair, count := range p.all {
		if int(pair.group) < n {
			out[pair.group] = append(out[pair.group], tally{pair.id, count})
		}
	}
	return out
}

func (p *pairs) size() int { return 8 * (len(p.keys) + len(p.counts)) }

// save writes the pairs of the groups, each with its value as word writes it.
func (p *pairs) save(w writer, groups []uint32, word func(id uint32)) {
	if p.rows == nil {
		n := 0
		for pair := range p.all {
			n = max(n, int(pair.group)+1)
		}
		p.rows = p.byGroup(n)
	}
	w.uint(uint64(len(groups)))
	for _, g := range groups {
		row := at(p.rows, int(g))
		w.uint(uint64(len(row)))
		for _, t := range row {
			word(t.id)
			if p.counted {
				w.uint(t.count)
			}
		}
	}
}

// load reads what save wrote.
func (p *pairs) load(r *reader, word func() uint32) {
	for g := range r.items {
		for range r.items {
			id, count := word(), uint64(1)
			if p.counted {
				count = r.uint()
			}
			if r.err == nil {
				p.add(g, id, count)
			}
		}
	}
}

// tally is how often a value occurs.
type tally struct {
	id    uint32
	count uint64
}
