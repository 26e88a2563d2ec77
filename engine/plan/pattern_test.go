package plan

import (
	"slices"
	"strings"
	"testing"
)

func TestMatchName(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		stars         []string
		ok            bool
	}{
		{"a", "a", nil, true},
		{"a", "b", nil, false},
		{"*", "anything", []string{"anything"}, true},
		{"Processes.*", "Processes.user", []string{"user"}, true},
		{"Processes.*", "Process.user", nil, false},
		{"*_time", "first_time", []string{"first"}, true},
		{"*_time", "first_time_", nil, false},
		{"a*b*c", "a1b2c", []string{"1", "2"}, true},
		{"a*b*c", "abbc", []string{"", "b"}, true},
		{"a*bc", "abbc", []string{"b"}, true},
		{"**", "ab", []string{"", "ab"}, true},
		{"", "", nil, true},
		{"*", "\x00position", nil, false},
	} {
		stars, ok := MatchName(c.pattern, c.name)
		if ok != c.ok || ok && !slices.Equal(stars, c.stars) {
			t.Errorf("MatchName(%q, %q) = %q, %v; want %q, %v", c.pattern, c.name, stars, ok, c.stars, c.ok)
		}
	}
}

func TestRenamed(t *testing.T) {
	for _, c := range []struct{ names, pairs, want string }{
		{"a b", "a>x", "x b"},
		{"P.a P.b c", "P.*>*", "a b c"},
		{"a b", "a>b", "b"},       // what stood under the new name is gone
		{"a b", "missing>a", "b"}, // even if nothing comes to stand there
		{"a b", "missing_*>*", "a b"},
		{"a b", "a>x b>x", "x"}, // the later one wins
		{"a", "a>b b>c", "c"},   // one after another
		{"x_1 x_2", "x_*>*_y", "1_y 2_y"},
		{"a b", "a>a", "a b"},
	} {
		var pairs []RenamePair
		for _, p := range strings.Fields(c.pairs) {
			from, to, _ := strings.Cut(p, ">")
			pairs = append(pairs, RenamePair{from, to})
		}
		got, from := Renamed(strings.Fields(c.names), pairs)
		if strings.Join(got, " ") != c.want || len(got) != len(from) {
			t.Errorf("Renamed(%q, %q) = %q %v, want %q", c.names, c.pairs, got, from, c.want)
		}
	}
	if _, from := Renamed([]string{"a", "b"}, []RenamePair{{"a", "b"}}); !slices.Equal(from, []int{0}) {
		t.Errorf("b comes from column %v, want that of a", from)
	}
}

func TestProjected(t *testing.T) {
	names := []string{"_time", "b", "a1", "a2", "_raw", Position}
	for _, c := range []struct {
		mode     ProjectMode
		patterns string
		want     []string
	}{
		{Keep, "b", []string{"b", "_time", "_raw", Position}},
		{Keep, "a* missing", []string{"a1", "a2", "_time", "_raw", Position}},
		{Drop, "a*", []string{"_time", "b", "_raw", Position}},
		{Drop, "_raw _time", []string{"b", "a1", "a2", Position}},
		{Table, "a2 b missing", []string{"a2", "b", "missing", Position}},
		{Table, "*", []string{"_time", "b", "a1", "a2", "_raw", Position}},
		{Table, "a* a1", []string{"a1", "a2", Position}},
	} {
		if got := Projected(names, c.mode, strings.Fields(c.patterns)); !slices.Equal(got, c.want) {
			t.Errorf("Projected(%v, %q) = %q, want %q", c.mode, c.patterns, got, c.want)
		}
	}
}
