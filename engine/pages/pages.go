// Package pages asks the system for large pages of memory.
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
