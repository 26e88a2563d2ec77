package aggregate

import (
	"bufio"
	"math"

	"spoor/engine/column"
)

var median = &Func{
	Name: "median", Syntax: "median(<field>)", Numeric: true,
	Doc:     "The number in the middle; of an even count, the higher of the two in the middle. It is exact for any count.",
	Example: "median(n)", Want: "4",
	New: func(float64) State {
		return &quantiles{of: func(b *bag) float64 { return b.at(b.len() / 2) }}
	},
}

var percentile = perc("perc", "5.5", interpolated,
	"The number below which num per cent of the numbers lie; where that is between two of them, as far between them. It is exact for any count, where Splunk estimates if there are many.", "p")

var upperPercentile = perc("upperperc", "5.5", interpolated,
	"The same as perc: Splunk gives the upper end of its estimate, and there is none here.")

var exactPercentile = perc("exactperc", "10", nearestRank,
	"One of the numbers themselves: the one with num per cent of them before it, in their order.")

func perc(name, want string, of func(b *bag, p float64) float64, doc string, aliases ...string) *Func {
	return &Func{
		Name: name, Aliases: aliases, Syntax: name + "<num>(<field>)", Param: true, Numeric: true,
		Doc:     doc,
		Example: name + "75(n)", Want: want,
		New: func(p float64) State {
			return &quantiles{of: func(b *bag) float64 { return of(b, p) }}
		},
	}
}

// nearestRank is the number with the index p% of their count, rounded down.
func nearestRank(b *bag, p float64) float64 {
	n := b.len()
	return b.at(min(uint64(p*float64(n)/100), n-1))
}

// interpolated is the number with the index p% of one less than their count, or what lies in proportion between its two neighbours.
func interpolated(b *bag, p float64) float64 {
	last := b.len() - 1
	hundredths := p * float64(last)
	index := math.Floor(hundredths / 100)
	low := b.at(min(uint64(index), last))
	part := (hundredths - 100*index) / 100
	if part <= 0 || uint64(index) >= last {
		return low
	}
	high := b.at(uint64(index) + 1)
	if between := high - low; !math.IsInf(between, 0) {
		return low + between*part
	}
	return low*(1-part) + high*part
}

// quantiles is the numbers of each group.
type quantiles struct {
	groups   []bag
	readings readings
	bytes    int
	of       func(b *bag) float64 // of a bag that is not empty and in order
}

func (q *quantiles) Add(groups []uint32, args []column.Vector) {
	q.groups = extend(q.groups, groups)
	if v, ok := args[0].(*column.Floats); ok {
		for i, g := range groups {
			if v.Null == nil || !v.Null[i] {
				q.add(g, v.Values[i])
			}
		}
		return
	}
	q.readings.each(groups, args[0], func(g uint32, v column.Value) { q.add(g, real(v)) })
}

func (q *quantiles) add(g uint32, x float64) {
	if !math.IsNaN(x) {
		q.bytes += q.groups[g].add(x + 0) // of the two zeros, the plain one
	}
}

func (q *quantiles) Merge(from State, groups []uint32) {
	q.groups = extend(q.groups, groups)
	f := from.(*quantiles).groups
	for i := range f {
		q.bytes += q.groups[groups[i]].merge(&f[i])
	}
}

func (q *quantiles) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		if g >= len(q.groups) {
			return column.Value{}
		}
		b := &q.groups[g]
		q.bytes += b.settle()
		if b.len() == 0 {
			return column.Value{}
		}
		return plainFloat(q.of(b))
	})
}

func (q *quantiles) Size() int { return 80*cap(q.groups) + q.bytes }

func (q *quantiles) Save(w *bufio.Writer, groups []uint32) {
	for _, g := range groups {
		if int(g) < len(q.groups) {
			q.bytes += q.groups[g].settle()
		}
	}
	saveSlice(writer{w}, q.groups, groups, func(w writer, b *bag) { b.save(w) })
}

func (q *quantiles) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	q.groups = loadSlice(r, func(r *reader, b *bag) { q.bytes += b.load(r) })
	return r.err
}
