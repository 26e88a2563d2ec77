package op

import (
	"math/rand/v2"
	"testing"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// What is held is found again whatever it was put together with, and is gone with the last of its offers.
func TestHolder(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	s := &holder{}
	type kept struct {
		in  *held
		pos int64
	}
	var list []kept
	pos, most := int64(0), 0
	for round := range 2000 {
		var fresh []*held
		for range random.IntN(4) {
			h := &held{}
			for range 1 + random.IntN(3) {
				n := 1 + random.IntN(3)
				names := []string{plan.Position, "a"}
				if random.IntN(2) == 0 {
					names = []string{plan.Position, "b"}
				}
				places, texts := make([]int64, n), make([]column.Value, n)
				for i := range n {
					pos++
					places[i], texts[i] = pos, column.Integer(pos)
					if random.IntN(3) > 0 {
						h.offers++
						list = append(list, kept{h, pos})
					}
				}
				h.batches = append(h.batches, column.NewBatch(column.NewSchema(names...), []column.Vector{&column.Ints{Values: places}, column.FromValues(texts)}, n))
			}
			fresh = append(fresh, h)
		}
		s.take(fresh)
		for len(list) > 500 {
			s.release(list[0].in)
			list = list[1:]
		}
		if most = max(most, len(s.list)); round%100 != 0 {
			continue
		}
		for _, k := range list {
			found := 0
			for _, b := range k.in.where().batches {
				for i := range b.Rows {
					if b.Col(plan.Position).Value(i).Int() == k.pos {
						found++
						if a, b := b.Col("a").Value(i), b.Col("b").Value(i); a.Int()+b.Int() != k.pos {
							t.Fatalf("%d has %s and %s", k.pos, a, b)
						}
					}
				}
			}
			if found != 1 {
				t.Fatalf("round %d: %d is held %d times", round, k.pos, found)
			}
		}
	}
	if most > 40 {
		t.Errorf("events are held in %d pieces", most)
	}
	for _, k := range list {
		s.release(k.in)
	}
	if len(s.list) > 0 || s.bytes != 0 {
		t.Errorf("%d pieces and %d bytes are held for nothing", len(s.list), s.bytes)
	}
}
