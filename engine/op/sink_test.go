package op

import (
	"slices"
	"testing"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// Where no row is left, the columns are still told.
func TestSinksWithoutRows(t *testing.T) {
	count, _, _ := aggregate.Lookup("count")
	groups := &plan.Aggregate{Keys: []string{"x"}, Aggs: []plan.Agg{{Func: count, As: "n"}}}
	empty := column.NewBatch(column.NewSchema("x"), []column.Vector{column.Nulls(0)}, 0)
	for name, c := range map[string]struct {
		sink Sink
		want []string
	}{
		"groups":  {newAggregator(groups, newBinder(env), 10), []string{"x", "n"}},
		"attach":  {&attacher{collector: &collector{size: 10}, keeper: keeper{&plan.Need{All: true}}, of: newAggregator(groups, newBinder(env), 10)}, []string{"x", "n"}},
		"tail":    {&tail{last: 3, size: 10}, []string{"x"}},
		"sort":    {&collector{keys: []plan.SortKey{{Name: "x"}}, size: 10}, []string{"x"}},
		"bins":    {&bins{collector{size: 10}, &plan.Bins{Field: "x", As: "y", N: 100}}, []string{"x", "y"}},
		"reverse": {&tail{last: -1, size: 10}, []string{"x"}},
	} {
		c.sink.Add(empty)
		batches := 0
		for b, err := range c.sink.Result() {
			if batches++; err != nil || b.Rows != 0 || !slices.Equal(b.Schema.Names, c.want) {
				t.Errorf("%s: %v, %d rows of %q", name, err, b.Rows, b.Schema.Names)
			}
		}
		if batches != 1 {
			t.Errorf("%s: %d batches", name, batches)
		}
	}
}
