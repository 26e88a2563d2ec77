package bitmap

import (
	"strings"
	"testing"
)

func TestStops(t *testing.T) {
	var s Stops
	for _, text := range []string{"", "<", "a", "a<b", strings.Repeat("a<", 400), strings.Repeat("a", first-1) + "<b", strings.Repeat("a", first) + "<b", strings.Repeat("a", 127) + "<", strings.Repeat("a", first+further) + "<" + strings.Repeat("a", 3*further) + "b<"} {
		for _, other := range []byte{'<', 'b', 'a'} {
			s.Open([]byte(text), '<', other)
			for at := 0; at <= len(text); at += 1 + at/50 {
				want := len(text)
				if n := strings.IndexAny(text[at:], "<"+string(other)); n >= 0 {
					want = at + n
				}
				if got := s.Next(at); got != want {
					t.Fatalf("%d bytes: behind %d: %d, want %d", len(text), at, got, want)
				}
			}
		}
	}
}
