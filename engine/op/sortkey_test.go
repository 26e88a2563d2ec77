package op

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// kindsOfCells is columns to sort by: of one kind, of several, and such whose codes tell little apart.
var kindsOfCells = map[string]func(r *rand.Rand) column.Value{
	"whole numbers": func(r *rand.Rand) column.Value { return column.Str(fmt.Sprint(r.IntN(300) - 100)) },
	"integers":      func(r *rand.Rand) column.Value { return column.Integer(r.Int64() - r.Int64()) },
	"few":           func(r *rand.Rand) column.Value { return column.Integer(r.Int64N(3)) },
	"times":         func(r *rand.Rand) column.Value { return column.Nanos(r.Int64N(50)) },
	"fractions":     func(r *rand.Rand) column.Value { return column.Real(float64(r.IntN(100)-50) / 8) },
	"spellings": func(r *rand.Rand) column.Value {
		return column.Str([]string{"1", "01", "1.0", "1e0", "+1", "2", "9007199254740993", "9007199254740992"}[r.IntN(8)])
	},
	"names": func(r *rand.Rand) column.Value { return column.Str(fmt.Sprintf("user-%04d", r.IntN(500))) },
	"paths": func(r *rand.Rand) column.Value { return column.Str("/usr/lib/" + fmt.Sprintf("%032b", r.IntN(1<<10))) },
	"zero bytes": func(r *rand.Rand) column.Value {
		return column.Str("a\x00\x00\x00\x00\x00\x00\x00\x00\x00"[:1+r.IntN(10)])
	},
	"bytes": func(r *rand.Rand) column.Value {
		return column.Str("\xff\xff\xff\xff\xff\xff\xff\xff\xff"[:r.IntN(10)])
	},
	"special": func(r *rand.Rand) column.Value {
		return column.Real([]float64{math.NaN(), -math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 5e-324, -5e-324, math.MaxFloat64}[r.IntN(9)])
	},
	"addresses": func(r *rand.Rand) column.Value { return column.Str(fmt.Sprintf("10.0.0.%d", r.IntN(200))) },
	"extremes":  func(r *rand.Rand) column.Value { return column.Integer([]int64{-1 << 63, 1<<63 - 1, 0}[r.IntN(3)]) },
	"all": func(r *rand.Rand) column.Value {
		some := []column.Value{column.Str("x"), column.Str("7"), column.Integer(7), column.Nanos(7e9), column.Real(7.5), column.Boolean(true), column.Str("::1"),
			column.Multi([]column.Value{column.Str("a"), column.Str("b")}), {}}
		return some[r.IntN(len(some))]
	},
	"nothing": func(*rand.Rand) column.Value { return column.Value{} },
}

// TestOrder holds that rows are in the order of what compares two of them, and stay where they are if equal.
func TestOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for first, one := range kindsOfCells {
		for second, two := range kindsOfCells {
			for _, rows := range []int{0, 1, 10, 60, 400} {
				keys := []plan.SortKey{{Name: "a", By: plan.Compare(r.IntN(4)), Desc: r.IntN(2) == 0}, {Name: "b", By: plan.Compare(r.IntN(4)), Desc: r.IntN(2) == 0}}
				nulls := r.IntN(3)
				var batches []*column.Batch
				for left := rows; left > 0; {
					n := 1 + r.IntN(left)
					left -= n
					batches = append(batches, column.NewBatch(column.NewSchema("a", "b"), []column.Vector{cellsOf(r, one, n, nulls), cellsOf(r, two, n, nulls)}, n))
				}
				table := newRows(batches, nil)
				limit, want := rows/2, compared(table, keys)
				if limit > 0 {
					want = want[:limit]
				}
				if got := order(table, keys, limit); !slices.Equal(got, want) {
					t.Fatalf("%s and %s by %v:\n got %v\nwant %v", first, second, keys, got, want)
				}
			}
		}
	}
}

func cellsOf(r *rand.Rand, of func(*rand.Rand) column.Value, n, nulls int) column.Vector {
	values := make([]column.Value, n)
	for i := range values {
		if r.IntN(10) >= nulls {
			values[i] = of(r)
		}
	}
	return column.FromValues(values)
}

func compared(t *rows, keys []plan.SortKey) []uint32 {
	a, b := t.column("a"), t.column("b")
	order := all(t.n)
	slices.SortStableFunc(order, func(x, y uint32) int {
		if d := compareKey(a.Value(int(x)), a.Value(int(y)), keys[0]); d != 0 {
			return d
		}
		return compareKey(b.Value(int(x)), b.Value(int(y)), keys[1])
	})
	return order
}

// TestOrderOfStairs sorts texts each of which begins with all shorter ones: codes of eight bytes tell one of them apart at a time.
func TestOrderOfStairs(t *testing.T) {
	const n = 1000
	longest, asked := strings.Repeat("a", 8*n), 0
	got := sortedCells(n, func(i uint32) column.Value {
		asked++
		return column.Str(longest[:8*(n-i)])
	})
	for place, i := range got {
		if int(i) != n-1-place {
			t.Fatalf("text %d is in place %d", i, place)
		}
	}
	if asked > 300*n {
		t.Errorf("%d texts were looked at %d times", n, asked)
	}
}

func BenchmarkOrder(b *testing.B) {
	const rows = 1 << 18
	for name, of := range map[string]func(r *rand.Rand) column.Value{
		"numbers": func(r *rand.Rand) column.Value { return column.Str(fmt.Sprint(r.IntN(1e6))) },
		"names":   func(r *rand.Rand) column.Value { return column.Str(fmt.Sprintf("user-%07d", r.IntN(1e6))) },
		"times":   func(r *rand.Rand) column.Value { return column.Nanos(r.Int64N(1e15)) },
	} {
		b.Run(name, func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			var batches []*column.Batch
			for range rows / 1024 {
				batches = append(batches, column.NewBatch(column.NewSchema("a"), []column.Vector{cellsOf(r, of, 1024, 0)}, 1024))
			}
			table := newRows(batches, nil)
			b.SetBytes(rows)
			b.ReportAllocs()
			for b.Loop() {
				order(table, []plan.SortKey{{Name: "a"}}, 0)
			}
		})
	}
}
