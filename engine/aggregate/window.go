package aggregate

import "spoor/engine/column"

// Window is one aggregate over the rows of one group that come and go, the oldest first: what streamstats asks. Its value is what a State
// gives for the rows that are there.
type Window interface {
	// Add takes a row: a value for each argument, as a State gets columns. Values that are kept are cloned.
	Add(row []column.Value)
	// Remove takes back the oldest row that is there, which must be given again.
	Remove(row []column.Value)
	// Value is the result over the rows that are there. It changes nothing.
	Value() column.Value
	// Size is roughly the number of bytes that the window retains.
	Size() int
}

// Window makes an empty window. If rows never leave it, a sliding one gives the same with more memory.
func (f *Func) Window(param float64, sliding bool) Window {
	switch s := f.New(param).(type) {
	case *counts:
		return &countWindow{}
	case *moments:
		return &sumWindow{state: s}
	case *distincts:
		set := setWindow{of: s, counts: map[string]uint64{}}
		if s.pairs.counted {
			return &modeWindow{setWindow: set}
		}
		return &set
	case *quantiles:
		return &bagWindow{of: s.of}
	case *extremes:
		if sliding {
			return &extremeWindow{best: newDeque(func(a, b column.Value) int { return s.sign * compare(a, b) })}
		}
	case *moves:
		if sliding {
			return newMoveWindow(s)
		}
	case *edges:
		if sliding {
			return newEdgeWindow(s)
		}
	case *lists:
		if sliding {
			return newListWindow(s)
		}
	}
	if !sliding {
		return &stateWindow{state: f.New(param)}
	}
	return &rowWindow{make: func() State { return f.New(param) }}
}

// stateWindow is a window that no row leaves.
type stateWindow struct{ state State }

func (w *stateWindow) Add(row []column.Value) {
	w.state.Add([]uint32{0}, columns([][]column.Value{row}))
}
func (w *stateWindow) Remove([]column.Value) { panic("a row leaves a window that does not slide") }
func (w *stateWindow) Value() column.Value   { return w.state.Result(1).Value(0) }
func (w *stateWindow) Size() int             { return w.state.Size() }

// rowWindow keeps its rows and goes through all of them whenever it is asked.
type rowWindow struct {
	make  func() State
	rows  [][]column.Value
	bytes int
}

func (w *rowWindow) Add(row []column.Value) {
	own := make([]column.Value, len(row))
	for i, v := range row {
		own[i] = v.Clone()
	}
	w.rows = append(w.rows, own)
	w.bytes += rowBytes(own)
}

func (w *rowWindow) Remove([]column.Value) {
	w.bytes -= rowBytes(w.rows[0])
	w.rows[0] = nil
	w.rows = w.rows[1:]
}

func rowBytes(row []column.Value) int {
	n := 24 + 48*len(row)
	for _, v := range row {
		for _, x := range v.Items() {
			n += len(x.Text())
		}
	}
	return n
}

func (w *rowWindow) Value() column.Value {
	s := w.make()
	if len(w.rows) > 0 {
		s.Add(make([]uint32, len(w.rows)), columns(w.rows))
	}
	return s.Result(1).Value(0)
}

func (w *rowWindow) Size() int { return 64 + w.bytes }

// columns is rows as vectors.
func columns(rows [][]column.Value) []column.Vector {
	out := make([]column.Vector, len(rows[0]))
	for i := range out {
		values := make([]column.Value, len(rows))
		for j, row := range rows {
			values[j] = row[i]
		}
		out[i] = column.FromValues(values)
	}
	return out
}
