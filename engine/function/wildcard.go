package function

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// wildcard is a text with `*` for any run of characters, which matches whole values. There is no escape for `*`.
type wildcard struct {
	forms []glob // the pattern as written and, if it holds XML entities, decoded
	fold  bool
}

// compileWildcard makes a pattern; with fold it ignores case, as foldCase says.
func compileWildcard(text string, fold bool) *wildcard {
	p := &wildcard{fold: fold}
	pieces := strings.Split(text, "*")
	p.forms = append(p.forms, newGlob(pieces, fold))
	decoded := make([]string, len(pieces))
	for i, s := range pieces {
		decoded[i] = decodeEntities(s)
	}
	if !slices.Equal(pieces, decoded) {
		p.forms = append(p.forms, newGlob(decoded, fold))
	}
	return p
}

// match says whether the pattern matches the whole of s, in time linear in s.
func (p *wildcard) match(s string) bool {
	for i := range p.forms {
		if p.forms[i].match(s) {
			return true
		}
	}
	return false
}

// literals is, for each form of the pattern, the longest run of ASCII that every text it matches must hold; ok is false if a form has none.
func (p *wildcard) literals() (literals []string, ok bool) {
	for _, g := range p.forms {
		best := longestASCII(g.pieces)
		if best == "" {
			return nil, false
		}
		literals = append(literals, best)
	}
	return literals, true
}

func longestASCII(pieces []string) string {
	best := ""
	for _, piece := range pieces {
		for run := range strings.FieldsFuncSeq(piece, func(r rune) bool { return r >= utf8.RuneSelf }) {
			if len(run) > len(best) {
				best = run
			}
		}
	}
	return best
}

// glob is one form: literal pieces between the stars.
type glob struct {
	pieces []string // folded if the pattern is
	search []needle // for the pieces but the first and the last
	wide   bool     // the text must be folded first, for there are letters outside of ASCII
	fold   bool
}

func newGlob(pieces []string, fold bool) glob {
	g := glob{pieces: pieces, fold: fold, wide: fold && slices.ContainsFunc(pieces, hasCase)}
	if fold {
		g.pieces = make([]string, len(pieces))
		for i, s := range pieces {
			if g.wide {
				g.pieces[i] = foldCase(s)
			} else {
				g.pieces[i] = lowerASCII(s)
			}
		}
	}
	if len(pieces) > 2 {
		for _, s := range g.pieces[1 : len(pieces)-1] {
			if s != "" {
				g.search = append(g.search, newNeedle(s))
			}
		}
	}
	return g
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = lower[c]
	}
	return string(b)
}

func (g *glob) match(s string) bool {
	if g.wide {
		if isASCII(s) {
			return false // a piece has a letter that is not
		}
		s = foldCase(s)
	}
	first, last := g.pieces[0], g.pieces[len(g.pieces)-1]
	if len(g.pieces) == 1 {
		return g.equal(s, first)
	}
	if len(s) < len(first)+len(last) || !g.equal(s[:len(first)], first) || !g.equal(s[len(s)-len(last):], last) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for i := range g.search {
		at := g.index(s, &g.search[i])
		if at < 0 {
			return false
		}
		s = s[at+len(g.search[i].text):]
	}
	return true
}

func (g *glob) equal(s, piece string) bool {
	if g.fold {
		return equalFold(s, piece)
	}
	return s == piece
}

func (g *glob) index(s string, n *needle) int {
	if g.fold {
		return n.index(s)
	}
	return strings.Index(s, n.text)
}
