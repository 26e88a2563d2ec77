package op

import (
	"cmp"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// canonical puts the columns of events into an order that does not depend on the order in which fields were met: _time, host, source
// and sourcetype, the fields by name, then _raw, _file and _offset.
func canonical(b *column.Batch) *column.Batch {
	names := canonicalNames(b.Schema.Names)
	if slices.Equal(names, b.Schema.Names) {
		return b
	}
	cols := make([]column.Vector, len(names))
	for i, n := range names {
		cols[i] = b.Col(n)
	}
	return column.NewBatch(column.NewSchema(names...), cols, b.Rows)
}

func canonicalNames(names []string) []string {
	names = slices.Clone(names)
	slices.SortFunc(names, func(x, y string) int {
		if c := cmp.Compare(place(x), place(y)); c != 0 {
			return c
		}
		return cmp.Compare(x, y)
	})
	return names
}

// inOrderOf arranges columns as they are in a list; what is not in it comes behind, by name.
func inOrderOf(list []string) func(names []string) []string {
	place := make(map[string]int, len(list))
	for i, n := range list {
		place[n] = i - len(list)
	}
	return func(names []string) []string {
		names = slices.Clone(names)
		slices.SortFunc(names, func(x, y string) int {
			if c := cmp.Compare(place[x], place[y]); c != 0 {
				return c
			}
			return cmp.Compare(x, y)
		})
		return names
	}
}

// place is where a name stands among the columns of events: the first four of the metadata, other fields, the rest of the metadata.
func place(name string) int {
	i := slices.Index(plan.Metadata, name)
	switch {
	case i < 0:
		return 4
	case i < 4:
		return i
	}
	return i + 1
}
