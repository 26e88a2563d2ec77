package function

import (
	"math"
	"strconv"
	"strings"

	"spoor/engine/column"
)

// document is a JSON value.
type document struct {
	kind  jsonKind
	text  string     // the decoded string; a number and true or false as written
	keys  []string   // of an object's members, in the order of the text; of equal ones the last counts
	items []document // an array's elements, an object's values
}

type jsonKind uint8

const (
	jsonNull jsonKind = iota
	jsonBool
	jsonNumber
	jsonString
	jsonArray
	jsonObject
)

// deepestNesting is how many arrays and objects of JSON, and elements of XML, may stand inside each other: what is deeper counts as damaged.
const deepestNesting = 1000

// member is the place of the value of a key, or -1.
func (d *document) member(key string) int {
	if d.kind == jsonObject {
		for i := len(d.keys) - 1; i >= 0; i-- {
			if d.keys[i] == key {
				return i
			}
		}
	}
	return -1
}

// native is the value that the languages have for it: arrays and objects are their text.
func (d *document) native() column.Value {
	switch d.kind {
	case jsonNull:
		return column.Value{}
	case jsonBool:
		return column.Boolean(d.text == "true")
	case jsonNumber:
		if n, err := strconv.ParseInt(d.text, 10, 64); err == nil {
			return column.Integer(n)
		}
		f, _ := strconv.ParseFloat(d.text, 64) // out of range is infinite
		return column.Real(f)
	case jsonString:
		return column.Str(d.text)
	}
	return d.value()
}

// value is the JSON text, without blanks, or null if it is too long.
func (d *document) value() column.Value {
	if text := d.append(nil); len(text) <= longestText {
		return column.Str(string(text))
	}
	return column.Value{}
}

func (d *document) append(to []byte) []byte {
	if len(to) > longestText {
		return to
	}
	switch d.kind {
	case jsonNull:
		return append(to, "null"...)
	case jsonNumber:
		return append(to, numberText(d.text)...)
	case jsonString:
		return appendQuoted(to, d.text)
	case jsonBool:
		return append(to, d.text...)
	}
	brackets := map[jsonKind]string{jsonArray: "[]", jsonObject: "{}"}[d.kind]
	to = append(to, brackets[0])
	for i := range d.items {
		if i > 0 {
			to = append(to, ',')
		}
		if d.kind == jsonObject {
			to = append(appendQuoted(to, d.keys[i]), ':')
		}
		to = d.items[i].append(to)
	}
	return append(to, brackets[1])
}

// numberText is a number in the form in which all functions print it; of integers no digit is lost.
func numberText(text string) string {
	if !strings.ContainsAny(text, ".eE") {
		return text
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return column.FormatFloat(f)
	}
	return text
}

func appendQuoted(to []byte, s string) []byte {
	to = append(to, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		to = append(to, s[start:i]...)
		start = i + 1
		if at := strings.IndexByte("\"\\\b\f\n\r\t", c); at >= 0 {
			to = append(to, '\\', `"\bfnrt`[at])
		} else {
			to = append(to, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		}
	}
	return append(append(to, s[start:]...), '"')
}

// documentOf is a value as JSON: a multivalue is an array, and a text that holds an array or an object is that.
func documentOf(v column.Value) document {
	switch v.Kind() {
	case column.Null:
		return document{}
	case column.Bool:
		return document{kind: jsonBool, text: strings.ToLower(v.String())}
	case column.Float:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return document{}
		}
		return document{kind: jsonNumber, text: v.String()}
	case column.Int, column.Time:
		return document{kind: jsonNumber, text: v.String()}
	case column.List:
		d := document{kind: jsonArray}
		for _, x := range v.Items() {
			d.items = append(d.items, documentOf(x))
		}
		return d
	}
	if d, ok := parseNested(v.Text()); ok {
		return d
	}
	return document{kind: jsonString, text: v.Text()}
}
