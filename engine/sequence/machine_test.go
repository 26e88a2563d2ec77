package sequence

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// happening is an event of a test: "AB12/x,y" satisfies the conditions A and B, is of second 12 and has two values of its key.
type happening struct {
	name  string
	conds string
	time  int64
	keys  []string
}

func happenings(text string) (out []happening) {
	for _, word := range strings.Fields(text) {
		name, keys, _ := strings.Cut(word, "/")
		at := strings.IndexAny(name, "0123456789")
		seconds, err := strconv.ParseInt(name[at:], 10, 64)
		if err != nil {
			panic(err)
		}
		out = append(out, happening{name, name[:at], seconds * 1e9, strings.Split(keys, ",")})
	}
	return out
}

// pattern is a sequence of a test: "A !B C*3 until D within 10".
type pattern struct {
	Config
	conds []byte // of each stage
	until byte
}

func parse(text string) (p pattern) {
	text, span, ok := strings.Cut(text, " within ")
	if ok {
		seconds, err := strconv.ParseInt(span, 10, 64)
		if err != nil {
			panic(err)
		}
		p.MaxSpan = seconds * 1e9
	}
	text, until, ok := strings.Cut(text, " until ")
	if ok {
		p.until = until[0]
	}
	for _, word := range strings.Fields(text) {
		word, missing := strings.CutPrefix(word, "!")
		word, times, _ := strings.Cut(word, "*")
		runs, _ := strconv.Atoi(times)
		p.Stages = append(p.Stages, Stage{missing, runs})
		p.conds = append(p.conds, word[0])
	}
	return p
}

// offers is what a machine is fed with: the Ref of each offer is the number of its event.
func (p pattern) offers(events []happening) (out []Offer[int]) {
	for i, e := range events {
		for _, k := range e.keys {
			key := Key{}
			for _, c := range k {
				key[0] = key[0]<<8 | uint64(c)
			}
			for stage, c := range append(slices.Clone(p.conds), p.until) {
				if strings.IndexByte(e.conds, c) >= 0 {
					out = append(out, Offer[int]{e.time, 0, int64(i), key, uint16(stage), i})
				}
			}
		}
	}
	return out
}

// show writes matches as the names of their events; - is a missing one.
func show(events []happening, p pattern, matches []Match[int]) string {
	var out []string
	for _, m := range matches {
		var names []string
		for _, o := range m.Events {
			if p.Stages[o.Stage].Missing {
				names = append(names, "-")
			} else {
				names = append(names, events[o.Ref].name)
			}
		}
		out = append(out, strings.Join(names, " "))
	}
	return strings.Join(out, "; ")
}

func run(p pattern, offers []Offer[int], pieces int) (out []Match[int]) {
	m := New[int](p.Config)
	slices.SortFunc(offers, m.Compare)
	emit := func(match Match[int]) { out = append(out, match) }
	for part := range slices.Chunk(offers, max(len(offers)/pieces, 1)) {
		m.Feed(part, emit)
	}
	m.Flush(emit)
	return out
}

