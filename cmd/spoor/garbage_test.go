package main

import (
	"math"
	"testing"
)

func TestPercentOfGarbage(t *testing.T) {
	const mega = 1 << 20
	for _, c := range []struct {
		why           string
		scanned, used uint64
		want          int
	}{
		{"all in use must be looked at", 100 * mega, 100 * mega, 200},
		{"a quarter of it", 100 * mega, 400 * mega, 50},
		{"hardly anything: there is always room for some garbage", mega, 240 * mega, 10},
		{"nothing was collected yet", 0, 0, 600},
		{"of more than there can be", math.MaxUint64 / 400, mega, math.MaxInt32},
	} {
		if got := percentOfGarbage(c.scanned, c.used); got != c.want {
			t.Errorf("%s: %d percent, want %d", c.why, got, c.want)
		}
	}
}
