package op

import (
	"testing"

	"spoor/engine/column"
)

// TestBinnedTimes bins times; what is no time among them stays as it is.
func TestBinnedTimes(t *testing.T) {
	in := []column.Value{column.Nanos(1_700_000_000e9), column.Integer(1_700_000_000), column.Integer(1_700_000_000_000), column.Real(-1e12), column.Str("noon")}
	want := []column.Value{column.Nanos(1_699_999_200e9), column.Nanos(1_699_999_200e9), in[2], in[3], in[4]}
	got := binned(column.FromValues(in), 3600, true)
	for i, w := range want {
		if v := got.Value(i); v.Kind() != w.Kind() || v.String() != w.String() {
			t.Errorf("%s is in %s, want %s", in[i], v, w)
		}
	}
}
