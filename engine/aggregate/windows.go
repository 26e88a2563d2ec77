package aggregate

import (
	"slices"

	"spoor/engine/column"
)

// countWindow counts rows, or values if it gets an argument.
type countWindow struct{ n int64 }

func (w *countWindow) Add(row []column.Value)    { w.n += occurrences(row) }
func (w *countWindow) Remove(row []column.Value) { w.n -= occurrences(row) }
func (w *countWindow) Value() column.Value       { return column.Integer(w.n) }
func (w *countWindow) Size() int                 { return 8 }

func occurrences(row []column.Value) int64 {
	if len(row) == 0 {
		return 1
	}
	return int64(len(row[0].Items()))
}

// sumWindow takes numbers from its exact sums as it added them.
type sumWindow struct {
	state *moments
	m     moment
}

func (w *sumWindow) Add(row []column.Value) {
	for _, v := range row[0].Items() {
		switch x := reading(v); x.Kind() {
		case column.Int:
			w.m.addInt(x.Int(), w.state.squares)
		case column.Float:
			w.m.add(x.Float(), w.state.squares)
		}
	}
}

func (w *sumWindow) Remove(row []column.Value) {
	for _, v := range row[0].Items() {
		switch x := reading(v); x.Kind() {
		case column.Int:
			w.m.n--
			w.m.sum.removeInt(x.Int())
			w.removeSquare(float64(x.Int()))
		case column.Float:
			w.m.n--
			w.m.sum.remove(x.Float())
			w.removeSquare(x.Float())
		}
	}
}

func (w *sumWindow) removeSquare(x float64) {
	if w.state.squares {
		product, err := square(x)
		w.m.squares.remove(product)
		w.m.squares.remove(err)
	}
}

func (w *sumWindow) Value() column.Value {
	if w.m.n == 0 {
		return column.Value{}
	}
	return w.state.result(&w.m)
}

func (w *sumWindow) Size() int { return 64 + 2*expansionSize }

// setWindow counts different texts.
type setWindow struct {
	of     *distincts
	counts map[string]uint64
	texts  int
}

func (w *setWindow) Add(row []column.Value) {
	for _, v := range row[0].Items() {
		text := v.String()
		if w.counts[text] == 0 {
			text = column.Str(text).Clone().Text()
			w.texts += len(text)
		}
		w.counts[text]++
	}
}

func (w *setWindow) Remove(row []column.Value) {
	for _, v := range row[0].Items() {
		text := v.String()
		if w.counts[text]--; w.counts[text] == 0 {
			delete(w.counts, text)
			w.texts -= len(text)
		}
	}
}

// Value asks the state of one group with these texts; what only counts them need not.
func (w *setWindow) Value() column.Value {
	if w.of.count != nil {
		return column.Integer(w.of.count(len(w.counts)))
	}
	d := &distincts{}
	for text := range w.counts {
		d.pairs.add(0, d.words.id(column.Str(text)), 1)
	}
	return w.of.result(d, 1).Value(0)
}

func (w *setWindow) Size() int { return 64 + 48*len(w.counts) + w.texts }

// modeWindow knows the most frequent text as long as none of its rows leaves; then all are compared again.
type modeWindow struct {
	setWindow
	best  string
	stale bool
}

func (w *modeWindow) Add(row []column.Value) {
	w.setWindow.Add(row)
	for _, v := range row[0].Items() {
		if text := v.String(); !w.stale && w.before(text, w.best) {
			w.best = column.Str(text).Clone().Text()
		}
	}
}

func (w *modeWindow) Remove(row []column.Value) {
	w.setWindow.Remove(row)
	for _, v := range row[0].Items() {
		w.stale = w.stale || v.String() == w.best
	}
}

// before says whether a text is more frequent than another or, if they are equally frequent, the first of them.
func (w *modeWindow) before(a, b string) bool {
	n, m := w.counts[a], w.counts[b]
	return n > m || n == m && column.Compare(column.Str(a), column.Str(b)) < 0
}

func (w *modeWindow) Value() column.Value {
	if len(w.counts) == 0 {
		return column.Value{}
	}
	if w.stale {
		w.best, w.stale = "", false
		for text := range w.counts {
			if w.before(text, w.best) {
				w.best = text
			}
		}
	}
	return column.Str(w.best)
}

// bagWindow keeps numbers in order.
type bagWindow struct {
	bag bag
	of  func(b *bag) float64
}

func (w *bagWindow) Add(row []column.Value) {
	for _, v := range row[0].Items() {
		if x := real(v); !reading(v).IsNull() && x == x {
			w.bag.insert(x + 0)
		}
	}
}

func (w *bagWindow) Remove(row []column.Value) {
	for _, v := range row[0].Items() {
		if x := real(v); !reading(v).IsNull() && x == x {
			w.bag.remove(x)
		}
	}
}

func (w *bagWindow) Value() column.Value {
	if w.bag.len() == 0 {
		return column.Value{}
	}
	return plainFloat(w.of(&w.bag))
}

func (w *bagWindow) Size() int { return 96 + w.bag.bytes() }

// queueWindow keeps its values in the order of the rows.
type queueWindow struct {
	items []column.Value
	texts int
	of    func(items []column.Value) column.Value // of one item at least
}

func newEdgeWindow(e *edges) *queueWindow {
	return &queueWindow{of: func(items []column.Value) column.Value {
		if e.last {
			return items[len(items)-1]
		}
		return items[0]
	}}
}

func newListWindow(l *lists) *queueWindow {
	return &queueWindow{of: func(items []column.Value) column.Value {
		if l.most > 0 && len(items) > l.most {
			items = items[:l.most]
		}
		return column.Multi(slices.Clone(items))
	}}
}

func (w *queueWindow) Add(row []column.Value) {
	for _, v := range row[0].Items() {
		w.items = append(w.items, v.Clone())
		w.texts += len(v.Text())
	}
}

func (w *queueWindow) Remove(row []column.Value) {
	for _, v := range row[0].Items() {
		w.texts -= len(v.Text())
		w.items = w.items[1:]
	}
}

func (w *queueWindow) Value() column.Value {
	if len(w.items) == 0 {
		return column.Value{}
	}
	return w.of(w.items)
}

func (w *queueWindow) Size() int { return 64 + 48*cap(w.items) + w.texts }
