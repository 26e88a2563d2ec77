package main

import (
	"strings"
	"testing"
)

// The log has a sequence in the minute of every ten that a look-back of nine minutes leaves out, in two shapes.
func TestReadmeReplay(t *testing.T) {
	out, told := runLine(t, readme(t, "spoor replay")+" -o csv", nil)
	if strings.Count(out, ",never,") != 2 || strings.Count(out, `,gap,"no window holds 2025-03-03T06:10:58Z`) != 2 {
		t.Errorf("%s%s", out, told)
	}
}
