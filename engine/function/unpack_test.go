package function

import (
	"strings"
	"testing"

	"spoor/engine/column"
)

// gathered is what a reader puts, as name=value.
func gathered(read func(put func(string, column.Value))) string {
	var out []string
	read(func(name string, v column.Value) { out = append(out, name+"="+v.String()) })
	return strings.Join(out, " ")
}

func TestUnpackHostileTexts(t *testing.T) {
	deep, wide := strings.Repeat(`{"a":`, 5000), "{"+strings.Repeat(`"k":1,`, 200_000)+`"k":2}`
	for _, text := range []string{deep, strings.Repeat("[", 5000), strings.Repeat("<a>", 5000), strings.Repeat("<", 500_000), strings.Repeat("<a", 300_000) + ">",
		strings.Repeat("=", 500_000), strings.Repeat(`a="`, 200_001), strings.Repeat("a=b", 200_000), `{"":{"":1}}`, "\x00=1", "=\"", "a=\"\\"} {
		for _, read := range []func(string, func(string, column.Value)){Unpack, Members, Tags, func(s string, put func(string, column.Value)) {
			Pairs(s, PairOptions{}, put)
			Pairs(s, PairOptions{Pairs: "<", Values: "="}, put)
		}} {
			read(text, func(string, column.Value) {})
		}
	}
	if got := gathered(func(put func(string, column.Value)) { Members(wide, put) }); got != "k=2" {
		t.Errorf("of equal keys the last counts: %q", got)
	}
}

func TestPairs(t *testing.T) {
	for _, c := range []struct {
		text string
		o    PairOptions
		want string
	}{
		{`a=1 b="x y", c=z;d=`, PairOptions{}, "a=1 b=x y c=z"},
		{`say "k=v" (n=2`, PairOptions{}, "k=v n=2"},
		{`a="q \"r\" s" b=2`, PairOptions{}, `a=q "r" s b=2`},
		{`_x=1 9y=2 a-b=3`, PairOptions{}, "x=1 y=2 a_b=3"},
		{`_x=1 a-b=3`, PairOptions{Dirty: true}, "_x=1 a-b=3"},
		{`a:1|b:"2|3"|c`, PairOptions{Pairs: "|", Values: ":"}, "a=1 b=2|3"},
		{`a=1;b=2;c=3`, PairOptions{Limit: 2}, "a=1 b=2"},
		{`a=1;b=2;c=3`, PairOptions{Length: 7}, "a=1 b=2"},
	} {
		if got := gathered(func(put func(string, column.Value)) { Pairs(c.text, c.o, put) }); got != c.want {
			t.Errorf("%s %+v: %s, want %s", c.text, c.o, got, c.want)
		}
	}
}
