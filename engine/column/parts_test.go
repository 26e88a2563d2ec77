package column

import (
	"math/rand/v2"
	"strconv"
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

// TestPackRows holds that rows of several columns are those of each of them, whether their texts lie side by side or not.
func TestPackRows(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	for round := range 300 {
		var batches []*Batch
		width, lacking := 1+r.IntN(3), round%3 == 0
		for range 1 + r.IntN(4) {
			rows := r.IntN(4)
			var names []string
			var cols []Vector
			for c := range width {
				values := make([]string, rows)
				null := make([]bool, rows)
				for i := range values {
					values[i], null[i] = strconv.Itoa(r.IntN(1e6))[:r.IntN(2)], lacking && r.IntN(3) == 0
				}
				v := &Strings{Values: values}
				if lacking && r.IntN(2) == 0 {
					v.Null = null
				}
				names, cols = append(names, strconv.Itoa(c)), append(cols, v)
			}
			batches = append(batches, NewBatch(NewSchema(append(names, "number")...), append(cols, &Ints{Values: make([]int64, rows)}), rows).Pack())
		}
		var parts []*Parts
		for c := range width + 1 {
			var vectors []Vector
			for _, b := range batches {
				vectors = append(vectors, b.Cols[c])
			}
			parts = append(parts, NewParts(vectors))
		}
		var piece, row []uint32
		for range 30 {
			at := r.IntN(len(batches))
			if n := batches[at].Rows; n > 0 {
				piece, row = append(piece, uint32(at)), append(row, uint32(r.IntN(n)))
			}
		}
		for c, got := range PackRows(parts, piece, row) {
			if got.Len() != len(row) {
				t.Fatalf("round %d: %d rows, want %d", round, got.Len(), len(row))
			}
			for i := range row {
				if want := batches[piece[i]].Cols[c].Value(int(row[i])); !Equal(got.Value(i), want) {
					t.Fatalf("round %d: %v, want %v", round, got.Value(i), want)
				}
			}
		}
	}
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
