package sequence

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// benchmark feeds a million offers of so many keys, for the stages from one to another.
func benchmark(b *testing.B, c Config, keys uint64, from, to int) {
	const n = 1_000_000
	r := rand.New(rand.NewPCG(1, 2))
	offers := make([]Offer[int64], n)
	for i := range offers {
		k := r.Uint64N(keys)
		offers[i] = Offer[int64]{Time: int64(i) * 1000, Pos: int64(i), Key: Key{k, k * 7}, Stage: uint16(from + r.IntN(to-from)), Ref: int64(i)}
	}
	if !slices.IsSortedFunc(offers, New[int64](c).Compare) {
		b.Fatal("the offers are not in order")
	}
	b.ReportAllocs()
	for b.Loop() {
		m := New[int64](c)
		for part := range slices.Chunk(offers, 4096) {
			m.Feed(part, func(Match[int64]) {})
		}
		m.Flush(func(Match[int64]) {})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/offer")
}

func BenchmarkMachine(b *testing.B) {
	two := Config{Stages: make([]Stage, 2)}
	b.Run("2 stages", func(b *testing.B) { benchmark(b, two, 1000, 0, 2) })
	b.Run("2 stages, many keys", func(b *testing.B) { benchmark(b, two, 1_000_000, 0, 2) })
	b.Run("2 stages, many keys, maxspan", func(b *testing.B) {
		benchmark(b, Config{Stages: two.Stages, MaxSpan: 10_000_000}, 1_000_000, 0, 2)
	})
	b.Run("5 stages", func(b *testing.B) { benchmark(b, Config{Stages: make([]Stage, 5)}, 1000, 0, 5) })
	b.Run("nothing begins", func(b *testing.B) { benchmark(b, Config{Stages: make([]Stage, 5)}, 1000, 1, 5) })
	b.Run("runs=60", func(b *testing.B) { benchmark(b, Config{Stages: []Stage{{Runs: 60}}}, 1000, 0, 1) })
	b.Run("runs=60 and one more", func(b *testing.B) {
		benchmark(b, Config{Stages: []Stage{{Runs: 60}, {}}, MaxSpan: 100_000_000}, 1000, 0, 2)
	})
	b.Run("missing at the end", func(b *testing.B) {
		benchmark(b, Config{Stages: []Stage{{}, {Missing: true}}, MaxSpan: 1_000_000}, 1000, 0, 2)
	})
}
