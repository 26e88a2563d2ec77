package sequence

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAssign(t *testing.T) {
	for _, c := range []struct {
		name    string
		filters int
		masks   []uint64
		want    []int
	}{
		{"one document per filter", 2, []uint64{0b01, 0b10}, []int{0, 1}},
		{"in any order", 2, []uint64{0b10, 0b01}, []int{1, 0}},
		{"the earliest", 2, []uint64{0b01, 0b01, 0b10, 0b10}, []int{0, 2}},
		{"documents are distinct", 2, []uint64{0b11}, nil},
		{"a filter without a document", 2, []uint64{0b01, 0b01}, nil},
		{"no documents", 1, nil, nil},
		{"a document of two filters does not block", 2, []uint64{0b11, 0b01}, []int{1, 0}},
		{"the first filter has the earliest", 2, []uint64{0b11, 0b11, 0b11}, []int{0, 1}},
		{"the others count too", 3, []uint64{0b111, 0b011, 0b001}, []int{2, 1, 0}},
		{"a chain of swaps", 3, []uint64{0b011, 0b110, 0b001, 0b001}, []int{2, 0, 1}},
		{"other filters are not ours", 1, []uint64{0b10, 0b11}, []int{1}},
	} {
		got, ok := Assign(c.filters, c.masks)
		if !slices.Equal(got, c.want) || ok != (c.want != nil) {
			t.Errorf("%s: got %v %v, want %v", c.name, got, ok, c.want)
		}
	}
}

// first is the lexicographically first choice of distinct documents, found by trying all.
func first(filters int, masks []uint64, chosen []int) []int {
	if len(chosen) == filters {
		return chosen
	}
	for doc, mask := range masks {
		if mask>>len(chosen)&1 == 0 || slices.Contains(chosen, doc) {
			continue
		}
		if out := first(filters, masks, append(slices.Clone(chosen), doc)); out != nil {
			return out
		}
	}
	return nil
}

func TestAssignAsAllTried(t *testing.T) {
	r, found := rand.New(rand.NewPCG(1, 2)), 0
	for range 20_000 {
		filters := 1 + r.IntN(5)
		masks := make([]uint64, r.IntN(9))
		for i := range masks {
			masks[i] = r.Uint64() & r.Uint64() & (1<<filters - 1)
		}
		want := first(filters, masks, nil)
		got, ok := Assign(filters, masks)
		if ok != (want != nil) || !slices.Equal(got, want) {
			t.Fatalf("%d filters, %b: got %v, want %v", filters, masks, got, want)
		}
		if ok {
			found++
		}
	}
	if found < 2000 {
		t.Errorf("only %d samples were there to find", found)
	}
}

// The worst that documents can do is to satisfy everything.
func TestAssignMany(t *testing.T) {
	masks := make([]uint64, 100_000)
	for i := range masks {
		masks[i] = ^uint64(0)
	}
	got, ok := Assign(Filters, masks)
	if !ok || got[0] != 0 || got[Filters-1] != Filters-1 {
		t.Errorf("got %v %v", got, ok)
	}
	masks[0], masks = 0, masks[:Filters]
	if got, ok := Assign(Filters, masks); ok {
		t.Errorf("%d filters found %d documents: %v", Filters, Filters-1, got)
	}
}
