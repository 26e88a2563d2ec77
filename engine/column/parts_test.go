package column

import (
	"math/rand/v2"
	"testing"
)

// packed is a column as it is in a batch that was packed, where other texts lie before and behind its own.
func packed(v Vector) Vector {
	other := &Strings{Values: make([]string, v.Len())}
	for i := range other.Values {
		other.Values[i] = "other"[:i%6]
	}
	return NewBatch(NewSchema("before", "it", "behind"), []Vector{other, v, other}, v.Len()).Pack().Cols[1]
}

// TestGather holds that rows of pieces, whatever their encodings and kinds, are those that were asked for, in the narrowest vector.
func TestGather(t *testing.T) {
	var pieces []Vector
	byName := map[string][]Vector{}
	for name, values := range columns {
		for _, v := range encodings(values) {
			byName[name] = append(byName[name], v)
			pieces = append(pieces, v)
		}
		byName[name+" and none"] = append([]Vector{Nulls(5), Nulls(0)}, byName[name]...)
	}
	byName["all"] = pieces
	byName["texts without nulls"] = []Vector{FromValues([]Value{Str("a"), Str("b")}), FromValues([]Value{Str("c")})}
	byName["texts and a number"] = []Vector{FromValues([]Value{Str("a")}), &Const{Integer(7), 1}}
	r := rand.New(rand.NewPCG(1, 2))
	for name, vectors := range byName {
		parts := NewParts(vectors)
		for n := range 20 {
			var piece, row []uint32
			var want []Value
			for len(row) < n {
				at := r.IntN(len(vectors))
				if vectors[at].Len() == 0 {
					continue
				}
				piece, row = append(piece, uint32(at)), append(row, uint32(r.IntN(vectors[at].Len())))
				want = append(want, vectors[at].Value(int(row[len(row)-1])))
			}
			for _, got := range []Vector{parts.Gather(piece, row), packed(parts.Gather(piece, row))} {
				if got.Len() != n {
					t.Fatalf("%s: %d rows, want %d", name, got.Len(), n)
				}
				for i, v := range want {
					if !Equal(got.Value(i), v) || got.IsNull(i) != v.IsNull() || !Equal(parts.Value(int(piece[i]), int(row[i])), v) {
						t.Fatalf("%s: %v, want %v", name, got.Value(i), v)
					}
					number, kind := parts.Ordinal(int(piece[i]), int(row[i]))
					if n, k := Ordinal(v); number != n || kind != k {
						t.Fatalf("%s: %v is %d, %v", name, v, number, kind)
					}
				}
				if _, constant := FromValues(want).(*Const); constant && n > 0 {
					if _, ok := got.(*Const); !ok {
						t.Fatalf("%s: no values in a %T", name, got)
					}
				}
			}
		}
	}
}
