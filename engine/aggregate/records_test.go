package aggregate

import (
	"math/rand/v2"
	"testing"
)

// States that lie side by side give what they give alone: of rows, merged, and saved and loaded.
func TestBeside(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 9))
		funcs := every()
		r.Shuffle(len(funcs), func(i, j int) { funcs[i], funcs[j] = funcs[j], funcs[i] })
		funcs = append(funcs[:r.IntN(len(funcs))], count, sum, maximum, minimum, sampleVariance, count)
		r.Shuffle(len(funcs), func(i, j int) { funcs[i], funcs[j] = funcs[j], funcs[i] })
		rows := newSample(r, 1+r.IntN(30))
		var all, sets [2][]State
		for i := range sets {
			for _, f := range funcs {
				all[i], sets[i] = append(all[i], f.New(60)), append(sets[i], f.New(60))
			}
			Beside(sets[i])
			order := r.Perm(len(rows.group))
			groups := make([]uint32, len(order))
			for k, row := range order {
				groups[k] = rows.group[row]
			}
			for k, f := range funcs {
				for _, to := range []State{all[i][k], sets[i][k]} {
					rows.add(rand.New(rand.NewPCG(seed, uint64(k))), f, to, order, groups) // both encoded alike
				}
			}
		}
		turned := []uint32{4, 3, 2, 1, 0}
		for k, f := range funcs {
			all[0][k].Merge(all[1][k], turned)
			sets[0][k].Merge(sets[1][k], turned)
			same(t, f.Name+" merged", all[0][k].Result(sampleGroups), sets[0][k].Result(sampleGroups))
			same(t, f.Name+" saved", reloaded(f, all[0][k], turned).Result(sampleGroups), reloaded(f, sets[0][k], turned).Result(sampleGroups))
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
