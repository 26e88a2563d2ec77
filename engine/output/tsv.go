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

func (w *tsvWriter) close() error { return w.records(w.sink, delimiting{'\t', w.escape, w.cell, ""}) }

func (w *tsvWriter) cell(dst []byte, v column.Value) []byte {
	switch v.Kind() {
	case column.String, column.List:
		return append(dst, w.text(v, `\n`, w.escape)...)
	}
	return w.number(dst, v)
}
