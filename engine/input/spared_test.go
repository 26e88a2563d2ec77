package input

import (
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
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
		spares map[string][]string
		types  map[string]column.Kind
		want   []string
	}{
		{"none", nil, nil, []string{"a|1|p q", "b|5|v", "|2|r", "|3|s t", "|4|u"}},
		{"one", map[string][]string{"process.args": {"user.name"}}, nil, []string{"a|1|", "b|5|v", "|2|", "|3|s t", "|4|u"}},
		{"by several", map[string][]string{"process.args": {"user.name", "user.id"}}, nil, []string{"a|1|", "b|5|v", "|2|", "|3|", "|4|"}},
		{"by what nobody reads", map[string][]string{"process.args": {"user.email"}}, nil, []string{"a|1|p q", "b|5|v", "|2|r", "|3|s t", "|4|u"}},
		{"by what may come to nothing", map[string][]string{"process.args": {"user.name"}}, map[string]column.Kind{"user.name": column.Int},
			[]string{"|1|p q", "|2|r", "|3|s t", "|4|u", "|5|v"}},
	} {
		fields := []string{"user.name", "user.id", "process.args"}
		s := New(Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(data)}}, Config{Demand: Demand{Types: c.types,
			Kinds: map[string][]string{"ecs/process": fields, "ecs/file": fields}, Spares: map[string]map[string][]string{"ecs/process": c.spares}}})
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
