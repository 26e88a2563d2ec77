package op

import "spoor/engine/column"

// mixed is, for the keys that have values of several kinds, the value that stands for each text: the one of the least kind, as it would be if
// all groups were held together. It is held for the texts that are no strings only. A single key needs none: its equal texts are in one part.
func (a *aggregator) mixed() []map[string]column.Value {
	out := make([]map[string]column.Value, len(a.keys))
	for k, kinds := range a.away.kinds {
		if kinds&(kinds-1) == 0 || len(a.keys) == 1 {
			continue
		}
		texts := map[string]column.Value{}
		out[k] = texts
		for _, strings := range []bool{false, true} {
			a.eachKey(k, func(v column.Value) {
				if strings != (v.Kind() == column.String) {
					return
				}
				text := v.String()
				if old, ok := texts[text]; ok && v.Kind() < old.Kind() || !ok && !strings {
					texts[text] = v.Clone()
				}
			})
		}
	}
	return out
}

// eachKey goes through the values of a key in all that was put away.
func (a *aggregator) eachKey(k int, visit func(v column.Value)) {
	for _, runs := range a.away.parts {
		for b, err := range chained(streams(runs)) {
			if err != nil {
				return // the space keeps it
			}
			for r := range b.Rows {
				visit(b.Cols[k].Value(r))
			}
		}
	}
}

// settled is a key whose values of several kinds are those that stand for their texts.
func settled(v column.Vector, stands map[string]column.Value) column.Vector {
	values := column.ToValues(v)
	for i, x := range values {
		if y, ok := stands[x.String()]; ok {
			values[i] = y
		}
	}
	return column.FromValues(values)
}
