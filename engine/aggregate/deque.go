package aggregate

import "spoor/engine/column"

// deque holds those of the values of a window that are the least, or may yet be when older ones have left: each is greater than the one
// before it and younger.
type deque[T any] struct {
	items   []aged[T]
	compare func(a, b T) int
}

// aged is a value with the number of its row.
type aged[T any] struct {
	row   int64
	value T
}

func newDeque[T any](compare func(a, b T) int) deque[T] { return deque[T]{compare: compare} }

// add takes a value of the youngest row. Of equal ones the older counts as less, as long as it is there.
func (d *deque[T]) add(row int64, value T) {
	n := len(d.items)
	for n > 0 && d.compare(value, d.items[n-1].value) < 0 {
		n--
	}
	d.items = append(d.items[:n], aged[T]{row, value})
}

// drop forgets the values of rows before one.
func (d *deque[T]) drop(before int64) {
	n := 0
	for n < len(d.items) && d.items[n].row < before {
		n++
	}
	d.items = d.items[n:]
}

func (d *deque[T]) least() (value T, ok bool) {
	if len(d.items) == 0 {
		return value, false
	}
	return d.items[0].value, true
}

// extremeWindow is min or max.
type extremeWindow struct {
	added, removed int64
	best           deque[column.Value]
}

func (w *extremeWindow) Add(row []column.Value) {
	for _, v := range row[0].Items() {
		if x := plain(v); !x.IsNull() {
			w.best.add(w.added, x.Clone())
		}
	}
	w.added++
}

func (w *extremeWindow) Remove([]column.Value) {
	w.removed++
	w.best.drop(w.removed)
}

func (w *extremeWindow) Value() column.Value {
	v, _ := w.best.least()
	return v
}

func (w *extremeWindow) Size() int { return 64 + 64*cap(w.best.items) }

// moveWindow is earliest, latest and rate.
type moveWindow struct {
	added, removed int64
	first, last    deque[event]
	result         func(first, last event) column.Value
}

func newMoveWindow(s *moves) *moveWindow {
	return &moveWindow{
		first:  newDeque(func(a, b event) int { return a.compare(&b) }),
		last:   newDeque(func(a, b event) int { return b.compare(&a) }),
		result: s.result,
	}
}

func (w *moveWindow) Add(row []column.Value) {
	if ns, ok := row[1].Instant(); ok {
		for _, v := range row[0].Items() {
			e := event{ns, row[2].Int(), v.Clone()}
			w.first.add(w.added, e)
			w.last.add(w.added, e)
		}
	}
	w.added++
}

func (w *moveWindow) Remove([]column.Value) {
	w.removed++
	w.first.drop(w.removed)
	w.last.drop(w.removed)
}

func (w *moveWindow) Value() column.Value {
	first, ok := w.first.least()
	if !ok {
		return column.Value{}
	}
	last, _ := w.last.least()
	return w.result(first, last)
}

func (w *moveWindow) Size() int { return 96 + 80*(cap(w.first.items)+cap(w.last.items)) }
