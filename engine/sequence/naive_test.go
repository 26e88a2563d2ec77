package sequence

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// naive finds sequences as the rules are told, one event and key value after the other; whether events are missing that should be is
// looked up at the end, in all events.
func naive(p pattern, events []happening) (out []Match[int]) {
	type slot struct {
		stage   int
		missing bool
	}
	var slots, positive []slot
	for i, s := range p.Stages {
		for range max(s.Runs, 1) {
			slots = append(slots, slot{i, s.Missing})
			if !s.Missing {
				positive = append(positive, slot{i, false})
			}
		}
	}
	satisfies := func(e int, cond byte) bool { return strings.IndexByte(events[e].conds, cond) >= 0 }
	pending := map[string][][]int{} // by key, by stage, the numbers of the events
	for e, event := range events {
		keys := slices.Clone(event.keys)
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			if pending[key] == nil {
				pending[key] = make([][]int, len(positive))
			}
			for i := len(positive) - 1; i >= 0; i-- {
				if !satisfies(e, p.conds[positive[i].stage]) {
					continue
				}
				var before []int
				if i > 0 {
					before, pending[key][i-1] = pending[key][i-1], nil
					if before == nil || p.MaxSpan > 0 && event.time-events[before[0]].time > p.MaxSpan {
						continue
					}
				}
				chain := append(slices.Clone(before), e)
				if i < len(positive)-1 {
					pending[key][i] = chain
					continue
				}
				if spoilt(p, events, key, chain) {
					continue
				}
				match := Match[int]{}
				for _, s := range slots {
					o := Offer[int]{Stage: uint16(s.stage)}
					if !s.missing {
						o.Ref, chain = chain[0], chain[1:]
					}
					match.Events = append(match.Events, o)
				}
				out = append(out, match)
			}
			if p.until != 0 && satisfies(e, p.until) {
				delete(pending, key)
			}
		}
	}
	return out
}

// spoilt says whether an event is there that should be missing.
func spoilt(p pattern, events []happening, key string, chain []int) bool {
	first := events[chain[0]].time
	leading, trailing, leads, trails := false, false, []int64{}, []int64{}
	positive := 0
	for i, s := range p.Stages {
		if !s.Missing {
			positive += max(s.Runs, 1)
			continue
		}
		leading, trailing = leading || positive == 0, trailing || positive == len(chain)
		for e, event := range events {
			if !slices.Contains(event.keys, key) || strings.IndexByte(event.conds, p.conds[i]) < 0 {
				continue
			}
			switch {
			case positive == 0:
				if e < chain[0] && event.time >= first-p.MaxSpan {
					leads = append(leads, event.time)
				}
			case positive == len(chain):
				if e > chain[positive-1] && event.time <= first+p.MaxSpan {
					trails = append(trails, event.time)
				}
			case e > chain[positive-1] && e < chain[positive]:
				return true
			}
		}
	}
	if !leading || !trailing {
		return len(leads)+len(trails) > 0
	}
	for _, l := range leads {
		for _, t := range trails {
			if t-l <= p.MaxSpan {
				return true
			}
		}
	}
	return false
}

// made makes up a pattern and events.
func made(r *rand.Rand) (pattern, []happening) {
	var words []string
	span := r.IntN(3) > 0
	for range 1 + r.IntN(4) {
		word := string(rune('A' + r.IntN(3)))
		if span && r.IntN(3) == 0 {
			word = "!" + word
		} else if r.IntN(3) == 0 {
			word += "*" + string(rune('1'+r.IntN(4)))
		}
		words = append(words, word)
	}
	text := strings.Join(words, " ")
	if r.IntN(3) == 0 {
		text += " until " + string(rune('A'+r.IntN(4)))
	}
	if span {
		text += " within " + string(rune('1'+r.IntN(9)))
	}
	p := parse(text)
	if !slices.ContainsFunc(p.Stages, func(s Stage) bool { return !s.Missing }) {
		return made(r)
	}
	var events []happening
	time := int64(0)
	for range r.IntN(40) {
		time += int64(r.IntN(3))
		e := happening{time: time * 1e9}
		for _, c := range "ABCD" {
			if r.IntN(3) == 0 {
				e.conds += string(c)
			}
		}
		for range 1 + r.IntN(2) {
			e.keys = append(e.keys, string(rune('x'+r.IntN(2))))
		}
		e.name = e.conds + strings.Join(e.keys, ",")
		events = append(events, e)
	}
	return p, events
}

func same(t *testing.T, p pattern, events []happening) (found int) {
	t.Helper()
	want := naive(p, events)
	got := run(p, p.offers(events), 1+len(events)/4)
	refs := func(list []Match[int]) (out [][]int) {
		for _, m := range list {
			var refs []int
			for _, o := range m.Events {
				refs = append(refs, int(o.Stage)<<16|o.Ref)
			}
			out = append(out, refs)
		}
		return out
	}
	if !slices.EqualFunc(refs(got), refs(want), slices.Equal) {
		t.Fatalf("%+v over %+v:\n got %v\nwant %v", p, events, show(events, p, got), show(events, p, want))
	}
	return len(want)
}

func TestAsNaive(t *testing.T) {
	found := 0
	for seed := range uint64(20_000) {
		p, events := made(rand.New(rand.NewPCG(seed, 7)))
		found += same(t, p, events)
	}
	if found < 10_000 {
		t.Errorf("the made-up events held only %d sequences", found)
	}
}

func FuzzMachine(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		p, events := made(rand.New(rand.NewPCG(a, b)))
		same(t, p, events)
	})
}
