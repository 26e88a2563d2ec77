package op

import (
	"testing"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// TestLongLists holds that going over a list does not copy it for each of its values, and that what would be too long is null.
func TestLongLists(t *testing.T) {
	var long []column.Value
	for i := range 20_000 {
		long = append(long, column.Integer(int64(i)))
	}
	list := column.FromValues([]column.Value{column.Multi(long), column.Integer(7)})
	b := column.NewBatch(column.NewSchema("l", "m"), []column.Vector{list, list}, 2)
	for _, c := range []struct {
		e           plan.Expr
		first, then string
	}{
		{fn("mvcount", over(fn("mvmap", col("l"), fn("*", col("l"), lit(column.Integer(2)))))), "20000", "1"},
		{fn("mvcount", over(fn("mvmap", col("l"), col("m")))), "-", "1"},
		{fn("mvcount", over(fn("mvfilter", fn("<", col("l"), lit(column.Integer(10)))))), "10", "1"},
		{over(fn("mvmap", fn("mvindex", col("l"), lit(column.Integer(0)), lit(column.Integer(1))), fn(".", col("l"), lit(column.Str("x"))))), "0x,1x", "7x"},
	} {
		bd := newBinder(env)
		ev := bd.bind(c.e)
		if got := texts(ev.eval(b)); bd.err != nil || got[0] != c.first || got[1] != c.then && c.then != "" {
			t.Errorf("%s: %s, %v; want %s %s", c.e, got, bd.err, c.first, c.then)
		}
	}
}
