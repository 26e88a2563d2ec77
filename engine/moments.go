package engine

import (
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"spoor/engine/column"
	"spoor/engine/input"
)

// Moments is when the events were that were handed to a program of a pack, to within a grain of time.
type Moments struct {
	grain            int64
	earliest, latest int64 // what its scans search

	mu      sync.Mutex
	pages   map[int64]*[64]uint64 // of grains, a bit for each
	unclear bool                  // this does not tell of all events, for instance of those without a time
}

// Some says whether events from one moment to before another may be among them.
func (m *Moments) Some(from, to int64) bool {
	if m.unclear {
		return true
	}
	if from >= to || len(m.pages) == 0 {
		return false
	}
	numbers := slices.Sorted(maps.Keys(m.pages))
	first, last := m.at(from), m.at(to-1)
	at, _ := slices.BinarySearch(numbers, first>>pageBits)
	for ; at < len(numbers) && numbers[at] <= last>>pageBits; at++ {
		begin := numbers[at] << pageBits
		for n := max(first, begin); n <= min(last, begin+1<<pageBits-1); n++ {
			if m.pages[numbers[at]][n>>6&63]>>(n&63)&1 != 0 {
				return true
			}
		}
	}
	return false
}

// pageBits is how many grains a page has, as a power of two.
const pageBits = 12

// at is the number of a moment's grain.
func (m *Moments) at(ns int64) int64 {
	n := ns / m.grain
	if ns%m.grain < 0 {
		n--
	}
	return n
}

func (m *Moments) set(n int64) {
	page := m.pages[n>>pageBits]
	if page == nil {
		page = new([64]uint64)
		m.pages[n>>pageBits] = page
	}
	page[n>>6&63] |= 1 << (n & 63)
}

// add puts what others noted to it.
func (m *Moments) add(other *Moments) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.unclear = m.unclear || other.unclear
	for number, page := range other.pages {
		if m.pages[number] == nil {
			m.pages[number] = new([64]uint64)
		}
		for i := range page {
			m.pages[number][i] |= page[i]
		}
	}
}

func newMoments(grain time.Duration, d *input.Demand) *Moments {
	return &Moments{grain: max(int64(grain), 1), earliest: d.Earliest, latest: d.Latest, pages: map[int64]*[64]uint64{}}
}

// noting makes consumers note when the events are that a scan hands to them. It goes on when they want no more.
func (m *Moments) noting(d *input.Demand, consumers []func(string, *column.Batch) (bool, error)) (out []func(string, *column.Batch) (bool, error), end func()) {
	if d.Earliest != m.earliest || d.Latest != m.latest {
		m.add(&Moments{unclear: true})
	}
	extra := !d.All && !slices.Contains(d.Fields, "_time")
	if extra {
		d.Fields = append(slices.Clip(d.Fields), "_time")
	}
	own := make([]*Moments, len(consumers))
	for i, take := range consumers {
		own[i] = newMoments(time.Duration(m.grain), d)
		full := false
		out = append(out, func(kind string, b *column.Batch) (_ bool, err error) {
			own[i].note(b.Col("_time"), b.Rows)
			if full {
				return false, nil
			}
			if extra && !slices.Contains(d.Kinds[kind], "_time") {
				b = without(b, b.Schema.Slot("_time"))
			}
			full, err = take(kind, b)
			return false, err
		})
	}
	return out, func() {
		for _, o := range own {
			m.add(o)
		}
	}
}

func (m *Moments) note(times column.Vector, rows int) {
	last := int64(math.MinInt64)
	for row := range rows {
		ns, known := times.Value(row).Instant()
		if !known {
			m.unclear = true
			return
		}
		if n := m.at(ns); n != last {
			m.set(n)
			last = n
		}
	}
}

// without is a batch without one of its columns.
func without(b *column.Batch, slot int) *column.Batch {
	names := slices.Delete(slices.Clone(b.Schema.Names), slot, slot+1)
	return column.NewBatch(column.NewSchema(names...), slices.Delete(slices.Clone(b.Cols), slot, slot+1), b.Rows)
}
