package aggregate

import (
	"bufio"
	"slices"
	"strconv"
	"time"

	"spoor/engine/column"
)

var sparkline = &Func{
	Name: "sparkline", Syntax: "sparkline[(<function>[(<field>)][, <span>])]", Timed: true, NoArg: true,
	Doc: "What an aggregate is over time: a multivalue of the word " + sparkMark + " and a number for each span between the first and the last row of all groups, 0 where there is none. " +
		"Without a function it counts. Spans count from 1970 UTC and are a millisecond at least. Without one it is the least of " +
		"1s, 5s, 10s, 30s, 1m, 5m, 10m, 30m, 1h, 1d, a month, a year that gives at most 100 numbers; one that would give more than 10000 is doubled until it does not.",
	Example: "sparkline(count)", Want: sparkMark + " 1 1 1 1 1",
	New: Sparkline(count, 0, 0).New,
}

// sparkMark is how Splunk marks a multivalue that is to be drawn.
const sparkMark = "##__SPARKLINE__##"

// Sparkline is the function with a parameter, over spans of time; 0 is a span that fits. Its arguments are those of the function.
func Sparkline(of *Func, param float64, span time.Duration) *Func {
	name := "sparkline of " + of.Name
	if of.Param {
		name += strconv.FormatFloat(param, 'f', -1, 64)
	}
	spans := fitting
	if span > 0 {
		span = max(span, time.Millisecond)
		name += " in " + span.String()
		spans = doubling(span)
	}
	return &Func{Name: name, Syntax: "sparkline", Timed: true, NoArg: of.NoArg, New: func(float64) State {
		return &sparks{spans: spans, make: func() State { return of.New(param) }, state: of.New(param)}
	}}
}

// Sparks says whether sparkline can draw the function: whether its result is one value whatever the order of the rows.
func (f *Func) Sparks() bool {
	return f.Numeric && !f.Timed && !f.PerSpan || slices.Contains([]*Func{count, distinct, estimatedDistinct, minimum, maximum}, f)
}

// spans is a ladder of wider and wider spans of time. A span is known by its number, counted from 1970.
type spans struct {
	width   int64 // of the first, in nanoseconds
	most    int64 // spans that a line may have
	steps   int   // -1: without end
	coarser func(step int, number int64) int64
}

var fitting = spans{width: 1e9, most: 100, steps: 11, coarser: func(step int, number int64) int64 {
	ratios := [...]int64{5, 2, 3, 2, 5, 2, 3, 2, 24}
	switch {
	case step < len(ratios):
		return floorDiv(number, ratios[step])
	case step == len(ratios):
		day := time.Unix(number*86400, 0).UTC()
		return int64(day.Year())*12 + int64(day.Month()) - 1
	}
	return floorDiv(number, 12)
}}

func doubling(span time.Duration) spans {
	return spans{width: int64(span), most: 10_000, steps: -1, coarser: func(_ int, number int64) int64 { return floorDiv(number, 2) }}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// raise brings the number of a span of one step to another step.
func (s *spans) raise(number int64, from, to int) int64 {
	for ; from < to; from++ {
		number = s.coarser(from, number)
	}
	return number
}

func (s *spans) number(ns int64, step int) int64 { return s.raise(floorDiv(ns, s.width), 0, step) }

// sparks is a state of another aggregate for each group and span. The step follows from the first and the last time alone.
type sparks struct {
	spans       spans
	make        func() State
	state       State // by cell
	cells       cells // by group and the number of the span
	step        int
	first, last int64
	any         bool
}

// Add takes the arguments of the other aggregate, the time and the position.
func (s *sparks) Add(groups []uint32, args []column.Vector) {
	times, args := args[len(args)-2], args[:len(args)-2]
	var rows []uint32
	for i := range groups {
		if ns, ok := nanos(times, i); ok {
			rows = append(rows, uint32(i))
			s.widen(ns, ns)
		}
	}
	s.fit()
	if len(rows) < len(groups) {
		times = times.Pick(rows)
		picked := make([]column.Vector, len(args))
		for i, a := range args {
			picked[i] = a.Pick(rows)
		}
		args = picked
	}
	ids := make([]uint32, len(rows))
	for i, row := range rows {
		ns, _ := nanos(times, i)
		ids[i] = s.cells.id(groups[row], s.spans.number(ns, s.step))
	}
	if len(ids) > 0 {
		s.state.Add(ids, args)
	}
}

func (s *sparks) widen(first, last int64) {
	if !s.any {
		s.first, s.last, s.any = first, last, true
		return
	}
	s.first, s.last = min(s.first, first), max(s.last, last)
}

// fit goes to wider spans until the line is short enough.
func (s *sparks) fit() {
	step := s.step
	for s.any && step != s.spans.steps && s.spans.number(s.last, step)-s.spans.number(s.first, step) >= s.spans.most {
		step++
	}
	if step == s.step {
		return
	}
	old := *s
	s.step, s.cells, s.state = step, cells{}, s.make()
	s.take(&old, nil)
}

// take adds the cells of another state, whose groups become the given ones, or stay as they are if there are none given.
func (s *sparks) take(f *sparks, groups []uint32) {
	rekey := func(number int64) int64 { return s.spans.raise(number, f.step, s.step) }
	s.state.Merge(f.state, s.cells.merge(&f.cells, groups, rekey))
}

func (s *sparks) Merge(from State, groups []uint32) {
	f := from.(*sparks)
	if !f.any {
		return
	}
	s.widen(f.first, f.last)
	s.fit()
	s.take(f, groups)
}

func (s *sparks) Result(n int) column.Vector {
	if !s.any {
		return column.Nulls(n)
	}
	start := s.spans.number(s.first, s.step)
	length := s.spans.number(s.last, s.step) - start + 1
	found := s.state.Result(len(s.cells.list))
	groups := s.cells.byGroup(n)
	return results(n, func(g int) column.Value {
		line := make([]column.Value, 1+length)
		line[0] = column.Str(sparkMark)
		for i := range length {
			line[1+i] = column.Integer(0)
		}
		for _, id := range groups[g] {
			if v := found.Value(int(id)); !v.IsNull() {
				line[1+s.cells.list[id].key-start] = v
			}
		}
		return column.Multi(line)
	})
}

func (s *sparks) Size() int { return 64 + s.cells.size() + s.state.Size() }

func (s *sparks) Save(to *bufio.Writer, groups []uint32) {
	w := writer{to}
	if w.flag(s.any); s.any {
		w.int(s.first)
		w.int(s.last)
	}
	s.state.Save(to, s.cells.save(w, groups, w.int))
}

func (s *sparks) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	if s.any = r.flag(); s.any {
		s.first, s.last = r.int(), r.int()
	}
	s.fit()
	first, last := s.spans.number(s.first, s.step), s.spans.number(s.last, s.step)
	s.cells.load(r, func() int64 {
		number := r.int()
		if number < first || number > last {
			r.check(errDamaged)
		}
		return number
	})
	if r.err != nil {
		return r.err
	}
	return s.state.Load(from)
}
