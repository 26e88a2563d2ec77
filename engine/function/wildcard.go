package function

import (
	"slices"
	"strings"
)

// wildcard is a text with `*` for any run of characters, which matches whole values. There is no escape for `*`.
type wildcard struct {
	forms []glob // the pattern as written and, if it holds XML entities, decoded
}

// compileWildcard makes a pattern; with fold it ignores case, as foldCase says.
func compileWildcard(text string, fold bool) *wildcard {
	pieces := strings.Split(text, "*")
	p := &wildcard{forms: []glob{newGlob(single(pieces), fold)}}
	if decoded := decodeAll(pieces); !slices.Equal(pieces, decoded) {
		p.forms = append(p.forms, newGlob(single(decoded), fold))
	}
	return p
}

// single makes pieces of literals.
func single(literals []string) [][]string {
	out := make([][]string, len(literals))
	for i := range literals {
		out[i] = literals[i : i+1]
	}
	return out
}

func decodeAll(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = decodeEntities(s)
	}
	return out
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
		best := g.literal()
		if best == "" {
			return nil, false
		}
		literals = append(literals, best)
	}
	return literals, true
}
