package format

import "bytes"

// section is the part of an event that an element stands in.
type section uint8

const (
	outside section = iota
	inTheSystem
	inTheData
	elsewhere // parts whose values nobody asks for, such as RenderingInfo
)

// state is where in the document a value stands: all that reading on behind it depends on.
type state struct {
	section section
	begun   bool   // the event's own tag was read
	tag     bool   // the value is an attribute's
	element string // the element it is of
}

// walker reads XML markup up to the next value.
type walker struct {
	b []byte
	i int
	state
	field string // the Name attribute of the element being read
}

// walk reads from the end of one value to the start of the next. It gives nil if the input ends before.
func (w *walker) walk() *path {
	if w.tag {
		w.i++ // the closing quote
		if p, done := w.attributes(); p != nil || done {
			return p
		}
	}
	for {
		n := bytes.IndexByte(w.b[w.i:], '<')
		if n < 0 || w.i+n+1 >= len(w.b) {
			return nil
		}
		w.i += n + 1
		switch w.b[w.i] {
		case '/':
			n := bytes.IndexByte(w.b[w.i:], '>')
			if n < 0 {
				return nil
			}
			name := local(w.b[w.i+1 : w.i+n])
			w.i += n + 1
			if name == "Event" {
				return &path{final: true}
			}
			if _, ok := parts[name]; ok {
				w.section = outside
			}
		case '!', '?':
			if w.i = skipDeclaration(w.b, w.i-1); w.i < 0 {
				return nil
			}
		default:
			w.open()
			if w.element == "Event" {
				if w.begun { // the first event was cut off, and its line went on with another
					return nil
				}
				w.begun = true
			}
			if p, done := w.attributes(); p != nil || done {
				return p
			}
		}
	}
}

// parts are the elements that hold the values of an event, with the section each begins.
var parts = map[string]section{"Event": outside, "System": inTheSystem, "EventData": inTheData, "UserData": inTheData,
	"RenderingInfo": elsewhere}

// open reads the name of an element.
func (w *walker) open() {
	from := w.i
	for w.i < len(w.b) && !isBlank(w.b[w.i]) && w.b[w.i] != '>' && w.b[w.i] != '/' {
		w.i++
	}
	w.element, w.field, w.tag = local(w.b[from:w.i]), "", false
}

// attributes reads on inside a tag. It stops at an attribute that is a value, or behind the tag: then the path is nil unless the
// element is one with a value. done says that the input ended.
func (w *walker) attributes() (p *path, done bool) {
	for {
		for w.i < len(w.b) && (isBlank(w.b[w.i]) || w.b[w.i] == '/' && w.i+1 < len(w.b) && w.b[w.i+1] != '>') {
			w.i++
		}
		if w.i >= len(w.b) {
			return nil, true
		}
		switch w.b[w.i] {
		case '>':
			w.i++
			return w.inner(), false
		case '/':
			w.i += 2
			if w.i > len(w.b) {
				return nil, true
			}
			if p := w.inner(); p != nil && w.section == inTheData {
				p.end = 0
				return p, false
			}
			return nil, false
		}
		name, quote, ok := w.attribute()
		if !ok {
			return nil, true
		}
		if quote == 0 {
			continue
		}
		if w.section == inTheSystem {
			return w.attributeValue(name, quote), false
		}
		n := bytes.IndexByte(w.b[w.i:], quote)
		if n < 0 {
			return nil, true
		}
		if name == "Name" {
			w.field = string(w.b[w.i : w.i+n])
		}
		w.i += n + 1
	}
}

// attribute reads the name of an attribute and the opening quote of its value; without a quote it skips to the next one.
func (w *walker) attribute() (name string, quote byte, ok bool) {
	n := bytes.IndexAny(w.b[w.i:], "=>")
	if n < 0 {
		return "", 0, false
	}
	name = local(bytes.TrimSpace(w.b[w.i : w.i+n]))
	w.i += n
	if w.b[w.i] == '>' {
		return "", 0, true
	}
	for w.i++; w.i < len(w.b) && isBlank(w.b[w.i]); w.i++ {
	}
	if w.i >= len(w.b) {
		return "", 0, false
	}
	if quote = w.b[w.i]; quote != '"' && quote != '\'' {
		return "", 0, true
	}
	w.i++
	return name, quote, true
}

