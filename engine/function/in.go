package function

import (
	"math"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// constants is the constant values that `in` compares with, such that few of them are looked at for one value.
type constants struct {
	words   map[string]bool            // texts
	truths  map[string]bool            // texts in small letters, which a truth value may equal
	numbers map[float64][]column.Value // what reads as a number, by its reading
	rest    []column.Value
}

func newConstants(args []Arg) *constants {
	c := &constants{words: map[string]bool{}, truths: map[string]bool{}, numbers: map[float64][]column.Value{}}
	for _, a := range args {
		if !looked(a) {
			continue
		}
		v := *a.Const
		if v.Kind() == column.String {
			text := v.Text()
			c.words[text], c.words[decodeEntities(text)], c.truths[strings.ToLower(text)] = true, true, true
		}
		n, number := v.Number()
		switch {
		case number && !math.IsNaN(n):
			c.numbers[n], c.words[v.String()] = append(c.numbers[n], v), true
		case v.Kind() != column.String:
			c.rest = append(c.rest, v)
		}
	}
	return c
}

// looked says whether a value is looked up; the others are compared one by one.
func looked(a Arg) bool { return a.Const != nil && a.Const.Kind() != column.List }

// hold says whether a value that is not null, whose text is s, equals one of the constants.
func (c *constants) hold(x column.Value, s string) bool {
	if c.words[s] || x.Kind() == column.Bool && c.truths[strings.ToLower(s)] {
		return true
	}
	if len(c.numbers) > 0 {
		n, number := x.Number()
		for _, y := range c.numbers[n] {
			if number && order(x, y) == 0 {
				return true
			}
		}
	}
	for _, y := range c.rest {
		if !y.IsNull() && order(x, y) == 0 {
			return true
		}
	}
	return false
}

// in compares with each value; constants are looked up together.
func in(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	known := newConstants(args[1:])
	var others []int
	for i, a := range args[1:] {
		if !looked(a) {
			others = append(others, i+1)
		}
	}
	return func(rows int, args []column.Vector) column.Vector {
		xs, ts := cells(args[0]), texts(args[0])
		rest := make([]view[column.Value], len(others))
		for j, i := range others {
			rest[j] = cells(args[i])
		}
		return build(rows, func(i int) (bool, bool) {
			s, ok := ts.at(i)
			if !ok {
				return false, false
			}
			x, _ := xs.at(i)
			if known.hold(x, s) {
				return true, true
			}
			for _, r := range rest {
				if y, _ := r.at(i); !y.IsNull() && order(x, y) == 0 {
					return true, true
				}
			}
			return false, true
		})
	}, nil
}

// takesIn says that the values need not be given if all are looked up.
func takesIn(args []Arg) int {
	for _, a := range args[1:] {
		if !looked(a) {
			return len(args)
		}
	}
	return 1
}
