package function

import (
	"iter"
	"strings"

	"spoor/engine/column"
)

// Unpack calls put for each value in a text that is JSON or XML, under the name of the path that leads to it: a.b, of arrays a{}.b, of
// attributes a.b{@c}. Empty objects and arrays, and elements that hold others, are no values.
func Unpack(text string, put func(name string, v column.Value)) {
	start := strings.TrimLeft(text, " \t\r\n")
	switch {
	case start == "":
	case start[0] == '<':
		if root, ok := parseXML(text); ok {
			for i := range root.children {
				root.children[i].unpack(root.children[i].name, put)
			}
		}
	case start[0] == '{' || start[0] == '[':
		if d, ok := parseNested(text); ok {
			d.unpack("", put)
		}
	}
}

func (d *document) unpack(name string, put func(string, column.Value)) {
	switch d.kind {
	case jsonObject:
		for key, i := range d.members() {
			d.items[i].unpack(below(name, key), put)
		}
	case jsonArray:
		for i := range d.items {
			d.items[i].unpack(name+"{}", put)
		}
	default:
		put(name, d.plain())
	}
}

func (e *element) unpack(name string, put func(string, column.Value)) {
	for _, a := range e.attrs {
		put(name+"{@"+qualified(a.Name)+"}", column.Str(a.Value))
	}
	if text := e.content(); len(e.children) == 0 && text != "" {
		put(name, column.Str(text))
	}
	for i := range e.children {
		e.children[i].unpack(below(name, e.children[i].name), put)
	}
}

// members is the keys of an object and the places of their values, in the order of the text; of equal keys the last counts.
func (d *document) members() iter.Seq2[string, int] {
	last := make(map[string]int, len(d.keys))
	for i, key := range d.keys {
		last[key] = i
	}
	return func(yield func(string, int) bool) {
		for i, key := range d.keys {
			if last[key] == i && !yield(key, i) {
				return
			}
		}
	}
}

func below(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}

// Members calls put for each member of a text that is a JSON object. Arrays are multivalues; what is nested deeper is its text.
func Members(text string, put func(name string, v column.Value)) {
	d, ok := parseNested(text)
	if !ok || d.kind != jsonObject {
		return
	}
	for key, i := range d.members() {
		v := &d.items[i]
		if v.kind != jsonArray {
			put(key, v.plain())
			continue
		}
		for j := range v.items {
			put(key, v.items[j].plain())
		}
	}
}

// Tags calls put for each element of a text that holds nothing but text, under its name, wherever in the text it stands. Nothing is decoded.
func Tags(text string, put func(name string, v column.Value)) {
	for {
		end := strings.IndexByte(text, '>')
		if end < 0 {
			return
		}
		name, _, _ := strings.Cut(text[strings.LastIndexByte(text[:end], '<')+1:end], " ")
		text = text[end+1:]
		value, behind, ok := strings.Cut(text, "<")
		if ok && name != "" && strings.HasPrefix(behind, "/"+name+">") {
			put(name, column.Str(value))
		}
	}
}
