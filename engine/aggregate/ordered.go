package aggregate

import (
	"bufio"

	"spoor/engine/column"
)

var first = &Func{
	Name: "first", Syntax: "first(<field>)", Ordered: true,
	Doc:     "The first value in the order of the rows. Events come newest first.",
	Example: "first(n)", Want: "1",
	New: func(float64) State { return &edges{} },
}

var last = &Func{
	Name: "last", Syntax: "last(<field>)", Ordered: true,
	Doc:     "The last value in the order of the rows. Events come newest first.",
	Example: "last(n)", Want: "10",
	New: func(float64) State { return &edges{last: true} },
}

// edges is the first value of each group in the order of the rows, or the last one.
type edges struct {
	last   bool
	groups []column.Value
	texts  int
}

func (e *edges) Add(groups []uint32, args []column.Vector) {
	e.groups = extend(e.groups, groups)
	each(groups, args[0], e.add)
}

func (e *edges) add(g uint32, v column.Value) {
	have := &e.groups[g]
	if !have.IsNull() && !e.last {
		return
	}
	if have.Kind() == v.Kind() && column.Equal(*have, v) {
		return
	}
	e.texts += len(v.Text()) - len(have.Text())
	*have = v.Clone()
}

// Merge takes the rows of the other state to come after these.
func (e *edges) Merge(from State, groups []uint32) {
	e.groups = extend(e.groups, groups)
	for i, v := range from.(*edges).groups {
		if !v.IsNull() {
			e.add(groups[i], v)
		}
	}
}

func (e *edges) Result(n int) column.Vector {
	return results(n, func(g int) column.Value { return at(e.groups, g) })
}

func (e *edges) Size() int { return 48*cap(e.groups) + e.texts }

func (e *edges) Save(w *bufio.Writer, groups []uint32) {
	saveSlice(writer{w}, e.groups, groups, func(w writer, v *column.Value) { w.value(*v) })
}

func (e *edges) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	e.groups = loadSlice(r, func(r *reader, v *column.Value) {
		*v = r.value()
		e.texts += len(v.Text())
	})
	return r.err
}
