package function

import (
	"math"
	"net/netip"
	"slices"
	"strconv"

	"spoor/engine/column"
)

// literals is what a search compares a field with, numbered from 0. However many they are, a text is compared with few of them: those without
// a wildcard are found by their text, their number or their net, the others by a piece that they must hold.
type literals struct {
	all  []literal
	fold bool

	texts   map[string][]uint32 // folded if fold is set
	decimal map[column.Decimal][]uint32
	nets    map[netip.Prefix][]uint32
	bits    map[bool][]int // lengths of masks: of nets of IPv4, and of others
	globs   *globs         // nil if no literal has a wildcard
}

// fewLiterals are compared one by one, which takes less than looking them up.
const fewLiterals = 6

func newLiterals(texts []string, compile func(string) literal) *literals {
	s := &literals{all: make([]literal, len(texts))}
	for i, text := range texts {
		s.all[i] = compile(text)
	}
	if len(texts) <= fewLiterals {
		return s
	}
	s.fold = s.all[0].pattern.forms[0].fold
	s.texts, s.decimal, s.nets = map[string][]uint32{}, map[column.Decimal][]uint32{}, map[netip.Prefix][]uint32{}
	s.bits = map[bool][]int{}
	var wild []uint32
	for i := range s.all {
		id, l := uint32(i), &s.all[i]
		if l.wild {
			wild = append(wild, id)
			continue
		}
		for _, form := range l.pattern.forms {
			s.texts[form.pieces[0].parts[0]] = append(s.texts[form.pieces[0].parts[0]], id)
		}
		if l.number != nil {
			s.decimal[*l.number] = append(s.decimal[*l.number], id)
		}
		if l.net != nil {
			p := l.net.prefix
			if short := p.Addr().Is4(); !slices.Contains(s.bits[short], p.Bits()) {
				s.bits[short] = append(s.bits[short], p.Bits())
			}
			s.nets[p] = append(s.nets[p], id)
		}
	}
	if wild != nil {
		s.globs = newGlobs(s.all, wild)
	}
	return s
}

// find adds the literals that match a text to a list: each once, in no order. With first it stops at the first one.
func (s *literals) find(text string, first bool, to []uint32) []uint32 {
	if s.texts == nil {
		for i := range s.all {
			if s.all[i].match(text) {
				if to = append(to, uint32(i)); first {
					break
				}
			}
		}
		return to
	}
	start, folded := len(to), text
	if s.fold {
		folded = foldCase(text)
	}
	to = append(to, s.texts[folded]...)
	if len(s.decimal) > 0 && text != "" && text[0] <= '9' {
		if d, ok := column.ParseDecimal(text); ok {
			to = append(to, s.decimal[d]...)
		}
	}
	if len(s.nets) > 0 {
		to = s.routes(text, to)
	}
	if s.globs != nil && (!first || len(to) == start) {
		to = s.globs.find(text, first, to)
	}
	if len(to) > start+1 {
		slices.Sort(to[start:])
		to = to[:start+len(slices.Compact(to[start:]))]
	}
	return to
}

// routes adds the nets that hold an address.
func (s *literals) routes(text string, to []uint32) []uint32 {
	a, ok := parseAddress(text)
	if !ok {
		return to
	}
	for short, lengths := range s.bits {
		at := a
		if short {
			at = a.Unmap()
		}
		if at.Is4() != short {
			continue
		}
		for _, bits := range lengths {
			if p, err := at.WithZone("").Prefix(bits); err == nil {
				to = append(to, s.nets[p]...)
			}
		}
	}
	return to
}

// integers is the integers that a literal matches; ok is false if one of them has a wildcard, which looks at how a number is written.
func (s *literals) integers() (set map[int64]bool, ok bool) {
	set = map[int64]bool{}
	for _, l := range s.all {
		if l.wild {
			return nil, false
		}
		for _, g := range l.pattern.forms {
			text := g.pieces[0].parts[0]
			if n, err := strconv.ParseInt(text, 10, 64); err == nil && (l.number != nil || column.Integer(n).String() == text) {
				set[n] = true
			}
		}
		if l.number != nil {
			if n, err := strconv.ParseInt(l.number.String(), 10, 64); err == nil {
				set[n] = true
			}
		}
	}
	return set, true
}

// globs finds patterns by a gram: bytes that every text that they match must hold.
type globs struct {
	all   []literal
	grams map[uint32][]uint32 // by the bytes of a gram, in small letters
	short []uint32            // patterns without a gram
}

// gramBytes is how many bytes a gram has.
const gramBytes = 3

// gramAt is the gram that begins at a byte of a text.
func gramAt(s string, i int) uint32 {
	return uint32(lower[s[i]]) | uint32(lower[s[i+1]])<<8 | uint32(lower[s[i+2]])<<16
}

// newGlobs files each form of a pattern under the one of its grams that the fewest others have so far.
func newGlobs(all []literal, wild []uint32) *globs {
	g := &globs{all: all, grams: map[uint32][]uint32{}}
	for _, id := range wild {
		for _, form := range all[id].pattern.forms {
			must, best, least := form.literal(), uint32(0), math.MaxInt
			for i := range len(must) - gramBytes + 1 {
				if gram := gramAt(must, i); len(g.grams[gram]) < least {
					best, least = gram, len(g.grams[gram])
				}
			}
			if least == math.MaxInt {
				g.short = append(g.short, id)
			} else {
				g.grams[best] = append(g.grams[best], id)
			}
		}
	}
	return g
}

// find adds the patterns that match the whole of a text.
func (g *globs) find(text string, first bool, to []uint32) []uint32 {
	for _, id := range g.short {
		if g.all[id].pattern.match(text) {
			if to = append(to, id); first {
				return to
			}
		}
	}
	var seen map[uint32]bool // a text that repeats itself is not compared again
	for i := range len(text) - gramBytes + 1 {
		gram := gramAt(text, i)
		filed := g.grams[gram]
		if filed == nil || seen[gram] {
			continue
		}
		if seen == nil {
			seen = map[uint32]bool{}
		}
		seen[gram] = true
		for _, id := range filed {
			if g.all[id].pattern.match(text) {
				if to = append(to, id); first {
					return to
				}
			}
		}
	}
	return to
}
