package detect

import (
	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/plan"
)

// grouping puts the rows of a rule together into results.
type grouping struct {
	results []result
	last    int64 // number of the sequence of the last row; 0: it is of none
}

// add takes rows. Of a sequence the rows of events that must not be there hold nothing.
func (g *grouping) add(b *column.Batch) {
	numbers := b.Col(plan.SequenceNumber)
	for i := range b.Rows {
		number := numbers.Value(i).Int()
		if number == 0 || number != g.last {
			g.results = append(g.results, nil)
		}
		g.last = number
		if number == 0 || !hollow(b, i) {
			at := len(g.results) - 1
			g.results[at] = append(g.results[at], cell{b, i})
		}
	}
}

// ours is the columns that are not the events' own.
var ours = []string{plan.SequenceNumber, plan.StageNumber}

// hollow says whether a row of a sequence holds no event.
func hollow(b *column.Batch, row int) bool {
	for slot, name := range b.Schema.Names {
		if !column.Hidden(name) && name != ours[0] && name != ours[1] && !b.Cols[slot].IsNull(row) {
			return false
		}
	}
	return true
}

func (r result) rows() []finding.Row {
	out := make([]finding.Row, len(r))
	for i, c := range r {
		out[i] = finding.RowOf(c.batch, c.row, ours...)
	}
	return out
}
