package aggregate

import (
	"bufio"

	"spoor/engine/column"
)

var meanRate = &Func{
	Name: "rate_avg", Syntax: "rate_avg(<field>)", Timed: true, Series: true, Numeric: true,
	Doc:     "The mean of the rates of a counter of several hosts: rate is taken of each host by itself. Splunk has it in mstats alone, for each series of a metric.",
	Example: "rate_avg(n)", Want: "2.25",
	New: newRates(func(total *exact, n int) column.Value { return column.Real(total.float() / float64(n)) }),
}

var totalRate = &Func{
	Name: "rate_sum", Syntax: "rate_sum(<field>)", Timed: true, Series: true, Numeric: true,
	Doc:     "The sum of the rates of a counter of several hosts: rate is taken of each host by itself. Splunk has it in mstats alone, for each series of a metric.",
	Example: "rate_sum(n)", Want: "2.25",
	New: newRates(func(total *exact, _ int) column.Value { return column.Real(total.float()) }),
}

func newRates(of func(total *exact, n int) column.Value) func(float64) State {
	return func(float64) State { return &rates{moves: moves{result: growth}, of: of} }
}

// rates is the first and the last event of each series of each group.
type rates struct {
	series words
	cells  cells
	moves  moves // by cell
	of     func(total *exact, n int) column.Value
}

// Add takes the field, the series, the time and the position. What has no series is one of its own.
func (s *rates) Add(groups []uint32, args []column.Vector) {
	ids := make([]uint32, len(groups))
	for i, g := range groups {
		ids[i] = s.cells.id(g, int64(s.series.id(args[1].Value(i))))
	}
	s.moves.Add(ids, []column.Vector{args[0], args[2], args[3]})
}

func (s *rates) Merge(from State, groups []uint32) {
	f := from.(*rates)
	series := s.series.merge(&f.series)
	s.moves.Merge(&f.moves, s.cells.merge(&f.cells, groups, func(key int64) int64 { return int64(series[key]) }))
}

func (s *rates) Result(n int) column.Vector {
	rate := s.moves.Result(len(s.cells.list))
	groups := s.cells.byGroup(n)
	return results(n, func(g int) column.Value {
		var total exact
		n := 0
		for _, id := range groups[g] {
			if v := rate.Value(int(id)); !v.IsNull() {
				total.add(v.Float())
				n++
			}
		}
		if n == 0 {
			return column.Value{}
		}
		return s.of(&total, n)
	})
}

func (s *rates) Size() int { return s.series.size() + s.cells.size() + s.moves.Size() }

func (s *rates) Save(to *bufio.Writer, groups []uint32) {
	w := newWordWriter(writer{to}, &s.series)
	ids := s.cells.save(w.writer, groups, func(key int64) { w.word(uint32(key)) })
	s.moves.Save(to, ids)
}

func (s *rates) Load(from *bufio.Reader) error {
	r := &wordReader{reader: &reader{Reader: from}, words: &s.series}
	s.cells.load(r.reader, func() int64 { return int64(r.word()) })
	if r.err != nil {
		return r.err
	}
	return s.moves.Load(from)
}
