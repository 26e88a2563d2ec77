package function

import "spoor/engine/column"

// mostBits is the greatest number that the bitwise functions take: the greatest below which each integer has a float64 of its own.
const mostBits = 1<<53 - 1

var bitFunctions = []Func{
	bitwise("bit_and", "whose bits are set in all of the numbers", `bit_and(12, 9)`, "8", func(x, y uint64) uint64 { return x & y }),
	bitwise("bit_or", "whose bits are set in one of the numbers", `bit_or(4, 2)`, "6", func(x, y uint64) uint64 { return x | y }),
	bitwise("bit_xor", "whose bits are set in an odd count of the numbers", `bit_xor(3, 2)`, "1", func(x, y uint64) uint64 { return x ^ y }),
	{
		Name: "bit_not", Family: "bits", Syntax: "bit_not(<number>[, <mask>])", MinArgs: 1, MaxArgs: 2,
		Doc: "The number whose bits are the other way round, of the 53 that there are or of those of the mask. " + bitRange, Example: `bit_not(9, 15)`, Want: "6",
		Bind: bits(func(row []uint64) uint64 {
			if len(row) == 1 {
				return ^row[0] & mostBits
			}
			return ^row[0] & row[1]
		}),
	},
	{
		Name: "bit_shift_left", Family: "bits", Syntax: "bit_shift_left(<number>, <count>)", MinArgs: 2, MaxArgs: 2,
		Doc: "The number with its bits moved to the left; what leaves the 53 bits is lost. " + bitRange, Example: `bit_shift_left(3, 52)`, Want: "4503599627370496",
		Bind: bits(func(row []uint64) uint64 { return row[0] << min(row[1], 64) & mostBits }),
	},
	{
		Name: "bit_shift_right", Family: "bits", Syntax: "bit_shift_right(<number>, <count>)", MinArgs: 2, MaxArgs: 2,
		Doc: "The number with its bits moved to the right. " + bitRange, Example: `bit_shift_right(9, 1)`, Want: "4",
		Bind: bits(func(row []uint64) uint64 { return row[0] >> min(row[1], 64) }),
	},
}

const bitRange = "Null unless all are integers from 0 to 9007199254740991."

func bitwise(name, which, example, want string, f func(x, y uint64) uint64) Func {
	return Func{
		Name: name, Family: "bits", Syntax: name + "(<number>, <number>, ...)", MinArgs: 2, MaxArgs: -1,
		Doc: "The number " + which + ". " + bitRange, Example: example, Want: want,
		Bind: bits(func(row []uint64) uint64 {
			out := row[0]
			for _, x := range row[1:] {
				out = f(out, x)
			}
			return out
		}),
	}
}

// bits binds a function of numbers that have no sign and no more than 53 bits.
func bits(f func(row []uint64) uint64) binding {
	return rowwise(func(_ *Env, row []column.Value) column.Value {
		in := make([]uint64, len(row))
		for i, v := range row {
			n, ok := v.Number()
			if !ok || n != float64(uint64(max(min(n, mostBits+1), 0))) || n > mostBits {
				return column.Value{}
			}
			in[i] = uint64(n)
		}
		return column.Integer(int64(f(in)))
	})
}
