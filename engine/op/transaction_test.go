package op

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// anyTransaction is one of the fields a and b, with any bounds.
func anyTransaction(r *rand.Rand) *plan.Transaction {
	n := &plan.Transaction{
		Fields: []string{"a", "b"}[:r.IntN(3)], Span: -1, Pause: -1, Most: r.IntN(4) * 2, Missing: "NULL",
		Loose: r.IntN(2) == 0, Evicted: r.IntN(2) == 0, Orphans: r.IntN(2) == 0, Lists: r.IntN(2) == 0,
	}
	if r.IntN(2) == 0 {
		n.Span = time.Duration(r.IntN(1e6)) * time.Second
	}
	if r.IntN(2) == 0 {
		n.Pause = time.Duration(r.IntN(1e5)) * time.Second
	}
	if r.IntN(2) == 0 {
		n.Start = &plan.Field{Name: "starts"}
	}
	if r.IntN(2) == 0 {
		n.End = &plan.Field{Name: "ends"}
	}
	return n
}

// transacted is the transactions of rows, printed.
func transacted(t *testing.T, n *plan.Transaction, in []*column.Batch, s *spill.Space) string {
	t.Helper()
	run := &runner{Config: Config{Space: s, BatchRows: 3, Workers: 2, Env: &function.Env{}}, bd: newBinder(&function.Env{})}
	return printed(t, drain(batched(in), run.transactions(n, run.bd)))
}

// TestTransactionsInOrder makes transactions of rows that come newest first, and of the same rows in another order.
func TestTransactionsInOrder(t *testing.T) {
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 8))
		in := tables(r, "_time", "a", "b", "c", "row")
		for i, b := range in {
			in[i] = flagged(r, b, "starts", "ends")
		}
		node := anyTransaction(r)
		want := transacted(t, node, in, nil)
		var sorted []*column.Batch
		for b := range drain(batched(in), &collector{size: 1 + r.IntN(20), keys: newestRows}) {
			sorted = append(sorted, b)
		}
		for name, space := range map[string]*spill.Space{"held": nil, "put away": little(t, []int64{1, 3000, 20_000}[r.IntN(3)])} {
			if got := transacted(t, node, sorted, space); got != want {
				t.Fatalf("seed %d, %s, in order and %s: %s", seed, node, name, firstDifference(got, want))
			}
		}
	}
}

// TestTransactionsByAge sorts as a stable sort does, whatever order the times are in.
func TestTransactionsByAge(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 9))
		var list []*txn
		at := int64(r.IntN(1000))
		for i := range r.IntN(600) {
			x := &txn{number: uint32(i), count: uint32(1 + r.IntN(1+int(seed%3))), oldest: at}
			if at -= r.Int64N(5); r.IntN(20) == 0 {
				x.oldest += r.Int64N(200) - 100
			}
			list = append(list, x)
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, func(x, y *txn) int { return cmp.Compare(y.oldest, x.oldest) })
		if got := byAge(list); !slices.Equal(got, want) {
			t.Fatalf("seed %d: another order than that of a stable sort", seed)
		}
	}
}
