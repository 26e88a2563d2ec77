package survey

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"spoor/engine/column"
)

func TestActivity(t *testing.T) {
	hour := uint64(time.Hour)
	spans := func(seconds ...int64) (out []span) {
		for i := 0; i < len(seconds); i += 2 {
			out = append(out, span{at(seconds[i]), at(seconds[i+1])})
		}
		return out
	}
	tests := []struct {
		name string
		at   []int64
		want []span
	}{
		{"nothing", nil, nil},
		{"one", []int64{5}, spans(5, 5)},
		{"an hour is no silence", []int64{0, 3600, 7200}, spans(0, 7200)},
		{"more than an hour is", []int64{0, 10, 3611, 9000}, spans(0, 10, 3611, 3611, 9000, 9000)},
		{"a span that closes", []int64{0, 5000, 2500}, spans(0, 5000)},
	}
	for _, tt := range tests {
		for seed := range uint64(20) {
			parts := [2]activity{{silence: hour}, {silence: hour}}
			for i, k := range rand.New(rand.NewPCG(seed, 2)).Perm(len(tt.at)) {
				parts[i%2].add(span{at(tt.at[k]), at(tt.at[k])})
			}
			parts[0].addAll(&parts[1])
			if !slices.Equal(parts[0].spans, tt.want) {
				t.Errorf("%s, seed %d: %v, want %v", tt.name, seed, parts[0].spans, tt.want)
			}
		}
	}
}

func TestActivityIsBounded(t *testing.T) {
	a := activity{silence: 1}
	for i := range int64(10 * mostSpans) {
		a.add(span{at(i * i), at(i * i)})
	}
	a.add(span{column.Beginning, column.Beginning})
	a.add(span{column.End, column.End})
	if n := len(a.spans); n > mostSpans || n < mostSpans/4 {
		t.Errorf("%d spans", n)
	}
	if list := a.silences(); list[0].from != column.Beginning || list[len(list)-1].to != column.End {
		t.Errorf("the longest silences are lost: %v, %v", list[0], list[len(list)-1])
	}
}

func TestMedian(t *testing.T) {
	many := make([]int64, 0, 100_000)
	for i := range int64(100_000) {
		many = append(many, i*1000)
	}
	tests := []struct {
		name   string
		ms     []int64
		median int64
		within int64
	}{
		{"one", []int64{-432_000_000}, -432_000_000, 0},
		{"odd", []int64{4, -6, 1_000_000}, 4, 0},
		{"even", []int64{-6, -4, 1, 3}, -4, 0},
		{"many", many, 49_999_000, 1 << 17},
	}
	for _, tt := range tests {
		var parts [2]readings
		for i, ms := range tt.ms {
			parts[i%2].add(ms, 1)
		}
		parts[0].addAll(&parts[1])
		got, ok := parts[0].median()
		if !ok || math.Abs(float64(got-tt.median)) > float64(tt.within) {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.median)
		}
		if len(parts[0].counts) > mostReadings {
			t.Errorf("%s: %d differences are held", tt.name, len(parts[0].counts))
		}
	}
	if _, ok := (&readings{}).median(); ok {
		t.Error("nothing has a median")
	}
}

// Which names are kept, and what is counted of the others, is the same whatever the order of the names.
func TestBounded(t *testing.T) {
	const most, names = 10, 1000
	for seed := range uint64(10) {
		order := rand.New(rand.NewPCG(seed, 3)).Perm(3 * names)
		parts := [3]bounded[seen]{}
		for i := range parts {
			parts[i] = newBounded(most, func() *seen { return &seen{} }, addSeen)
		}
		for i, k := range order {
			part := &parts[i%3]
			part.of(fmt.Sprintf("%04d", k%names)).add(at(int64(k%names)), true)
			if len(part.by) > 2*most {
				t.Fatalf("%d names are held", len(part.by))
			}
		}
		parts[0].addAll(&parts[1])
		parts[0].addAll(&parts[2])
		parts[0].trim()
		if got := parts[0].names(); len(got) != most || got[most-1] != "0009" {
			t.Fatalf("seed %d: %v", seed, got)
		}
		for name, s := range parts[0].by {
			if s.events != 3 {
				t.Errorf("seed %d: %s has %d events", seed, name, s.events)
			}
		}
		if rest := parts[0].rest; rest.events != 3*(names-most) || rest.time != (span{at(most), at(names - 1)}) {
			t.Errorf("seed %d: the others are %v", seed, rest)
		}
	}
}

func TestSpelled(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "0s", -0.004: "-0.004s", 59: "59s", 60: "1m", 61.5: "1m 1s", 3600: "1h", 3659: "1h", 9000: "2h 30m", -432000: "-5d", 90000: "1d 1h", 86401: "1d",
	} {
		if got := spelled(seconds); got != want {
			t.Errorf("%g: %q, want %q", seconds, got, want)
		}
	}
}
