package aggregate

import (
	"bufio"
	"math"

	"spoor/engine/column"
)

var spread = &Func{
	Name: "range", Syntax: "range(<field>)", Numeric: true,
	Doc:     "The greatest number less the least; of times, in seconds.",
	Example: "range(n)", Want: "9",
	New: func(float64) State { return &ranges{} },
}

// ranges is the least and the greatest number of each group.
type ranges struct {
	times []interval[int64] // nanoseconds: their difference is exact
	other []interval[float64]
}

type interval[T int64 | float64] struct {
	low, high T
	ok        bool
}

func (r *interval[T]) add(x T) {
	if !r.ok {
		*r = interval[T]{x, x, true}
		return
	}
	r.low, r.high = min(r.low, x), max(r.high, x)
}

func (s *ranges) Add(groups []uint32, args []column.Vector) {
	if v, ok := args[0].(*column.Times); ok {
		s.times = extend(s.times, groups)
		for i, g := range groups {
			if !v.IsNull(i) {
				s.times[g].add(int64(v.Values[i]))
			}
		}
		return
	}
	s.times, s.other = extend(s.times, groups), extend(s.other, groups)
	each(groups, args[0], func(g uint32, v column.Value) {
		if v.Kind() == column.Time {
			s.times[g].add(v.Int())
		} else if x, ok := v.Number(); ok && !math.IsNaN(x) {
			s.other[g].add(x)
		}
	})
}

func (s *ranges) Merge(from State, groups []uint32) {
	f := from.(*ranges)
	s.times = mergeIntervals(s.times, f.times, groups)
	s.other = mergeIntervals(s.other, f.other, groups)
}

func mergeIntervals[T int64 | float64](to, from []interval[T], groups []uint32) []interval[T] {
	if from == nil {
		return to
	}
	to = extend(to, groups)
	for i, x := range from {
		if x.ok {
			to[groups[i]].add(x.low)
			to[groups[i]].add(x.high)
		}
	}
	return to
}

func (s *ranges) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		times, other := at(s.times, g), at(s.other, g)
		switch {
		case times.ok && other.ok:
			other.add(column.Seconds(times.low))
			other.add(column.Seconds(times.high))
		case times.ok:
			return column.Real(column.Seconds(times.high - times.low))
		case !other.ok:
			return column.Value{}
		}
		return column.Real(other.high - other.low + 0)
	})
}

func (s *ranges) Size() int { return 24 * (cap(s.times) + cap(s.other)) }

func (s *ranges) Save(w *bufio.Writer, groups []uint32) {
	saveSlice(writer{w}, s.times, groups, func(w writer, x *interval[int64]) {
		w.flag(x.ok)
		w.int(x.low)
		w.int(x.high)
	})
	saveSlice(writer{w}, s.other, groups, func(w writer, x *interval[float64]) {
		w.flag(x.ok)
		w.float(x.low)
		w.float(x.high)
	})
}

func (s *ranges) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	s.times = loadSlice(r, func(r *reader, x *interval[int64]) { x.ok, x.low, x.high = r.flag(), r.int(), r.int() })
	s.other = loadSlice(r, func(r *reader, x *interval[float64]) { x.ok, x.low, x.high = r.flag(), r.float(), r.float() })
	return r.err
}
