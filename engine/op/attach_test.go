package op

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// TestAttachedMerged gives rows of two workers the aggregates of their groups, when some of the rows were put away and no groups.
func TestAttachedMerged(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 5))
		node := &plan.Attach{In: &plan.Rows{}, Keys: []string{"a", "b"}[:1+r.IntN(2)], Aggs: everyAggregate()}
		node.Aggs = slices.DeleteFunc(node.Aggs, func(a plan.Agg) bool { return a.Func.Ordered })
		need, keyless := needOf(r, node)
		worker := func(s *spill.Space) *attacher {
			run := &runner{Config: Config{BatchRows: 5, Space: s}, bd: newBinder(&function.Env{})}
			sink := run.attach(node, need)(run.bd).(*attacher)
			sink.of.account, sink.arrange = nil, canonicalNames
			return sink
		}
		space := little(t, []int64{1, 20_000, 1 << 40}[r.IntN(3)])
		whole, parts := worker(nil), []*attacher{worker(space), worker(space)}
		n := 0
		for range 1 + r.IntN(40) {
			b := timed(r, anyRows(r, n%7, r.IntN(9)), n)
			n += b.Rows
			whole.Add(b)
			parts[r.IntN(2)].Add(b)
		}
		parts[0].Merge(parts[1])
		want, got := sortedLines(printed(t, keyless(whole.Result()))), sortedLines(printed(t, keyless(parts[0].Result())))
		if got != want {
			t.Fatalf("seed %d, by %q: %s", seed, node.Keys, firstDifference(got, want))
		}
	}
}

// needOf is a need of all, or of all but the keys, and what takes these away from the rows.
func needOf(r *rand.Rand, n *plan.Attach) (plan.Need, func(column.Stream) column.Stream) {
	need := plan.Everything()
	if r.IntN(2) == 0 {
		return need, func(rows column.Stream) column.Stream { return rows }
	}
	need.All = false
	for _, name := range []string{"a", "b", "c", "d", "e", "row"} {
		need.Names[name] = !slices.Contains(n.Keys, name)
	}
	return need, func(rows column.Stream) column.Stream {
		return func(yield func(*column.Batch, error) bool) {
			for b, err := range rows {
				for _, key := range n.Keys {
					b = without(b, key)
				}
				if !yield(b, err) {
					return
				}
			}
		}
	}
}

// sortedLines is printed rows in an order of their own, without the names of columns.
func sortedLines(text string) string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.HasPrefix(line, "[") })
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
