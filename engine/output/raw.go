package output

import (
	"strings"

	"spoor/engine/column"
)

type rawWriter struct {
	*sink
	escape func(string) string
}

func openRaw(s *sink) writer {
	w := &rawWriter{sink: s, escape: asIs}
	if s.Terminal {
		w.escape = Escape
	}
	return w
}

func (w *rawWriter) batch(b *column.Batch) error {
	raw := b.Col("_raw")
	for row := range b.Rows {
		var line string
		if w.Groups != nil && !w.filled(b, row) {
			continue
		}
		if v := raw.Value(row); v.IsNull() {
			line = w.values(b, row)
		} else {
			line = w.text(v, " ", w.escape)
		}
		if _, err := w.WriteString(line + "\n"); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (w *rawWriter) values(b *column.Batch, row int) string {
	var parts []string
	for i, name := range b.Schema.Names {
		v := b.Cols[i].Value(row)
		if !column.Hidden(name) && !v.IsNull() {
			parts = append(parts, w.text(v, " ", w.escape))
		}
	}
	return strings.Join(parts, " ")
}

// filled says whether there is an event in the row.
func (w *rawWriter) filled(b *column.Batch, row int) bool {
	for i, name := range b.Schema.Names {
		if !column.Hidden(name) && !w.Groups.own(name) && !b.Cols[i].Value(row).IsNull() {
			return true
		}
	}
	return false
}

func (w *rawWriter) close() error { return nil }
