package aggregate

import "spoor/engine/column"

var first = &Func{
	Name: "first", Syntax: "first(<field>)", Ordered: true,
	Doc:     "The first value in the order of the rows. Events come newest first.",
	Example: "first(n)", Want: "1",
	New: func(float64) State { return &sequences{keep: 1} },
}

var last = &Func{
	Name: "last", Syntax: "last(<field>)", Ordered: true,
	Doc:     "The last value in the order of the rows. Events come newest first.",
	Example: "last(n)", Want: "10",
	New: func(float64) State { return &sequences{keep: 1, latest: true} },
}

// listLimit is how many values list keeps.
const listLimit = 100

var list = &Func{
	Name: "list", Syntax: "list(<field>)", Ordered: true,
	Doc:     "The first 100 values in the order of the rows.",
	Example: "list(n)", Want: "1 4 4 10",
	New: func(float64) State { return &sequences{keep: listLimit} },
}

// sequences is the first values of each group in the order of the rows, or the last one.
type sequences struct {
	keep   int
	latest bool
	groups [][]column.Value
	bytes  int
}

func (s *sequences) Add(groups []uint32, args []column.Vector) {
	s.groups = extend(s.groups, groups)
	if _, constant := args[0].(*column.Const); !constant {
		each(groups, args[0], s.add)
		return
	}
	for i := range groups { // a constant list repeats row by row, not value by value
		each(groups[i:i+1], args[0].Slice(i, i+1), s.add)
	}
}

func (s *sequences) add(g uint32, v column.Value) {
	have := s.groups[g]
	switch {
	case s.latest && len(have) == 1:
		s.bytes += len(v.Text()) - len(have[0].Text())
		have[0] = v.Clone()
	case len(have) < s.keep:
		s.bytes += 48 + len(v.Text())
		s.groups[g] = append(have, v.Clone())
	}
}

// Merge takes the rows of the other state to come after these.
func (s *sequences) Merge(from State, groups []uint32) {
	s.groups = extend(s.groups, groups)
	for i, items := range from.(*sequences).groups {
		for _, v := range items {
			s.add(groups[i], v)
		}
	}
}

func (s *sequences) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		if items := at(s.groups, g); items != nil {
			return column.Multi(append([]column.Value(nil), items...))
		}
		return column.Value{}
	})
}

func (s *sequences) Size() int { return 24*cap(s.groups) + s.bytes }
