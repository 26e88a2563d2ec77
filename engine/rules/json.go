package rules

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"spoor/grammar/source"
)

// deepest is how far tables and lists may be nested.
const deepest = 200

// jsonValues is the values in a text, which stand one behind the other.
func (d *document) jsonValues() []*value {
	j := jsonReader{document: d, in: json.NewDecoder(strings.NewReader(d.file.Body))}
	j.in.UseNumber()
	var out []*value
	for {
		v, err := j.value(0)
		switch {
		case errors.Is(err, io.EOF) && v == nil:
			return out
		case err != nil:
			d.broken("JSON", j.here(), strings.TrimPrefix(err.Error(), "json: "))
			return out
		}
		out = append(out, v)
	}
}

type jsonReader struct {
	*document
	in *json.Decoder
}

// here is the place of the next token.
func (j *jsonReader) here() source.Span {
	at := int(j.in.InputOffset())
	body := j.file.Body
	for at < len(body) && (blank(body[at]) || body[at] == ',' || body[at] == ':') {
		at++
	}
	return j.file.Span(at, at+1)
}

// value reads one value; it is nil at the end of the text.
func (j *jsonReader) value(depth int) (*value, error) {
	at := j.here()
	token, err := j.in.Token()
	if err != nil {
		return nil, err
	}
	if depth > deepest {
		return nil, fmt.Errorf("more than %d levels of nesting", deepest)
	}
	v := &value{at: at}
	switch t := token.(type) {
	case json.Delim:
		err = j.nested(v, t, depth)
	case string:
		v.kind, v.text, v.style = text, t, escaped
	case json.Number:
		v.kind, v.text = number, t.String()
	case bool:
		v.kind, v.text = boolean, fmt.Sprint(t)
	}
	return v, err
}

// nested reads the rest of a list or a table.
func (j *jsonReader) nested(v *value, open json.Delim, depth int) error {
	v.kind = list
	if open == '{' {
		v.kind = table
	}
	for j.in.More() {
		name := ""
		if v.kind == table {
			key, err := j.in.Token()
			if err != nil {
				return err
			}
			name = key.(string) // a decoder gives nothing else where a key stands
		}
		e, err := j.value(depth + 1)
		if err != nil {
			return unexpected(err)
		}
		if v.kind == table {
			v.set(name, e)
		} else {
			v.list = append(v.list, e)
		}
	}
	_, err := j.in.Token()
	return unexpected(err)
}

// unexpected is an error that is none at the end of the text, but is within a value.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// json is a value as JSON has it, on one line.
func (v *value) json() string {
	var b strings.Builder
	v.write(&b)
	return b.String()
}

func (v *value) write(b *strings.Builder) {
	open, end := byte('['), byte(']')
	if v.kind == table {
		open, end = '{', '}'
	}
	switch {
	case v.kind == null:
		b.WriteString("null")
	case v.scalar():
		if v.kind == text || !json.Valid([]byte(v.text)) {
			quote(b, v.text)
			return
		}
		b.WriteString(v.text)
	default:
		b.WriteByte(open)
		for i, e := range v.list {
			comma(b, i)
			e.write(b)
		}
		for i, name := range v.names {
			comma(b, i)
			quote(b, name)
			b.WriteByte(':')
			v.fields[name].write(b)
		}
		b.WriteByte(end)
	}
}

func comma(b *strings.Builder, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}

func quote(b *strings.Builder, s string) {
	quoted, _ := json.Marshal(s) // a text can always be written
	b.Write(quoted)
}
