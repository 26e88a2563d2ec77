package op

import (
	"sync"
	"time"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// Meter learns what each operator of a run takes; it knows once the rows have been read to their end. A nil meter learns nothing, and costs
// nothing.
type Meter struct {
	clock func() time.Time

	mu    sync.Mutex
	nodes map[plan.Node]*Took
	scans map[*plan.Scan]*Scanned
}

// Took is what an operator took.
type Took struct {
	Rows int64         // that it gave
	Time time.Duration // with what stands below it
}

// Scanned is what a scan took, and the row-wise steps behind it, which every worker runs on what it reads.
type Scanned struct {
	Events  int64         // that the steps were given
	Rows    int64         // that they left
	Reading time.Duration // of all workers: reading, searching, decoding
	Steps   time.Duration // of all workers
	Sink    time.Duration // of all workers: what the first operator above took of it
	Elapsed time.Duration // from its beginning to its end
	Kinds   map[string]*KindTook
	Barred  []string // kinds of which no event can pass: they are not decoded
}

// KindTook is what the steps took for the events of a kind.
type KindTook struct {
	Events, Rows int64
	Time         time.Duration
}

// NewMeter is a meter that looks at a clock.
func NewMeter(clock func() time.Time) *Meter {
	return &Meter{clock: clock, nodes: map[plan.Node]*Took{}, scans: map[*plan.Scan]*Scanned{}}
}

// Of is what a node took that stands above the cut; ok is false for the others.
func (m *Meter) Of(n plan.Node) (t Took, ok bool) {
	if of := m.nodes[n]; of != nil {
		return *of, true
	}
	return Took{}, false
}

// Scans is what the scans took: those of the plan, and those for the starts of processes, which are not in it.
func (m *Meter) Scans() map[*plan.Scan]*Scanned { return m.scans }

// stream measures the rows of a node: what its reader does with them is not its time.
func (m *Meter) stream(n plan.Node, rows column.Stream) column.Stream {
	if m == nil || rows == nil {
		return rows
	}
	return func(yield func(*column.Batch, error) bool) {
		var t Took
		begin := m.clock()
		for b, err := range rows {
			t.Time += m.clock().Sub(begin)
			if err == nil {
				t.Rows += int64(b.Rows)
			}
			more := yield(b, err)
			begin = m.clock()
			if !more {
				break
			}
		}
		t.Time += m.clock().Sub(begin)
		m.add(n, t)
	}
}

func (m *Meter) add(n plan.Node, t Took) {
	m.mu.Lock()
	defer m.mu.Unlock()
	of := m.nodes[n]
	if of == nil {
		of = &Took{}
		m.nodes[n] = of
	}
	of.Rows += t.Rows
	of.Time += t.Time
}

// reading measures a scan by several workers.
func (m *Meter) reading(c chain, workers int, run func() error) error {
	if m == nil {
		return run()
	}
	begin := m.clock()
	err := run()
	took := m.clock().Sub(begin)
	m.mu.Lock()
	defer m.mu.Unlock()
	of := m.scanned(c.scan)
	of.Elapsed += took
	of.Reading += time.Duration(workers) * took
	of.Barred = c.barred
	return err
}

// scanned is what is known of a scan. The meter is locked.
func (m *Meter) scanned(s *plan.Scan) *Scanned {
	of := m.scans[s]
	if of == nil {
		of = &Scanned{Kinds: map[string]*KindTook{}}
		m.scans[s] = of
	}
	return of
}

// line measures what a line does with a batch.
func (m *Meter) line(l *line, kind string, steps []step, b *column.Batch) (full bool) {
	begin := m.clock()
	out := apply(steps, b)
	between := m.clock()
	rows := 0
	if out != nil {
		rows = out.Rows
		full = l.sink.Add(out)
	}
	end := m.clock()
	m.mu.Lock()
	defer m.mu.Unlock()
	of := m.scanned(l.scan)
	k := of.Kinds[kind]
	if k == nil {
		k = &KindTook{}
		of.Kinds[kind] = k
	}
	k.Events += int64(b.Rows)
	k.Rows += int64(rows)
	k.Time += between.Sub(begin)
	of.Events += int64(b.Rows)
	of.Rows += int64(rows)
	of.Steps += between.Sub(begin)
	of.Sink += end.Sub(between)
	of.Reading -= end.Sub(begin)
	return full
}
