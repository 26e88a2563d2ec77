package spill

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"spoor/engine/column"
)

// anyValue is a value of a kind, or a null, with what is hard to keep: not-a-number, negative zero, empty and odd text.
func anyValue(r *rand.Rand, kind column.Kind) column.Value {
	if r.IntN(5) == 0 {
		return column.Value{}
	}
	switch kind {
	case column.String:
		return column.Str([]string{"", "a", "\x00\xff", strings.Repeat("long ", r.IntN(300)), "5"}[r.IntN(5)])
	case column.Int:
		return column.Integer([]int64{0, -1, math.MaxInt64, math.MinInt64, r.Int64()}[r.IntN(5)])
	case column.Float:
		odd := math.Float64frombits(0x7ff8_0000_0000_0001 + uint64(r.IntN(5)))
		return column.Real([]float64{0, math.Copysign(0, -1), odd, math.Inf(-1), r.Float64()}[r.IntN(5)])
	case column.Bool:
		return column.Boolean(r.IntN(2) == 0)
	case column.Time:
		return column.Nanos(r.Int64() - r.Int64())
	case column.List:
		var items []column.Value
		for range 2 + r.IntN(4) {
			items = append(items, anyValue(r, column.Kind(1+r.IntN(5))))
		}
		return column.Multi(items)
	}
	return column.Value{}
}

func anyVector(r *rand.Rand, rows int) column.Vector {
	kind := column.Kind(r.IntN(7))
	values := make([]column.Value, rows)
	for i := range values {
		k := kind
		if kind == column.Null {
			k = column.Kind(r.IntN(7))
		}
		values[i] = anyValue(r, k)
	}
	switch r.IntN(5) {
	case 0:
		return &column.Const{V: anyValue(r, kind), N: rows}
	case 1:
		d := &column.Dict{Codes: make([]uint32, rows), Dictionary: column.DictionaryOf([]column.Value{{}, anyValue(r, kind), column.Str("x"), anyValue(r, column.List)})}
		for i := range d.Codes {
			d.Codes[i] = r.Uint32N(4)
		}
		return d
	case 3:
		flat := column.FromValues(values)
		return column.NewBatch(column.NewSchema("a", "b"), []column.Vector{flat, flat}, rows).Pack().Cols[r.IntN(2)]
	case 2:
		return column.FromValues(values).Slice(rows/4, rows).Pick(everySecond(rows))
	}
	return column.FromValues(values)
}

// everySecond is as many rows as there are, of which no one is beyond three quarters.
func everySecond(rows int) []uint32 {
	out := make([]uint32, rows)
	for i := range out {
		out[i] = uint32(i * 2 % max(rows-rows/4, 1))
	}
	return out
}

func anyBatch(r *rand.Rand, rows int) *column.Batch {
	var names []string
	var cols []column.Vector
	for i := range r.IntN(6) {
		names = append(names, []string{"", "\x00"}[r.IntN(2)]+fmt.Sprint("c", i))
		cols = append(cols, anyVector(r, rows))
	}
	return column.NewBatch(column.NewSchema(names...), cols, rows)
}

func sameBatch(t *testing.T, got, want *column.Batch) {
	t.Helper()
	if got.Schema != want.Schema || got.Rows != want.Rows {
		t.Fatalf("%d rows of %q, want %d of %q", got.Rows, got.Schema.Names, want.Rows, want.Schema.Names)
	}
	for c, name := range want.Schema.Names {
		if got.Cols[c].Len() != want.Rows {
			t.Fatalf("column %q has %d rows of %d", name, got.Cols[c].Len(), want.Rows)
		}
		for i := range want.Rows {
			if g, w := got.Cols[c].Value(i), want.Cols[c].Value(i); !column.Equal(g, w) {
				t.Fatalf("row %d of %q: %s %s, want %s %s", i, name, g.Kind(), g, w.Kind(), w)
			}
			if got.Cols[c].IsNull(i) != want.Cols[c].IsNull(i) {
				t.Fatalf("row %d of %q differs in being null", i, name)
			}
		}
	}
}

// TestRoundTrip puts batches of all kinds into runs by turns, and reads them forwards and backwards, twice.
func TestRoundTrip(t *testing.T) {
	for seed := range uint64(15) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := New(context.Background(), 1, t.TempDir())
		runs, want := []*Run{s.Run(), s.Run(), s.Run()}, make([][]*column.Batch, 3)
		for range 20 {
			i := r.IntN(3)
			b := anyBatch(r, []int{0, 1, 9, 500, 3000}[r.IntN(5)])
			runs[i].Add(b)
			want[i] = append(want[i], b)
		}
		for i, run := range runs {
			for range 2 {
				n := 0
				for b, err := range run.All() {
					if err != nil {
						t.Fatal(err)
					}
					sameBatch(t, b, want[i][n])
					n++
				}
				for b, err := range run.Backward() {
					if err != nil {
						t.Fatal(err)
					}
					n--
					sameBatch(t, b, want[i][n])
				}
				if n != 0 {
					t.Fatalf("%d batches more forwards than backwards", n)
				}
			}
		}
		s.Close()
	}
}

// TestKeptAsItWas looks at what costs memory and time: constants and dictionaries must stay such.
func TestKeptAsItWas(t *testing.T) {
	d := &column.Dict{Codes: []uint32{1, 1, 3, 1}, Dictionary: column.DictionaryOf([]column.Value{{}, column.Str("a"), column.Str("unused"), column.Str("b")})}
	b := column.NewBatch(column.NewSchema("d", "c"), []column.Vector{d, &column.Const{V: column.Str("k"), N: 4}}, 4)
	got, err := decode(encode(nil, b), b.Schema, 4)
	if err != nil {
		t.Fatal(err)
	}
	sameBatch(t, got, b)
	if d, ok := got.Cols[0].(*column.Dict); !ok || d.Dictionary.Len() != 2 {
		t.Errorf("the dictionary became %#v", got.Cols[0])
	}
	if _, ok := got.Cols[1].(*column.Const); !ok {
		t.Errorf("the constant became %#v", got.Cols[1])
	}
}

// TestDamaged reads batches of which bytes are missing or changed: that is told, or gives another batch, and nothing worse.
func TestDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 8))
	for range 300 {
		b := anyBatch(r, 1+r.IntN(30))
		whole := encode(nil, b)
		for range 20 {
			bad := append([]byte(nil), whole...)
			if len(bad) == 0 {
				continue
			}
			if r.IntN(2) == 0 {
				bad = bad[:r.IntN(len(bad))]
				if _, err := decode(bad, b.Schema, b.Rows); err == nil {
					t.Fatal("a part of a batch is taken for all of it")
				}
				continue
			}
			bad[r.IntN(len(bad))] = byte(r.Uint32())
			if got, err := decode(bad, b.Schema, b.Rows); err == nil {
				for i := range got.Rows {
					got.Row(i)
				}
			}
		}
	}
}
