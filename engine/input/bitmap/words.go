package bitmap

import "encoding/binary"

// findWords sets the bits of the bytes of text that are what, and clears the others. It says whether text holds the byte other.
func findWords(text []byte, what, other byte, to Bitmap) (holds bool) {
	whats, others, met := uint64(what)*ones, uint64(other)*ones, uint64(0)
	whole := len(text) / each
	for i := range whole {
		b := (*[each]byte)(text[i*each:])
		to[i] = equal(b, whats)
		met |= meet(b, others)
	}
	switch rest := len(text) % each; {
	case rest == 0:
	case whole > 0: // together with bytes before it
		b := (*[each]byte)(text[len(text)-each:])
		to[whole] = equal(b, whats) >> (each - rest)
		met |= meet(b, others)
	default:
		var b [each]byte
		for i := copy(b[:], text); i < each; i++ {
			b[i] = ^other
		}
		to[0] = equal(&b, whats) & (1<<rest - 1)
		met = meet(&b, others)
	}
	return met&high != 0
}

// equal has a bit for each byte that is the one of which eight make a word.
func equal(b *[each]byte, eight uint64) uint64 {
	return gather(zeros(word(b, 0)^eight)) | gather(zeros(word(b, 1)^eight))<<8 | gather(zeros(word(b, 2)^eight))<<16 | gather(zeros(word(b, 3)^eight))<<24 |
		gather(zeros(word(b, 4)^eight))<<32 | gather(zeros(word(b, 5)^eight))<<40 | gather(zeros(word(b, 6)^eight))<<48 | gather(zeros(word(b, 7)^eight))<<56
}

// meet has one of its high bits set if a byte is the one of which eight make a word, and else none.
func meet(b *[each]byte, eight uint64) uint64 {
	return borrows(word(b, 0)^eight) | borrows(word(b, 1)^eight) | borrows(word(b, 2)^eight) | borrows(word(b, 3)^eight) |
		borrows(word(b, 4)^eight) | borrows(word(b, 5)^eight) | borrows(word(b, 6)^eight) | borrows(word(b, 7)^eight)
}

const (
	ones = 0x0101010101010101 // times a byte: a word of eight such bytes
	low7 = 0x7f * ones
	high = 0x80 * ones
)

func word(b *[each]byte, n int) uint64 { return binary.LittleEndian.Uint64(b[8*n : 8*n+8]) }

// zeros has the highest bit of each byte of a word that is zero: any of the lower bits of another byte carries into the highest.
func zeros(word uint64) uint64 { return ^(word&low7 + low7 | word | low7) }

// borrows has a highest bit set if a byte of the word is zero, and else none; it may be that of another byte too.
func borrows(word uint64) uint64 { return (word - ones) &^ word }

// gather makes the highest bits of the eight bytes, which have no others, neighbours: the product puts each where no other falls, in its top byte.
func gather(high uint64) uint64 { return high >> 7 * 0x0102040810204080 >> 56 }
