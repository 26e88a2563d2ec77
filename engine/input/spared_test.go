package input

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

func TestSparedFields(t *testing.T) {
	const data = `{"event":{"category":["process"]},"user":{"name":"a","id":"1"},"process":{"args":["p","q"]}}
{"event":{"category":["process"]},"user":{"name":"","id":"2"},"process":{"args":["r"]}}
{"event":{"category":["process"]},"user":{"name":null,"id":"3"},"process":{"args":["s","t"]}}
{"event":{"category":["process"]},"user":{"name":[],"id":"4"},"process":{"args":"u"}}
{"event":{"category":["file"]},"user":{"name":"b","id":"5"},"process":{"args":["v"]}}
`
	for _, c := range []struct {
		about  string
		spares map[string][]Spare
		types  map[string]column.Kind
		want   []string
	}{
		{"none", nil, nil, []string{"a|1|p q", "b|5|v", "|2|r", "|3|s t", "|4|u"}},
		{"one", map[string][]Spare{"process.args": {{By: "user.name"}}}, nil, []string{"a|1|", "b|5|v", "|2|", "|3|s t", "|4|u"}},
		{"by several", map[string][]Spare{"process.args": {{By: "user.name"}, {By: "user.id"}}}, nil, []string{"a|1|", "b|5|v", "|2|", "|3|", "|4|"}},
		{"by what nobody reads", map[string][]Spare{"process.args": {{By: "user.email"}}}, nil, []string{"a|1|p q", "b|5|v", "|2|r", "|3|s t", "|4|u"}},
		{"by what is enough", map[string][]Spare{"process.args": {{By: "user.name", Enough: func(text string) bool { return text != "" }}}}, nil,
			[]string{"a|1|", "b|5|v", "|2|r", "|3|s t", "|4|u"}},
		{"by what may come to nothing", map[string][]Spare{"process.args": {{By: "user.name"}}}, map[string]column.Kind{"user.name": column.Int},
			[]string{"|1|p q", "|2|r", "|3|s t", "|4|u", "|5|v"}},
	} {
		fields := []string{"user.name", "user.id", "process.args"}
		s := New(Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(data)}}, Config{Demand: Demand{Types: c.types,
			Kinds: map[string][]string{"ecs/process": fields, "ecs/file": fields}, Spares: map[string]map[string][]Spare{"ecs/process": c.spares}}})
		var got []string
		if err := s.Run(t.Context(), []Consumer{func(_ string, b *column.Batch) (bool, error) {
			for r := range b.Rows {
				var cells []string
				for _, name := range fields {
					cells = append(cells, b.Col(name).Value(r).String())
				}
				got = append(got, strings.Join(cells, "|"))
			}
			return false, nil
		}}); err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}

// A value is enough if it is a single text of which that is said; of too many different ones it is not asked.
func TestSpare(t *testing.T) {
	asked, row := 0, 0
	other := &texts{encoder: &encoder{}}
	s := spare{enough: func(text string) bool { asked++; return text != "-" }, column: other}
	by := func(c *format.Cell) bool {
		other.put(c)
		row++
		return s.by(c, row-1)
	}
	cell := func(text string, more ...[]byte) *format.Cell {
		return &format.Cell{Text: []byte(text), More: more, Set: true}
	}
	if s.by(cell("/bin/sh"), 0) {
		t.Error("the column has no such row")
	}
	for range 2 {
		for _, c := range []struct {
			cell *format.Cell
			want bool
		}{{cell("/bin/sh"), true}, {cell("-"), false}, {cell(""), true}, {&format.Cell{}, false}} {
			if got := by(c.cell); got != c.want {
				t.Errorf("%.20q: %v", c.cell.Text, got)
			}
		}
	}
	if asked != 3 {
		t.Errorf("asked %d times of three texts", asked)
	}
	if by(cell("/bin/sh", []byte("x"))) || by(cell("/bin/sh")) {
		t.Error("the column holds a list")
	}
	other.vector()
	row = 0
	other.encoder.dict = nil // as of one that has become too large
	if !by(cell("/bin/sh")) || by(cell("-")) || asked != 5 {
		t.Errorf("of another dictionary; asked %d times", asked)
	}
	for i := range 2 * mostTexts {
		if by(cell(strconv.Itoa(i))) != (i < mostTexts-5) {
			t.Fatalf("text %d", i)
		}
	}
	if asked != mostTexts || !by(cell("/bin/sh")) {
		t.Errorf("asked of %d texts", asked)
	}
}
