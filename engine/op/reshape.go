package op

import (
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// reshaper is a sink that makes another table of all rows, which come in their order.
type reshaper struct {
	collector
	table func(b *column.Batch) (*column.Batch, *source.Diagnostic)
}

func (s *reshaper) Merge(from Sink) { s.collector.Merge(&from.(*reshaper).collector) }

func (s *reshaper) Result() column.Stream {
	if len(s.batches) == 0 {
		return nothing
	}
	b, diag := s.table(s.collector.table().all())
	if diag != nil {
		return failing(diag)
	}
	return pieces(b, s.size)
}

// failing is the stream of an error.
func failing(err error) column.Stream {
	return func(yield func(*column.Batch, error) bool) { yield(nil, err) }
}

// untable gives each value of a row a row.
func untable(n *plan.Untable) func(*column.Batch) (*column.Batch, *source.Diagnostic) {
	return func(b *column.Batch) (*column.Batch, *source.Diagnostic) {
		var xs, names, values []column.Value
		x := b.Col(n.X)
		for r := range b.Rows {
			if x.IsNull(r) {
				continue
			}
			for c, name := range b.Schema.Names {
				if name == n.X || strings.HasPrefix(name, "_") || column.Hidden(name) || b.Cols[c].IsNull(r) {
					continue
				}
				xs, names, values = append(xs, x.Value(r)), append(names, column.Str(name)), append(values, b.Cols[c].Value(r))
			}
		}
		return tableOf([]string{n.X, n.Name, n.Value}, [][]column.Value{xs, names, values}, len(xs)), nil
	}
}

// tableOf is a batch of columns, of which the first counts if several have one name.
func tableOf(names []string, cols [][]column.Value, rows int) *column.Batch {
	var kept []string
	var vectors []column.Vector
	seen := map[string]bool{}
	for i, name := range names {
		if !seen[name] {
			seen[name] = true
			kept, vectors = append(kept, name), append(vectors, column.FromValues(cols[i]))
		}
	}
	return column.NewBatch(column.NewSchema(kept...), vectors, rows)
}

// series makes a row for each value of X, in their order, and a column for each name. Of several values for a cell the last one counts.
func series(n *plan.Series) func(*column.Batch) (*column.Batch, *source.Diagnostic) {
	return func(b *column.Batch) (*column.Batch, *source.Diagnostic) {
		xs, rows := distinct(b.Col(n.X))
		names, places := distinct(b.Col(n.Name))
		if diag := tooWide(len(xs), len(names)*len(n.Values)); diag != nil {
			return nil, diag
		}
		heads := newHeadings(n.X)
		cols := [][]column.Value{xs}
		for _, value := range n.Values {
			for _, name := range names {
				heads.add(title(n.Titles, value, name.String(), len(n.Values) > 1))
				cols = append(cols, make([]column.Value, len(xs)))
			}
		}
		for i, value := range n.Values {
			v := b.Col(value)
			for r := range b.Rows {
				if x, name := rows[r], places[r]; x >= 0 && name >= 0 && !v.IsNull(r) {
					cols[1+i*len(names)+name][x] = v.Value(r)
				}
			}
		}
		return tableOf(heads.names, cols, len(xs)), nil
	}
}

// distinct is the different values of a column, sorted, and by row the place of its value among them; negative where there is none.
func distinct(v column.Vector) (values []column.Value, places []int) {
	var k keyColumn
	ids := make([]uint32, v.Len())
	k.column(v, ids)
	firsts := []uint32{0} // by id, the first row
	for r, id := range ids {
		if int(id) == len(firsts) {
			firsts = append(firsts, uint32(r))
		}
	}
	value := func(i uint32) column.Value { return v.Value(int(firsts[i+1])) }
	byID := make([]int, len(firsts))
	byID[0] = -1
	for place, i := range sortedCells(len(firsts)-1, value) {
		values, byID[i+1] = append(values, value(i)), place
	}
	places = make([]int, len(ids))
	for r, id := range ids {
		places[r] = byID[id]
	}
	return values, places
}

// title is what the column of a value for a name is called; several says that there are more values.
func title(t plan.Titles, value, name string, several bool) string {
	switch {
	case !several && t.Format == "":
		return name
	case t.Format == "":
		return value + t.Sep + name
	}
	return strings.NewReplacer("$AGG$", value, "$VAL$", name, "$agg$", value, "$val$", name).Replace(t.Format)
}

// headings is the names of a table's columns, of which no two are equal.
type headings struct {
	names []string
	taken map[string]int // how often a name was asked for
}

func newHeadings(first string) *headings {
	return &headings{[]string{first}, map[string]int{first: 1}}
}

// add adds a name, with a number behind it if another column has it.
func (h *headings) add(name string) {
	name = strings.TrimLeft(name, "\x00") // what begins so would be hidden
	free := name
	for h.taken[free] > 0 {
		h.taken[name]++
		free = name + " " + strconv.Itoa(h.taken[name])
	}
	h.taken[free]++
	h.names = append(h.names, free)
}

// mostCells is how many cells a table may have whose columns are named by values.
const mostCells = 1 << 24

// tooWide is the error of a table that has more of them.
func tooWide(rows, columns int) *source.Diagnostic {
	if rows == 0 || columns <= mostCells/rows {
		return nil
	}
	return source.Errorf(source.Span{}, "too-wide", "the table would have %d rows and %d columns: more than %d cells", rows, columns, mostCells).
		WithHint("let fewer values name columns, with limit= of chart and timechart or where before it")
}

// transpose makes rows of columns.
func transpose(n *plan.Transpose) func(*column.Batch) (*column.Batch, *source.Diagnostic) {
	return func(b *column.Batch) (*column.Batch, *source.Diagnostic) {
		rows := b.Rows
		if n.N > 0 {
			rows = min(rows, n.N)
		}
		if diag := tooWide(len(b.Cols), rows); diag != nil {
			return nil, diag
		}
		heads, cols := newHeadings(n.Column), make([][]column.Value, rows+1)
		for r := range rows {
			head := "row " + strconv.Itoa(r+1)
			if n.Header != "" {
				if v := b.Col(n.Header).Value(r); !v.IsNull() {
					head = v.String()
				}
			}
			heads.add(head)
		}
		for c, name := range b.Schema.Names {
			if column.Hidden(name) || name == n.Header || !n.Empty && !anyValue(b.Cols[c], rows) {
				continue
			}
			cols[0] = append(cols[0], column.Str(name))
			for r := range rows {
				cols[r+1] = append(cols[r+1], b.Cols[c].Value(r))
			}
		}
		return tableOf(heads.names, cols, len(cols[0])), nil
	}
}

// anyValue says whether one of the first rows has a value.
func anyValue(v column.Vector, rows int) bool {
	for r := range rows {
		if !v.IsNull(r) {
			return true
		}
	}
	return false
}
