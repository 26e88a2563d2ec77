// Package pages is for long tables of which places are met in any order: it asks the system for large pages of memory, and the memory for many
// places at a time.
package pages

import "unsafe"

// least is the bytes from which on it pays.
const least = 4 << 20

// Large has a slice that was just made lie in large pages if it is long, and returns it. Rows meet millions of groups in any order, and the
// processor remembers where a few thousand pages are.
func Large[T any](s []T) []T {
	var x T
	if size := cap(s) * int(unsafe.Sizeof(x)); size >= least {
		advise(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), size))
	}
	return s
}

// Roomy has room for more, and twice as much as there is: append would copy what is long again and again.
func Roomy[T any](s []T, more int) []T {
	if cap(s)-len(s) >= more {
		return s
	}
	return append(Large(make([]T, 0, max(64, 2*len(s), len(s)+more))), s...)
}

// cached is the bytes below which the caches most likely hold a table, and most the places that they hold at a time.
const (
	cached = 1 << 20
	most   = 1 << 12
)

// Touch reads the given places of a slice, which are about to be changed. Here no read waits for one before, nor for a condition that was
// guessed wrong, so that the memory answers several at a time. What it returns means nothing.
func Touch[T any](s []T, places []uint32) (seen byte) {
	var x T
	size := int(unsafe.Sizeof(x))
	return touch(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*size), size, places)
}

// TouchRecords is Touch for records of so many words.
func TouchRecords(words []int64, width int, places []uint32) (seen byte) {
	return touch(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), len(words)*8), width*8, places)
}

//go:noinline
func touch(s []byte, size int, places []uint32) (seen byte) {
	if len(s) < cached || len(places) > most {
		return 0
	}
	for _, p := range places {
		at := int(p) * size
		seen += s[at] + s[at+size-1] // the two may be in different lines of the cache
	}
	return seen
}
