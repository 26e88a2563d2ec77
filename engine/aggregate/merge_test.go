package aggregate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"spoor/engine/column"
)

// randomValue is a value of one of many kinds, few enough to repeat.
func randomValue(r *rand.Rand) column.Value {
	switch r.IntN(12) {
	case 0:
		return column.Value{}
	case 1, 2:
		return column.Str([]string{"a", "b", "B", "10.0.0.1", "", "curl"}[r.IntN(6)])
	case 3:
		return column.Str([]string{"1", "2", "2.0", "-7", "1e3", "9223372036854775807", "0.1"}[r.IntN(7)])
	case 4:
		return column.Integer(r.Int64N(10) - 5)
	case 5:
		return column.Integer(int64(r.Uint64()))
	case 6:
		return column.Real(math.Ldexp(r.Float64()-0.5, r.IntN(200)-100))
	case 7:
		return column.Real([]float64{0.1, 0.3, 1e300, -1e300, math.MaxFloat64, 5e-324, math.Copysign(0, -1)}[r.IntN(7)])
	case 8:
		return column.Boolean(r.IntN(2) == 0)
	case 9, 10:
		return column.Nanos(1_700_000_000_000_000_000 + r.Int64N(5)*250_000_000)
	}
	return column.Multi([]column.Value{randomValue(r), randomValue(r)})
}

// vector encodes values one way or another.
func vector(r *rand.Rand, d *column.Dictionary, values []column.Value) column.Vector {
	codes := make([]uint32, len(values))
	for i, v := range values {
		switch v.Kind() {
		case column.String:
			codes[i] = d.Intern([]byte(v.Text()))
		case column.Null:
		default:
			return column.FromValues(values)
		}
	}
	if r.IntN(2) == 0 {
		return column.FromValues(values)
	}
	return &column.Dict{Codes: codes, Dictionary: d}
}

// TestMerge splits rows at random among workers and batches, merges in random order, and wants the very result of a single pass.
func TestMerge(t *testing.T) {
	const groups, rows = 5, 120
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		values, times, positions, group := make([]column.Value, rows), make([]column.Value, rows), make([]column.Value, rows), make([]uint32, rows)
		for i := range values {
			values[i] = randomValue(r)
			times[i] = column.Nanos(r.Int64N(4) * 1e9)
			positions[i] = column.Integer(r.Int64N(3))
			group[i] = uint32(r.IntN(groups))
		}
		all := make([]int, rows)
		for i := range all {
			all[i] = i
		}
		for _, f := range All() {
			if f.Ordered {
				continue
			}
			args := func(at []int) []column.Vector {
				return []column.Vector{
					vector(r, column.NewDictionary(), pick(values, at)), column.FromValues(pick(times, at)), column.FromValues(pick(positions, at)),
				}
			}
			single := f.New(60)
			single.Add(group, args(all))
			want := single.Result(groups)
			got := split(r, f, group, args, groups)
			for g := range groups {
				if a, b := want.Value(g), got.Value(g); !column.Equal(a, b) {
					t.Errorf("seed %d, %s, group %d: %v %s in one pass, %v %s merged", seed, f.Name, g, a.Kind(), show(a), b.Kind(), show(b))
				}
			}
		}
	}
}

func pick(values []column.Value, at []int) []column.Value {
	out := make([]column.Value, len(at))
	for i, j := range at {
		out[i] = values[j]
	}
	return out
}

// split feeds the rows to three workers in shuffled batches and merges these into an empty state; each worker numbers the groups in its own way.
func split(r *rand.Rand, f *Func, group []uint32, args func([]int) []column.Vector, groups int) column.Vector {
	workers, names := make([]State, 3), make([][]uint32, 3)
	for w := range workers {
		workers[w] = f.New(60)
	}
	order := r.Perm(len(group))
	for len(order) > 0 {
		n := 1 + r.IntN(min(len(order), 20))
		w := r.IntN(len(workers))
		local := make([]uint32, n)
		for i, row := range order[:n] {
			g := slices.Index(names[w], group[row])
			if g < 0 {
				g = len(names[w])
				names[w] = append(names[w], group[row])
			}
			local[i] = uint32(g)
		}
		workers[w].Add(local, args(order[:n]))
		order = order[n:]
	}
	total := f.New(60)
	for _, w := range r.Perm(len(workers)) {
		total.Merge(workers[w], names[w])
	}
	total.Result(groups) // changes nothing
	if total.Size() <= 0 {
		panic(f.Name + " says that it holds nothing")
	}
	return total.Result(groups)
}
