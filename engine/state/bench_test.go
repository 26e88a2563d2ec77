package state

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// many is findings of a run whose fingerprints are hashes.
func many(random *rand.Rand, n int) []Told {
	out := make([]Told, n)
	for i := range out {
		native.PutUint64(out[i].Fingerprint[:], random.Uint64())
		native.PutUint64(out[i].Fingerprint[8:], random.Uint64())
		out[i].Sighting = Sighting{Rule: "f3818c85-2207-4b51-8a28-d70fb156ee87", First: int64(i), Last: int64(i), Seen: 1, Digest: random.Uint64()}
	}
	return out
}

// BenchmarkRun is a run that tells 40,000 findings: looks all of them up, announces and commits them, in a folder that knows so many others already.
func BenchmarkRun(b *testing.B) {
	for _, known := range []int{0, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(known), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 1))
			s := opened(b, b.TempDir())
			id := uint64(0)
			run := func(told []Told, day int) {
				id++
				r := Run{ID: id, Began: at0(float64(day)), Remember: 30 * 24 * time.Hour}
				var list []Fingerprint
				for _, x := range told {
					list = append(list, x.Fingerprint)
				}
				if got := must[map[Fingerprint]Sighting](b)(s.Sightings(list)); len(got) != 0 {
					b.Fatal("they are known")
				}
				if err := s.Announce(r, told); err != nil {
					b.Fatal(err)
				}
				if err := s.Commit(r, Change{Told: told}); err != nil {
					b.Fatal(err)
				}
			}
			for day := range 20 {
				if known > 0 {
					run(many(random, known/20), day)
				}
			}
			b.ReportAllocs()
			day := 20
			for b.Loop() {
				b.StopTimer()
				told := many(random, 40_000)
				day++
				b.StartTimer()
				run(told, day)
			}
		})
	}
}

// BenchmarkOpen is opening, and with it looking through, a folder of a million sightings.
func BenchmarkOpen(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	dir := b.TempDir()
	s := opened(b, dir)
	for id := range uint64(20) {
		if err := s.Commit(Run{ID: id + 1, Began: at0(float64(id))}, Change{Told: many(random, 50_000)}); err != nil {
			b.Fatal(err)
		}
	}
	s.Close()
	b.ReportAllocs()
	for b.Loop() {
		opened(b, dir).Close()
	}
}
