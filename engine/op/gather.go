package op

import (
	"encoding/binary"
	"math"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/sequence"
	"spoor/engine/spill"
)

// offer is an event that satisfies a stage. Its Ref is the batch that holds the event, if events are kept, and else nil: then it is read
// again by its position.
type offer = sequence.Offer[*column.Batch]

// gatherer is the sink of a sequence: it offers events to stages. Conditions are evaluated and keys hashed here, on every core.
type gatherer struct {
	terms []term
	keeper
	tie   string
	pool  taker
	run   int // of the pool
	chunk chunk
	cut   int  // events of which not all combinations of keys count
	seen  *met // gathers the keys; may be nil
	only  *met // the keys that count; nil: all
}

// taker takes chunks of offers from all workers; latest is the worker's own mark.
type taker interface{ take(latest *int, c chunk) }

// term is a stage at work.
type term struct {
	stage uint16
	cond  evaluator
	*keyer
}

// chunkSize is how many offers are put in order at a time.
const chunkSize = 4096

// keptRows is how many events are kept in one piece: as long as one of them is pending all are.
const keptRows = 128

func newTerms(stages []plan.Stage, bd *binder) []term {
	terms := make([]term, len(stages))
	for i, s := range stages {
		terms[i] = term{uint16(i), bd.bind(s.Cond), newKeyer(s.Keys)}
	}
	return terms
}

func (g *gatherer) Add(b *column.Batch) bool {
	at := b.Col(plan.EventTime)
	truths := make([][]column.Truth, len(g.terms))
	for i, t := range g.terms {
		truths[i] = column.Truths(t.cond.eval(b))
	}
	var rows []uint32
	for r := range b.Rows {
		if !at.IsNull(r) && slices.ContainsFunc(truths, func(t []column.Truth) bool { return t[r] == column.True }) {
			rows = append(rows, uint32(r))
		}
	}
	for len(rows) > 0 {
		n := g.offer(b, rows[:min(keptRows, len(rows))], truths)
		if rows = rows[n:]; len(g.chunk.offers) >= chunkSize {
			g.flush()
		}
	}
	for _, t := range g.terms {
		clear(t.cols) // whose dictionaries may be large
	}
	return g.seen.many()
}

// offer offers rows to the stages that they satisfy, until there are enough offers for a chunk, and says how many rows those were.
func (g *gatherer) offer(b *column.Batch, rows []uint32, truths [][]column.Truth) int {
	at, pos, tie := b.Col(plan.EventTime), b.Col(plan.Position), b.Col(g.tie)
	for i := range g.terms {
		g.terms[i].load(b)
	}
	before := len(g.chunk.offers)
	for n, r := range rows {
		if len(g.chunk.offers) >= before+chunkSize {
			rows = rows[:n]
			break
		}
		row := int(r)
		o := waiting{Time: at.Value(row).Int(), Pos: pos.Value(row).Int(), Tie: tieOf(tie.Value(row))}
		whole := true
		for i, t := range g.terms {
			if truths[i][row] != column.True {
				continue
			}
			o.Stage = t.stage
			whole = t.each(row, func(id digest, values []column.Value) bool {
				if g.only.has(id) {
					o.Key = sequence.Key{id.Hi, id.Lo}
					g.chunk.offers = append(g.chunk.offers, o)
					g.seen.add(id, values)
				}
				return true
			}) && whole
		}
		if !whole {
			g.cut++
		}
	}
	if len(g.chunk.offers) > before {
		g.keepFor(g.chunk.offers[before:], b, rows)
	}
	return len(rows)
}

// keepFor keeps the rows of a batch for their offers, if they must be kept.
func (g *gatherer) keepFor(offers []waiting, b *column.Batch, rows []uint32) {
	kept := g.kept(b, rows)
	if kept == nil {
		return
	}
	g.chunk.kept, g.chunk.bytes = append(g.chunk.kept, kept), g.chunk.bytes+spill.Weight(kept)
	for i := range offers {
		offers[i].Ref = uint32(len(g.chunk.kept))
	}
}

func (g *gatherer) flush() {
	own := g.chunk
	own.offers = slices.Clone(own.offers)
	g.pool.take(&g.run, own)
	g.chunk = chunk{offers: g.chunk.offers[:0]}
}

func (g *gatherer) Merge(from Sink) {
	f := from.(*gatherer)
	g.cut += f.finish()
	g.seen.merge(f.seen)
}

// finish gives the last offers to the pool, and says of how many events not all combinations of keys count.
func (g *gatherer) finish() int {
	g.flush()
	return g.cut
}

func (g *gatherer) Result() column.Stream { return nothing }

// tieOf is a number that orders events of one time: a number by its size, text by its beginning, and what is missing last.
func tieOf(v column.Value) int64 {
	switch v.Kind() {
	case column.Int, column.Time, column.Bool:
		return v.Int()
	case column.Null:
		return math.MaxInt64
	}
	if f, ok := v.Number(); ok {
		return int64(max(math.MinInt64, min(f, math.MaxInt64-1024)))
	}
	var first [8]byte
	copy(first[:], v.String())
	return int64(binary.BigEndian.Uint64(first[:]) ^ 1<<63)
}
