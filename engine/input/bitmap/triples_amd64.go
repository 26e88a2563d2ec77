//go:build !purego

package bitmap

// nextTriples finds the first 64 bytes in which triples begin, of as many as size says, and the places in them; none: there are none. The text has two
// bytes more.
func nextTriples(t *Triples, text []byte, size int, groups *[each]uint8) (at int, places uint64) {
	if !vectors() {
		return nextBytes(t, text, size, groups)
	}
	return nextVector(&t.halves, &text[0], size, groups)
}

// nextVector does so with AVX2. The size is a multiple of 64.
//
//go:noescape
func nextVector(halves *[3][2][16]byte, text *byte, size int, groups *[each]uint8) (at int, places uint64)