func TestSequences(t *testing.T) {
	for _, c := range []struct{ name, pattern, events, want string }{
		{"one after the other", "A B", "A1 B2", "A1 B2"},
		{"the wrong way round", "A B", "B1 A2", ""},
		{"the most recent first event wins", "A B", "A1 A2 B3", "A2 B3"},
		{"a used event is used up", "A B", "A1 B2 B3", "A1 B2"},
		{"what was replaced is not retried", "A B C", "A1 B2 A3 B4 C5", "A3 B4 C5"},
		{"a later first event does not disturb", "A B C", "A1 B2 A3 C4 B5 C6", "A1 B2 C4; A3 B5 C6"},
		{"chains of one filter", "A A", "A1 A2 A3 A4", "A1 A2; A2 A3; A3 A4"},
		{"chains of three", "A A A", "A1 A2 A3 A4", "A1 A2 A3; A2 A3 A4"},
		{"one event cannot be two", "A B", "AB1", ""},
		{"one event may end one and begin another", "A B", "A1 AB2 B3", "A1 AB2; AB2 B3"},
		{"events of one time follow by position", "A B", "A1 B1", "A1 B1"},
		{"each key for itself", "A B", "A1/x A2/y B3/x B4/y", "A1 B3; A2 B4"},
		{"keys do not mix", "A B", "A1/x B2/y", ""},
		{"keys are interleaved", "A B C", "A1/x A2/y B3/y B4/x C5/x C6/y", "A1 B4 C5; A2 B3 C6"},
		{"in the order of the last events", "A B", "A1/x A2/y B3/y B4/x", "A2 B3; A1 B4"},
		{"several values of a key", "A B", "A1/x,y B2/y B3/x,y", "A1 B2; A1 B3"},
		{"both values meet", "A B", "A1/x,y B2/x,y", "A1 B2; A1 B2"},
		{"equal values of a key count once", "A*2 B", "A1/x,x B2/x", ""},

		{"maxspan is inclusive", "A B within 5", "A1 B6", "A1 B6"},
		{"and ends", "A B within 5", "A1 B7", ""},
		{"maxspan is from the first to the last", "A B C within 5", "A1 B4 C7", ""},
		{"what is too late is dropped for good", "A B C within 5", "A1 B9 B10 C11", ""},
		{"what is too late is dropped, a later one not", "A B C within 5", "A1 B3 A4 C7 B8 C9", "A4 B8 C9"},

		{"until in between", "A B until U", "A1 U2 B3", ""},
		{"until of another key", "A B until U", "A1/x U2/y B3/x", "A1 B3"},
		{"until before", "A B until U", "U1 A2 B3", "A2 B3"},
		{"until drops every stage", "A B C until U", "A1 B2 A3 U4 B5 C6", ""},
		{"until on the last event still completes", "A B until U", "A1 BU2", "A1 BU2"},
		{"until on an event kills what it began", "A B until U", "AU1 B2", ""},
		{"until on an event kills what it continued", "A B C until U", "A1 BU2 C3", ""},
		{"until does not end the search", "A B until U", "A1 U2 A3 B4", "A3 B4"},

		{"runs", "A*3", "A1 A2 A3", "A1 A2 A3"},
		{"runs overlap: n-N+1", "A*3", "A1 A2 A3 A4 A5", "A1 A2 A3; A2 A3 A4; A3 A4 A5"},
		{"runs need not be neighbours", "A*2", "A1 B2 A3", "A1 A3"},
		{"runs per key", "A*2", "A1/x A2/y A3/x", "A1 A3"},
		{"runs and one more", "A*2 B", "A1 A2 A3 B4", "A2 A3 B4"},
		{"too few runs", "A*3 B", "A1 A2 B3", ""},
		{"runs in the middle take the first events", "X A*2 B", "X1 A2 A3 A4 B5", "X1 A2 A3 B5"},
		{"runs in the middle, again", "X A*2 B", "X1 A2 X3 A4 A5 B6", "X3 A4 A5 B6"},
		{"runs at the end", "X A*2", "X1 A2 A3 A4", "X1 A2 A3"},
		{"runs of runs", "A*2 A*2", "A1 A2 A3 A4 A5", "A1 A2 A3 A4; A2 A3 A4 A5"},
		{"runs within", "A*3 within 5", "A1 A3 A7 A8", "A3 A7 A8"},
		{"runs until", "A*2 until U", "A1 U2 A3 A4", "A3 A4"},

		{"missing in the middle", "A !B C within 10", "A1 C2", "A1 - C2"},
		{"there in the middle", "A !B C within 10", "A1 B2 C3", ""},
		{"there before", "A !B C within 10", "B1 A2 C3", "A2 - C3"},
		{"there behind", "A !B C within 10", "A1 C2 B3", "A1 - C2"},
		{"there for another key", "A !B C within 10", "A1/x B2/y C3/x", "A1 - C3"},
		{"the neighbours do not count", "A !B C within 10", "AB1 BC2", "AB1 - BC2"},
		{"an older partial is not retried", "A !B C D within 10", "A1 C2 A3 B4 C5 D6", ""},
		{"two in the middle", "A !B !C D within 10", "A1 C2 D3", ""},
		{"missing in two places", "A !B C !D E within 10", "A1 D2 C3 B4 E5", "A1 - C3 - E5"},
		{"there in the second place", "A !B C !D E within 10", "A1 C2 D3 E4", ""},

		{"missing at the start", "!A B within 5", "B9", "- B9"},
		{"there at the start", "!A B within 5", "A4 B9", ""},
		{"too early for the start", "!A B within 5", "A3 B9", "- B9"},
		{"the first event itself does not count", "!A B within 5", "AB9", "- AB9"},
		{"only the first event is looked at", "!A B C within 5", "B1 A2 C3", "- B1 C3"},
		{"there before the last first event", "!A B C within 5", "B1 A2 B3 C4", ""},
		{"one of two at the start", "!A !X B within 5", "X4 B9", ""},

		{"missing at the end", "A !B within 5", "A1", "A1 -"},
		{"there at the end", "A !B within 5", "A1 B6", ""},
		{"too late for the end", "A !B within 5", "A1 B7", "A1 -"},
		{"the last event itself does not count", "A !B within 5", "AB1", "AB1 -"},
		{"measured from the first", "A B !C within 5", "A1 B4 C7", "A1 B4 -"},
		{"spoils all that it is near to", "A !B within 5", "A1 A2 A3 B7", "A1 -"},
		{"for another key", "A !B within 5", "A1/x A2/y B3/x", "A2 -"},
		{"waiting keeps the order", "A !B within 5", "A1/x A2/y C20/z", "A1 -; A2 -"},

		{"both ends, nothing there", "!A B !C within 10", "B5", "- B5 -"},
		{"both ends, only the first there", "!A B !C within 10", "A1 B5", "- B5 -"},
		{"both ends, only the last there", "!A B !C within 10", "B5 C6", "- B5 -"},
		{"leadingAndTrailing: 20 apart, 19 allowed", "!A B !C within 19", "A1 B11 C21", "- B11 -"},
		{"leadingAndTrailing: 20 apart, 21 allowed", "!A B !C within 21", "A1 B11 C21", ""},
		{"leadingAndTrailing: 20 apart, 20 allowed", "!A B !C within 20", "A1 B11 C21", ""},
		{"leadingAndTrailing: the nearest count", "!A B !C within 5", "A1 A9 B11 C13 C99", ""},
		{"spared ones wait their turn", "!A B !C within 10", "A1/x B2/x B3/y C4/x", "- B3 -"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, events := parse(c.pattern), happenings(c.events)
			for pieces := 1; pieces < 4; pieces++ {
				if got := show(events, p, run(p, p.offers(events), pieces)); got != c.want {
					t.Errorf("%s over %s: got %q, want %q", c.pattern, c.events, got, c.want)
				}
			}
			if got := show(events, p, naive(p, events)); got != c.want {
				t.Errorf("naive: %s over %s: got %q, want %q", c.pattern, c.events, got, c.want)
			}
		})
	}
}

