package function

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// textSet is texts of which one must be equal, or equal but for case.
type textSet struct {
	fold    bool
	texts   map[string]bool // folded if fold
	lengths uint64          // bit n: there is a text of n bytes
	wide    bool            // one is not ASCII
}

func (t *textSet) add(s string) {
	if t.texts == nil {
		t.texts = map[string]bool{}
	}
	if t.fold {
		s = foldCase(s)
	}
	t.texts[s] = true
	t.lengths |= 1 << min(len(s), 63)
	t.wide = t.wide || !isASCII(s)
}

func (t *textSet) has(s string) bool {
	switch {
	case !t.fold:
		return t.texts[s]
	case !isASCII(s):
		return t.wide && t.texts[foldCase(s)]
	case t.lengths>>min(len(s), 63)&1 == 0:
		return false
	case len(s) >= 63:
		return t.texts[lowerASCII(s)]
	}
	var low [64]byte
	for i := range len(s) {
		low[i] = lower[s[i]]
	}
	return t.texts[string(low[:len(s)])]
}

// patterns is globs of which one must match: those without wildcards are looked up, and of the others those tried of whose literals three
// bytes are met in the text.
type patterns struct {
	exact  textSet
	runs   *runSet // set to look for runs of words: what exact would be then
	always []glob
	globs  []glob
	heads  []uint16 // by hash of three bytes, 1 + index of the first entry; 0 if there is none
	grams  []gram
}

// gram is three bytes in small letters that stand in each text which a glob matches.
type gram struct {
	bytes uint32
	glob  int
	next  uint16 // 1 + index of the next entry with this hash
}

const gramBits = 12

func gramHash(x uint32) uint32 { return x * 0x9E3779B1 >> (32 - gramBits) }

// few is the number of globs up to which each is tried on its own.
const few = 4

// newPatterns makes patterns in which `*` is any run of characters and `?` any one. There are no escapes.
func newPatterns(texts []string, fold, runs bool) *patterns {
	p := &patterns{exact: textSet{fold: fold}}
	if runs {
		p.runs = newRunSet(fold)
	}
	for _, text := range texts {
		switch {
		case strings.ContainsAny(text, "*?"):
			p.globs = append(p.globs, newGlob(cut(strings.Split(text, "*"), "?"), fold))
		case runs:
			p.runs.add(text)
		default:
			p.exact.add(text)
		}
	}
	if len(p.globs) <= few {
		p.globs, p.always = nil, p.globs
		return p
	}
	p.index()
	return p
}

func (p *patterns) index() {
	p.heads = make([]uint16, 1<<gramBits)
	indexed := p.globs[:0]
	for _, g := range p.globs {
		x, ok := rarestGram(&g)
		if !ok || len(p.grams) >= 1<<15 {
			p.always = append(p.always, g)
			continue
		}
		h := gramHash(x)
		p.grams = append(p.grams, gram{x, len(indexed), p.heads[h]})
		p.heads[h] = uint16(len(p.grams))
		indexed = append(indexed, g)
	}
	p.globs = indexed
}

// rarestGram is the three bytes of a glob's literals that are least likely in a log.
func rarestGram(g *glob) (x uint32, ok bool) {
	best := -1
	for _, p := range g.pieces {
		for _, part := range p.parts {
			for i := 0; i+3 <= len(part); i++ {
				s := lowerASCII(part[i : i+3])
				if r := rarity(s[0]) + rarity(s[1]) + rarity(s[2]); isASCII(s) && r > best {
					best, x = r, uint32(s[0])<<16|uint32(s[1])<<8|uint32(s[2])
				}
			}
		}
	}
	return x, best >= 0
}

// matcher makes a test of texts for one use at a time.
func (p *patterns) matcher() func(string) bool {
	tried := make([]bool, len(p.globs))
	return func(s string) bool {
		if p.runs != nil && p.runs.in(s) || p.runs == nil && p.exact.has(s) {
			return true
		}
		for i := range p.always {
			if p.matches(&p.always[i], s) {
				return true
			}
		}
		if len(p.globs) == 0 || len(s) < 3 {
			return false
		}
		clear(tried)
		return p.indexed(s, tried)
	}
}

func (p *patterns) indexed(s string, tried []bool) bool {
	x := uint32(lower[s[0]])<<8 | uint32(lower[s[1]])
	for i := 2; i < len(s); i++ {
		x = (x<<8 | uint32(lower[s[i]])) & 0xffffff
		for at := p.heads[gramHash(x)]; at != 0; at = p.grams[at-1].next {
			e := &p.grams[at-1]
			if e.bytes != x || tried[e.glob] {
				continue
			}
			tried[e.glob] = true
			if p.matches(&p.globs[e.glob], s) {
				return true
			}
		}
	}
	return false
}

func (p *patterns) matches(g *glob, s string) bool {
	if p.runs != nil {
		return g.matchRun(s)
	}
	return g.match(s)
}

func bindLike(fold bool) binding { return bindPatterns(fold, false) }

func bindPatterns(fold, runs bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		texts, err := constantTexts(args[1:])
		if err != nil {
			return nil, err
		}
		p := newPatterns(texts, fold, runs)
		return func(rows int, args []column.Vector) column.Vector { return onTexts(rows, args[0], p.matcher()) }, nil
	}
}

// constantTexts is the constants that are no nulls, as texts.
func constantTexts(args []Arg) ([]string, *source.Diagnostic) {
	values, err := eqlConstants(args)
	if err != nil {
		return nil, err
	}
	values = slices.DeleteFunc(values, column.Value.IsNull)
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = eqlText(v)
	}
	return texts, nil
}
