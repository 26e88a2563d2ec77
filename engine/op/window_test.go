package op

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// visit is a row of the tests of windows.
type visit struct {
	at     int64 // seconds; descending
	groups []string
	n      int64
	ends   bool
}

func someVisits(r *rand.Rand, n int) []visit {
	out := make([]visit, n)
	at := int64(1000)
	for i := range out {
		at -= r.Int64N(4)
		out[i] = visit{at: at, n: r.Int64N(20), ends: r.IntN(9) == 0}
		for range r.IntN(5) - 1 {
			g := string(rune('a' + r.IntN(3)))
			if !slices.Contains(out[i].groups, g) {
				out[i].groups = append(out[i].groups, g)
			}
		}
	}
	return out
}

// visits is events as a stream of batches of differing sizes.
func visits(r *rand.Rand, events []visit) column.Stream {
	schema := column.NewSchema("_time", plan.Position, "g", "n", "ends")
	var out []*column.Batch
	for from := 0; from < len(events); {
		to := min(len(events), from+1+r.IntN(7))
		cols := make([][]column.Value, 5)
		for i, e := range events[from:to] {
			var groups []column.Value
			for _, g := range e.groups {
				groups = append(groups, column.Str(g))
			}
			row := []column.Value{column.Nanos(e.at * 1e9), column.Integer(int64(from + i)), column.Multi(groups), column.Integer(e.n), column.Boolean(e.ends)}
			for c, v := range row {
				cols[c] = append(cols[c], v)
			}
		}
		vecs := make([]column.Vector, 5)
		for i, c := range cols {
			vecs[i] = column.FromValues(c)
		}
		out = append(out, column.NewBatch(schema, vecs, to-from))
		from = to
	}
	return func(yield func(*column.Batch, error) bool) {
		for _, b := range out {
			if !yield(b, nil) {
				return
			}
		}
	}
}

// naive is what a window says at a row, found by going through all rows before it.
func naive(n *plan.Window, events []visit, at int) column.Value {
	if len(n.Keys) > 0 && len(events[at].groups) == 0 {
		return column.Value{}
	}
	if len(n.Keys) == 0 {
		return naiveGroup(n, events, at, "")
	}
	var items []column.Value
	for _, g := range events[at].groups {
		items = append(items, naiveGroup(n, events, at, g))
	}
	return column.Multi(items)
}

func naiveGroup(n *plan.Window, events []visit, at int, group string) column.Value {
	in := func(e visit) bool { return group == "" || slices.Contains(e.groups, group) }
	var rows []int // back from the row, while they are in the window
	seen := 0
	later := events[at]
	for i := at; i >= 0; i-- {
		e := events[i]
		if len(n.Keys) > 0 && len(e.groups) == 0 {
			continue
		}
		if i < at && (n.ResetNext != nil && e.ends || n.Reset != nil && later.ends || n.OnChange && !slices.Equal(e.groups, later.groups)) {
			break
		}
		later = e
		if n.Before && i == at {
			continue
		}
		counts := in(e)
		if !n.Own || counts {
			seen++
		}
		if n.Rows > 0 && seen > n.Rows || n.Span > 0 && e.at-events[at].at >= int64(n.Span/time.Second) {
			break
		}
		if counts {
			rows = append(rows, i)
		}
	}
	agg := n.Aggs[0]
	state := agg.Func.New(agg.Param)
	for _, i := range slices.Backward(rows) {
		state.Add([]uint32{0}, []column.Vector{&column.Const{V: column.Integer(events[i].n), N: 1}})
	}
	return state.Result(1).Value(0)
}

// TestWindow compares windows of all kinds with those found the slow way.
func TestWindow(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 7))
		name := []string{"sum", "max", "dc", "first", "last", "list", "median"}[r.IntN(7)]
		f, param, _ := aggregate.Lookup(name)
		n := &plan.Window{Aggs: []plan.Agg{{Func: f, Param: param, Args: []plan.Expr{&plan.Field{Name: "n"}}, As: "out"}}}
		n.Before, n.Own, n.OnChange = r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(4) == 0
		if r.IntN(3) > 0 {
			n.Keys = []string{"g"}
		}
		if r.IntN(2) == 0 {
			n.Rows = 1 + r.IntN(5)
		}
		if r.IntN(3) == 0 {
			n.Span = time.Duration(1+r.IntN(6)) * time.Second
		}
		if r.IntN(4) == 0 {
			n.Reset = &plan.Field{Name: "ends"}
		}
		if r.IntN(4) == 0 {
			n.ResetNext = &plan.Field{Name: "ends"}
		}
		if n.OnChange && len(n.Keys) == 0 {
			n.OnChange = false
		}
		events := someVisits(r, 40)
		run := &runner{bd: newBinder(env)}
		i := 0
		for b, err := range run.window(visits(r, events), n) {
			if err != nil {
				t.Fatal(err)
			}
			out := b.Col("out")
			for row := range b.Rows {
				got, want := fmt.Sprint(out.Value(row)), fmt.Sprint(naive(n, events, i))
				if got != want {
					t.Fatalf("seed %d, %s, row %d %+v: %s, want %s", seed, n, i, events[i], got, want)
				}
				i++
			}
		}
		if i != len(events) {
			t.Fatalf("seed %d: %d rows of %d", seed, i, len(events))
		}
	}
}
