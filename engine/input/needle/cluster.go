package needle

import (
	"math/bits"

	"spoor/engine/input/bitmap"
)

// cluster is parts that share a group.
type cluster struct {
	parts []part
	bytes halves
}

// halves is, by place, the lower and the upper halves of the bytes that may stand there.
type halves [3][2]uint16

func newCluster(p part) cluster {
	c := cluster{parts: []part{p}}
	text := p.of.Text[p.offset:]
	for place := range c.bytes {
		for b := range 256 {
			if place >= len(text) || byte(b) == text[place] || !p.of.Exact && lower[b] == text[place] {
				c.bytes[place][0] |= 1 << (b & 15)
				c.bytes[place][1] |= 1 << (b >> 4)
			}
		}
	}
	return c
}

func (h halves) with(o halves) halves {
	for place := range h {
		h[place][0] |= o[place][0]
		h[place][1] |= o[place][1]
	}
	return h
}

// triples is how many triples have these halves: as many as a group will find, whether they were meant or not.
func (h halves) triples() int {
	n := 1
	for _, x := range h {
		n *= bits.OnesCount16(x[0]) * bits.OnesCount16(x[1])
	}
	return n
}

// divide puts parts together until there are no more clusters than groups: each time the two that will find the fewest triples more.
func divide(parts []part) []cluster {
	var all []cluster
	for _, p := range parts {
		all = append(all, newCluster(p))
	}
	for len(all) > bitmap.Groups {
		least, into, from := -1, 0, 0
		for i, a := range all {
			for j := i + 1; j < len(all); j++ {
				more := a.bytes.with(all[j].bytes).triples() - a.bytes.triples() - all[j].bytes.triples()
				if into == from || more < least {
					least, into, from = more, i, j
				}
			}
		}
		all[into] = cluster{append(all[into].parts, all[from].parts...), all[into].bytes.with(all[from].bytes)}
		all = append(all[:from], all[from+1:]...)
	}
	return all
}
