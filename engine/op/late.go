package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// late answers a sort of events of which every field is wanted. At first only what conditions and sort keys read is decoded; the events
// are read again once it is known which they are and how they follow each other. ok is false if the inputs can be read only once.
func (r *runner) late(n *plan.Sort, need plan.Need) (rows column.Stream, ok bool) {
	f, ok := flowOf(n.In)
	if !ok || !need.All || r.Rescan == nil || f.expands() || readAtOnce(n, f) {
		return nil, false
	}
	narrow := plan.Need{Names: map[string]bool{plan.Position: true}}
	in := r.intake(f, narrow.Of(n, 0), nil, func(*binder) Sink {
		return &collector{keys: n.Keys, limit: n.Limit, size: chunkSize, workers: r.Workers, space: r.Space, account: r.Space.Account()}
	})
	whole := plan.Need{All: true, Names: map[string]bool{plan.Position: true}}
	for name := range need.Names {
		whole.Names[name] = true
	}
	return func(yield func(*column.Batch, error) bool) {
		sink, err := in.run(r.Scan)
		if err != nil {
			yield(nil, err)
			return
		}
		if r.Live != nil {
			r.recalled(n, f, whole, sink.Result())(yield)
			return
		}
		places, err := positions(sink.Result())
		if err != nil {
			yield(nil, err)
			return
		}
		parts := portions(places)
		if len(parts) == 1 && (r.heavy(places) || crowded(places)) {
			r.again(n, f, whole.Of(n, 0), in.table)(yield)
			return
		}
		for _, some := range parts {
			kept, err := r.fetch(f, whole, in.table, some)
			if err != nil {
				yield(nil, err)
				return
			}
			if !r.shelved(n, kept, some, yield) {
				return
			}
		}
	}, true
}

// readAtOnce says whether a sort is to read all that is wanted of its events from the start: no condition drops any, and they are not read again
// a part after the other as they stand in a log, or little is wanted of each.
func readAtOnce(n *plan.Sort, f flow) bool {
	selects := func(n plan.Node) bool {
		switch n.(type) {
		case *plan.Filter, *plan.View:
			return true
		}
		return false
	}
	if n.Limit > 0 || slices.ContainsFunc(slices.Concat(f.lower.Chain, f.upper), selects) {
		return false
	}
	names, exact := plan.Columns(n)
	return n.Keys[0].Name != plan.EventTime || exact && !slices.Contains(names, "_raw")
}

// crowded says whether events are so many, and so near to each other, that it is better to read all there once more and to put them in order as
// they come.
func crowded(places []int64) bool {
	const many, apart = 1 << 18, 4 << 10 // the latter in bytes, on the average
	return len(places) > many && extent(places) < apart*int64(len(places))
}

// heavy says whether the events at some places are perhaps more than can be held.
func (r *runner) heavy(places []int64) bool {
	const text, event = 4, 4 << 10 // what an event takes by the bytes of its record, and at most
	return r.Space.Limit() > 0 && min(text*extent(places), event*int64(len(places))) > r.Space.Limit()
}

// again sorts the events as they are read once more, with all that is needed of them.
func (r *runner) again(n *plan.Sort, f flow, need plan.Need, table *processes) column.Stream {
	in := r.intake(f, need, table, r.collect(n, n.Keys, n.Limit))
	if err := r.failed(); err != nil {
		return failing(err)
	}
	sink, err := in.run(r.Rescan)
	if err != nil {
		return failing(err)
	}
	return sink.Result()
}

// expands says whether a record can be several rows, which its position does not tell apart.
func (f flow) expands() bool {
	return slices.ContainsFunc(slices.Concat(f.lower.Chain, f.upper), func(n plan.Node) bool { _, ok := n.(*plan.Expand); return ok })
}

// positions is where the rows of a stream stand, in their order.
func positions(rows column.Stream) (out []int64, err error) {
	for b, err := range rows {
		if err != nil {
			return nil, err
		}
		pos := b.Col(plan.Position)
		for i := range b.Rows {
			out = append(out, pos.Value(i).Int())
		}
	}
	return out, nil
}

// portionSize is how many events are read again at a time.
const portionSize = 1 << 15

// portions cuts positions into parts that are read one after another, so that no more events than those of a part are held at once. If the
// events of a part stand all over the inputs, that would read the inputs once for each part: then there is one part only.
func portions(places []int64) [][]int64 {
	if len(places) <= portionSize {
		return [][]int64{places}
	}
	var out [][]int64
	read := int64(0)
	for some := range slices.Chunk(places, portionSize) {
		read += extent(some)
		out = append(out, some)
	}
	if read > 3*extent(places) {
		return [][]int64{places}
	}
	return out
}

// extent is how many bytes of the inputs lie between the first and the last of the places in each of them.
func extent(places []int64) (n int64) {
	type span struct{ from, to int64 }
	files := map[int]*span{}
	for _, p := range places {
		file, at := column.UnpackPosition(p)
		s := files[file]
		if s == nil {
			files[file] = &span{at, at}
			continue
		}
		s.from, s.to = min(s.from, at), max(s.to, at)
	}
	for _, s := range files {
		n += s.to - s.from + 1
	}
	return n
}

// shelved gives the events at some places in the order of the places.
func (r *runner) shelved(n plan.Node, kept []*column.Batch, places []int64, yield func(*column.Batch, error) bool) bool {
	c := collector{}
	c.settle(n)
	s := newShelf(kept, c.arrange)
	s.names = slices.DeleteFunc(s.names, func(name string) bool { return c.loose && !column.Hidden(name) && !s.any(name) })
	for some := range slices.Chunk(places, r.BatchRows) {
		order := make([]uint32, 0, len(some))
		for _, p := range some {
			if row := s.row(spot{pos: p}); row != s.none { // a file that was cut off meanwhile has lost some
				order = append(order, row)
			}
		}
		if len(order) > 0 && !yield(s.gather(order), nil) {
			return false
		}
	}
	return true
}
