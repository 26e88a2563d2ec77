package survey

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// at is a time so many seconds after another one.
func at(seconds int64) int64 {
	return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).UnixNano() + seconds*int64(time.Second)
}

type written struct{ id, second int64 }

// count is records with consecutive numbers, one a second.
func count(from, to, second int64) (out []written) {
	for id := from; id <= to; id++ {
		out = append(out, written{id, second + id - from})
	}
	return out
}

func TestRecords(t *testing.T) {
	tests := []struct {
		name     string
		records  []written
		gaps     []gap
		restarts []restart
	}{
		{name: "none"},
		{name: "one", records: []written{{7, 0}}},
		{name: "whole", records: count(5, 500, 0)},
		{
			name: "gaps", records: slices.Concat(count(1, 10, 0), count(12, 20, 100), count(120, 130, 200)),
			gaps: []gap{{11, 11, span{at(9), at(100)}}, {21, 119, span{at(108), at(200)}}},
		},
		{name: "delivered twice", records: slices.Concat(count(1, 10, 0), count(1, 10, 0), count(5, 12, 4))},
		{
			name: "anew at 1", records: slices.Concat(count(1, 10, 0), count(1, 5, 1000)),
			restarts: []restart{{10, 1, span{at(9), at(1000)}}},
		},
		{
			name: "anew at 1, without an overlap, and with a gap", records: slices.Concat(count(5000, 5010, 0), count(1, 3, 100), count(6, 7, 200)),
			gaps: []gap{{4, 5, span{at(102), at(200)}}}, restarts: []restart{{5010, 1, span{at(10), at(100)}}},
		},
		{name: "written within a moment", records: []written{{1, 0}, {3, 1}, {2, 1}, {4, 2}, {6, 3}, {5, 4}}},
		{
			name: "the clock was set back", records: slices.Concat(count(1, 10, 5000), count(11, 20, 0)),
			restarts: []restart{{20, 1, span{at(9), at(5000)}}},
		},
		{name: "largest numbers", records: []written{{0, 0}, {1<<63 - 1, 5}}, gaps: []gap{{1, 1<<63 - 2, span{at(0), at(5)}}}},
	}
	for _, tt := range tests {
		for seed := range uint64(20) {
			order := rand.New(rand.NewPCG(seed, 1)).Perm(len(tt.records))
			if seed == 0 {
				slices.Sort(order)
			}
			var parts [3]records // as of three workers
			for i, k := range order {
				x := tt.records[k]
				parts[i%len(parts)].add(x.id, at(x.second))
			}
			parts[0].addAll(&parts[1])
			parts[0].addAll(&parts[2])
			gaps, restarts := parts[0].judge()
			if !slices.Equal(gaps, tt.gaps) || !slices.Equal(restarts, tt.restarts) {
				t.Errorf("%s, seed %d: gaps %v, want %v; restarts %v, want %v", tt.name, seed, gaps, tt.gaps, restarts, tt.restarts)
			}
		}
	}
}

// Every second record is filtered out: nothing can be said, and little is kept.
func TestScattered(t *testing.T) {
	var r records
	for id := int64(0); id < 3*mostWaiting; id++ {
		r.add(2*id, at(id))
	}
	gaps, restarts := r.judge()
	if !r.scattered || len(gaps)+len(restarts) > 0 || r.from != 0 || r.to != 6*mostWaiting-2 {
		t.Errorf("scattered %v, %d gaps, %d restarts, from %d to %d", r.scattered, len(gaps), len(restarts), r.from, r.to)
	}
	if len(r.runs) > mostWaiting+fewRuns {
		t.Errorf("%d runs are held", len(r.runs))
	}
}

// Kinds come one after another: of consecutive records some thousand are not there yet.
func TestRecordsByKind(t *testing.T) {
	var r records
	const records = 1 << 18
	for kind := range int64(7) {
		for id := kind; id < records; id += 7 {
			r.add(id, at(id))
		}
	}
	if gaps, restarts := r.judge(); r.scattered || len(gaps)+len(restarts) > 0 || len(r.logs(math.MaxUint64)[0]) != 1 {
		t.Errorf("scattered %v, gaps %v, restarts %v", r.scattered, gaps, restarts)
	}
}
