package column

import (
	"fmt"
	"slices"
	"testing"
)

// words is a column of texts, of which empty ones are missing.
type words []string

func (w words) Text(row uint32) string { return w[row] }
func (w words) Lacks(row uint32) bool  { return w[row] == "" }

func (w words) Spell(firsts []uint32, to []string) {
	for i, f := range firsts {
		if f != 0 {
			to[i] = w[f-1]
		}
	}
}

func TestIndex(t *testing.T) {
	var many, holes words
	for i := range 3*together + 5 {
		many, holes = append(many, fmt.Sprint(i)), append(holes, "")
	}
	holes[together] = "x"
	for _, c := range []struct {
		name string
		keys []words
		ask  []string
		want []uint32
		most int
	}{
		{"one row", []words{{"a", "b", "c"}}, []string{"b"}, []uint32{1}, 1},
		{"none", []words{{"a", "b", "c"}}, []string{"d"}, nil, 1},
		{"no rows at all", []words{{}}, []string{"a"}, nil, 0},
		{"several, in their order", []words{{"a", "b", "a", "c", "a"}}, []string{"a"}, []uint32{0, 2, 4}, 3},
		{"missing", []words{{"a", "", "b", ""}}, []string{""}, nil, 1},
		{"two columns", []words{{"a", "a", "b", "a"}, {"x", "y", "x", "y"}}, []string{"a", "y"}, []uint32{1, 3}, 2},
		{"columns the other way round", []words{{"a", "x"}, {"x", "a"}}, []string{"x", "a"}, []uint32{1}, 1},
		{"where a text ends counts", []words{{"ab", "a"}, {"c", "bc"}}, []string{"a", "bc"}, []uint32{1}, 1},
		{"one is missing", []words{{"a", "a"}, {"", "x"}}, []string{"a", ""}, nil, 1},
		{"many rows", []words{many}, []string{"700"}, []uint32{700}, 1},
		{"many rows, hardly a text", []words{many, holes}, []string{"256", "x"}, []uint32{256}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys := make([]Texts, len(c.keys))
			values := make([][]string, len(c.keys))
			for i, k := range c.keys {
				keys[i], values[i] = k, slices.Repeat([]string{"never", c.ask[i]}, together) // more than are looked for together
			}
			x := NewIndex(len(c.keys[0]), keys)
			var got []uint32
			for at := x.First(c.ask); at != 0; at = x.Next(at) {
				got = append(got, at-1)
			}
			if !slices.Equal(got, c.want) || x.Most() != c.most {
				t.Errorf("rows %v, at most %d, want %v, %d", got, x.Most(), c.want, c.most)
			}
			firsts, want := make([]uint32, 2*together), uint32(0)
			if len(c.want) > 0 {
				want = c.want[0] + 1
			}
			x.Firsts(values, firsts)
			for i, f := range firsts {
				if i%2 == 0 && f != 0 || i%2 == 1 && f != want {
					t.Fatalf("the %d. of many finds %d, want %d", i, f, want)
				}
			}
		})
	}
}

// TestIndexCollisions looks for texts where all slots hold the same hash.
func TestIndexCollisions(t *testing.T) {
	k := words{"a", "b", "c", "a"}
	x := NewIndex(len(k), []Texts{k})
	for i := range x.slots {
		x.slots[i], x.next = slot{}, nil
	}
	const long = "a text that does not lie in its slot"
	of, at := make([]spelling, 1), make([]uint32, 1)
	x.spell([][]string{{long}}, of, at)
	for row := len(k) - 1; row >= 0; row-- {
		x.add(uint32(row), of[0], at[0], k[row:row+1])
	}
	firsts := make([]uint32, 1)
	if x.portion([][]string{{long}}, firsts, make([]string, 1)); firsts[0] != 0 {
		t.Errorf("row %d has the hash of another text", firsts[0]-1)
	}
	if at := x.slot(of[0], at[0], []string{"a"}); x.slots[at].row != 1 || x.Next(1) != 4 {
		t.Errorf("the first rows of a are %d and %d", x.slots[at].row, x.Next(1))
	}
}

// TestIndexTellsTextsApart looks for texts of all lengths, and for others that differ from them in one byte.
func TestIndexTellsTextsApart(t *testing.T) {
	var k words
	for size := 1; size < 40; size++ {
		k = append(k, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst"[:size])
	}
	x := NewIndex(len(k), []Texts{k})
	for row, text := range k {
		asked := []string{text, text + "\x00", "\x00" + text}
		for at := range text {
			asked = append(asked, text[:at]+"\x00"+text[at+1:])
		}
		firsts := make([]uint32, len(asked))
		x.Firsts([][]string{asked}, firsts)
		for i, got := range firsts {
			if want := uint32(row+1) * uint32(max(0, 1-i)); got != want || x.First(asked[i:i+1]) != want {
				t.Errorf("%q: got %d and %d, want %d", asked[i], got, x.First(asked[i:i+1]), want)
			}
		}
	}
}
