package aggregate

import (
	"bufio"

	"spoor/engine/column"
)

var count = &Func{
	Name: "count", Aliases: []string{"c"}, Syntax: "count[(<field>)]", NoArg: true,
	Doc:     "The number of rows, or of the values of a field.",
	Example: "count(n)", Want: "4",
	New: func(float64) State { return &counts{} },
}

type counts struct{ n []int64 }

func (c *counts) Add(groups []uint32, args []column.Vector) {
	c.n = extend(c.n, groups)
	if len(args) == 0 {
		for _, g := range groups {
			c.n[g]++
		}
		return
	}
	switch v := args[0].(type) {
	case *column.Const:
		items := int64(len(v.V.Items()))
		for _, g := range groups {
			c.n[g] += items
		}
	case *column.Multis:
		for i, g := range groups {
			c.n[g] += int64(v.Offsets[i+1] - v.Offsets[i])
		}
	case *column.Dict:
		c.addDict(groups, v)
	default:
		for i, g := range groups {
			if !v.IsNull(i) {
				c.n[g]++
			}
		}
	}
}

func (c *counts) addDict(groups []uint32, v *column.Dict) {
	for i, g := range groups {
		c.n[g] += int64(len(v.Dictionary.Value(v.Codes[i]).Items()))
	}
}

func (c *counts) Merge(from State, groups []uint32) {
	c.n = extend(c.n, groups)
	for i, n := range from.(*counts).n {
		c.n[groups[i]] += n
	}
}

func (c *counts) Result(n int) column.Vector {
	out := &column.Ints{Values: make([]int64, n)}
	copy(out.Values, c.n)
	return out
}

func (c *counts) Size() int { return 8 * cap(c.n) }

func (c *counts) Save(w *bufio.Writer, groups []uint32) {
	saveSlice(writer{w}, c.n, groups, func(w writer, n *int64) { w.int(*n) })
}

func (c *counts) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	c.n = loadSlice(r, func(r *reader, n *int64) { *n = r.int() })
	return r.err
}
