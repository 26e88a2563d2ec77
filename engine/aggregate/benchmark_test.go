package aggregate

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
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
	numerals := column.NewDictionary()
	numbers := &column.Dict{Codes: make([]uint32, rows), Dictionary: numerals} // as a log has them: texts
	times, ints, floats := &column.Times{}, &column.Ints{}, &column.Floats{}
	for i := range rows {
		group[i] = uint32(r.IntN(groups))
		dict.Codes[i] = d.Intern(fmt.Appendf(nil, "/usr/bin/program%d", r.IntN(1+int(group[i])%50)))
		numbers.Codes[i] = numerals.Intern(strconv.AppendInt(nil, r.Int64N(30_000), 10))
		times.Values = append(times.Values, column.Instant(i))
		ints.Values = append(ints.Values, int64(i))
		floats.Values = append(floats.Values, r.Float64())
	}
	for _, c := range []struct {
		name string
		arg  column.Vector
	}{{"count", nil}, {"min", times}, {"max", dict}, {"dc", dict}, {"values", dict}, {"sum", ints}, {"sum", floats}, {"stdev", floats}, {"perc95", ints}, {"perc95", floats}, {"latest", dict}, {"mode", dict},
		{"list", dict}, {"first", dict}, {"avg", numbers}, {"perc95", numbers}} {
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

// BenchmarkOneGroup is a million rows of one group, each with a value of its own, and what the state then holds.
func BenchmarkOneGroup(b *testing.B) {
	const rows, batch = 1_000_000, 1024
	r := rand.New(rand.NewPCG(1, 2))
	texts, floats := &column.Strings{}, &column.Floats{}
	for range rows {
		texts.Values = append(texts.Values, fmt.Sprintf("%016x", r.Uint64()))
		floats.Values = append(floats.Values, r.Float64())
	}
	group := make([]uint32, batch)
	for _, c := range []struct {
		name string
		arg  column.Vector
	}{{"dc", texts}, {"values", texts}, {"list", texts}, {"mode", texts}, {"median", floats}, {"sum", floats}} {
		b.Run(c.name, func(b *testing.B) {
			f, param, _ := Lookup(c.name)
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				s := f.New(param)
				for from := 0; from < rows; from += batch {
					to := min(from+batch, rows)
					s.Add(group[:to-from], []column.Vector{c.arg.Slice(from, to)})
				}
				size = s.Size()
				s.Result(1)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
			b.ReportMetric(float64(size)/rows, "bytes/row")
		})
	}
}

// BenchmarkSave writes the texts of 100,000 groups, in eight parts, and reads them.
func BenchmarkSave(b *testing.B) {
	const groups = 100_000
	s := values.New(0)
	r := rand.New(rand.NewPCG(1, 3))
	texts := make([]column.Value, groups)
	for range 4 {
		for i := range texts {
			texts[i] = column.Str(fmt.Sprintf("/usr/bin/program%d", r.IntN(5000)))
		}
		s.Add(all(groups), []column.Vector{column.FromValues(texts)})
	}
	parts := make([][]uint32, 8)
	for _, g := range all(groups) {
		parts[g%8] = append(parts[g%8], g)
	}
	b.ReportAllocs()
	for b.Loop() {
		size := 0
		for _, part := range parts {
			file := saved(s, part)
			size += len(file)
			if err := values.New(0).Load(bufio.NewReader(bytes.NewReader(file))); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(int64(size))
	}
}
