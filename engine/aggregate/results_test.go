package aggregate

import (
	"testing"

	"spoor/engine/column"
)

// What kinds of results there are and in which order they come is all the same to the values of their column.
func TestResults(t *testing.T) {
	one, half, text, list := column.Integer(1), column.Real(0.5), column.Str("x"), column.Multi([]column.Value{column.Str("a"), column.Str("b")})
	for _, want := range [][]column.Value{
		{}, {{}, {}}, {one, one}, {one, {}}, {{}, half}, {one, half, {}}, {half, one}, {text, one}, {{}, one, half, text}, {one, list}, {list, {}, half},
	} {
		calls := 0
		v := results(len(want), func(g int) column.Value { calls++; return want[g] })
		if v.Len() != len(want) || calls != len(want) {
			t.Errorf("%v: %d rows of %d calls", want, v.Len(), calls)
			continue
		}
		for i, x := range want {
			if !column.Equal(v.Value(i), x) || v.IsNull(i) != x.IsNull() {
				t.Errorf("%v: row %d is %v", want, i, v.Value(i))
			}
		}
	}
}
