package function

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// glob is a pattern that matches whole texts: pieces with any run of characters between one and the next.
type glob struct {
	pieces []piece
	wide   bool // the text must be folded first, for there are letters outside of ASCII
	fold   bool
}

// piece is literals with any one character between one and the next.
type piece struct {
	parts []string // folded if the glob is; an empty one at the start or the end is just that character
	lead  int      // how many of the first parts are empty and not the last
	first needle   // the part behind them, if it is to be searched for
}

// newGlob makes a glob of its pieces' parts; with fold it ignores case, as foldCase says.
func newGlob(pieces [][]string, fold bool) glob {
	g := glob{pieces: make([]piece, len(pieces)), fold: fold}
	for _, parts := range pieces {
		g.wide = g.wide || fold && slices.ContainsFunc(parts, hasCase)
	}
	for i, parts := range pieces {
		p := piece{parts: parts}
		if fold {
			p.parts = make([]string, len(parts))
			for j, s := range parts {
				p.parts[j] = g.folded(s)
			}
		}
		for p.lead+1 < len(parts) && parts[p.lead] == "" {
			p.lead++
		}
		if i > 0 && i+1 < len(pieces) && p.parts[p.lead] != "" {
			p.first = newNeedle(p.parts[p.lead])
		}
		g.pieces[i] = p
	}
	return g
}

func (g *glob) folded(s string) string {
	if g.wide {
		return foldCase(s)
	}
	return lowerASCII(s)
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = lower[c]
	}
	return string(b)
}

// ready is the text in the form in which pieces are compared with it; ok is false if nothing can match it.
func (g *glob) ready(s string) (text string, ok bool) {
	switch {
	case !g.wide:
		return s, true
	case isASCII(s):
		return s, false // a piece has a letter that is not
	}
	return foldCase(s), true
}

// match says whether the pattern matches the whole of s.
func (g *glob) match(s string) bool {
	s, ok := g.ready(s)
	if !ok {
		return false
	}
	n, ok := g.prefix(&g.pieces[0], s)
	if !ok || len(g.pieces) == 1 {
		return ok && n == len(s)
	}
	s, ok = g.middle(s[n:])
	if !ok {
		return false
	}
	_, ok = g.suffix(&g.pieces[len(g.pieces)-1], s)
	return ok
}

// middle is what follows the first places of the pieces between the first and the last.
func (g *glob) middle(s string) (rest string, ok bool) {
	for i := 1; i+1 < len(g.pieces); i++ {
		end := g.find(&g.pieces[i], s)
		if end < 0 {
			return s, false
		}
		s = s[end:]
	}
	return s, true
}

// prefix says how many bytes at the start of s a piece takes.
func (g *glob) prefix(p *piece, s string) (n int, ok bool) {
	for i, part := range p.parts {
		if i > 0 {
			if n == len(s) {
				return 0, false
			}
			_, size := utf8.DecodeRuneInString(s[n:])
			n += size
		}
		if !g.starts(s[n:], part) {
			return 0, false
		}
		n += len(part)
	}
	return n, true
}

// suffix says where the piece begins that ends with s.
func (g *glob) suffix(p *piece, s string) (at int, ok bool) {
	at = len(s)
	for i := len(p.parts) - 1; i >= 0; i-- {
		part := p.parts[i]
		if at < len(part) || !g.starts(s[at-len(part):at], part) {
			return 0, false
		}
		at -= len(part)
		if i > 0 {
			if at == 0 {
				return 0, false
			}
			_, size := utf8.DecodeLastRuneInString(s[:at])
			at -= size
		}
	}
	return at, true
}

// find is where the first place of a piece in s ends, or -1.
func (g *glob) find(p *piece, s string) int {
	at := 0
	for range p.lead {
		if at == len(s) {
			return -1
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	rest := piece{parts: p.parts[p.lead:]}
	if rest.parts[0] == "" {
		return at
	}
	for {
		step := g.index(s[at:], &p.first)
		if step < 0 {
			return -1
		}
		at += step
		if len(rest.parts) == 1 {
			return at + len(p.first.text)
		}
		if n, ok := g.prefix(&rest, s[at:]); ok {
			return at + n
		}
		at++
	}
}

func (g *glob) starts(s, literal string) bool {
	if len(s) < len(literal) {
		return false
	}
	if g.fold {
		return equalFold(s[:len(literal)], literal)
	}
	return s[:len(literal)] == literal
}

func (g *glob) index(s string, n *needle) int {
	if g.fold {
		return n.index(s)
	}
	return strings.Index(s, n.text)
}

// literal is the longest run of ASCII that every text it matches must hold.
func (g *glob) literal() string {
	best := ""
	for _, p := range g.pieces {
		best = longer(best, longestASCII(p.parts))
	}
	return best
}

func longestASCII(texts []string) string {
	best := ""
	for _, text := range texts {
		for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
			best = longer(best, run)
		}
	}
	return best
}

func longer(a, b string) string {
	if len(b) > len(a) {
		return b
	}
	return a
}
