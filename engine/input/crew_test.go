package input

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"testing"

	"spoor/engine/column"
)

// Passes of one crew over a log piece by piece give what passes that know nothing of each other do, also behind one that did not go well.
func TestCrew(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	kept := 0
	for range 6 {
		inputs, _ := Resolve([]string{mixed(t, r, 300)}, nil)
		text, err := os.ReadFile(inputs[0].Path)
		if err != nil {
			t.Fatal(err)
		}
		config := Config{BatchRows: 1 + r.IntN(20), BlockSize: 200 + r.IntN(2000), Full: r.IntN(4) == 0}
		demands := make([]Demand, 1+r.IntN(8))
		for i := range demands {
			demands[i] = anyDemand(r)
		}
		crew, from := &Crew{}, int64(0)
		for _, to := range append(begins(string(text))[1:], int64(len(text))) {
			if r.IntN(20) > 0 && to < int64(len(text)) {
				continue
			}
			piece := inputs[0]
			piece.Bounds = &Range{From: from, To: to}
			from = to
			before, workers := crew.workers, 1+r.IntN(20)/19
			fault := faults[r.IntN(len(faults))]
			have, ledger := crewed(t, demands, workers, fault, func(s []*Share) *Pass { return crew.Pass(Inputs{piece}, config, s) })
			want, alone := crewed(t, demands, workers, fault, func(s []*Share) *Pass { return NewPass(Inputs{piece}, config, s) })
			if before != nil && before[0] == crew.workers[0] {
				kept++
			}
			for i, d := range demands {
				if i == 0 && fault != nil {
					continue // of which it is left open how much it gets
				}
				needles := needlesOf(config, d)
				if have, want := have[i].holding(needles), want[i].holding(needles); !maps.Equal(have, want) {
					t.Fatalf("seed %d: demand %+v:\n%s", seed, d, apart(have, want))
				}
			}
			if ledger.Total.Records != alone.Total.Records || !maps.Equal(ledger.Total.Kinds, alone.Total.Kinds) {
				t.Fatalf("seed %d: ledger %+v, alone %+v", seed, ledger.Total, alone.Total)
			}
		}
	}
	if kept < 5 {
		t.Errorf("seed %d: only %d passes had the workers of the one before", seed, kept)
	}
}

// faults is what the first consumer of a pass may do; most do nothing.
var faults = []Consumer{nil, nil, nil, nil,
	func(string, *column.Batch) (bool, error) { return false, errors.New("broken") },
	func(string, *column.Batch) (bool, error) { return true, nil },
	func(string, *column.Batch) (bool, error) { panic("oh") },
}

// crewed runs a pass; its first share takes batches with a fault, if there is one.
func crewed(t *testing.T, demands []Demand, workers int, fault Consumer, prepare func([]*Share) *Pass) (rows []*gathered, l *Ledger) {
	t.Helper()
	var shares []*Share
	for i, d := range demands {
		g := &gathered{}
		s := &Share{Demand: d, Consumers: g.consumers(workers)}
		for k := range s.Consumers {
			if i == 0 && fault != nil {
				s.Consumers[k] = fault
			}
		}
		shares, rows = append(shares, s), append(rows, g)
	}
	pass := prepare(shares)
	if err := pass.Run(t.Context(), workers); err != nil {
		t.Fatal(err)
	}
	for i, s := range shares {
		if n := len(rows[i].rows); s.Err() == nil && (i > 0 || fault == nil) && int64(n) != sum(s.Taken().Kinds) {
			t.Errorf("%d rows dealt, %v counted", n, s.Taken())
		}
	}
	return rows, pass.Ledger()
}

// Workers do not last for ever, nor do they work for shares that demand something else, or read records otherwise.
func TestCrewIsDismissed(t *testing.T) {
	inputs := text(t, flat(1, 1, "2025-03-03 06:00:00.000", "", `"Image":"/bin/x"`))
	demand := func(field string) Demand { return Demand{Fields: []string{field, column.Position}} }
	for _, c := range []struct {
		what          string
		first, second []Demand
		configs       [2]Config
		change        func(*Crew)
		lasts         bool
	}{
		{what: "the same again", first: []Demand{demand("Image")}, second: []Demand{demand("Image")}, lasts: true},
		{what: "another field", first: []Demand{demand("Image")}, second: []Demand{demand("User")}},
		{what: "another one besides", first: []Demand{demand("Image")}, second: []Demand{demand("Image"), demand("Image")}},
		{what: "another host", first: []Demand{demand("Image")}, second: []Demand{demand("Image")}, configs: [2]Config{{Host: "a"}, {Host: "b"}}},
		{what: "much text", first: []Demand{demand("Image")}, second: []Demand{demand("Image")}, change: func(c *Crew) { c.text = mostText + 1 }},
		{what: "many passes", first: []Demand{demand("Image")}, second: []Demand{demand("Image")}, change: func(c *Crew) { c.passes = mostPasses + 1 }},
	} {
		crew := &Crew{}
		crewed(t, c.first, 1, nil, func(s []*Share) *Pass { return crew.Pass(inputs, c.configs[0], s) })
		worker := crew.workers[0]
		if c.change != nil {
			c.change(crew)
		}
		rows, _ := crewed(t, c.second, 1, nil, func(s []*Share) *Pass { return crew.Pass(inputs, c.configs[1], s) })
		if got := crew.workers[0] == worker; got != c.lasts || len(rows[0].rows) != 1 {
			t.Errorf("%s: the worker lasts: %v, want %v; %d rows", c.what, got, c.lasts, len(rows[0].rows))
		}
	}
}
