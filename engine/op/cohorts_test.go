package op

import (
	"math/rand/v2"
	"testing"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// eventsOf is made-up events with the columns by which a scan orders them; in some logs _time is another time than that.
func eventsOf(r *rand.Rand) (out []*column.Batch) {
	ownClock, at := r.IntN(3) == 0, 0
	for _, b := range tables(r, "_time", "a", "b", "c", "row") {
		places := &column.Ints{}
		for range b.Rows {
			places.Values = append(places.Values, int64(at))
			at += 1 + r.IntN(3)
		}
		b = flagged(r, b, "starts", "ends").With(plan.Position, places)
		if b = b.With(plan.EventTime, b.Col("_time")); ownClock && r.IntN(2) == 0 {
			b = b.With(plan.EventTime, timed(r, b, r.IntN(50)).Col("_time"))
		}
		out = append(out, b)
	}
	return out
}

// TestCohorts divides events among workers and cohorts, with enough memory and with too little: the transactions are those of all events in order.
func TestCohorts(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 21))
		in, node := eventsOf(r), anyTransaction(r)
		node.Fields = [][]string{{"a"}, {"a", "b"}, {"b", "row", "a"}, {"row"}}[r.IntN(4)]
		sorted := &plan.Sort{In: &plan.Scan{}, Keys: []plan.SortKey{{Name: plan.EventTime, Desc: true, By: plan.Num}, {Name: plan.Position, Desc: true, By: plan.Num}}}
		if r.IntN(3) == 0 {
			sorted.Keys = append([]plan.SortKey{{Name: "b"}}, sorted.Keys...)
		}
		node.In = sorted
		need := plan.Everything()
		if r.IntN(2) == 0 {
			need = plan.Need{Names: map[string]bool{"c": true, "_time": true, "duration": true}}
		}
		run := func(s *spill.Space) *runner {
			return &runner{Config: Config{Space: s, BatchRows: 1 + r.IntN(3), Workers: 2, Env: &function.Env{}}, bd: newBinder(&function.Env{})}
		}
		serial := run(nil)
		keep := serial.wanting(need.Of(node, 0), serial.collect(sorted, sorted.Keys, 0))(nil)
		want := visible(t, drain(drain(batched(in), keep), serial.transactions(node, serial.bd)), need)
		for name, space := range map[string]*spill.Space{"held": nil, "put away": little(t, []int64{1, 3000, 20_000}[r.IntN(3)])} {
			c := run(space)
			sinks := make([]Sink, 1+r.IntN(3))
			for i := range sinks {
				sinks[i] = c.cohorts(node, sorted, need)(c.bd)
			}
			for _, i := range r.Perm(len(in)) {
				sinks[r.IntN(len(sinks))].Add(in[i])
			}
			for _, s := range sinks[1:] {
				sinks[0].Merge(s)
			}
			for range 2 { // a result may be read twice
				if got := visible(t, sinks[0].Result(), need); got != want {
					t.Fatalf("seed %d, %s, %s: %s", seed, node, name, firstDifference(got, want))
				}
			}
		}
	}
}

// visible is what is needed of rows, printed.
func visible(t *testing.T, in column.Stream, need plan.Need) string {
	t.Helper()
	return printed(t, func(yield func(*column.Batch, error) bool) {
		for b, err := range in {
			if err != nil {
				t.Fatal(err)
			}
			names, cols := []string(nil), []column.Vector(nil)
			for i, name := range b.Schema.Names {
				if !column.Hidden(name) && (need.All || need.Names[name]) {
					names, cols = append(names, name), append(cols, b.Cols[i])
				}
			}
			if !yield(column.NewBatch(column.NewSchema(names...), cols, b.Rows), nil) {
				return
			}
		}
	})
}
