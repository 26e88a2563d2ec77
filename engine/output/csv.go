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

func (w *csvWriter) close() error { return w.records(w.name, w.cell, w.record) }

func (w *csvWriter) name(s string) string { return w.quoted(w.guarded(w.escape(s))) }

func (w *csvWriter) record(cells []string) error {
	line := strings.Join(cells, ",")
	if line == "" {
		line = `""` // a reader would skip an empty line
	}
	_, err := w.WriteString(line + "\n")
	return err
}

// cell is nothing for null, and quotes around nothing for empty text.
func (w *csvWriter) cell(v column.Value) string {
	switch v.Kind() {
	case column.Null:
		return ""
	case column.String, column.List:
		return w.quoted(w.guarded(w.text(v, "\n", w.escape)))
	}
	return w.quoted(w.text(v, "\n", w.escape))
}

// guarded keeps a spreadsheet from running a cell that a log wrote.
func (w *csvWriter) guarded(s string) string {
	if w.CSVSafe && s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

func (w *csvWriter) quoted(s string) string {
	if s != "" && s[0] != ' ' && s[len(s)-1] != ' ' && !strings.ContainsAny(s, ",\"\r\n") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
