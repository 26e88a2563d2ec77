package op

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// little is a space that holds hardly anything.
func little(t *testing.T, bytes int64) *spill.Space {
	dir := t.TempDir()
	s := spill.New(context.Background(), bytes, dir)
	t.Cleanup(func() {
		s.Close()
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%v was left behind", left)
		}
	})
	return s
}

// anyKey is a value of many kinds, often equal to another one.
func anyKey(r *rand.Rand) column.Value {
	switch r.IntN(7) {
	case 0:
		return column.Integer(int64(r.IntN(5)))
	case 1:
		return column.Str(fmt.Sprint(r.IntN(5)))
	case 2:
		return column.Real(float64(r.IntN(5)) / 2)
	case 3:
		return column.Str([]string{"", "a", "b", "10.0.0.1", "9.0.0.1"}[r.IntN(5)])
	case 4:
		return column.Nanos(int64(r.IntN(3)) * 1e9)
	case 5:
		return column.Multi([]column.Value{column.Integer(int64(r.IntN(2))), column.Str("x")})
	}
	return column.Value{}
}

// anyRows is a batch of some of the columns a to e, and row, which numbers the rows.
func anyRows(r *rand.Rand, from, rows int) *column.Batch {
	b := column.NewBatch(column.NewSchema(), nil, rows)
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		if r.IntN(3) == 0 {
			continue
		}
		values := make([]column.Value, rows)
		same := r.IntN(3) == 0
		for i := range values {
			if same {
				values[i] = column.Integer(int64(r.IntN(3)))
			} else if r.IntN(8) > 0 {
				values[i] = anyKey(r)
			}
		}
		b = b.With(name, column.FromValues(values))
	}
	number := &column.Ints{}
	for i := range rows {
		number.Values = append(number.Values, int64(from+i))
	}
	return b.With("row", number)
}

// printed is the rows of a stream as text, with their columns and the kinds of their values.
func printed(t *testing.T, s column.Stream) string {
	t.Helper()
	var out strings.Builder
	var last *column.Schema
	for b, err := range s {
		if err != nil {
			t.Fatal(err)
		}
		if b.Schema != last {
			fmt.Fprintf(&out, "%q\n", b.Schema.Names)
			last = b.Schema
		}
		for i := range b.Rows {
			for _, v := range b.Row(i) {
				fmt.Fprintf(&out, "%s %s\t", v.Kind(), v)
			}
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// firstDifference is the first line in which two results differ.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("row %d put away is\n%s\nand held\n%s", i, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d rows put away, %d held", len(a), len(b))
}

// TestSortedAway sorts the same rows with enough memory and with too little.
func TestSortedAway(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 1))
		proto := collector{size: []int{1, 10, 1000}[r.IntN(3)], loose: r.IntN(3) == 0, filled: r.IntN(3) == 0}
		for _, name := range []string{"a", "b", "c"}[:r.IntN(4)] {
			proto.keys = append(proto.keys, plan.SortKey{Name: name, Desc: r.IntN(2) == 0, By: []plan.Compare{plan.Auto, plan.Num, plan.Text, plan.IP}[r.IntN(4)]})
		}
		if r.IntN(3) == 0 {
			proto.limit = 1 + r.IntN(300)
		}
		if proto.loose {
			proto.arrange = canonicalNames
		}
		whole, parts := proto, proto
		parts.space = little(t, []int64{1, 4000, 100_000}[r.IntN(3)])
		parts.account = parts.space.Account()
		n := 0
		for range 1 + r.IntN(200) {
			b := anyRows(r, n, r.IntN(9))
			n += b.Rows
			whole.Add(b)
			parts.Add(b)
		}
		want, got := printed(t, whole.Result()), printed(t, parts.Result())
		if got != want {
			t.Fatalf("seed %d, %+v: %s", seed, proto.keys, firstDifference(got, want))
		}
		if again := printed(t, parts.Result()); again != got {
			t.Fatalf("seed %d: reading again gives\n%s\nnot\n%s", seed, again, got)
		}
	}
}

// everyAggregate is all aggregates over column c.
func everyAggregate() (out []plan.Agg) {
	field := func(name string) plan.Expr { return &plan.Field{Name: name} }
	for _, f := range aggregate.All() {
		agg := plan.Agg{Func: f, Param: 60, Args: []plan.Expr{field("c")}, As: f.Name}
		switch {
		case f.Series:
			agg.Args = append(agg.Args, field("b"))
		case f.PerSpan:
			agg.Args = append(agg.Args, &plan.Const{V: column.Real(60)})
		}
		out = append(out, agg)
	}
	return out
}

