package source

import "testing"

func TestClosest(t *testing.T) {
	for _, c := range []struct {
		word       string
		candidates []string
		want       string
	}{
		{"stat", []string{"sort", "stats"}, "stats"},
		{"STAT", []string{"stats"}, "stats"},
		{"sttas", []string{"strcat", "stats"}, "stats"},
		{"cuont", []string{"count", "mount"}, "count"},
		{"sapn", []string{"limit", "span"}, "span"},
		{"tsats", []string{"tstats", "stats"}, "tstats"},
		{"apsn", []string{"span"}, ""}, // two slips in four letters
		{"x", []string{"stats"}, ""},
		{"", []string{"stats"}, ""},
		{"häufig", []string{"häuifg"}, "häuifg"},
		{"öä", []string{"äö"}, ""},
	} {
		if got := Closest(c.word, c.candidates); got != c.want {
			t.Errorf("%q: %q, want %q", c.word, got, c.want)
		}
	}
}
