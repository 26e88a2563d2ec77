package op

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// The offers of events that have very many keys are handed on as they come.
func TestManyOffersOfOneEvent(t *testing.T) {
	yes := &plan.Const{V: column.Boolean(true)}
	n := &plan.Sequence{Stages: []plan.Stage{{Cond: yes, Keys: []plan.Key{{Field: "key"}}}, {Cond: yes, Keys: []plan.Key{{Field: "key"}}}}}
	keys := make([]column.Value, chunkSize)
	for i := range keys {
		keys[i] = column.Integer(int64(i))
	}
	several := column.FromValues([]column.Value{column.Multi(keys), column.Multi(keys)})
	b := column.NewBatch(column.NewSchema(plan.EventTime, plan.Position, "key"), []column.Vector{
		column.FromValues([]column.Value{column.Nanos(1), column.Nanos(2)}), &column.Ints{Values: []int64{1, 2}}, several}, 2)
	p := newPool(n, (&findings{stages: n.Stages}).add)
	g := &gatherer{terms: newTerms(n.Stages, newBinder(env)), pool: p}
	g.Add(b)
	for _, r := range p.runs.list {
		for _, c := range r.chunks {
			if len(c.offers) != 2*chunkSize {
				t.Errorf("a chunk of %d offers", len(c.offers))
			}
		}
	}
	if p.n != 4*chunkSize || len(g.chunk.offers) != 0 {
		t.Errorf("%d offers, and %d not handed on", p.n, len(g.chunk.offers))
	}
}

// Beyond the budget the older half is taken for complete, and what comes later is counted.
func TestSequenceBudget(t *testing.T) {
	w := newWorld(nil, 1, 1, true)
	n := &plan.Sequence{In: view(), Stages: stages("A", "B")}
	found := findings{stages: n.Stages}
	p := newPool(n, found.add)
	p.most = 100
	run := 0
	for i := range int64(50) { // in order, 10 events at a time
		var c chunk
		for k := range int64(10) {
			c.offers = append(c.offers, waiting{Time: 10*i + k, Pos: 10*i + k, Stage: uint16(k % 2)})
		}
		p.take(&run, c)
		if p.n > p.most {
			t.Fatalf("%d offers are held", p.n)
		}
	}
	p.take(new(int), chunk{offers: []waiting{{Time: 5, Pos: 1000, Stage: 1}, {Time: 6, Pos: 1001}}})
	p.finish()
	if got := len(found.picked()); got != 250 || p.late != 2 {
		t.Errorf("%d sequences, %d events too late", got, p.late)
	}
	h := &hunt{r: &runner{Config: w.Config}, pool: p, cut: 3}
	h.tell()
	if got := strings.Join(w.warned, "\n"); !strings.Contains(got, "too late to be put in order: 2;") || !strings.Contains(got, "did not count: 3") {
		t.Error(got)
	}
}

// However the input is cut and shuffled, a pool feeds offers in order.
func TestPoolOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		n := &plan.Sequence{In: view(), Stages: stages("A", "A")}
		found := findings{stages: n.Stages}
		p := newPool(n, found.add)
		const events = 300
		chunks := make([]chunk, 1+rng.IntN(20))
		for i := range int64(events) {
			c := &chunks[rng.IntN(len(chunks))]
			for stage := range uint16(2) {
				c.offers = append(c.offers, waiting{Time: i / 3, Pos: i, Stage: stage})
			}
		}
		runs := make([]int, 3)
		for _, c := range chunks {
			p.take(&runs[rng.IntN(3)], c)
		}
		p.finish()
		list := found.picked()
		for i, x := range list {
			if x.events[0].pos != int64(i) || x.events[1].pos != int64(i+1) {
				t.Fatalf("sequence %d is of events %v", i, x.events)
			}
		}
		if len(list) != events-1 {
			t.Fatalf("%d sequences", len(list))
		}
	}
}

func BenchmarkGather(b *testing.B) {
	const rows = 1024
	rng := rand.New(rand.NewPCG(1, 2))
	users, hosts, times := make([]string, rows), make([]string, rows), make([]column.Value, rows)
	positions := make([]column.Value, rows)
	for i := range rows {
		users[i], hosts[i] = string(rune('A'+rng.IntN(8))), fmt.Sprint("host", rng.IntN(100))
		times[i], positions[i] = column.Nanos(int64(i)), column.Integer(int64(i))
	}
	d := column.NewDictionary()
	batch := column.NewBatch(column.NewSchema("user", "host.id", plan.EventTime, plan.Position), []column.Vector{
		dictOf(d, users...), dictOf(column.NewDictionary(), hosts...), column.FromValues(times), column.FromValues(positions)}, rows)
	n := &plan.Sequence{In: view(), Stages: stages("A host.id", "B host.id")}
	b.ReportAllocs()
	b.SetBytes(rows) // MB/s reads as million rows per second
	g := &gatherer{terms: newTerms(n.Stages, newBinder(env)), pool: newPool(n, nil)}
	for b.Loop() {
		g.Add(batch)
		g.chunk.offers = g.chunk.offers[:0]
	}
}
