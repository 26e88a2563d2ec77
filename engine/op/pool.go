package op

import (
	"container/heap"
	"slices"
	"sync"

	"spoor/engine/column"
	"spoor/engine/sequence"
)

// How much of a sequence's events is put in order at a time. Beyond, the older half is taken for complete.
const (
	mostOffers    = 8 << 20
	mostKeptBytes = 512 << 20
)

// pool puts the offers of all workers in order and feeds them to a machine. Until the end, unless they are too many.
type pool struct {
	machine   *sequence.Machine[*column.Batch]
	stages    int
	emit      func(sequence.Match[*column.Batch])
	most      int // offers
	mostBytes int // of kept events

	mu       sync.Mutex
	runs     merged
	nextRun  int
	n, bytes int
	last     waiting // that was fed
	fed      bool
	late     int // offers that came when later ones had been fed
}

// waiting is an offer before its turn. Its Ref is 0, or 1 and the index of the batch that holds the event among those of its chunk: where millions
// of offers wait, the garbage collector need not look at them.
type waiting = sequence.Offer[uint32]

// chunk is offers, the batches that are kept for them, and their bytes.
type chunk struct {
	offers []waiting
	kept   []*column.Batch
	bytes  int
}

// offer is the i-th offer with its event.
func (c *chunk) offer(i int) offer {
	w := &c.offers[i]
	o := offer{Time: w.Time, Tie: w.Tie, Pos: w.Pos, Key: w.Key, Stage: w.Stage}
	if w.Ref > 0 {
		o.Ref = c.kept[w.Ref-1]
	}
	return o
}

// run is chunks one after another in order.
type run struct {
	number int
	chunks []chunk
	at     int // in the first chunk
}

func (r *run) first() *waiting { return &r.chunks[0].offers[r.at] }

func (p *pool) compare(a, b waiting) int { return sequence.Compare(a, b, p.stages) }

// take adds a chunk behind the worker's latest run if it fits there, and else begins another one, of which it tells the worker.
func (p *pool) take(latest *int, c chunk) {
	slices.SortFunc(c.offers, p.compare)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fed {
		n, _ := slices.BinarySearchFunc(c.offers, p.last, p.compare)
		c.offers, p.late = c.offers[n:], p.late+n
	}
	if len(c.offers) == 0 {
		return
	}
	p.n, p.bytes = p.n+len(c.offers), p.bytes+c.bytes
	p.append(latest, c)
	if p.n > p.most || p.bytes > p.mostBytes {
		p.feed(p.n / 2)
	}
}

func (p *pool) append(latest *int, c chunk) {
	for _, r := range p.runs.list {
		if r.number != *latest {
			continue
		}
		if end := r.chunks[len(r.chunks)-1].offers; p.compare(end[len(end)-1], c.offers[0]) <= 0 {
			r.chunks = append(r.chunks, c)
			return
		}
	}
	p.nextRun++
	*latest = p.nextRun
	p.runs.list = append(p.runs.list, &run{number: p.nextRun, chunks: []chunk{c}})
}

// feed gives the machine the first n offers.
func (p *pool) feed(n int) {
	p.runs.compare = p.compare
	heap.Init(&p.runs)
	buf := make([]offer, 0, chunkSize)
	for ; n > 0 && len(p.runs.list) > 0; n-- {
		first := p.runs.list[0]
		buf, p.last, p.fed = append(buf, first.chunks[0].offer(first.at)), *first.first(), true
		p.n--
		p.advance()
		if len(buf) == cap(buf) || n == 1 || len(p.runs.list) == 0 {
			p.machine.Feed(buf, p.emit)
			buf = buf[:0]
		}
	}
}

// advance moves on in the run that came first.
func (p *pool) advance() {
	r := p.runs.list[0]
	if r.at++; r.at == len(r.chunks[0].offers) {
		p.bytes -= r.chunks[0].bytes
		r.chunks[0] = chunk{}
		r.chunks, r.at = r.chunks[1:], 0
	}
	if len(r.chunks) == 0 {
		heap.Pop(&p.runs)
	} else {
		heap.Fix(&p.runs, 0)
	}
}

// finish feeds what is left.
func (p *pool) finish() {
	p.feed(p.n)
	p.machine.Flush(p.emit)
}

// merged is runs of which the one with the earliest offer is on top.
type merged struct {
	list    []*run
	compare func(a, b waiting) int
}

func (m *merged) Len() int           { return len(m.list) }
func (m *merged) Less(i, j int) bool { return m.compare(*m.list[i].first(), *m.list[j].first()) < 0 }
func (m *merged) Swap(i, j int)      { m.list[i], m.list[j] = m.list[j], m.list[i] }
func (m *merged) Push(x any)         { m.list = append(m.list, x.(*run)) }

func (m *merged) Pop() any {
	last := m.list[len(m.list)-1]
	m.list[len(m.list)-1] = nil
	m.list = m.list[:len(m.list)-1]
	return last
}
