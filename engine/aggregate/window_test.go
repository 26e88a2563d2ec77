package aggregate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"spoor/engine/column"
)

// row is the arguments of a function that are a row's.
func (s *sample) row(f *Func, i int) []column.Value {
	row := []column.Value{s.values[i]}
	if f.NoArg && f.Timed {
		row = nil // sparkline
	}
	if f.Series {
		row = append(row, s.series[i])
	}
	if f.PerSpan {
		row = append(row, column.Integer(300))
	}
	if f.Timed {
		row = append(row, s.times[i], s.positions[i])
	}
	return row
}

// TestWindow compares windows of all widths with states of their rows.
func TestWindow(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 5))
		s := newSample(r, 60)
		for _, f := range every() {
			most := r.IntN(12)
			sliding := most > 0
			w := f.Window(60, sliding)
			from := 0
			for to := range s.group {
				w.Add(s.row(f, to))
				if sliding && to-from >= most {
					for range 1 + r.IntN(min(3, to-from)) {
						w.Remove(s.row(f, from))
						from++
					}
				}
				state := f.New(60)
				for i := from; i <= to; i++ {
					state.Add([]uint32{0}, columns([][]column.Value{s.row(f, i)}))
				}
				want := state.Result(1)
				same(t, fmt.Sprintf("seed %d, %s, rows %d to %d", seed, f.Name, from, to), want, column.FromValues([]column.Value{w.Value()}))
				if w.Size() <= 0 {
					t.Errorf("%s says that it holds nothing", f.Name)
				}
			}
		}
	}
}

// BenchmarkWindow is the time of a row in a window of a hundred.
func BenchmarkWindow(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 6))
	s := newSample(r, 4096)
	for i := range s.values {
		s.values[i] = column.Integer(r.Int64N(1000))
	}
	for _, name := range []string{"count", "avg", "stdev", "max", "range", "dc", "mode", "values", "median", "latest", "list"} {
		b.Run(name, func(b *testing.B) {
			f, param, _ := Lookup(name)
			w := f.Window(param, true)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				w.Add(s.row(f, i&4095))
				if i >= 100 {
					w.Remove(s.row(f, (i-100)&4095))
				}
				w.Value()
				i++
			}
		})
	}
}
