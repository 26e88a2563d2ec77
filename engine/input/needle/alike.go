package needle

import (
	"encoding/binary"
	"math/bits"
)

// Alike is a few texts to look for in place of many that are alike, as identifiers are: what some of these have in common at one place, which counts
// if one of them stands around it. The place is where that is the rarest in the first data. Nil if they have too little in common.
func Alike(texts []string, data []byte) []Text {
	folded := make([]string, len(texts))
	longest := 0
	for i, t := range texts {
		if t == "" {
			return nil
		}
		folded[i] = foldText(t)
		longest = max(longest, len(t))
	}
	counts := countTriples(data[:min(len(data), sample)])
	var best map[anchor][]string
	place, least := 0, 0
	for at := range min(longest, mostAround) - anchorLength + 1 {
		groups := anchors(folded, at)
		frequency := 0
		for a := range groups {
			frequency += int(counts[tripleAt(a.text, 0)])
		}
		if groups != nil && (best == nil || frequency < least || frequency == least && len(groups) < len(best)) {
			best, place, least = groups, at, frequency
		}
	}
	var out []Text
	for a, group := range best {
		if a.whole || len(group) == 1 {
			out = append(out, Text{Text: group[0]})
		} else {
			out = append(out, newAround(group, place).text())
		}
	}
	return out
}

const (
	anchorLength = 3
	mostAnchors  = 16
	mostAround   = 64 // bytes of a text that are looked at
)

// anchor is what texts have at a place, or the whole of one that ends before it.
type anchor struct {
	text  string
	whole bool
}

// anchors divides texts by what they have at a place. Nil if that gives too many groups.
func anchors(texts []string, at int) map[anchor][]string {
	groups := map[anchor][]string{}
	for _, t := range texts {
		a := anchor{t, true}
		if at+anchorLength <= len(t) {
			a = anchor{t[at : at+anchorLength], false}
		}
		if groups[a] = append(groups[a], t); len(groups) > mostAnchors {
			return nil
		}
	}
	return groups
}

// around is texts that have some bytes in common at one place. Of the longer ones only the beginning counts.
type around struct {
	from, to int             // what they have in common
	length   int             // what counts
	texts    map[string]bool // of this length
	telling  int             // where four bytes tell most of them apart
	shift    uint
	filter   []bool // by the hash of those bytes
}

func newAround(group []string, at int) *around {
	a := &around{from: at, to: at + anchorLength, length: mostAround, texts: map[string]bool{}}
	for _, t := range group {
		a.length = min(a.length, len(t))
	}
	for _, t := range group {
		a.texts[t[:a.length]] = true
	}
	common := func(i int) bool {
		for _, t := range group {
			if t[i] != group[0][i] {
				return false
			}
		}
		return true
	}
	for a.from > 0 && common(a.from-1) {
		a.from--
	}
	for a.to < a.length && common(a.to) {
		a.to++
	}
	a.distinguish(group)
	return a
}

// distinguish finds the bytes that differ most between texts. A few hundred texts tell where.
func (a *around) distinguish(group []string) {
	most := 0
	for o := range a.length - 3 {
		seen := map[string]bool{}
		for _, t := range group[:min(len(group), 256)] {
			seen[t[o:o+4]] = true
		}
		if len(seen) > most {
			a.telling, most = o, len(seen)
		}
	}
	a.shift = 32 - uint(min(bits.Len(uint(16*len(group))), mostBits))
	a.filter = make([]bool, 1<<(32-a.shift))
	for t := range a.texts {
		a.filter[a.hash(pad(t[a.telling:min(len(t), a.telling+4)]))] = true
	}
}

func (a *around) hash(x uint32) uint32 { return (x | 0x20202020) * multiplier >> a.shift }

func (a *around) text() Text {
	for t := range a.texts {
		return Text{Text: t[a.from:a.to], If: a.stand}
	}
	return Text{}
}

// stand says whether one of the texts stands around a place.
func (a *around) stand(data []byte, at int) bool {
	begin := at - a.from
	if begin < 0 || begin+a.length > len(data) {
		return false
	}
	b := data[begin : begin+a.length]
	if a.length >= 4 && !a.filter[a.hash(binary.LittleEndian.Uint32(b[a.telling:]))] {
		return false
	}
	var folded [mostAround]byte
	for i, c := range b {
		folded[i] = lower[c]
	}
	return a.texts[string(folded[:a.length])]
}
