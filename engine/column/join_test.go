package column

import (
	"fmt"
	"testing"
)

// Batches that are joined have the rows that they had, in vectors that hold no text twice if it comes often.
func TestJoin(t *testing.T) {
	null := Value{}
	for _, c := range []struct {
		name  string
		parts []Vector
		want  string
	}{
		{"constants alike", []Vector{&Const{Str("a"), 2}, &Const{Str("a"), 3}}, "*column.Const"},
		{"nulls", []Vector{Nulls(2), Nulls(1)}, "*column.Const"},
		{"constants that differ", []Vector{&Const{Str("a"), 4}, &Const{Str("b"), 4}}, "*column.Dict"},
		{"texts that come often", []Vector{FromValues([]Value{Str("x"), Str("y"), Str("x"), null}), &Dict{[]uint32{0, 0, 1, 0}, DictionaryOf([]Value{Str("x"), null})}}, "*column.Dict"},
		{"texts that come once", []Vector{FromValues([]Value{Str("x"), Str("y")}), FromValues([]Value{Str("z"), null})}, "*column.Packed"},
		{"numbers", []Vector{FromValues([]Value{Integer(1), Integer(2)}), FromValues([]Value{Integer(3)})}, "*column.Flat[int64]"},
		{"a list", []Vector{FromValues([]Value{Multi([]Value{Str("x"), Str("y")})}), FromValues([]Value{Str("x"), null})}, "*column.Multis"},
		{"numbers and texts", []Vector{&Dict{[]uint32{0, 1}, DictionaryOf([]Value{Integer(1), Str("1")})}, &Const{Str("1"), 2}}, "*column.Flat[spoor/engine/column.Value]"},
	} {
		var batches []*Batch
		var want []Value
		for _, v := range c.parts {
			batches = append(batches, NewBatch(NewSchema("f"), []Vector{v}, v.Len()))
			want = append(want, ToValues(v)...)
		}
		got := Join(batches)
		if kind := fmt.Sprintf("%T", got.Cols[0]); kind != c.want {
			t.Errorf("%s: joined as %s, want %s", c.name, kind, c.want)
		}
		if got.Rows != len(want) || got.Cols[0].Len() != len(want) {
			t.Errorf("%s: %d rows, want %d", c.name, got.Rows, len(want))
		}
		for i, v := range want {
			if !Equal(got.Cols[0].Value(i), v) {
				t.Errorf("%s: row %d is %v, want %v", c.name, i, got.Cols[0].Value(i), v)
			}
		}
	}
}
