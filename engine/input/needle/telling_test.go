package needle

import (
	"slices"
	"testing"
)

func TestTelling(t *testing.T) {
	for _, c := range []struct{ in, want []string }{
		{[]string{"restart", "reload"}, []string{"restart", "reload"}},
		{[]string{"a", "abcdefgh"}, []string{"a", "abcdefgh"}},
		{
			[]string{"36523bf5-5672-67c5-c0ce-1bacff5d0000", "36523bf5-5672-67c5-9015-32d199640000", "36523bf5-5672-67c5-365f-c1265a0d0000"},
			[]string{"c0ce-1bacff5d0000", "9015-32d199640000", "365f-c1265a0d0000"},
		},
		{nil, nil},
	} {
		got := Telling(c.in)
		if len(c.want) == 3 {
			for i, text := range got { // where exactly it begins does not matter, but the beginning that all share is gone
				if len(text) > len(c.want[i])+3 || len(text) < window {
					t.Errorf("%q of %q", text, c.in[i])
				}
			}
			continue
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}
