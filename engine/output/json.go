package output

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"unicode/utf8"

	"spoor/engine/column"
)

// jsonWriter writes an object per line, between the brackets of an array if it is one.
type jsonWriter struct {
	*sink
	array  bool
	opened bool
	line   []byte
	schema *column.Schema
	keys   [][]byte // by slot: `"name":`; nil for hidden columns
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
	for row := range b.Rows {
		w.line = append(w.line[:0], w.lead()...)
		w.line = w.object(append(w.line, '{'), b, row)
		w.line = append(append(w.line, '}'), w.trail()...)
		if _, err := w.Write(w.line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// lead is what stands between the last object and the next.
func (w *jsonWriter) lead() string {
	switch {
	case !w.array:
		return ""
	case w.opened:
		return ",\n"
	}
	w.opened = true
	return "[\n"
}

// trail is what ends an object.
func (w *jsonWriter) trail() string {
	if w.array {
		return ""
	}
	return "\n"
}

func (w *jsonWriter) object(dst []byte, b *column.Batch, row int) []byte {
	first := true
	for slot, key := range w.keys {
		if key == nil {
			continue
		}
		v := b.Cols[slot].Value(row)
		if v.IsNull() {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = w.value(append(dst, key...), v)
	}
	return dst
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
			keys[i] = append(appendString(nil, name), ':')
		}
	}
	return keys
}

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string. What a terminal would not show is written as \u, which means the same; broken UTF-8
// becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		if len(s)-i >= 8 && plainEight(s[i:]) {
			i += 8
			continue
		}
		c := s[i]
		if c < utf8.RuneSelf && c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if c >= utf8.RuneSelf && visible(r) && !(r == utf8.RuneError && size == 1) {
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscaped(dst, r)
		i += size
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// plainEight says whether eight bytes stand for themselves in JSON, all at once: ASCII without control characters, quotes and backslashes.
func plainEight(s string) bool {
	const each = 0x0101010101010101
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	quotes, slashes, deletes := x^each*'"', x^each*'\\', x^each*0x7f
	return (x|(x-each*' ')|(quotes-each)|(slashes-each)|(deletes-each))&(each<<7) == 0 // a byte that is less than what is taken from it borrows
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
	var out []byte
	for _, r := range string(text) { // whatever is not visible stands within a string
		if visible(r) {
			out = utf8.AppendRune(out, r)
		} else {
			out = appendEscaped(out, r)
		}
	}
	return out, nil
}

func appendEscaped(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	case utf8.RuneError:
		return append(dst, "\uFFFD"...)
	}
	if r >= 0x10000 {
		r -= 0x10000
		return appendUnit(appendUnit(dst, 0xd800+r>>10), 0xdc00+r&0x3ff)
	}
	return appendUnit(dst, r)
}

func appendUnit(dst []byte, u rune) []byte {
	return append(dst, '\\', 'u', hexDigits[u>>12&15], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
}
