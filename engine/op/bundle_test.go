package op

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// TestBundles holds that rows that are put in order as they come are, in the end, in the order of what compares two of them; equal rows of one
// collector stay in theirs.
func TestBundles(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for first, one := range kindsOfCells {
		for second, two := range kindsOfCells {
			keys := []plan.SortKey{{Name: "a", By: plan.Compare(r.IntN(4)), Desc: r.IntN(2) == 0}, {Name: "b", By: plan.Compare(r.IntN(4)), Desc: r.IntN(2) == 0}}
			c := &collector{keys: keys, size: 1 + r.IntN(3), workers: 1 + r.IntN(3)}
			nulls, changes := r.IntN(3), r.IntN(2)*20
			var batches []*column.Batch
			for left := 40 * c.size * r.IntN(4); left > 0; {
				n := min(1+r.IntN(20), left)
				left -= n
				if left < changes*c.size { // bundles need not be of one kind
					one = two
				}
				number := &column.Ints{}
				for i := range n {
					number.Values = append(number.Values, int64(left+i))
				}
				b := column.NewBatch(column.NewSchema("a", "b", "number"), []column.Vector{cellsOf(r, one, n, nulls), cellsOf(r, two, n, nulls), number}, n)
				batches = append(batches, b)
				c.Add(b)
			}
			table := newRows(batches, nil)
			for range 2 {
				checkRows(t, c.Result(), table, compared(table, keys))
			}
			if c.rows > 2*bundleBatches*c.size && len(c.bundles) < 2 {
				t.Errorf("%d rows are in %d bundles", c.rows, len(c.bundles))
			}
			if t.Failed() {
				t.Fatalf("%s and %s by %v", first, second, keys)
			}
		}
	}
}

// checkRows holds that a stream is the given rows of a table.
func checkRows(t *testing.T, got column.Stream, table *rows, want []uint32) {
	t.Helper()
	expected := table.gather(want)
	row := 0
	for b, err := range got {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Rows {
			for c, name := range table.names {
				if row >= expected.Rows || !same(b.Col(name).Value(i), expected.Cols[c].Value(row)) {
					t.Errorf("row %d of %d has %v in %s", row, expected.Rows, b.Col(name).Value(i), name)
					return
				}
			}
			row++
		}
	}
	if row != expected.Rows {
		t.Errorf("%d rows, want %d", row, expected.Rows)
	}
}

// same is equality by kind and text: nan is the same as itself.
func same(a, b column.Value) bool { return a.Kind() == b.Kind() && a.String() == b.String() }

// TestMergedBundles joins collectors of which some have made bundles and some have not.
func TestMergedBundles(t *testing.T) {
	keys := []plan.SortKey{{Name: "a"}, {Name: "b"}}
	for round := range 60 {
		r := rand.New(rand.NewPCG(7, uint64(round)))
		var all *collector
		var numbers []int64
		for range 1 + r.IntN(4) {
			c := &collector{keys: keys, size: 1, workers: 2}
			for range r.IntN(4) * 40 {
				n := r.Int64N(1 << 40)
				numbers = append(numbers, n)
				c.Add(column.NewBatch(column.NewSchema("a", "b"), []column.Vector{&column.Const{V: column.Integer(n >> 38), N: 1}, &column.Const{V: column.Integer(n), N: 1}}, 1))
			}
			if all == nil {
				all = c
			} else {
				all.Merge(c)
			}
		}
		slices.Sort(numbers)
		var got []int64
		for b, err := range all.Result() {
			if err != nil {
				t.Fatal(err)
			}
			for i := range b.Rows {
				got = append(got, b.Col("b").Value(i).Int())
			}
		}
		if !slices.Equal(got, numbers) {
			t.Fatalf("round %d:\n got %v\nwant %v", round, got, numbers)
		}
	}
}

// TestAhead holds that results come in their order, and that leaving early or a fault ends the jobs.
func TestAhead(t *testing.T) {
	for _, workers := range []int{0, 1, 3, 50} {
		for n := range 20 {
			want := 0
			for v, err := range ahead(n, workers, func(i int) int { return i * i }) {
				if v != want*want || err != nil {
					t.Fatalf("%d workers: %d, %v in place %d", workers, v, err, want)
				}
				want++
			}
			if want != n {
				t.Fatalf("%d workers: %d of %d results", workers, want, n)
			}
			for v := range ahead(n, workers, func(i int) int { return i }) {
				if v == n/2 {
					break
				}
			}
		}
		var fault error
		for _, err := range ahead(5, workers, func(i int) int { return []int{0, 1, 2}[i] }) {
			fault = errors.Join(fault, err)
		}
		if fault == nil {
			t.Errorf("%d workers: a fault is not told", workers)
		}
	}
}

func BenchmarkBundles(b *testing.B) {
	const rows = 1 << 18
	r := rand.New(rand.NewPCG(1, 2))
	text := func(most int) func(*rand.Rand) column.Value {
		return func(r *rand.Rand) column.Value { return column.Str(fmt.Sprint(r.IntN(most))) }
	}
	var batches []*column.Batch
	for range rows / 1024 {
		name := cellsOf(r, func(r *rand.Rand) column.Value { return column.Str(fmt.Sprint("user", r.IntN(1e6))) }, 1024, 0)
		at := cellsOf(r, kindsOfCells["integers"], 1024, 0)
		cols := []column.Vector{name, cellsOf(r, text(1e9), 1024, 0), cellsOf(r, text(rows), 1024, 0), at, at}
		batches = append(batches, column.NewBatch(column.NewSchema("user", "n", "id", "time", "position"), cols, 1024))
	}
	for _, key := range []string{"n", "user"} {
		b.Run(key, func(b *testing.B) {
			b.SetBytes(rows)
			b.ReportAllocs()
			for b.Loop() {
				c := &collector{keys: []plan.SortKey{{Name: key}, {Name: "time"}, {Name: "position"}}, size: 1024, workers: 2}
				c.wanted = &plan.Need{Names: map[string]bool{"user": true, "n": true, "id": true}}
				for _, batch := range batches {
					c.Add(batch)
				}
				for range c.Result() {
				}
			}
		})
	}
}
