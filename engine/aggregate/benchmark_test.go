package aggregate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"spoor/engine/column"
)

// BenchmarkAdd is 600,000 rows in 14,000 groups, in batches of 1,024.
func BenchmarkAdd(b *testing.B) {
	const rows, groups, batch = 600_000, 14_000, 1024
	r := rand.New(rand.NewPCG(1, 1))
	group := make([]uint32, rows)
	d := column.NewDictionary()
	dict := &column.Dict{Codes: make([]uint32, rows), Dictionary: d}
	times, ints, floats := &column.Times{}, &column.Ints{}, &column.Floats{}
	for i := range rows {
		group[i] = uint32(r.IntN(groups))
		dict.Codes[i] = d.Intern(fmt.Appendf(nil, "/usr/bin/program%d", r.IntN(1+int(group[i])%50)))
		times.Values = append(times.Values, column.Instant(i))
		ints.Values = append(ints.Values, int64(i))
		floats.Values = append(floats.Values, r.Float64())
	}
	for _, c := range []struct {
		name string
		arg  column.Vector
	}{{"count", nil}, {"min", times}, {"max", dict}, {"dc", dict}, {"values", dict}, {"sum", ints}, {"sum", floats}, {"stdev", floats}, {"perc95", ints}, {"latest", dict}, {"mode", dict}} {
		b.Run(fmt.Sprintf("%s/%T", c.name, c.arg), func(b *testing.B) {
			f, param, _ := Lookup(c.name)
			b.ReportAllocs()
			for b.Loop() {
				s := f.New(param)
				for from := 0; from < rows; from += batch {
					to := min(from+batch, rows)
					var args []column.Vector
					if c.arg != nil {
						args = []column.Vector{c.arg.Slice(from, to), times.Slice(from, to), ints.Slice(from, to)}
					}
					s.Add(group[from:to], args)
				}
				s.Result(groups)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
		})
	}
}
