package aggregate

import (
	"bufio"

	"spoor/engine/column"
)

// AllNumeric is the function as `stats allnum=true` has it: a function of numbers has no result at all if any value of any row is none.
func AllNumeric(f *Func) *Func {
	if !f.Numeric {
		return f
	}
	strict := *f
	strict.New = func(param float64) State { return &numeric{State: f.New(param)} }
	return &strict
}

// numeric is a state that a value that is no number spoils.
type numeric struct {
	State
	spoilt bool
}

func (n *numeric) Add(groups []uint32, args []column.Vector) {
	n.State.Add(groups, args)
	if !n.spoilt {
		each(groups, args[0], func(_ uint32, v column.Value) {
			if _, ok := v.Number(); !ok {
				n.spoilt = true
			}
		})
	}
}

func (n *numeric) Merge(from State, groups []uint32) {
	f := from.(*numeric)
	n.State.Merge(f.State, groups)
	n.spoilt = n.spoilt || f.spoilt
}

func (n *numeric) Result(groups int) column.Vector {
	if n.spoilt {
		return column.Nulls(groups)
	}
	return n.State.Result(groups)
}

func (n *numeric) Save(w *bufio.Writer, groups []uint32) {
	writer{w}.flag(n.spoilt)
	n.State.Save(w, groups)
}

func (n *numeric) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	if n.spoilt = r.flag(); r.err != nil {
		return r.err
	}
	return n.State.Load(from)
}
