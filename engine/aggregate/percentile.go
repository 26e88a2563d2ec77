package aggregate

import (
	"cmp"
	"math"
	"slices"

	"spoor/engine/column"
)

var median = &Func{
	Name: "median", Syntax: "median(<field>)",
	Doc:     "The number in the middle; of an even count, the higher of the two in the middle.",
	Example: "median(n)", Want: "4",
	New: func(float64) State {
		return &quantiles{pairs: pairs{counted: true}, index: func(n uint64) uint64 { return n / 2 }}
	},
}

var percentile = perc("perc", "p")

var exactPercentile = perc("exactperc")

var upperPercentile = perc("upperperc")

func perc(name string, aliases ...string) *Func {
	return &Func{
		Name: name, Aliases: aliases, Syntax: name + "<num>(<field>)", Param: true,
		Doc:     "The least of the numbers such that num per cent of them are not greater. It is exact for any count.",
		Example: name + "75(n)", Want: "4",
		New: func(p float64) State {
			return &quantiles{pairs: pairs{counted: true}, index: func(n uint64) uint64 { return nearestRank(p, n) }}
		},
	}
}

// nearestRank is the index, from 0 on, of the p-th percentile of n numbers.
func nearestRank(p float64, n uint64) uint64 {
	rank := uint64(math.Ceil(p * float64(n) / 100))
	return min(max(rank, 1), n) - 1
}

// quantiles counts the different numbers of each group.
type quantiles struct {
	ids     map[float64]uint32
	numbers []float64 // by id; the first stands for none
	pairs   pairs
	index   func(n uint64) uint64
}

func (q *quantiles) id(x float64) uint32 {
	if id, ok := q.ids[x]; ok {
		return id
	}
	if q.ids == nil {
		q.ids, q.numbers = map[float64]uint32{}, make([]float64, 1)
	}
	id := uint32(len(q.numbers))
	q.ids[x] = id
	q.numbers = append(q.numbers, x+0) // of the two zeros, keep the plain one
	return id
}

func (q *quantiles) Add(groups []uint32, args []column.Vector) {
	eachNumber(groups, args[0], func(g uint32, x float64) {
		if !math.IsNaN(x) {
			q.pairs.add(g, q.id(x), 1)
		}
	})
}

func (q *quantiles) Merge(from State, groups []uint32) {
	f := from.(*quantiles)
	ids := make([]uint32, len(f.numbers))
	for i := 1; i < len(ids); i++ {
		ids[i] = q.id(f.numbers[i])
	}
	q.pairs.merge(&f.pairs, groups, ids)
}

func (q *quantiles) Result(n int) column.Vector {
	groups := q.pairs.byGroup(n)
	return results(n, func(g int) column.Value {
		var total uint64
		for _, t := range groups[g] {
			total += t.count
		}
		if total == 0 {
			return column.Value{}
		}
		slices.SortFunc(groups[g], func(a, b tally) int { return cmp.Compare(q.numbers[a.id], q.numbers[b.id]) })
		index := q.index(total)
		for _, t := range groups[g] {
			if index < t.count {
				return plainFloat(q.numbers[t.id])
			}
			index -= t.count
		}
		return column.Value{}
	})
}

func (q *quantiles) Size() int { return q.pairs.size() + 32*len(q.numbers) }
