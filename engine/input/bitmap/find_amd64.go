//go:build !purego

package bitmap

import "golang.org/x/sys/cpu"

// find sets the bits of the bytes of text that are what, and clears the others. It says whether text holds the byte other.
func find(text []byte, what, other byte, to Bitmap) (holds bool) {
	if len(text) < each || !vectors() {
		return findWords(text, what, other, to)
	}
	return findVector(&text[0], len(text), &to[0], what, other)
}

// vectors says whether there are vector instructions to use.
func vectors() bool { return cpu.X86.HasAVX2 && !without.Load() }

// findVector does so for at least 64 bytes, with AVX2.
//
//go:noescape
func findVector(text *byte, size int, to *uint64, what, other byte) (holds bool)
