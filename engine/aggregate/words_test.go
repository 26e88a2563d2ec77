package aggregate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"spoor/engine/column"
)

// A value counts once, whether it comes as a code of one dictionary, of another one or as it is, and whichever state meets it first.
func TestDistinctOfManyDictionaries(t *testing.T) {
	const groups = 3
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 4))
		want := [groups]map[string]bool{{}, {}, {}}
		dictionaries := []*column.Dictionary{column.NewDictionary(), column.NewDictionary(), column.NewDictionary()}
		states := make([]State, 3)
		for worker := range states {
			states[worker] = distinct.New(0)
			for range r.IntN(6) {
				group, values := make([]uint32, 20), make([]column.Value, 20)
				for i := range group {
					group[i] = uint32(r.IntN(groups))
					if text := fmt.Sprint("a text of some length ", r.IntN(40)); r.IntN(8) > 0 {
						values[i] = column.Str(text)
						want[group[i]][text] = true
					}
				}
				states[worker].Add(group, []column.Vector{coded(dictionaries[max(0, r.IntN(5)-2)], values, r.IntN(6) == 0)})
			}
		}
		for _, from := range states[1:] {
			states[0].Merge(from, []uint32{0, 1, 2})
		}
		for g, texts := range want {
			if got := states[0].Result(groups).Value(g).Int(); got != int64(len(texts)) {
				t.Fatalf("seed %d: %d different values in group %d, want %d", seed, got, g, len(texts))
			}
		}
	}
}

// coded is texts by their codes, or as they are.
func coded(d *column.Dictionary, values []column.Value, flat bool) column.Vector {
	codes := make([]uint32, len(values))
	for i, v := range values {
		if !v.IsNull() {
			codes[i] = d.Intern([]byte(v.Text()))
		}
	}
	if flat {
		return column.FromValues(values)
	}
	return &column.Dict{Codes: codes, Dictionary: d}
}