// timed gives rows a time and a position.
func timed(r *rand.Rand, b *column.Batch, from int) *column.Batch {
	times, places := &column.Times{}, &column.Ints{}
	for i := range b.Rows {
		times.Values = append(times.Values, column.Instant(r.IntN(1e6))*1e9)
		places.Values = append(places.Values, int64(from+i))
	}
	return b.With("_time", times).With(plan.Position, places)
}

// TestGroupsAway computes all aggregates with enough memory and with too little, in one sink or in two.
func TestGroupsAway(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		node := &plan.Aggregate{Keys: []string{"a", "b", "row"}[:1+r.IntN(3)], Aggs: everyAggregate()}
		bd := newBinder(&function.Env{})
		space := little(t, []int64{1, 20_000, 300_000}[r.IntN(3)])
		ordered := r.IntN(2) == 0 // and so by a single stream
		if !ordered {
			node.Aggs = slices.DeleteFunc(node.Aggs, func(a plan.Agg) bool { return a.Func.Ordered })
		}
		whole, parts, other := newAggregator(node, bd, 10), newAggregator(node, bd, 10), newAggregator(node, bd, 10)
		parts.space, parts.account = space, space.Account()
		other.space, other.account = space, space.Account()
		n := 0
		for range 1 + r.IntN(40) {
			b := timed(r, anyRows(r, n%7, r.IntN(9)), n)
			n += b.Rows
			whole.Add(b)
			if ordered || r.IntN(2) == 0 {
				parts.Add(b)
			} else {
				other.Add(b)
			}
		}
		parts.Merge(other)
		want, got := printed(t, whole.Result()), printed(t, parts.Result())
		if got != want {
			t.Fatalf("seed %d, by %q: %s", seed, node.Keys, firstDifference(got, want))
		}
		if again := printed(t, parts.Result()); again != got {
			t.Fatalf("seed %d: reading again gives\n%s\nnot\n%s", seed, again, got)
		}
	}
}

// TestAttachedAway gives rows the aggregates of their groups with enough memory and with too little.
func TestAttachedAway(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		node := &plan.Attach{Keys: []string{"a", "b", "row"}[:r.IntN(4)], Aggs: everyAggregate()[r.IntN(20):]}
		need, keyless := needOf(r, node)
		attacher := func(s *spill.Space) Sink {
			run := &runner{Config: Config{BatchRows: 5, Space: s}, bd: newBinder(&function.Env{})}
			node.In = &plan.Rows{}
			return run.attach(node, need)(run.bd)
		}
		whole, parts := attacher(nil), attacher(little(t, []int64{1, 20_000, 300_000}[r.IntN(3)]))
		n := 0
		for range 1 + r.IntN(40) {
			b := timed(r, anyRows(r, n%11, r.IntN(9)), n)
			n += b.Rows
			whole.Add(b)
			parts.Add(b)
		}
		want, got := printed(t, keyless(whole.Result())), printed(t, keyless(parts.Result()))
		if got != want {
			t.Fatalf("seed %d, by %q: %s", seed, node.Keys, firstDifference(got, want))
		}
		if again := printed(t, keyless(parts.Result())); again != got {
			t.Fatalf("seed %d: reading again gives\n%s\nnot\n%s", seed, again, got)
		}
	}
}

// tables is batches of which all have the same columns, as they have above the cut.
func tables(r *rand.Rand, names ...string) (out []*column.Batch) {
	n := 0
	for range 1 + r.IntN(40) {
		b := timed(r, anyRows(r, n, r.IntN(9)), n)
		n += b.Rows
		cols := make([]column.Vector, len(names))
		for i, name := range names {
			cols[i] = b.Col(name)
		}
		out = append(out, column.NewBatch(column.NewSchema(names...), cols, b.Rows))
	}
	return out
}