func TestOrder(t *testing.T) {
	m := New[int](Config{Stages: make([]Stage, 3)})
	sorted := []Offer[int]{
		{Time: 1, Tie: 9, Stage: 3}, {Time: 2, Tie: -1, Pos: 5}, {Time: 2, Tie: 1, Pos: 3, Stage: 2}, {Time: 2, Tie: 1, Pos: 4, Stage: 2},
		{Time: 2, Tie: 1, Pos: 4, Stage: 1}, {Time: 2, Tie: 1, Pos: 4}, {Time: 2, Tie: 1, Pos: 4, Stage: 3}, {Time: 2, Tie: 1, Pos: 4, Stage: 3, Key: Key{0, 1}},
		{Time: 2, Tie: 1, Pos: 4, Stage: 3, Key: Key{1, 0}},
	}
	got := slices.Clone(sorted)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, m.Compare)
	if !slices.Equal(got, sorted) {
		t.Errorf("got %v, want %v", got, sorted)
	}
}

func TestMatchHoldsOffers(t *testing.T) {
	key := Key{7, 8}
	offers := []Offer[string]{{1, 2, 3, key, 0, "a"}, {4, 5, 6, key, 2, "b"}}
	var got []Match[string]
	New[string](Config{Stages: []Stage{{}, {Missing: true}, {}}, MaxSpan: 9}).Feed(offers, func(m Match[string]) { got = append(got, m) })
	want := []Match[string]{{key, []Offer[string]{offers[0], {Stage: 1}, offers[1]}}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTimesFarApart(t *testing.T) {
	m, n := New[int](Config{Stages: make([]Stage, 2), MaxSpan: math.MaxInt64}), 0
	m.Feed([]Offer[int]{{Time: math.MinInt64}, {Time: math.MaxInt64, Stage: 1}}, func(Match[int]) { n++ })
	if n != 0 {
		t.Error("a span of 584 years fits in one of 292")
	}
}

// What is kept is bounded by what may still become a match.
func TestPending(t *testing.T) {
	for _, c := range []struct {
		pattern string
		most    int
	}{{"A B within 100", 3000}, {"A*3 B within 100", 3000}, {"!A B C within 100", 3000}, {"A !B within 100", 3000}} {
		p := parse(c.pattern)
		m, most := New[int](p.Config), 0
		for i := range 50_000 {
			m.Feed([]Offer[int]{{Time: int64(i) * 1e9, Key: Key{uint64(i)}}}, func(Match[int]) {})
			most = max(most, m.Pending())
		}
		if most > c.most {
			t.Errorf("%s: %d of 50000 keys were kept", c.pattern, most)
		}
	}
	m := New[int](Config{Stages: make([]Stage, 2)})
	for i := range 1000 {
		m.Feed([]Offer[int]{{Pos: int64(i), Key: Key{uint64(i)}}, {Time: 1, Pos: int64(i), Key: Key{uint64(i)}, Stage: 1}}, func(Match[int]) {})
	}
	if n := m.Pending(); n != 0 {
		t.Errorf("%d keys are pending of which nothing is", n)
	}
}
