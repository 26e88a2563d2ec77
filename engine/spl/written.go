package spl

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// writtenRows is rows that stand in a text, each with values by name.
type writtenRows struct {
	names []string
	list  []map[string]column.Value
}

func (w *writtenRows) set(row map[string]column.Value, name string, v column.Value) {
	if !slices.Contains(w.names, name) {
		w.names = append(w.names, name)
	}
	row[name] = v
}

// csv reads lines of which the first holds the names. An empty cell has no value.
func (w *writtenRows) csv(text string) error {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	lines, err := r.ReadAll()
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return errors.New("its first line must hold the names of the fields")
	}
	header := lines[0]
	for i, name := range header {
		header[i] = strings.TrimSpace(name)
		w.set(map[string]column.Value{}, header[i], column.Value{})
	}
	for _, line := range lines[1:] {
		row := map[string]column.Value{}
		for i, cell := range line {
			if cell = strings.TrimSpace(cell); i < len(header) && cell != "" {
				w.set(row, header[i], column.Str(cell))
			}
		}
		w.list = append(w.list, row)
	}
	return nil
}

// json reads an array of objects, or a single one.
func (w *writtenRows) json(text string, now column.Value) error {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "[") {
		text = "[" + text + "]"
	}
	var objects []json.RawMessage
	if err := json.Unmarshal([]byte(text), &objects); err != nil {
		return err
	}
	w.names = []string{"_raw", "_time"}
	for _, o := range objects {
		row := map[string]column.Value{"_raw": column.Str(string(o)), "_time": now}
		if err := w.object(row, o); err != nil {
			return err
		}
		w.list = append(w.list, row)
	}
	return nil
}

// object sets the members of an object in their order.
func (w *writtenRows) object(row map[string]column.Value, text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return errors.New("each row is an object in braces")
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var member json.RawMessage
		if err := d.Decode(&member); err != nil {
			return err
		}
		w.set(row, name.(string), memberValue(member))
	}
	_, err := d.Token()
	if err == io.EOF {
		return nil
	}
	return err
}

// memberValue is a member as the value of a field: the elements of an array of scalars are a multivalue, what is nested otherwise stays JSON.
func memberValue(text json.RawMessage) column.Value {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return column.Value{}
	}
	switch v := v.(type) {
	case nil:
		return column.Value{}
	case string:
		return column.Str(v)
	case []any:
		var items []column.Value
		for _, x := range v {
			switch x := x.(type) {
			case string:
				items = append(items, column.Str(x))
			case json.Number:
				items = append(items, column.Str(x.String()))
			default:
				return column.Str(string(text))
			}
		}
		return column.Multi(items)
	}
	return column.Str(string(text))
}

func (w *writtenRows) rows() *plan.Rows {
	n := &plan.Rows{Names: w.names, N: len(w.list)}
	for _, name := range w.names {
		values := make([]column.Value, len(w.list))
		for i, row := range w.list {
			values[i] = row[name]
		}
		n.Cols = append(n.Cols, column.FromValues(values))
	}
	return n
}
