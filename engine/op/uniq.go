package op

import (
	"slices"

	"spoor/engine/column"
)

// uniq keeps the rows that differ from the one before. Where a row stands in the logs makes no difference.
func uniq(in column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		last, some := "", false
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			names := slices.DeleteFunc(b.Schema.Visible(), func(name string) bool { return name == "_file" || name == "_offset" })
			slices.Sort(names)
			var keep []uint32
			for row := range b.Rows {
				if text := rowText(b, names, row); !some || text != last {
					keep = append(keep, uint32(row))
					last, some = text, true
				}
			}
			if !yield(pick(b, keep), nil) {
				return
			}
		}
	}
}
