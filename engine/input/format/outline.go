package format

import (
	"bytes"
	"encoding/binary"
)

// outlines is the documents that were met, without their values, as a tree: those that begin alike share its branches. Logs are written
// by programs, so nearly every document has the outline of an earlier one, and nothing of it has to be found out but its values: each
// stands behind a text that is known.
//
// What becomes of the values was settled when the first document of its outline was read (learn.go). That holds for the others, because
// reading depends on nothing that the outline lacks: the keys in their order, what of null, text, word and array stands where that matters, and the
// whole of the few values that tell the kind of an event.
type outlines struct {
	start  outline
	learnt int // documents
	bytes  int // of all leads
}

// outline is documents up to one of their values, or to their end.
type outline struct {
	lead        []byte // what stands before the value, and behind the one before it
	first, last uint64 // its first and last eight bytes, if it has as many
	takes       shapes // of the value
	next        []*outline
	use         *use // of documents that end with the lead; nil: a value follows
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
	s := scanner{b: doc}
	for at := &o.start; ; {
		if at = at.after(doc[s.i:]); at == nil {
			return nil, values
		}
		s.i += len(at.lead)
		if at.use != nil {
			return at.use, values
		}
		if doc[s.i] == '"' {
			end := closing(doc, s.i+1)
			if end < 0 {
				return nil, values
			}
			values = append(values, span{int32(s.i + 1), int32(end), text})
			s.i = end + 1
			continue
		}
		from := s.i
		v, ok := s.value()
		if !ok || s.cut || at.takes&only(v.shape) == 0 {
			return nil, values
		}
		values = append(values, span{int32(from), int32(s.i), v.shape})
	}
}

// after is the outline that goes on with the rest of a document up to its next value. Those that are met often come to stand first.
func (o *outline) after(rest []byte) *outline {
	for i, n := range o.next {
		size := len(n.lead)
		if !n.leads(rest) || n.use == nil && (len(rest) == size || n.takes&begins[rest[size]] == 0) {
			continue
		}
		if i > 0 {
			o.next[i-1], o.next[i] = n, o.next[i-1]
		}
		return n
	}
	return nil
}

// leads says whether the lead stands at the beginning of a text. Most are so short that a call takes longer than comparing.
func (o *outline) leads(b []byte) bool {
	size := len(o.lead)
	switch {
	case size < 8 || len(b) < size:
		return bytes.HasPrefix(b, o.lead)
	case binary.LittleEndian.Uint64(b) != o.first || binary.LittleEndian.Uint64(b[size-8:]) != o.last:
		return false
	}
	return size <= 16 || string(b[8:size-8]) == string(o.lead[8:size-8])
}

// What keeps the outlines of documents that are all different from taking time and memory.
const (
	maxOutlines = 1024    // documents that are learnt
	maxBranches = 16      // of an outline
	maxLeads    = 1 << 20 // bytes
)

// add puts a way through a document into the tree: what stands before each of its values, and in the last place before its end.
func (o *outlines) add(way []outline) {
	at := &o.start
	for i := range way {
		n := at.same(&way[i])
		if n == nil {
			if n = &way[i]; len(at.next) == maxBranches || o.bytes+len(n.lead) > maxLeads {
				return
			}
			if size := len(n.lead); size >= 8 {
				n.first, n.last = binary.LittleEndian.Uint64(n.lead), binary.LittleEndian.Uint64(n.lead[size-8:])
			}
			at.next = append(at.next, n)
			o.bytes += len(n.lead)
		}
		at = n
	}
}

func (o *outline) same(as *outline) *outline {
	for _, n := range o.next {
		if n.takes == as.takes && (n.use == nil) == (as.use == nil) && string(n.lead) == string(as.lead) {
			return n
		}
	}
	return nil
}
