package aggregate

import (
	"bufio"

	"spoor/engine/column"
)

var count = &Func{
	Name: "count", Aliases: []string{"c"}, Syntax: "count[(<field>)]", NoArg: true,
	Doc:     "The number of rows, or of the values of a field.",
	Example: "count(n)", Want: "4",
	New: func(float64) State { return &counts{alone(1)} },
}

type counts struct{ part }

func (c *counts) Add(groups []uint32, args []column.Vector) {
	c.extend(groups)
	n := c.words[min(c.at, len(c.words)):]
	if len(args) == 0 {
		for _, g := range groups {
			n[int(g)*c.width]++
		}
		return
	}
	switch v := args[0].(type) {
	case *column.Const:
		items := int64(len(v.V.Items()))
		for _, g := range groups {
			n[int(g)*c.width] += items
		}
	case *column.Multis:
		for i, g := range groups {
			n[int(g)*c.width] += int64(v.Offsets[i+1] - v.Offsets[i])
		}
	case *column.Dict:
		for i, g := range groups {
			n[int(g)*c.width] += int64(len(v.Dictionary.Value(v.Codes[i]).Items()))
		}
	default:
		for i, g := range groups {
			if !v.IsNull(i) {
				n[int(g)*c.width]++
			}
		}
	}
}

func (c *counts) Merge(from State, groups []uint32) {
	c.extend(groups)
	f := from.(*counts)
	for i, g := range c.met(&f.part, groups) {
		c.of(int(g))[0] += f.of(i)[0]
	}
}

func (c *counts) Result(n int) column.Vector {
	out := &column.Ints{Values: make([]int64, n)}
	for g := range min(n, c.len()) {
		out.Values[g] = c.of(g)[0]
	}
	return out
}

func (c *counts) Size() int { return c.bytes() }

func (c *counts) Save(to *bufio.Writer, groups []uint32) {
	w := writer{to}
	w.uint(uint64(len(groups)))
	for _, g := range groups {
		n := int64(0)
		if of := c.of(int(g)); of != nil {
			n = of[0]
		}
		w.int(n)
	}
}

func (c *counts) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	for i := range r.items {
		c.extend([]uint32{i})
		c.of(int(i))[0] = r.int()
	}
	return r.err
}
