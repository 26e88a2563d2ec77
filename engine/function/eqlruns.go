package function

import (
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// A program's arguments that were joined by blanks cannot be told apart again: any run of consecutive words may have been one. The words
// of a text are what stands between single blanks; a run begins with a word, ends with one, and keeps the blanks in between.

// eqlRuns ask a text for a run of its words; no query can call them.
var eqlRuns = []Func{
	overRun("==", "equals the value", `run ==("a-b b c d", "c d")`, 2, bindRunIn(false), requireSame),
	overRun("in", "equals one of the values", `run in("a-b b c d", "x", "b c d")`, -1, bindRunIn(false), requireSame),
	overRun("in~", "equals one of the values but for case", `run in~("a-b b c d", "x", "B C")`, -1, bindRunIn(true), requireSame),
	overRun("like", "a pattern of like matches", `run like("a-b b c d", "b*", "x")`, -1, bindPatterns(false, true), requireLikes),
	overRun("like~", "a pattern of like~ matches", `run like~("a-b b c d", "?-B B")`, -1, bindPatterns(true, true), requireLikes),
	overRun("regex", "an expression of regex matches", `run regex("a-b b c d", "[a-c]( [a-c])*")`, -1, bindRegexes(false, true), requireLucene),
	overRun("regex~", "an expression of regex~ matches", `run regex~("a-b b c d", "D")`, -1, bindRegexes(true, true), requireLucene),
	{
		Name: "runs", Lang: EQL, Family: engineFamily, Syntax: "runs(<text>)", MinArgs: 1, MaxArgs: 1, Lists: column.EachCombination, Carries: Piece,
		Doc: "All runs of consecutive words of the text, short ones first. Of a very long text only the first hundred thousand, or the first that make up " +
			"64 MB, and the text itself.",
		Example: `runs("a b c")`, Want: "a b c a b b c a b c",
		Bind: always(func(rows int, args []column.Vector) column.Vector {
			xs := texts(args[0])
			out := make([]column.Value, rows)
			for i := range out {
				if s, ok := xs.at(i); ok {
					out[i] = column.Multi(wordRuns(s))
				}
			}
			return column.FromValues(out)
		}),
	},
}

func overRun(name, verb, example string, most int, bind binding, requires func([]Arg) (Requirement, bool)) Func {
	return Func{
		Name: "run " + name, Lang: EQL, Family: engineFamily, Syntax: "run " + name + "(<text>, <value>, ...)", MinArgs: 2, MaxArgs: most,
		Lists: column.AnyCombination,
		Doc:   "True if some run of consecutive words of the text, joined by blanks, " + verb + ". Null if the text is null.", Example: example, Want: "True",
		Bind: bind, Requires: requires,
	}
}

// How many runs of a text are listed, and how long they may be all together: what is made of each of them must find room.
const (
	mostRuns     = 100_000 // those of a text of 446 words
	mostRunBytes = 64 << 20
)

func wordRuns(s string) []column.Value {
	starts, ends := []int{0}, []int{}
	for i := range len(s) {
		if s[i] == ' ' {
			starts, ends = append(starts, i+1), append(ends, i)
		}
	}
	ends = append(ends, len(s))
	var out []column.Value
	bytes := 0
	for n := range starts {
		for i := 0; i+n < len(ends); i++ {
			run := s[starts[i]:ends[i+n]]
			if bytes += len(run); len(out) == mostRuns || bytes > mostRunBytes {
				return append(out, column.Str(s))
			}
			out = append(out, column.Str(run))
		}
	}
	return out
}

// runSet is texts of which one must be a run of words.
type runSet struct {
	fold    bool
	byFirst map[string][]string // by first word
}

func newRunSet(fold bool) *runSet { return &runSet{fold, map[string][]string{}} }

func (r *runSet) add(text string) {
	if r.fold {
		text = foldCase(text)
	}
	first, _, _ := strings.Cut(text, " ")
	r.byFirst[first] = append(r.byFirst[first], text)
}

// in says whether a run of s is in the set.
func (r *runSet) in(s string) bool {
	if len(r.byFirst) == 0 {
		return false
	}
	if r.fold {
		s = foldCase(s)
	}
	for {
		word, rest, more := strings.Cut(s, " ")
		for _, text := range r.byFirst[word] {
			if strings.HasPrefix(s, text) && (len(s) == len(text) || s[len(text)] == ' ') {
				return true
			}
		}
		if !more {
			return false
		}
		s = rest
	}
}

func bindRunIn(fold bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		values, err := eqlConstants(args[1:])
		if err != nil {
			return nil, err
		}
		set, null := newRunSet(fold), false
		for _, v := range values {
			null = null || v.IsNull()
			if v.Kind() == column.String {
				set.add(v.Text())
			}
		}
		return func(rows int, args []column.Vector) column.Vector {
			found := onTexts(rows, args[0], set.in)
			if !null {
				return found
			}
			return build(rows, func(i int) (bool, bool) { return true, found.Value(i).True() }) // what is not found may be the null
		}, nil
	}
}

// matchRun says whether the pattern matches the whole of some run of the words of s. What precedes the first star may as well be matched
// by the first words that it matches, and so on: the earliest places leave most room for what follows.
func (g *glob) matchRun(s string) bool {
	s, ok := g.ready(s)
	if !ok {
		return false
	}
	if first := &g.pieces[0]; len(g.pieces) == 1 || len(first.parts) > 1 || first.parts[0] != "" {
		if s, ok = g.firstRun(s); !ok || len(g.pieces) == 1 {
			return ok
		}
	}
	if s, ok = g.middle(s); !ok {
		return false
	}
	last := &g.pieces[len(g.pieces)-1]
	for end := len(s); end >= 0; end = strings.LastIndexByte(s[:end], ' ') {
		if _, ok := g.suffix(last, s[:end]); ok {
			return true
		}
	}
	return false
}

// firstRun is what follows the first place where words begin with the first piece. If that is the only one, they must end with it, too.
func (g *glob) firstRun(s string) (rest string, ok bool) {
	for {
		if n, ok := g.prefix(&g.pieces[0], s); ok && (len(g.pieces) > 1 || n == len(s) || s[n] == ' ') {
			return s[n:], true
		}
		at := strings.IndexByte(s, ' ')
		if at < 0 {
			return s, false
		}
		s = s[at+1:]
	}
}
