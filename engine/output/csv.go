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
	w := &csvWriter{sink: s, escape: asIs}
	if s.Terminal {
		w.escape = escapeLines
	}
	return w
}

func (w *csvWriter) batch(b *column.Batch) error {
	w.add(b)
	return nil
}

func (w *csvWriter) close() error {
	if len(w.names) == 0 {
		return nil
	}
	header := make([]string, len(w.names))
	for i, name := range w.names {
		header[i] = w.quoted(w.guarded(w.escape(name)))
	}
	if err := w.record(header); err != nil {
		return err
	}
	line := make([]string, len(w.names))
	return w.rows(func(cells []column.Value) error {
		for i, v := range cells {
			line[i] = w.cell(v)
		}
		return w.record(line)
	})
}

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
