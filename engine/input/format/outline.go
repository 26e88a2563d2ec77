package format

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"spoor/engine/input/bitmap"
)

// outlines is the documents that were met, without their values, as a tree: those that begin alike share its branches. Logs are written
// by programs, so nearly every document has the outline of an earlier one, and nothing of it has to be found out but its values: each
// stands behind a text that is known.
//
// What becomes of the values was settled when the first document of its outline was read (learn.go). That holds for the others, because
// reading depends on nothing that the outline lacks: the keys in their order, what of null, text, word and array stands where that matters, and the
// whole of the few values that tell the kind of an event. A text that might hold an event itself is looked through each time.
type outlines struct {
	start   outline
	learnt  int           // documents
	refused int           // of these, events that were not taken up
	bytes   int           // roughly what is held
	quotes  bitmap.Quotes // of the document that was looked for
	values  []span        // of that document: room for those of any outline
}

// outline is documents up to one of their values, or to their end.
type outline struct {
	lead []byte // what stands before the value, and behind the one before it
	corners
	takes shapes // of the value
	quick shapes // of these, those that it takes whatever stands in them
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

// find is what to do with a document, whose values are then known. It gives nil for one of a new outline.
func (o *outlines) find(doc []byte) *use {
	at := &o.start
	if len(at.next) == 0 {
		return nil
	}
	o.quotes.Open(doc)
	for i, n := 0, 0; ; n++ {
		if at, i, n = o.asBefore(doc, at, i, n); at.use != nil {
			return at.use
		}
		if at = at.after(doc, i); at == nil {
			return nil
		}
		if i += len(at.lead); at.use != nil {
			return at.use
		}
		var ok bool
		if o.values[n], ok = o.value(doc, i, at); !ok {
			return nil
		}
		if i = int(o.values[n].to); o.values[n].shape == text {
			i++
		}
	}
}

// asBefore goes on at i, behind n values, for as long as the document goes the way of the one before and its values are strings, words, or arrays of
// strings. It hardly calls anything, which keeps most of what it needs in registers.
func (o *outlines) asBefore(doc []byte, at *outline, i, n int) (*outline, int, int) {
	quotes, values := o.quotes.Bitmap, o.values
	for len(at.next) > 0 {
		next := at.next[0]
		size := len(next.lead)
		from := i + size
		if from < cornered || from > len(doc) {
			break
		}
		d, c := (*[cornered]byte)(doc[from-cornered:]), &next.corners
		if (load(d[:], 0)^c.bytes[0])&c.mask[0]|(load(d[:], 8)^c.bytes[1])&c.mask[1]|(load(d[:], 16)^c.bytes[2])&c.mask[2]|(load(d[:], 24)^c.bytes[3])&c.mask[3] != 0 ||
			size > cornered && string(doc[i:from]) != string(next.lead) {
			break
		}
		if next.use != nil {
			return next, from, n
		}
		if from == len(doc) || n >= len(values) {
			break
		}
		to := from
		switch kind := begins[doc[from]]; {
		case next.quick&kind == 0:
			return at, i, n
		case kind == only(text):
			if to = quotes.Ahead(from + 1); to < 0 {
				return at, i, n
			}
			values[n] = span{int32(from + 1), int32(to), text}
			to++
		case kind == only(word):
			for to = wholeNumber(doc, from); to < len(doc) && wordByte[doc[to]]; to++ {
			}
			if to == from || to == len(doc) {
				return at, i, n
			}
			values[n] = span{int32(from), int32(to), word}
		default:
			if to = o.list(doc, from); to == 0 {
				return at, i, n
			}
			values[n] = span{int32(from), int32(to), array}
		}
		at, i, n = next, to, n+1
	}
	return at, i, n
}

// value is where the value of an outline stands that begins at i, if it is one that the outline takes.
func (o *outlines) value(doc []byte, i int, of *outline) (v span, ok bool) {
	if doc[i] == '"' {
		end := o.quotes.Next(i + 1)
		return span{int32(i + 1), int32(end), text}, end >= 0 && (!of.prose || prose(doc[i+1:end], o.quotes.Escapes))
	}
	if end := o.list(doc, i); end > 0 {
		return span{int32(i), int32(end), array}, of.takes&only(array) != 0
	}
	s := scanner{b: doc, i: i}
	other, ok := s.value()
	return span{int32(i), int32(s.i), other.shape}, ok && !s.cut && of.takes&only(other.shape) != 0
}

// list is the place behind an array of strings without blanks that begins at i, or 0 if there is none.
func (o *outlines) list(doc []byte, i int) int {
	for sep := byte('['); i+1 < len(doc) && doc[i] == sep && doc[i+1] == '"'; sep = ',' {
		if i = o.quotes.Next(i+2) + 1; i > 0 && i < len(doc) && doc[i] == ']' {
			return i + 1
		}
	}
	return 0
}

// after is the outline with which a document goes on at i up to its next value. Those that are met often come to stand first.
func (o *outline) after(doc []byte, i int) *outline {
	for k, n := range o.next {
		end := i + len(n.lead)
		if end > len(doc) || string(doc[i:end]) != string(n.lead) || n.use == nil && (end == len(doc) || n.takes&begins[doc[end]] == 0) {
			continue
		}
		if k > 0 {
			o.next[k-1], o.next[k] = n, o.next[k-1]
		}
		return n
	}
	return nil
}

// corners is the last bytes of a lead, eight to a number, the last ones last. Those that the lead lacks are zero, and not in the mask. Comparing them
// takes no call and, as most leads have no more, hardly a branch.
type corners struct{ bytes, mask [cornered / 8]uint64 }

// cornered is how many bytes are in the corners.
const cornered = 32

func cornersOf(lead []byte) (c corners) {
	padded := append(make([]byte, cornered), lead...)
	ours := append(make([]byte, cornered), bytes.Repeat([]byte{0xff}, len(lead))...)
	for i := range c.bytes {
		c.bytes[i], c.mask[i] = load(padded, len(lead)+8*i), load(ours, len(lead)+8*i)
	}
	return c
}

// prose says whether a string, as it stands in JSON, plainly holds no event of any kind, and names no program whose events matter. It may hold a
// backslash only if escapes says so.
func prose(raw []byte, escapes bool) bool {
	if len(raw) == 0 {
		return true
	}
	switch c := raw[0]; {
	case c == '{', c == '\\', c <= ' ', c >= utf8.RuneSelf, bytes.EqualFold(raw, sysmonTag):
		return false
	}
	return bytes.IndexByte(raw, '<') < 0 && !(escapes && bytes.Contains(raw, []byte(`\u`))) && auditAt(raw) < 0 && !tagged(raw)
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
			n.corners = cornersOf(n.lead)
			if n.quick = n.takes; n.prose {
				n.quick &^= only(text)
			}
			at.next = append(at.next, n)
			o.values = slices.Grow(o.values[:0], len(way))[:cap(o.values)]
			o.bytes += n.size()
		}
		at = n
	}
}

// size is roughly what an outline takes.
func (o *outline) size() int {
	n := 192 + len(o.lead)
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
