package sequence

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// arriving is the numbers of events as they come: each up to so much later than it happened.
func arriving(r *rand.Rand, events []happening, disorder int64) []int {
	at, order := make([]int64, len(events)), make([]int, len(events))
	for i, e := range events {
		at[i], order[i] = e.time+r.Int64N(disorder+1), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
	return order
}

// inRounds feeds a standing search events as they come, cut into rounds, each up to a time that lies so much before the newest event.
func inRounds(r *rand.Rand, s *Standing[int], p pattern, events []happening, order []int, lag int64) (out []Match[int]) {
	byEvent := make([][]Offer[int], len(events))
	for _, o := range p.offers(events) {
		byEvent[o.Ref] = append(byEvent[o.Ref], o)
	}
	emit := func(m Match[int]) { out = append(out, m) }
	newest := int64(math.MinInt64 + 1<<40)
	for len(order) > 0 {
		n := 1 + r.IntN(min(len(order), 1+len(events)/4))
		var fresh []Offer[int]
		for _, e := range order[:n] {
			fresh, newest = append(fresh, byEvent[e]...), max(newest, events[e].time)
		}
		s.Round(fresh, newest-lag, emit)
		order = order[n:]
	}
	s.Round(nil, math.MaxInt64, emit)
	return out
}

// refs is sequences as the numbers of their events, in an order that does not depend on when they were found.
func refs(list []Match[int]) (out [][]int) {
	for _, m := range list {
		var refs []int
		for _, o := range m.Events {
			refs = append(refs, int(o.Stage)<<16|o.Ref)
		}
		out = append(out, append(refs, int(m.Key[0])))
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

// Events that come within the lag are put in order: what is found is what one pass over all finds.
func TestRoundsFindWhatOnePassFinds(t *testing.T) {
	found := 0
	for seed := range uint64(4_000) {
		r := rand.New(rand.NewPCG(seed, 11))
		p, events := made(r)
		disorder := r.Int64N(5e9)
		want := run(p, p.offers(events), 1)
		got := inRounds(r, NewStanding[int](p.Config), p, events, arriving(r, events, disorder), disorder+1)
		if found += len(want); !slices.EqualFunc(refs(got), refs(want), slices.Equal) {
			t.Fatalf("%+v over %+v:\n got %s\nwant %s", p, events, show(events, p, got), show(events, p, want))
		}
	}
	if found < 2_000 {
		t.Errorf("the made-up events held only %d sequences", found)
	}
}

// Events that come when others were fed that are later, but not by more than a sequence may be long, complete all sequences nevertheless; nothing is
// found twice.
func TestLateEventsCompleteSequences(t *testing.T) {
	late := 0
	for seed := range uint64(4_000) {
		r := rand.New(rand.NewPCG(seed, 12))
		p, events := made(r)
		disorder := r.Int64N(10e9)
		if p.MaxSpan > 0 {
			disorder = r.Int64N(p.MaxSpan)
		}
		s := NewStanding[int](p.Config)
		order := arriving(r, events, disorder)
		got := refs(inRounds(r, s, p, events, order, 0))
		if !slices.IsSorted(order) {
			late++
		}
		for _, want := range refs(run(p, p.offers(events), 1)) {
			if !slices.ContainsFunc(got, func(m []int) bool { return slices.Equal(m, want) }) {
				t.Fatalf("%+v over %+v in the order %v: %v is not found", p, events, order, want)
			}
		}
		if n := len(got); len(slices.CompactFunc(got, slices.Equal)) < n {
			t.Fatalf("%+v over %+v in the order %v: found twice", p, events, order)
		}
		if s.Late > 0 || s.Lost > 0 {
			t.Fatalf("%+v over %+v in the order %v: %d late, %d lost", p, events, order, s.Late, s.Lost)
		}
	}
	if late < 400 {
		t.Errorf("only %d times something was late", late)
	}
}

// A sequence that ends with an unwanted event is found as soon as it can no longer come, whatever stands before it, and without a further event.
func TestUnwantedEventsAreWaitedFor(t *testing.T) {
	p := parse("A B !C within 10")
	s := NewStanding[int](p.Config)
	events := happenings("A1/x B3/x A4/y B5/y")
	fresh := p.offers(events)
	for _, c := range []struct {
		low  int64
		want string
	}{{5e9, ""}, {11e9 - 1, ""}, {11e9, "A1 B3 -"}, {14e9 - 1, ""}, {14e9, "A4 B5 -"}} {
		var found []Match[int]
		s.Round(fresh, c.low, func(m Match[int]) { found = append(found, m) })
		if got := show(events, p, found); got != c.want {
			t.Errorf("up to %d: found %q, want %q", c.low, got, c.want)
		}
		fresh = nil
	}
}

// What is kept does not grow with time, but with what may come within a sequence; without a maxspan no more is kept than may be, and it is said
// what went.
func TestStandingIsBounded(t *testing.T) {
	for _, c := range []struct {
		pattern string
		most    int
		held    int
		lost    bool
	}{{"A B within 100", 0, 60_000, false}, {"!A B !C within 100", 0, 90_000, false}, {"A B", 5_000, 8_000, true}, {"A B within 9000", 5_000, 8_000, true}} {
		p := parse(c.pattern)
		s := NewStanding[int](p.Config)
		s.Most = c.most
		gone, fed, held := 0, 0, 0
		s.Gone = func(Offer[int]) { gone++ }
		for round := range int64(1000) {
			var fresh []Offer[int]
			for i := range int64(100) {
				n := 100*round + i
				fresh = append(fresh, Offer[int]{Time: n * 1e9 / 100, Pos: n, Key: Key{uint64(n)}, Stage: uint16(n % 2)})
			}
			fed += len(fresh)
			s.Round(fresh, round*1e9, func(Match[int]) {})
			n, told := s.Held()
			held = max(held, n+told+s.machine.Pending())
		}
		if n, _ := s.Held(); n+gone != fed {
			t.Errorf("%s: %d offers came, %d are held and %d gone", c.pattern, fed, n, gone)
		}
		if held > c.held || c.lost != (s.Lost > 0) {
			t.Errorf("%s: %d were held, %d lost", c.pattern, held, s.Lost)
		}
	}
}

// An event that comes too late for what is kept is counted.
func TestTooLate(t *testing.T) {
	p := parse("A B within 2")
	s := NewStanding[int](p.Config)
	for i := range int64(100) {
		s.Round([]Offer[int]{{Time: i * 1e9, Pos: i}}, i*1e9, func(Match[int]) {})
	}
	s.Round([]Offer[int]{{Time: 3e9, Pos: 1000}}, 99e9, func(Match[int]) {})
	if s.Late != 1 {
		t.Errorf("%d came too late", s.Late)
	}
}
