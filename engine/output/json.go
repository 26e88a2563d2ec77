package output

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"spoor/engine/column"
)

// jsonWriter writes an object per line, between the brackets of an array if it is one.
type jsonWriter struct {
	*sink
	array  bool
	opened bool
	schema *column.Schema
	keys   [][]byte // by slot: `,"name":`; nil for hidden columns
	fields []field
}

// field is a column that is not hidden.
type field struct {
	key []byte
	cells
}

func openNDJSON(s *sink) writer { return openObjects(jsonWriter{sink: s}) }

func openJSON(s *sink) writer { return openObjects(jsonWriter{sink: s, array: true}) }

func openObjects(w jsonWriter) writer {
	if w.Groups != nil {
		return &sequenceWriter{jsonWriter: w}
	}
	return &w
}

func (w *jsonWriter) batch(b *column.Batch) error {
	if b.Schema != w.schema {
		w.schema, w.keys = b.Schema, jsonKeys(b.Schema)
	}
	w.load(b)
	opened := w.opened
	err := w.each(b.Rows, func(dst []byte, row int) []byte {
		if row%nearRows == 0 {
			w.touch(row)
		}
		dst = append(dst, w.lead(opened || row > 0)...)
		dst = w.object(dst, row)
		return append(dst, w.trail()...)
	})
	if err != nil {
		return err
	}
	w.opened = opened || b.Rows > 0
	return w.Flush()
}

// load prepares the fields of a batch.
func (w *jsonWriter) load(b *column.Batch) {
	w.fields = w.fields[:0]
	for slot, key := range w.keys {
		if key != nil {
			w.fields = append(w.fields, field{key, cellsOf(b.Cols[slot])})
		}
	}
}

// touch prepares the rows that come next.
func (w *jsonWriter) touch(row int) {
	for i := range w.fields {
		w.fields[i].touch(row)
	}
}

// lead is what stands before an object, which may be the first one.
func (w *jsonWriter) lead(opened bool) string {
	switch {
	case !w.array:
		return ""
	case opened:
		return ",\n"
	}
	return "[\n"
}

// trail is what ends an object.
func (w *jsonWriter) trail() string {
	if w.array {
		return ""
	}
	return "\n"
}

func (w *jsonWriter) object(dst []byte, row int) []byte {
	from := len(dst)
	for i := range w.fields {
		f := &w.fields[i]
		switch {
		case f.null != nil && f.null[row]:
		case f.texts != nil:
			dst = appendMember(dst, f.key, f.texts[row])
		case f.IsNull(row):
		case f.ints != nil:
			dst = strconv.AppendInt(append(dst, f.key...), f.ints[row], 10)
		default:
			dst = w.value(append(dst, f.key...), f.Value(row))
		}
	}
	if len(dst) == from {
		return append(dst, "{}"...)
	}
	dst[from] = '{' // each key has a comma in front
	return append(dst, '}')
}

func (w *jsonWriter) value(dst []byte, v column.Value) []byte {
	switch v.Kind() {
	case column.String:
		return appendString(dst, v.Text())
	case column.Bool:
		return strconv.AppendBool(dst, v.True())
	case column.Int:
		return strconv.AppendInt(dst, v.Int(), 10)
	case column.Float:
		if f := v.Float(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return append(dst, column.FormatFloat(f)...)
		}
	case column.List:
		dst = append(dst, '[')
		for i, x := range v.Items() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = w.value(dst, x)
		}
		return append(dst, ']')
	case column.Time:
		return append(column.AppendTime(append(dst, '"'), v.Int(), w.Zone), '"')
	}
	return appendString(dst, column.Format(v, w.Zone))
}

func (w *jsonWriter) close() error {
	switch {
	case !w.array:
		return nil
	case !w.opened:
		_, err := w.WriteString("[]\n")
		return err
	}
	_, err := w.WriteString("\n]\n")
	return err
}

func jsonKeys(s *column.Schema) [][]byte {
	keys := make([][]byte, len(s.Names))
	for i, name := range s.Names {
		if !column.Hidden(name) {
			keys[i] = append(appendString([]byte{','}, name), ':')
		}
	}
	return keys
}

// JSON is a value as encoding/json writes it on one line, with what a terminal would not show written as \u.
func JSON(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	text := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if !slices.ContainsFunc(text, func(c byte) bool { return c < ' ' || c >= 0x7f }) {
		return text, nil
	}
	out := make([]byte, 0, len(text)+16)
	for _, r := range string(text) { // whatever is not visible stands within a string
		if visible(r) {
			out = utf8.AppendRune(out, r)
		} else {
			out = appendEscaped(out, r)
		}
	}
	return out, nil
}
