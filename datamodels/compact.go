package datamodels

import (
	_ "embed" // of compact.bin
	"encoding/binary"
	"maps"
	"slices"

	"spoor/grammar/source"
)

// compact is what the YAML files here declare, in a form that is read in a moment: most searches are over before YAML of this size is parsed.
//
// A test holds that it says the same, and writes it anew: go test ./datamodels -run Compact -update
//
//go:embed compact.bin
var compact string

// codec reads or writes the compact form. One description serves both ways: a method takes a place, and fills it or writes what is in it.
type codec struct {
	in    string // what is left to read
	out   []byte // what was written
	write bool

	words []string          // every text of the form once
	known map[string]uint64 // their numbers, to write
	files []*source.Text
	lists [][]RawField // met so far
}

// decode is the library that the compact form stands for, with the text of the files for its places.
func decode(form string) *Library {
	c := &codec{in: form}
	c.words = make([]string, c.next())
	for i := range c.words {
		c.words[i] = c.cut(int(c.next()))
	}
	c.files = make([]*source.Text, c.next())
	for i := range c.files {
		c.files[i] = source.New(c.words[c.next()], c.words[c.next()])
	}
	l := (&Library{}).clone()
	c.library(l)
	return l
}

// encode is the compact form of a library.
func encode(l *Library) string {
	c := &codec{write: true, known: map[string]uint64{}}
	c.library(l)
	body := c.out
	names := []uint64{uint64(len(c.files))}
	for _, f := range c.files {
		names = append(names, c.number(f.Name), c.number(f.Body))
	}
	c.out = binary.AppendUvarint(nil, uint64(len(c.words)))
	for _, w := range c.words {
		c.out = append(binary.AppendUvarint(c.out, uint64(len(w))), w...)
	}
	for _, n := range names {
		c.out = binary.AppendUvarint(c.out, n)
	}
	return string(append(c.out, body...))
}

func (c *codec) cut(n int) string {
	s := c.in[:n]
	c.in = c.in[n:]
	return s
}

// next reads a number.
func (c *codec) next() (n uint64) {
	for shift := 0; ; shift += 7 {
		b := c.in[0]
		c.in = c.in[1:]
		if n |= uint64(b&0x7f) << shift; b < 0x80 {
			return n
		}
	}
}

// number is a text's number among the words.
func (c *codec) number(s string) uint64 {
	n, ok := c.known[s]
	if !ok {
		n = uint64(len(c.words))
		c.words, c.known[s] = append(c.words, s), n
	}
	return n
}

func (c *codec) uint(n *uint64) {
	if c.write {
		c.out = binary.AppendUvarint(c.out, *n)
	} else {
		*n = c.next()
	}
}

func (c *codec) text(s *string) {
	if c.write {
		n := c.number(*s)
		c.uint(&n)
	} else {
		*s = c.words[c.next()]
	}
}

func (c *codec) bool(b *bool) {
	n := uint64(0)
	if *b {
		n = 1
	}
	c.uint(&n)
	*b = n == 1
}

// The forms of a place: none, a place in a file, and a text that was made of what stands there.
const nowhere, here, made = 0, 1, 2

func (c *codec) span(s *source.Span) {
	if c.write {
		c.putSpan(*s)
		return
	}
	form := c.next()
	if form == nowhere {
		return
	}
	file := c.files[c.next()]
	from, to := c.next(), c.next()
	if *s = file.Span(int(from), int(to)); form == made {
		var b source.Builder
		b.Insert(c.words[c.next()], *s)
		*s = b.Text(file.Name).All()
	}
}

func (c *codec) putSpan(s source.Span) {
	if s.IsZero() {
		c.out = append(c.out, nowhere)
		return
	}
	at, _ := s.Origin()
	file := slices.Index(c.files, at.Text)
	if file < 0 {
		file = len(c.files)
		c.files = append(c.files, at.Text)
	}
	form := here
	if at != s {
		form = made
	}
	for _, n := range []int{form, file, int(at.Start), int(at.End)} {
		c.out = binary.AppendUvarint(c.out, uint64(n))
	}
	if form == made {
		c.out = binary.AppendUvarint(c.out, c.number(s.String()))
	}
}

// list is a slice, each of whose items is treated in its place; nil stays nil.
func list[T any](c *codec, l *[]T, item func(*T)) {
	n := uint64(0)
	if *l != nil {
		n = uint64(len(*l)) + 1
	}
	if c.uint(&n); n == 0 {
		return
	}
	if !c.write {
		*l = make([]T, n-1)
	}
	for i := range *l {
		item(&(*l)[i])
	}
}

// keyed is a map, in the order of its keys; nil stays nil.
func keyed[T any](c *codec, m *map[string]T, item func(*T)) {
	var keys []string
	if *m != nil {
		keys = slices.AppendSeq([]string{}, maps.Keys(*m))
		slices.Sort(keys)
	}
	list(c, &keys, c.text)
	if !c.write && keys != nil {
		*m = make(map[string]T, len(keys))
	}
	for _, k := range keys {
		v := (*m)[k]
		item(&v)
		if !c.write {
			(*m)[k] = v
		}
	}
}
