package function

import (
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// terms are the predicates behind the words and phrases of search expressions.
var terms = []Func{
	term("term", "any case", `path="/usr/bin/vi" AND USR`, true),
	term("caseterm", "the same case", `CASE(usr)`, false),
}

func term(name, how, example string, fold bool) Func {
	return Func{
		Name: name, Lang: Search, Family: "search", Syntax: "<word or phrase>", MinArgs: 2, MaxArgs: 2,
		Doc:     "True if the word or phrase stands in the text (in " + how + "), not as part of a longer word; `*` is any run of characters without blanks.",
		Example: example, Want: "True",
		Bind: func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
			w := newWords(args[1].Const.String(), fold)
			return func(rows int, args []column.Vector) column.Vector {
				xs := texts(args[0])
				return build(rows, func(i int) (bool, bool) {
					s, ok := xs.at(i)
					return ok && w.in(s), true
				})
			}, nil
		},
		Requires: func(args []Arg) (Requirement, bool) {
			longest := longestASCII(strings.Split(args[1].Const.String(), "*"))
			return Requirement{Arg: 0, AnyOf: []string{longest}}, longest != ""
		},
	}
}

// words is a word or phrase to be found in a text: pieces between stars.
type words struct {
	pieces []string
	fold   bool
}

func newWords(text string, fold bool) words {
	if fold {
		text = foldCase(text)
	}
	return words{strings.Split(text, "*"), fold}
}

// in says whether the phrase stands in s.
func (w words) in(s string) bool {
	if w.fold {
		s = foldCase(s)
	}
	first := w.pieces[0]
	for from := 0; from <= len(s); {
		i := strings.Index(s[from:], first)
		if i < 0 {
			return false
		}
		at := from + i
		if (first == "" || edge(s, at)) && w.rest(s, at+len(first), w.pieces[1:]) {
			return true
		}
		from = at + 1
	}
	return false
}

// rest matches the pieces behind the first, from at on: each at its first place, but the last at one where the phrase may end.
func (w words) rest(s string, at int, pieces []string) bool {
	for i, piece := range pieces {
		end := len(s)
		if blank := strings.IndexAny(s[at:], " \t\r\n"); blank >= 0 {
			end = min(at+blank+len(piece), len(s)) // the star stops at a blank, the piece behind it need not
		}
		last := i == len(pieces)-1
		if last && piece == "" {
			return true
		}
		for {
			k := strings.Index(s[at:end], piece)
			if k < 0 {
				return false
			}
			next := at + k + len(piece)
			if !last || edge(s, next) {
				at = next
				break
			}
			at += k + 1
		}
	}
	return edge(s, at)
}

// edge says whether no word runs across the place at in s.
func edge(s string, at int) bool {
	return at == 0 || at == len(s) || !wordByte(s[at-1]) || !wordByte(s[at])
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}
