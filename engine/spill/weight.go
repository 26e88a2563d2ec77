package spill

import "spoor/engine/column"

// Weight is roughly what a kept batch holds in memory.
func Weight(b *column.Batch) int {
	if b == nil {
		return 0
	}
	n := 0
	for _, c := range b.Cols {
		switch c := c.(type) {
		case *column.Const:
			n += 40
		case *column.Dict:
			n += 4*b.Rows + 200
			for code := range c.Dictionary.Len() {
				n += 48 + len(c.Dictionary.Value(uint32(code)).Text())
			}
		case *column.Strings:
			n += 16 * b.Rows
			for _, s := range c.Values {
				n += len(s)
			}
		case *column.Packed:
			n += 4*b.Rows + c.Bytes()
		case *column.Numbers:
			n += 4 * b.Rows
		case *column.Ints, *column.Floats, *column.Times, *column.Bools:
			n += 8 * b.Rows
		default:
			for r := range b.Rows {
				for _, x := range c.Value(r).Items() {
					n += 40 + len(x.Text())
				}
			}
		}
	}
	return n
}
