package function

import (
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// terms are the predicates behind the words and phrases of search expressions.
var terms = []Func{
	term("term", "<word or phrase>", "True if the word or phrase stands in the text (in any case), not as part of a longer word; `*` is any run of characters without blanks.",
		`path="/usr/bin/vi" AND USR`, func(text string) words { return newWords(text, true) }),
	term("caseterm", "CASE(<word>)", "True if the word or phrase stands in the text (in the same case), not as part of a longer word; `*` is any run of characters without blanks.",
		`CASE(usr)`, func(text string) words { return newWords(text, false) }),
	term("wholeterm", "TERM(<word>)", "True if the word stands in the text (in any case) between two of blanks, quotes, brackets and the signs | ! ; , * & ? +, which part terms, or at an end; other signs belong to it. `*` is any run of characters within a term.",
		`TERM(/usr/bin/vi)`, func(text string) words {
			w := newWords(text, true)
			w.whole = true
			return w
		}),
}

func term(name, syntax, doc, example string, compile func(string) words) Func {
	return Func{
		Name: name, Lang: Search, Family: "search", Syntax: syntax, MinArgs: 2, MaxArgs: 2,
		Doc:     doc,
		Example: example, Want: "True",
		Bind: func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
			w := compile(args[1].Const.String())
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
	whole  bool // signs such as a dot, which part words, belong to it
}

// spaces and breakers are what no star reaches over: of words, and of terms, which breakers part.
const (
	spaces   = " \t\r\n"
	breakers = spaces + "[]<>(){}|!;,'\"*&?+"
)

func newWords(text string, fold bool) words {
	if fold {
		text = foldCase(text)
	}
	return words{pieces: strings.Split(text, "*"), fold: fold}
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
		if (first == "" || w.edge(s, at)) && w.rest(s, at+len(first), w.pieces[1:]) {
			return true
		}
		from = at + 1
	}
	return false
}

// rest matches the pieces behind the first, from at on: each at its first place, but the last at one where the phrase may end.
func (w words) rest(s string, at int, pieces []string) bool {
	stops := spaces
	if w.whole {
		stops = breakers
	}
	for i, piece := range pieces {
		end := len(s)
		if blank := strings.IndexAny(s[at:], stops); blank >= 0 {
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
			if !last || w.edge(s, next) {
				at = next
				break
			}
			at += k + 1
		}
	}
	return w.edge(s, at)
}

// edge says whether no word runs across the place at in s.
func (w words) edge(s string, at int) bool {
	return at == 0 || at == len(s) || !w.part(s[at-1]) || !w.part(s[at])
}

// part says whether a byte is part of words.
func (w words) part(c byte) bool {
	if w.whole {
		return strings.IndexByte(breakers, c) < 0
	}
	return wordByte(c)
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}
