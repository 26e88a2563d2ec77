package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// keeper keeps rows that cannot be read again.
type keeper struct {
	keep *plan.Need // what is kept of them; nil: nothing, since they can
}

// kept is some rows of a batch; nil if they need not be kept.
func (k keeper) kept(b *column.Batch, rows []uint32) *column.Batch {
	if k.keep == nil || len(rows) == 0 {
		return nil
	}
	return k.wanted(b).Pick(rows).Keep()
}

// wanted is the columns that are kept.
func (k keeper) wanted(b *column.Batch) *column.Batch {
	if k.keep.All {
		return b
	}
	names := slices.DeleteFunc(slices.Clone(b.Schema.Names), func(name string) bool { return !k.keep.Names[name] })
	cols := make([]column.Vector, len(names))
	for i, name := range names {
		cols[i] = b.Col(name)
	}
	return column.NewBatch(column.NewSchema(names...), cols, b.Rows)
}
