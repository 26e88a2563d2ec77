package aggregate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

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

// every is all aggregates in all their forms.
func every() []*Func {
	out := All()
	for _, f := range out {
		if strict := AllNumeric(f); strict != f {
			out = append(out, strict)
		}
	}
	return append(out,
		Sparkline(mean, 0, 0), Sparkline(distinct, 0, 7*time.Second), Sparkline(maximum, 0, time.Millisecond), Sparkline(percentile, 60, time.Minute))
}

// sample is rows of all that an aggregate may get.
type sample struct {
	group                            []uint32
	values, times, positions, series []column.Value
}

const sampleGroups = 5

func newSample(r *rand.Rand, rows int) *sample {
	s := &sample{}
	day := r.Int64N(2) * 86400e9 // so that some lines of sparkline are long
	for range rows {
		s.group = append(s.group, uint32(r.IntN(sampleGroups)))
		s.values = append(s.values, randomValue(r))
		s.times = append(s.times, column.Nanos(r.Int64N(4)*(1e9+day)))
		s.positions = append(s.positions, column.Integer(r.Int64N(3)))
		s.series = append(s.series, column.Str([]string{"web1", "web2"}[r.IntN(2)]))
	}
	s.times[r.IntN(rows)] = column.Value{}
	return s
}

// add gives a state the rows, under the given numbers of groups.
func (s *sample) add(r *rand.Rand, f *Func, to State, rows []int, groups []uint32) {
	args := []column.Vector{vector(r, column.NewDictionary(), pick(s.values, rows))}
	if f.Series {
		args = append(args, vector(r, column.NewDictionary(), pick(s.series, rows)))
	}
	if f.PerSpan {
		args = append(args, &column.Const{V: column.Integer(300), N: len(rows)})
	}
	if f.Timed {
		args = append(args, column.FromValues(pick(s.times, rows)), column.FromValues(pick(s.positions, rows)))
	}
	to.Add(groups, args)
}

// whole is a state of all the rows.
func (s *sample) whole(r *rand.Rand, f *Func) State {
	out := f.New(60)
	rows := make([]int, len(s.group))
	for i := range rows {
		rows[i] = i
	}
	s.add(r, f, out, rows, s.group)
	return out
}

func same(t *testing.T, what string, want, got column.Vector) {
	t.Helper()
	for g := range want.Len() {
		if a, b := want.Value(g), got.Value(g); !column.Equal(a, b) {
			t.Errorf("%s, group %d: %v %s in one pass, %v %s now", what, g, a.Kind(), show(a), b.Kind(), show(b))
		}
	}
}

// TestMerge splits rows at random among workers and batches, merges in random order, and wants the very result of a single pass. Where
// the order of the rows counts, they stay in it.
func TestMerge(t *testing.T) {
	for seed := range uint64(15) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := newSample(r, 120)
		for _, f := range every() {
			want := s.whole(r, f).Result(sampleGroups)
			got := s.split(r, f)
			got.Result(sampleGroups) // changes nothing
			if got.Size() <= 0 {
				t.Errorf("%s says that it holds nothing", f.Name)
			}
			same(t, fmt.Sprintf("seed %d, %s", seed, f.Name), want, got.Result(sampleGroups))
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

// split feeds the rows to three workers in shuffled batches and merges these into an empty state; each worker numbers the groups in its
// own way.
func (s *sample) split(r *rand.Rand, f *Func) State {
	workers, names := make([]State, 3), make([][]uint32, 3)
	for w := range workers {
		workers[w] = f.New(60)
	}
	order, merges := r.Perm(len(s.group)), r.Perm(len(workers))
	if f.Ordered {
		slices.Sort(order)
		slices.Sort(merges)
	}
	rows := len(order)
	for len(order) > 0 {
		n := 1 + r.IntN(min(len(order), 20))
		w := r.IntN(len(workers))
		if f.Ordered {
			w = (rows - len(order)) * len(workers) / rows
		}
		local := make([]uint32, n)
		for i, row := range order[:n] {
			local[i] = numbered(&names[w], s.group[row])
		}
		s.add(r, f, workers[w], order[:n], local)
		order = order[n:]
	}
	total := f.New(60)
	for _, w := range merges {
		if r.IntN(2) == 0 { // through a file
			workers[w] = reloaded(f, workers[w], all(len(names[w])))
		}
		total.Merge(workers[w], names[w])
	}
	return total
}

func numbered(names *[]uint32, group uint32) uint32 {
	g := slices.Index(*names, group)
	if g < 0 {
		g = len(*names)
		*names = append(*names, group)
	}
	return uint32(g)
}

func all(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}
