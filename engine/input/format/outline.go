package format

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// outlines is the documents that were met, without their values, as a tree: those that begin alike share its branches. Logs are written
// by programs, so nearly every document has the outline of an earlier one, and nothing of it has to be found out but its values: each
// stands behind a text that is known.
//
// What becomes of the values was settled when the first document of its outline was read (learn.go). That holds for the others, because
// reading depends on nothing that the outline lacks: the keys in their order, what of null, text, word and array stands where that matters, and the
// whole of the few values that tell the kind of an event. A text that might hold an event itself is looked through each time.
type outlines struct {
	start  outline
	learnt int // documents
	bytes  int // roughly what is held
}

// outline is documents up to one of their values, or to their end.
type outline struct {
	lead  []byte // what stands before the value, and behind the one before it
	ends  ends
	takes shapes // of the value
	prose bool   // the value might be text that holds an event, and is not
	next  []*outline
	use   *use // of documents that end with the lead; nil: a value follows
}

// shapes is a set of shapes.
type shapes uint8

const scalars shapes = 1<<nothing | 1<<text | 1<<word

func only(s shape) shapes { return 1 << s }

// begins is the shape of a value with a first byte. A word may begin like null; no value begins with a blank.
var begins = func() (by [256]shapes) {
	for i := range by {
		by[i] = only(word)
	}
	by['"'], by['{'], by['['], by['n'] = only(text), only(object), only(array), only(nothing)
	by[' '], by['\t'], by['\r'], by['\n'] = 0, 0, 0, 0
	return by
}()

// span is where a value stands in a document.
type span struct {
	from, to int32
	shape    shape
}

func (v span) of(doc []byte) value { return value{v.shape, doc[v.from:v.to]} }

// find is what to do with a document, and its values, in the memory of those given. It gives nil for one of a new outline.
func (o *outlines) find(doc []byte, values []span) (*use, []span) {
	values = values[:0]
	at := &o.start
	for i := 0; ; {
		if at = at.after(doc[i:]); at == nil {
			return nil, values
		}
		if i += len(at.lead); at.use != nil {
			return at.use, values
		}
		if doc[i] == '"' {
			end := closing(doc, i+1)
			if end < 0 || at.prose && !prose(doc[i+1:end]) {
				return nil, values
			}
			values = append(values, span{int32(i + 1), int32(end), text})
			i = end + 1
			continue
		}
		s := scanner{b: doc, i: i}
		v, ok := s.value()
		if !ok || s.cut || at.takes&only(v.shape) == 0 {
			return nil, values
		}
		values = append(values, span{int32(i), int32(s.i), v.shape})
		i = s.i
	}
}

// after is the outline that goes on with the rest of a document up to its next value. Those that are met often come to stand first.
func (o *outline) after(rest []byte) *outline {
	for i, n := range o.next {
		size := len(n.lead)
		if len(rest) < size+8 {
			if !bytes.HasPrefix(rest, n.lead) {
				continue
			}
		} else if !n.ends.of(rest) || size > 16 && string(rest[8:size-8]) != string(n.lead[8:size-8]) {
			continue
		}
		if n.use == nil && (len(rest) == size || n.takes&begins[rest[size]] == 0) {
			continue
		}
		if i > 0 {
			o.next[i-1], o.next[i] = n, o.next[i-1]
		}
		return n
	}
	return nil
}

// ends is the first and the last eight bytes of a text, which may be the same: two comparisons without a call tell nearly all texts apart.
type ends struct {
	first, last uint64
	mask        uint64 // of the bytes that count, for a shorter text
	at          int    // where the last begin
}

func endsOf(text []byte) ends {
	var first [8]byte
	size := copy(first[:], text)
	e := ends{first: binary.LittleEndian.Uint64(first[:]), mask: 1<<(8*size) - 1, at: len(text) - size}
	if e.last = e.first; e.at > 0 {
		e.last = binary.LittleEndian.Uint64(text[e.at:])
	}
	return e
}

// of says whether b, which goes on for eight bytes behind the text, begins and ends like it.
func (e *ends) of(b []byte) bool {
	return (binary.LittleEndian.Uint64(b)^e.first)&e.mask == 0 && (binary.LittleEndian.Uint64(b[e.at:])^e.last)&e.mask == 0
}

// prose says whether a string, as it stands in JSON, plainly holds no event of any kind, and names no program whose events matter.
func prose(raw []byte) bool {
	if len(raw) == 0 {
		return true
	}
	switch c := raw[0]; {
	case c == '{', c == '\\', c <= ' ', c >= utf8.RuneSelf, bytes.EqualFold(raw, sysmonTag):
		return false
	}
	return bytes.IndexByte(raw, '<') < 0 && !bytes.Contains(raw, []byte(`\u`)) && auditAt(raw) < 0 && !tagged(raw)
}

// What keeps the outlines of documents that are all different from taking time and memory.
const (
	maxOutlines = 1024    // documents that are learnt
	maxBranches = 16      // of an outline
	maxHeld     = 4 << 20 // bytes
)

// add puts a way through a document into the tree: what stands before each of its values, and in the last place before its end.
func (o *outlines) add(way []outline) {
	at := &o.start
	for i := range way {
		n := at.same(&way[i])
		if n == nil {
			if n = new(way[i]); len(at.next) == maxBranches || o.bytes+n.size() > maxHeld {
				return
			}
			n.ends = endsOf(n.lead)
			at.next = append(at.next, n)
			o.bytes += n.size()
		}
		at = n
	}
}

// size is roughly what an outline takes.
func (o *outline) size() int {
	n := 128 + len(o.lead)
	if o.use != nil {
		n += 128 + 80*len(o.use.fields)
	}
	return n
}

func (o *outline) same(as *outline) *outline {
	for _, n := range o.next {
		if n.takes == as.takes && (n.use == nil) == (as.use == nil) && string(n.lead) == string(as.lead) {
			return n
		}
	}
	return nil
}
