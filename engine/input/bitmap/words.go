package bitmap

import "encoding/binary"

// findWords sets the bits of the bytes of text that are what, and clears the others. It says whether text holds the byte other.
func findWords(text []byte, what, other byte, to Bitmap) (holds bool) {
	what8, other8, any := uint64(what)*ones, uint64(other)*ones, uint64(0)
	whole := len(text) / each
	for i := range whole {
		block, m := text[i*each:(i+1)*each], uint64(0)
		for at := 0; at < each; at += 8 {
			word := binary.LittleEndian.Uint64(block[at:])
			m |= gather(zeros(word^what8)) << at
			any |= zeros(word ^ other8)
		}
		to[i] = m
	}
	if rest := text[whole*each:]; len(rest) > 0 {
		to[whole] = 0
		for i, c := range rest {
			if c == what {
				to[whole] |= 1 << i
			}
			holds = holds || c == other
		}
	}
	return holds || any != 0
}

const (
	ones = 0x0101010101010101 // times a byte: a word of eight such bytes
	low7 = 0x7f * ones
)

// zeros has the highest bit of each byte of a word that is zero: any of the lower bits of another byte carries into the highest.
func zeros(word uint64) uint64 { return ^(word&low7 + low7 | word | low7) }

// gather makes the highest bits of the eight bytes, which have no others, neighbours: the product puts each where no other falls, in its top byte.
func gather(high uint64) uint64 { return high >> 7 * 0x0102040810204080 >> 56 }
