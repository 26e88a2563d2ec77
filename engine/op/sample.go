package op

import (
	"cmp"
	"math"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/sequence"
	"spoor/grammar/source"
)

// sample is the rows of plan.Sample.
func (r *runner) sample(n *plan.Sample, need plan.Need) column.Stream {
	f, ok := flowOf(n.In)
	if !ok || len(n.Filters) > sequence.Filters {
		r.bd.fail(source.Errorf(source.Span{}, "internal", "no operator for %s", n))
		return nothing
	}
	wanted := ofFindings(need, n.Filters)
	read, keep := plan.Need{Names: map[string]bool{}}, (*plan.Need)(nil)
	if r.Rescan == nil {
		read, keep = wanted, &wanted
	}
	in := r.intake(f.where(f.possible(n.Filters)), read.Of(n, 0), nil, func(bd *binder) Sink {
		return &sampler{terms: newTerms(n.Filters, bd), keeper: keeper{keep}, docs: map[digest][]doc{}}
	})
	return func(yield func(*column.Batch, error) bool) {
		list, err := in.samples(r)
		if err != nil {
			yield(nil, err)
			return
		}
		kept, err := r.events(f, wanted, in.table, list)
		if err != nil {
			yield(nil, err)
			return
		}
		e := newEvidence(n, n.Filters, kept)
		e.sortByKey(list)
		e.result(pickFindings(list, n.Picks), r.BatchRows)(yield)
	}
}

// samples is a sample of each key that has one, in no order.
func (in *intake) samples(r *runner) ([]finding, error) {
	sink, err := in.run(r.Scan)
	if err != nil {
		return nil, err
	}
	s := sink.(*sampler)
	r.warnCombinations(s.cut)
	var list []finding
	for key, docs := range s.docs {
		masks := make([]uint64, len(docs))
		for i, d := range docs {
			masks[i] = d.mask
		}
		chosen, ok := sequence.Assign(len(s.terms), masks)
		if !ok {
			continue
		}
		x := finding{key: key}
		for _, i := range chosen {
			x.events = append(x.events, spot{docs[i].pos, docs[i].kept})
		}
		list = append(list, x)
	}
	return list, nil
}

// sampler is the sink of a sample: of each key it keeps the earliest events of each filter, as many as there are filters.
type sampler struct {
	terms []term
	keeper
	docs map[digest][]doc // sorted
	hits []hit
	cut  int
}

// doc is an event, with a bit for each filter that it satisfies. One without a time comes last.
type doc struct {
	time, pos int64
	mask      uint64
	kept      *column.Batch
}

func (d doc) compare(to doc) int {
	return cmp.Or(cmp.Compare(d.time, to.time), cmp.Compare(d.pos, to.pos))
}

// hit is a document of a key, in a row.
type hit struct {
	key digest
	row uint32
	doc
}

func (s *sampler) Add(b *column.Batch) bool {
	at, pos := b.Col(plan.EventTime), b.Col(plan.Position)
	truths := make([][]column.Truth, len(s.terms))
	for i, t := range s.terms {
		truths[i] = column.Truths(t.cond.eval(b))
		t.load(b)
	}
	s.hits = s.hits[:0]
	for r := range b.Rows {
		d := doc{time: math.MaxInt64, pos: pos.Value(r).Int()}
		if !at.IsNull(r) {
			d.time = at.Value(r).Int()
		}
		s.row(r, d, truths)
	}
	s.put(b)
	return false
}

// row notes what an event could be of use for.
func (s *sampler) row(r int, d doc, truths [][]column.Truth) {
	before, whole := len(s.hits), true
	for i, t := range s.terms {
		if truths[i][r] != column.True {
			continue
		}
		d.mask = 1 << i
		whole = t.each(r, func(id digest, _ []column.Value) bool {
			s.hits = append(s.hits, hit{id, uint32(r), d})
			return true
		}) && whole
	}
	if !whole {
		s.cut++
	}
	mine := s.hits[before:]
	slices.SortFunc(mine, func(x, y hit) int { return cmp.Or(cmp.Compare(x.key.Hi, y.key.Hi), cmp.Compare(x.key.Lo, y.key.Lo)) })
	s.hits = s.hits[:before]
	for _, h := range mine {
		if n := len(s.hits); n > before && s.hits[n-1].key == h.key {
			s.hits[n-1].mask |= h.mask
		} else {
			s.hits = append(s.hits, h)
		}
	}
}

// put keeps the hits that matter, and their events.
func (s *sampler) put(b *column.Batch) {
	s.hits = slices.DeleteFunc(s.hits, func(h hit) bool { return !s.matters(h.key, h.doc) })
	var rows []uint32
	for _, h := range s.hits {
		if len(rows) == 0 || rows[len(rows)-1] != h.row {
			rows = append(rows, h.row)
		}
	}
	kept := s.kept(b, rows)
	for _, h := range s.hits {
		h.kept = kept
		s.insert(h.key, h.doc)
	}
}

// matters says whether a document is among the earliest of one of its filters.
func (s *sampler) matters(key digest, d doc) bool {
	var earlier [sequence.Filters]int
	for _, other := range s.docs[key] {
		if other.compare(d) > 0 {
			break
		}
		for i := range s.terms {
			earlier[i] += int(other.mask >> i & 1)
		}
	}
	for i := range s.terms {
		if d.mask>>i&1 == 1 && earlier[i] < len(s.terms) {
			return true
		}
	}
	return false
}

// insert keeps a document that matters, and drops those that no longer do.
func (s *sampler) insert(key digest, d doc) {
	docs := s.docs[key]
	i, _ := slices.BinarySearchFunc(docs, d, doc.compare)
	docs = slices.Insert(docs, i, d)
	var seen [sequence.Filters]int
	s.docs[key] = slices.DeleteFunc(docs, func(d doc) bool {
		matters := false
		for i := range s.terms {
			if d.mask>>i&1 == 1 {
				matters = matters || seen[i] < len(s.terms)
				seen[i]++
			}
		}
		return !matters
	})
}

func (s *sampler) Merge(from Sink) {
	f := from.(*sampler)
	s.cut += f.cut
	for key, docs := range f.docs {
		for _, d := range docs {
			if s.matters(key, d) {
				s.insert(key, d)
			}
		}
	}
}

func (s *sampler) Result() column.Stream { return nothing }
