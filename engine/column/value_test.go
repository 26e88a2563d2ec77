package column

import (
	"math"
	"testing"
)

func TestInstant(t *testing.T) {
	for _, c := range []struct {
		in   Value
		want int64
		ok   bool
	}{
		{Nanos(1), 1, true},
		{Integer(-1), -1e9, true},
		{Real(1700000000.123456), 1700000000_123456000, true},
		{Real(-0.25), -250e6, true},
		{Str("1.5"), 1_500e6, true},
		{Str("soon"), 0, false},
		{Value{}, 0, false},
		{Boolean(true), 0, false},
		{Real(1e300), 0, false},
		{Real(math.Inf(-1)), 0, false},
		{Real(math.NaN()), 0, false},
	} {
		if got, ok := c.in.Instant(); got != c.want || ok != c.ok {
			t.Errorf("%s is %d (%t), want %d", c.in, got, ok, c.want)
		}
	}
}
