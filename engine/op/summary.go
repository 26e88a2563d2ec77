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
	"spoor/engine/pages"
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
	values        keyColumn
	counts        []int64 // by id of a value
	ids           []uint32
	found         []float64         // the numbers of a batch
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
			f = &fieldSummary{}
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
	if multivalued(v) {
		var items []column.Value
		for r := range v.Len() {
			if !v.IsNull(r) {
				f.rows++
				items = append(items, v.Value(r).Items()...)
			}
		}
		f.rows -= int64(len(items)) // count adds each
		v = column.FromValues(items)
	}
	f.ids = append(f.ids[:0], make([]uint32, v.Len())...)
	f.values.column(v, f.ids)
	f.grow()
	f.found = f.found[:0]
	for r, id := range f.ids {
		if id == 0 {
			continue
		}
		f.rows++
		f.counts[id]++
		if n, ok := v.Value(r).Number(); ok {
			f.found = append(f.found, n)
		}
	}
	f.numbers += int64(len(f.found))
	for _, state := range f.states {
		state.Add(make([]uint32, len(f.found)), []column.Vector{&column.Floats{Values: f.found}})
	}
}

// grow makes room for the counts of all values.
func (f *fieldSummary) grow() {
	more := f.values.texts.Len() + 1 - len(f.counts)
	f.counts = append(pages.Roomy(f.counts, more), make([]int64, more)...)
}

func (s *summary) Merge(from Sink) {
	var both []string
	for name, f := range from.(*summary).fields {
		if s.fields[name] == nil {
			s.fields[name] = f
		} else {
			both = append(both, name)
		}
	}
	if err := parallel(len(both), func(i int) { s.fields[both[i]].merge(from.(*summary).fields[both[i]]) }); err != nil {
		panic(err)
	}
}

func (f *fieldSummary) merge(from *fieldSummary) {
	f.rows, f.numbers = f.rows+from.rows, f.numbers+from.numbers
	trans := f.values.merge(&from.values)
	f.grow()
	for id, n := range from.counts {
		f.counts[trans[id]] += n
	}
	for i, state := range f.states {
		state.Merge(from.states[i], []uint32{0})
	}
}

func (s *summary) Result() column.Stream {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(s.fields)), func(name string) bool { return s.fields[name].rows == 0 })
	cols := make([][]column.Value, len(plan.SummaryColumns))
	for i := range cols {
		cols[i] = make([]column.Value, len(names))
	}
	if err := parallel(len(names), func(r int) {
		f := s.fields[names[r]]
		for i, v := range []column.Value{
			column.Str(names[r]), column.Integer(f.rows), column.Integer(int64(f.values.texts.Len())), column.Integer(1), f.result(0), f.result(1), f.result(2),
			column.Integer(f.numbers), f.result(3), column.Str(f.listed(s.node.Most)),
		} {
			cols[i][r] = v
		}
	}); err != nil {
		panic(err)
	}
	return pieces(tableOf(plan.SummaryColumns, cols, len(names)), max(len(names), 1))
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
	list := []counted{}
	for _, id := range f.frequent(most) {
		list = append(list, counted{f.values.value(id).String(), f.counts[id]})
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(list) // into memory, of texts and numbers: it never fails
	return strings.TrimSuffix(out.String(), "\n")
}

// frequent is the most frequent values, as many as that, the most frequent first; 0 is all.
func (f *fieldSummary) frequent(most int) (ids []uint32) {
	order := func(a, b uint32) int {
		return cmp.Or(cmp.Compare(f.counts[b], f.counts[a]), strings.Compare(f.values.value(a).String(), f.values.value(b).String()))
	}
	full := false // the last of the ids bounds those that count
	for id := uint32(1); int(id) <= f.values.texts.Len(); id++ {
		if full && order(ids[most-1], id) < 0 {
			continue
		}
		if ids = append(ids, id); most > 0 && len(ids) == 2*most {
			slices.SortFunc(ids, order)
			ids, full = ids[:most], true
		}
	}
	slices.SortFunc(ids, order)
	if most > 0 && len(ids) > most {
		ids = ids[:most]
	}
	return ids
}
