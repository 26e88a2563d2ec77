package needle

import (
	"bytes"
	"strings"
)

// Rare finds any of a few exact texts by a byte of each that was rare in what it saw first. Where there are no vector instructions that is quicker than
// Few: looking for a byte is quick everywhere. It belongs to one worker.
type Rare struct {
	texts []Text
	data  []byte
	bytes []rareByte
}

// rareByte is texts that have a byte in common.
type rareByte struct {
	is    byte
	texts []rareText
	next  int // where the first of them begins behind the place that was asked about last, or the end of the data
}

// rareText is a text with the byte at a place of it.
type rareText struct {
	*Text
	offset int
}

// NewRare takes the texts, all of which are exact and none empty.
func NewRare(texts []Text) *Rare { return &Rare{texts: texts} }

// Open begins with other data.
func (r *Rare) Open(data []byte) {
	if r.data = data; r.bytes == nil && len(data) > 0 {
		r.choose(data[:min(len(data), sample)])
	}
	for i := range r.bytes {
		r.seek(&r.bytes[i], 0)
	}
}

// choose takes of each text the byte that is rarest in a sample.
func (r *Rare) choose(sample []byte) {
	var counts [256]int
	for _, c := range sample {
		counts[c]++
	}
	places := map[byte]int{}
	for i := range r.texts {
		text := r.texts[i].Text
		least := text[0]
		for _, c := range []byte(text) {
			if counts[c] < counts[least] {
				least = c
			}
		}
		at, known := places[least]
		if !known {
			at = len(r.bytes)
			places[least] = at
			r.bytes = append(r.bytes, rareByte{is: least})
		}
		r.bytes[at].texts = append(r.bytes[at].texts, rareText{&r.texts[i], strings.IndexByte(text, least)})
	}
}

// From is where the first text begins, at a place or behind it, or the end of the data. Places must not go back.
func (r *Rare) From(at int) int {
	first := len(r.data)
	for i := range r.bytes {
		b := &r.bytes[i]
		if b.next < at {
			r.seek(b, at)
		}
		first = min(first, b.next)
	}
	return first
}

// seek finds the first of the texts with a byte that begins at a place or behind it.
func (r *Rare) seek(b *rareByte, from int) {
	for p := from; p < len(r.data); p++ {
		i := bytes.IndexByte(r.data[p:], b.is)
		if i < 0 {
			break
		}
		p += i
		for _, t := range b.texts {
			if at := p - t.offset; at >= from && t.stands(r.data, at) {
				b.next = at
				return
			}
		}
	}
	b.next = len(r.data)
}