// TestDedupAway drops repeated combinations with enough memory and with too little.
func TestDedupAway(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 4))
		in := tables(r, "row", "a", "b", "c")
		node := &plan.Dedup{
			Fields: []string{"a", "b"}[:1+r.IntN(2)], N: 1 + r.IntN(3),
			KeepEmpty: r.IntN(2) == 0, KeepEvents: r.IntN(3) == 0, Consecutive: r.IntN(4) == 0,
		}
		rows := func(s *spill.Space) string {
			return printed(t, (&runner{Config: Config{Space: s}}).dedup(batched(in), node))
		}
		want, got := rows(nil), rows(little(t, []int64{1, 1000, 4000}[r.IntN(3)]))
		if got != want {
			t.Fatalf("seed %d, %s: %s", seed, node, firstDifference(got, want))
		}
	}
}

// given is a node whose rows a runner of a test is handed.
func given(r *runner, batches []*column.Batch) plan.Node {
	n := &plan.Given{}
	if r.given == nil {
		r.given = map[*plan.Given]column.Stream{}
	}
	r.given[n] = batched(batches)
	return n
}

// TestTwoSidesAway joins, compares and puts beside each other two sides with enough memory and with too little.
func TestTwoSidesAway(t *testing.T) {
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 5))
		left, right := tables(r, "a", "b", "c", "_time"), tables(r, "b", "d", "a", "e", "_time")
		keys := [][]string{nil, {"a"}, {"b", "a"}}[r.IntN(3)]
		join := plan.Join{Keys: keys, Outer: r.IntN(2) == 0, Max: r.IntN(3), Keep: r.IntN(2) == 0, When: []plan.JoinTime{plan.AnyTime, plan.NoLater, plan.NoEarlier}[r.IntN(3)]}
		set := plan.Set{Mode: plan.SetMode(r.IntN(3))}
		beside := plan.AppendColumns{Override: r.IntN(2) == 0}
		rows := func(s *spill.Space) (out [3]string) {
			run := &runner{Config: Config{Space: s, BatchRows: 7}}
			l, o := given(run, left), given(run, right)
			for i, n := range []plan.Node{join.With(l, o), set.With(l, o), beside.With(l, o)} {
				out[i] = printed(t, run.stream(n, plan.Everything()))
			}
			return out
		}
		want, got := rows(nil), rows(little(t, []int64{1, 3000, 20_000}[r.IntN(3)]))
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("seed %d, %s, %s, %s: the %d. differs: %s", seed, &join, &set, &beside, i+1, firstDifference(got[i], want[i]))
			}
		}
	}
}

// flagged is rows with columns of truth values.
func flagged(r *rand.Rand, b *column.Batch, names ...string) *column.Batch {
	for _, name := range names {
		values := make([]column.Value, b.Rows)
		for i := range values {
			values[i] = column.Boolean(r.IntN(4) == 0)
		}
		b = b.With(name, column.FromValues(values))
	}
	return b
}

// TestTransactionsAway makes transactions with enough memory and with too little.
func TestTransactionsAway(t *testing.T) {
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 6))
		in := tables(r, "_time", "a", "b", "c", "row")
		for i, b := range in {
			in[i] = flagged(r, b, "starts", "ends")
		}
		node := anyTransaction(r)
		want, got := transacted(t, node, in, nil), transacted(t, node, in, little(t, []int64{1, 3000, 20_000}[r.IntN(3)]))
		if got != want {
			t.Fatalf("seed %d, %s: %s", seed, node, firstDifference(got, want))
		}
	}
}

// TestKeptAway runs operators that keep all rows with enough memory and with too little.
func TestKeptAway(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		in := tables(r, "_time", "a", "b", "row")
		count, _, _ := aggregate.Lookup("count")
		nodes := []plan.Node{
			&plan.Tail{N: r.IntN(200)}, &plan.Reverse{}, &plan.Bins{Field: "a", As: "x", N: 1 + r.IntN(20), Start: math.NaN(), End: math.NaN()},
			&plan.Chart{Row: "_time", Aggs: []plan.Agg{{Func: count, As: "n"}}, Spans: &plan.Spans{Most: 5}},
		}
		rows := func(s *spill.Space) (out []string) {
			env := &function.Env{Zone: time.UTC}
			run := &runner{Config: Config{Space: s, BatchRows: 3, Env: env}, bd: newBinder(env)}
			for _, n := range nodes {
				out = append(out, printed(t, run.stream(n.With(given(run, in)), plan.Everything())))
			}
			return out
		}
		want, got := rows(nil), rows(little(t, []int64{1, 3000, 20_000}[r.IntN(3)]))
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("seed %d, %s: %s", seed, nodes[i], firstDifference(got[i], want[i]))
			}
		}
	}
}
