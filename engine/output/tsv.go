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
	w := &tsvWriter{sink: s, union: newUnion(s.Space), escape: tsvEscapes.Replace}
	if s.Terminal {
		w.escape = func(s string) string { return Escape(tsvEscapes.Replace(s)) }
	}
	return w
}

func (w *tsvWriter) close() error { return w.records(w.escape, w.cell, w.record) }

func (w *tsvWriter) cell(v column.Value) string { return w.text(v, `\n`, w.escape) }

func (w *tsvWriter) record(cells []string) error {
	_, err := w.WriteString(strings.Join(cells, "\t") + "\n")
	return err
}
