package op

import (
	"iter"
	"math"
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
)

// transactions is the sink that makes one row of the rows that belong together.
type transactions struct {
	collector
	node       *plan.Transaction
	env        *function.Env
	start, end evaluator      // nil: no such condition
	many       int            // how many rows are made at once
	last       int64          // the time of the last row
	after      []plan.SortKey // what tells transactions of one time apart: their rows get the keys of their newest ones, in hidden columns
	going      *grouping      // of the rows so far; nil: they do not come in the order in which they are looked at, or some were put away
}

func (r *runner) transactions(n *plan.Transaction, bd *binder) *transactions {
	t := &transactions{
		collector: collector{size: r.BatchRows, keys: newestRows, space: r.Space, account: r.Space.Account()},
		node:      n, env: r.Env, many: r.Workers, last: math.MaxInt64,
	}
	if n.Start != nil {
		t.start = bd.bind(n.Start)
	}
	if n.End != nil {
		t.end = bd.bind(n.End)
	}
	t.going = t.grouping()
	return t
}

// txn is a transaction.
type txn struct {
	number, count  uint32 // its place among all, and of how many rows it is
	first          uint32 // where its rows begin among those that are dealt
	newest, oldest int64
	done           bool // no further row joins
	closed         bool // something ended it
	started        bool
	orphan         bool
	evicted        bool // given up, since too many were open
	pooled         int  // rows that the pool of open ones counts
}

// newestRows is the order in which rows are looked at.
var newestRows = []plan.SortKey{{Name: "_time", Desc: true, By: plan.Num}}

func (t *transactions) Add(b *column.Batch) bool {
	if t.going != nil && t.follow(b.Col("_time")) {
		t.going.add(t, b)
	} else {
		t.going = nil
	}
	full := t.collector.Add(without(b, plan.Position))
	if len(t.runs) > 0 {
		t.going = nil
	}
	return full
}

// follow says whether the rows are times that are no newer than those before.
func (t *transactions) follow(v column.Vector) bool {
	times, ok := v.(*column.Times)
	if !ok || times.Null != nil {
		return false
	}
	for _, at := range times.Values {
		if int64(at) > t.last {
			return false
		}
		t.last = int64(at)
	}
	return true
}

func (t *transactions) Result() column.Stream {
	switch {
	case len(t.runs) > 0:
		return t.apart()
	case len(t.batches) == 0:
		return nothing
	}
	held, g := newRows(t.batches, nil), t.going
	rows := all(held.n)
	if g == nil {
		rows = order(held, newestRows, 0)
		g = t.grouped(held, rows)
	}
	g.pool.tell(t.env)
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range t.made(held, rows, g) {
			if err != nil {
				yield(nil, err)
				return
			}
			for piece := range pieces(lasting(b), t.size) {
				if !yield(piece, nil) {
					return
				}
			}
		}
	}
}

// grouped is the transactions of rows that are held, in the given order of them.
func (t *transactions) grouped(held *rows, order []uint32) *grouping {
	g, read := t.grouping(), newRows(held.batches, nil)
	read.names = t.node.Reads()
	for some := range slices.Chunk(order, chunkSize) {
		g.add(t, read.gather(some))
	}
	return g
}

// made is a row for each of the transactions that held rows were grouped into in an order, in stretches.
func (t *transactions) made(held *rows, order []uint32, g *grouping) iter.Seq2[*column.Batch, error] {
	list, dealt := g.finished(), g.dealt()
	held.prepare(nil)
	bounds := stretches(list)
	return ahead(len(bounds)-1, t.many, func(i int) *column.Batch {
		some := list[bounds[i]:bounds[i+1]]
		var rows []uint32
		for _, x := range some {
			for _, r := range dealt[x.first : x.first+x.count] {
				rows = append(rows, order[r])
			}
		}
		return t.rowsOf(held.gather(rows), some)
	})
}

// stretches is where those transactions begin and end of which rows are made at a time.
func stretches(list []*txn) []int {
	const enough = 4096
	bounds, rows := []int{0}, 0
	for i, x := range list {
		if rows >= enough {
			bounds, rows = append(bounds, i), 0
		}
		rows += int(x.count)
	}
	return append(bounds, len(list))
}

// nanos is the time in a value, as it is or in seconds since 1970.
func nanos(v column.Value) int64 {
	if v.Kind() == column.Time {
		return v.Int()
	}
	f, _ := column.ParseNumber(v.String())
	return int64(f * 1e9)
}
