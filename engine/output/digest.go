package output

import (
	"slices"
	"strings"

	"spoor/engine/column"
)

// Digest is a column of a table that shows the gist of rows with many columns. It is left out where no row has a value for it.
type Digest struct {
	Name string
	From []string // the first of these columns that has a value
	Port string   // a column whose value is put behind it, after a colon
}

// value is the cell of a row.
func (d *Digest) value(r row, zone *Options) column.Value {
	for _, name := range d.From {
		v := r.cell(name)
		if v.IsNull() {
			continue
		}
		port := column.Value{}
		if d.Port != "" {
			port = r.cell(d.Port)
		}
		if port.IsNull() || v.Kind() == column.List {
			return v
		}
		host := zone.text(v, " ", asIs)
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		return column.Str(host + ":" + zone.text(port, " ", asIs))
	}
	return column.Value{}
}

// leastShown is how many columns a digest must fill: of rows that are about something else it would hide all.
const leastShown = 3

// digest puts the columns of Digest in the place of those that there are. Rows that fill few of them are left as they are.
func (w *tableWriter) digest() {
	if w.Wide || len(w.Digest) == 0 {
		return
	}
	filled := make([][]column.Value, len(w.Digest))
	seen := make([]bool, len(w.Digest))
	other := map[string]bool{}
	_ = w.rows(func(r row) error {
		for i := range w.Digest {
			v := w.Digest[i].value(r, &w.Options)
			filled[i] = append(filled[i], v)
			seen[i] = seen[i] || !v.IsNull()
		}
		for i, v := range r.cells {
			if !v.IsNull() && !w.digested(w.names[i]) {
				other[w.names[i]] = true
			}
		}
		return nil
	})
	if shown := len(slices.DeleteFunc(slices.Clone(seen), func(s bool) bool { return !s })); shown < min(leastShown, len(w.Digest)) {
		return
	}
	w.left = len(other)
	w.replace(filled, seen)
}

// digested says whether a digest shows what is in a column.
func (w *tableWriter) digested(name string) bool {
	return slices.ContainsFunc(w.Digest, func(d Digest) bool { return d.Port == name || slices.Contains(d.From, name) })
}

// replace gives the table the columns that were seen. The hidden ones of the batches stay.
func (w *tableWriter) replace(filled [][]column.Value, seen []bool) {
	w.names = nil
	for i, d := range w.Digest {
		if seen[i] {
			w.names = append(w.names, d.Name)
		}
	}
	from := 0
	for n, b := range w.batches {
		to := from + b.Rows
		for i, d := range w.Digest {
			if seen[i] {
				b = b.With(d.Name, column.FromValues(filled[i][from:to]))
			}
		}
		w.batches[n] = b
		from = to
	}
}
