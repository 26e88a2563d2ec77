package op

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Of each process the latest lives are known, in whatever order they came, each once; and none of it in places that nobody uses again.
func TestDescents(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	s := newDescents()
	want := map[digest][]life{}
	for n := range 50_000 {
		who := digest{Lo: uint64(random.IntN(40))}
		if random.IntN(500) == 0 {
			s.drop(who)
			delete(want, who)
			continue
		}
		l := life{process: who, time: int64(n/100 + random.IntN(200)), pos: int64(random.IntN(3)), fact: 7}
		s.add(l)
		if list := want[who]; !slices.Contains(list, l) {
			list = append(list, l)
			slices.SortFunc(list, func(x, y life) int { return y.compare(&x) })
			want[who] = list[:min(len(list), mostLives)]
		}
		if got := s.of(who); !slices.Equal(got, want[who]) {
			t.Fatalf("after %d: known are %v, want %v", n, got, want[who])
		}
	}
	known := 0
	for _, list := range want {
		known += len(list)
	}
	if s.n != known || len(s.list) > 1500 {
		t.Errorf("%d lives are counted, of %d, in %d places", s.n, known, len(s.list))
	}
}
