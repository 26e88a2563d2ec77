package output

import (
	"strings"

	"spoor/engine/column"
)

type csvWriter struct {
	*sink
	union
	escape func(string) string
}

func openCSV(s *sink) writer {
	w := &csvWriter{sink: s, union: newUnion(s.Space), escape: asIs}
	if s.Terminal {
		w.escape = escapeLines
	}
	return w
}

func (w *csvWriter) close() error {
	name := func(s string) string { return string(w.quoted(nil, w.guarded(w.escape(s)))) }
	return w.records(w.sink, delimiting{',', name, w.cell, `""`}) // a reader would skip an empty line
}

// cell is nothing for null, and quotes around nothing for empty text.
func (w *csvWriter) cell(dst []byte, v column.Value) []byte {
	switch v.Kind() {
	case column.String, column.List:
		return w.quoted(dst, w.guarded(w.text(v, "\n", w.escape)))
	}
	return w.number(dst, v)
}

// guarded keeps a spreadsheet from running a cell that a log wrote.
func (w *csvWriter) guarded(s string) string {
	if w.CSVSafe && s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

func (w *csvWriter) quoted(dst []byte, s string) []byte {
	if s != "" && s[0] != ' ' && s[len(s)-1] != ' ' && !special(s) {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	for i := range len(s) {
		if s[i] == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"')
}

// special says whether a text holds what means something to a reader of CSV.
func special(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case ',', '"', '\r', '\n':
			return true
		}
	}
	return false
}
