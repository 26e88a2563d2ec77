package op

import (
	"slices"

	"spoor/engine/column"
)

// single is step for a table of which values never have more than one row. It looks for the rows of a batch all at once. nil: a key has
// multivalues.
func (l *looker) single(b *column.Batch) *column.Batch {
	keys := make([]column.Vector, len(l.Keys))
	for i, k := range l.Keys {
		keys[i] = b.Col(k.As)
		if lists(keys[i]) {
			return nil
		}
	}
	firsts := make([]uint32, b.Rows)
	if d, ok := keys[0].(*column.Dict); ok && len(keys) == 1 {
		l.firstsOf(d, firsts)
	} else {
		values := make([][]string, len(keys))
		for i, k := range keys {
			values[i] = spelled(k)
		}
		l.table.Firsts(values, firsts)
	}
	out := b
	for i, o := range l.Outputs {
		before := b.Col(o.As)
		v := l.columns[i].Pick(firsts)
		if !empty(before) {
			v = l.kept(v, before, keys)
		}
		out = out.With(o.As, v)
	}
	return out
}

// firstsOf is what is found by a single key with few values: each is looked for once.
func (l *looker) firstsOf(d *column.Dict, to []uint32) {
	if l.dictionary != d.Dictionary {
		l.dictionary, l.firsts = d.Dictionary, nil
	}
	if known := len(l.firsts); known < d.Dictionary.Len() {
		l.firsts = append(l.firsts, make([]uint32, d.Dictionary.Len()-known)...)
		fresh := make([]uint32, len(l.firsts)-known)
		for i := range fresh {
			fresh[i] = uint32(known + i)
		}
		l.table.Firsts([][]string{spelled(&column.Dict{Codes: fresh, Dictionary: d.Dictionary})}, l.firsts[known:])
	}
	for r, code := range d.Codes {
		to[r] = l.firsts[code]
	}
}

// kept is a column of cells with what rows had before, where they lack a key or their values are not to be replaced.
func (l *looker) kept(cells, before column.Vector, keys []column.Vector) column.Vector {
	out := column.ToValues(cells)
	for r := range out {
		unasked := slices.ContainsFunc(keys, func(k column.Vector) bool { return k.IsNull(r) })
		if unasked || l.New && !before.IsNull(r) {
			out[r] = before.Value(r)
		}
	}
	return column.FromValues(out)
}

// lists says whether a column may have multivalues.
func lists(v column.Vector) bool {
	switch v := v.(type) {
	case *column.Multis:
		return true
	case *column.Dict:
		return v.Dictionary.Lists()
	case *column.Const:
		return v.V.Kind() == column.List
	}
	return false
}

// spelled is a column as texts; what is missing is empty, which no cell of a table equals.
func spelled(v column.Vector) []string {
	if s, ok := v.(*column.Strings); ok && s.Null == nil {
		return s.Values
	}
	out := make([]string, v.Len())
	for i := range out {
		if !v.IsNull(i) {
			out[i] = v.Value(i).String()
		}
	}
	return out
}