func (w *walker) attributeValue(name string, quote byte) *path {
	p := &path{end: quote, state: w.state}
	p.state.tag = true
	if name == "Name" && w.element == "Provider" {
		p.name, p.role = known("ProviderName")
	} else {
		p.name, p.role = attributeName(name)
	}
	return p
}

// inner is the path of the text in the element whose tag was just read, if it is one with a value.
func (w *walker) inner() *path {
	w.tag = false
	if part, ok := parts[w.element]; ok {
		w.section = part
		return nil
	}
	p := &path{end: '<', state: w.state}
	switch w.section {
	case outside:
		return nil
	case inTheSystem:
		p.name, p.role = inSystem(w.element)
	case inTheData:
		name := w.field
		if name == "" && w.element != "Data" {
			name = w.element
		}
		p.name, p.role = inData(name)
	}
	return p
}

// skipDeclaration is the place behind the comment, declaration or instruction at b[i:], or -1 if it does not end.
func skipDeclaration(b []byte, i int) int {
	end := []byte(">")
	if bytes.HasPrefix(b[i:], []byte("<!--")) {
		end = []byte("-->")
	}
	n := bytes.Index(b[i:], end)
	if n < 0 {
		return -1
	}
	return i + n + len(end)
}

// local is a name without its namespace.
func local(name []byte) string {
	name = bytes.TrimRight(name, " \t\r\n")
	return string(name[bytes.IndexByte(name, ':')+1:])
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

var (
	cdata    = []byte("<![CDATA[")
	cdataEnd = []byte("]]>")
	comment  = []byte("<!--")
)

// textEnd is where the text of a path ends, if the < at b[at] does not end it because a comment, CDATA or a bare < begins there.
func textEnd(b []byte, at int, here *path) int {
	if here.end != '<' {
		return at
	}
	for i := at; ; {
		rest := b[i:]
		switch {
		case len(rest) < 2 || rest[1] == '/' || opensField(rest):
			return i
		case bytes.HasPrefix(rest, cdata):
			n := bytes.Index(rest, cdataEnd)
			if n < 0 {
				return len(b)
			}
			i += n
		case bytes.HasPrefix(rest, comment):
			if i = skipDeclaration(b, i); i < 0 {
				return len(b)
			}
			i--
		}
		n := bytes.IndexByte(b[i+1:], '<')
		if n < 0 {
			return len(b)
		}
		i += 1 + n
	}
}

// opensField says whether a new field or event begins, so that the one before it was never closed.
func opensField(b []byte) bool {
	return bytes.HasPrefix(b, []byte("<Data ")) || startsEvent(b)
}

// pieces joins and decodes text that comments and CDATA divide.
func pieces(to *Record, raw []byte, octal bool) []byte {
	out := to.Grow(len(raw))[:0]
	for len(raw) > 0 {
		n := bytes.Index(raw, []byte("<!"))
		if n < 0 {
			return append(out, decode(to, raw, octal)...)
		}
		out = append(out, decode(to, raw[:n], octal)...)
		raw = raw[n:]
		end := len(raw)
		switch {
		case bytes.HasPrefix(raw, cdata):
			if n := bytes.Index(raw, cdataEnd); n >= 0 {
				end = n
			}
			out = append(out, raw[len(cdata):end]...)
			end = min(end+len(cdataEnd), len(raw))
		case bytes.HasPrefix(raw, comment):
			if n := skipDeclaration(raw, 0); n >= 0 {
				end = n
			}
		default:
			out = append(out, raw[:2]...)
			end = 2
		}
		raw = raw[end:]
	}
	return out
}
