//go:build !amd64 || purego

package bitmap

func nextTriples(t *Triples, text []byte, size int, groups *[each]uint8) (at int, places uint64) {
	return nextBytes(t, text, size, groups)
}
