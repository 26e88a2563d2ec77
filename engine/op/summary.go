package op

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// summary is the sink of plan.Summary.
type summary struct {
	node   *plan.Summary
	fields map[string]*fieldSummary
}

// fieldSummary is what is known of a column.
type fieldSummary struct {
	rows, numbers int64
	values        map[string]int64
	states        []aggregate.State // max, mean, min and stdev of the numbers
}

func newSummary(n *plan.Summary) *summary { return &summary{n, map[string]*fieldSummary{}} }

func (s *summary) Add(b *column.Batch) bool {
	for i, name := range b.Schema.Names {
		if column.Hidden(name) || !s.node.Of(name) {
			continue
		}
		f := s.fields[name]
		if f == nil {
			f = &fieldSummary{values: map[string]int64{}}
			for _, of := range []string{"max", "avg", "min", "stdev"} {
				found, param, _ := aggregate.Lookup(of)
				f.states = append(f.states, found.New(param))
			}
			s.fields[name] = f
		}
		f.add(b.Cols[i])
	}
	return false
}

func (f *fieldSummary) add(v column.Vector) {
	var numbers []column.Value
	for r := range v.Len() {
		items := v.Value(r).Items()
		if len(items) > 0 {
			f.rows++
		}
		for _, x := range items {
			f.values[strings.Clone(x.String())]++
			if n, ok := x.Number(); ok {
				numbers = append(numbers, column.Real(n))
			}
		}
	}
	f.numbers += int64(len(numbers))
	for _, state := range f.states {
		state.Add(make([]uint32, len(numbers)), []column.Vector{column.FromValues(numbers)})
	}
}

func (s *summary) Merge(from Sink) {
	for name, f := range from.(*summary).fields {
		own := s.fields[name]
		if own == nil {
			s.fields[name] = f
			continue
		}
		own.rows, own.numbers = own.rows+f.rows, own.numbers+f.numbers
		for v, n := range f.values {
			own.values[v] += n
		}
		for i, state := range own.states {
			state.Merge(f.states[i], []uint32{0})
		}
	}
}

func (s *summary) Result() column.Stream {
	cols := make([][]column.Value, len(plan.SummaryColumns))
	rows := 0
	for _, name := range slices.Sorted(maps.Keys(s.fields)) {
		f := s.fields[name]
		if f.rows == 0 {
			continue
		}
		row := []column.Value{
			column.Str(name), column.Integer(f.rows), column.Integer(int64(len(f.values))), column.Integer(1), f.result(0), f.result(1), f.result(2),
			column.Integer(f.numbers), f.result(3), column.Str(f.listed(s.node.Most)),
		}
		for i, v := range row {
			cols[i] = append(cols[i], v)
		}
		rows++
	}
	return pieces(tableOf(plan.SummaryColumns, cols, rows), max(rows, 1))
}

func (f *fieldSummary) result(state int) column.Value {
	if f.numbers == 0 {
		return column.Value{}
	}
	return f.states[state].Result(1).Value(0)
}

// listed is the most frequent values with their counts, as JSON.
func (f *fieldSummary) listed(most int) string {
	type counted struct {
		Value string `json:"value"`
		Count int64  `json:"count"`
	}
	list := make([]counted, 0, len(f.values))
	for v, n := range f.values {
		list = append(list, counted{v, n})
	}
	slices.SortFunc(list, func(a, b counted) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	if most > 0 && len(list) > most {
		list = list[:most]
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(list) // into memory, of texts and numbers: it never fails
	return strings.TrimSuffix(out.String(), "\n")
}
