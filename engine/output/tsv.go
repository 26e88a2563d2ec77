package output

import (
	"strings"

	"spoor/engine/column"
)

type tsvWriter struct {
	*sink
	union
	escape func(string) string
}

var tsvEscapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

func openTSV(s *sink) writer {
	w := &tsvWriter{sink: s, escape: tsvEscapes.Replace}
	if s.Terminal {
		w.escape = func(s string) string { return Escape(tsvEscapes.Replace(s)) }
	}
	return w
}

func (w *tsvWriter) batch(b *column.Batch) error {
	w.add(b)
	return nil
}

func (w *tsvWriter) close() error {
	if len(w.names) == 0 {
		return nil
	}
	line := make([]string, len(w.names))
	for i, name := range w.names {
		line[i] = w.escape(name)
	}
	if err := w.record(line); err != nil {
		return err
	}
	return w.rows(func(cells []column.Value) error {
		for i, v := range cells {
			line[i] = w.text(v, `\n`, w.escape)
		}
		return w.record(line)
	})
}

func (w *tsvWriter) record(cells []string) error {
	_, err := w.WriteString(strings.Join(cells, "\t") + "\n")
	return err
}
