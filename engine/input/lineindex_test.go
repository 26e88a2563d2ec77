package input

import (
	"slices"
	"strings"
	"testing"
)

// Lines of a stream are known however it comes in parts, and however often it is read.
func TestLineIndex(t *testing.T) {
	text := "a\n\nbcd\r\n" + strings.Repeat("x", 300) + "\nlast"
	var offsets, want []int64
	line := int64(1)
	for i := range len(text) {
		offsets, want = append(offsets, int64(i)), append(want, line)
		if text[i] == '\n' {
			line++
		}
	}
	for _, size := range []int{1, 2, 7, len(text)} {
		x := &LineIndex{}
		for range 2 {
			for at := 0; at < len(text); at += size {
				x.note(int64(at), []byte(text[at:min(at+size, len(text))]))
			}
		}
		if got := x.lines(offsets); !slices.Equal(got, want) {
			t.Errorf("in parts of %d: %d, not %d", size, got, want)
		}
		if got := x.lines([]int64{int64(len(text))}); got[0] != 0 {
			t.Errorf("behind the end is line %d", got[0])
		}
	}
}
