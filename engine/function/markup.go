package function

import (
	"encoding/xml"
	"strings"
)

// element is an element of XML.
type element struct {
	name     string
	attrs    []xml.Attr
	children []element
	text     string // between its tags, as it stands there
	from     int    // where that begins
	plain    []byte // its own text, decoded
}

// parseXML reads a text of elements. Damage is not looked for: what is never closed reaches to the end.
func parseXML(text string) (root element, ok bool) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	open := []element{{}}
	shut := func(end int) {
		last := len(open) - 1
		e := open[last]
		e.text = text[e.from:max(end, e.from)]
		open = open[:last]
		open[last-1].children = append(open[last-1].children, e)
	}
	for {
		before := int(d.InputOffset())
		token, err := d.RawToken()
		if err != nil {
			for len(open) > 1 {
				shut(len(text))
			}
			return open[0], len(open[0].children) > 0
		}
		switch token := token.(type) {
		case xml.StartElement:
			if len(open) > deepestNesting {
				return element{}, false
			}
			open = append(open, element{name: qualified(token.Name), attrs: token.Copy().Attr, from: int(d.InputOffset())})
		case xml.EndElement:
			for i := len(open) - 1; i > 0; i-- {
				if open[i].name == qualified(token.Name) {
					for len(open) > i {
						shut(before)
					}
					break
				}
			}
		case xml.CharData:
			open[len(open)-1].plain = append(open[len(open)-1].plain, token...)
		}
	}
}

func qualified(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

// visit calls f for the text of each element or attribute that the path leads to. Indexes count the elements of a name from 1.
func (e *element) visit(path []step, f func(string)) {
	if len(path) == 0 {
		f(e.content())
		return
	}
	s, rest := path[0], path[1:]
	switch s.kind {
	case stepAttribute:
		for _, a := range e.attrs {
			if qualified(a.Name) == s.name {
				f(a.Value)
			}
		}
	case stepName:
		nth := 0
		if len(rest) > 0 && (rest[0].kind == stepIndex || rest[0].kind == stepEach) {
			nth, rest = rest[0].at, rest[1:]
			if path[1].kind == stepIndex && nth == 0 {
				return
			}
		}
		seen := 0
		for i := range e.children {
			if e.children[i].name != s.name {
				continue
			}
			if seen++; nth == 0 || seen == nth {
				e.children[i].visit(rest, f)
			}
		}
	}
}

// content is an element's text: decoded, or, with elements inside, as it stands there.
func (e *element) content() string {
	if len(e.children) > 0 {
		return strings.TrimSpace(e.text)
	}
	return strings.TrimSpace(string(e.plain))
}
