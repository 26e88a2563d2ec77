package eql

import (
	"strings"
	"unicode/utf8"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// report is what there is to say about a query.
type report struct {
	token.Report
	syntax bool // the grammar complained
}

// check looks for what needs no grammar: brackets, quotes, characters, and words of other languages. It says whether parsing makes sense.
func (r *report) check(t *tokens) bool {
	if len(t.all) > token.MaxTokens {
		far := t.all[token.MaxTokens]
		r.Add(source.Errorf(t.Span(far, far), "too-long", "more than %d words and signs in one query", token.MaxTokens))
		return false
	}
	r.Divide(t.parts())
	if len(t.seen) == 1 {
		r.Add(source.Errorf(t.Within.Sub(0, 0), "empty-query", "the query is empty").WithHint("for example: process where true"))
		return false
	}
	if d := otherLanguage(t); d != nil {
		r.Add(d)
		return false
	}
	if !r.brackets(t, r.unclosed(t)) {
		return false
	}
	blanks := token.Blanks{}
	for _, tok := range t.all {
		switch tok.GetTokenType() {
		case gen.EQLLexerSTRANGE_BLANK:
			r.Add(blanks.Warning(t.Span(tok, tok)))
		case gen.EQLLexerZERO_WIDTH:
			r.At(tok, token.Invisible(t.Span(tok, tok), tok.GetStart() == 0))
		}
	}
	for i := range t.seen {
		r.word(t, i)
		r.foreign(t, i)
	}
	r.Checked()
	return true
}

// unclosed reports quotes and comments that are never closed, and says whether there are any.
func (r *report) unclosed(t *tokens) bool {
	found := false
	for _, tok := range t.seen {
		s := t.Span(tok, tok)
		switch tok.GetTokenType() {
		case gen.EQLLexerUNCLOSED, gen.EQLLexerUNCLOSED_NAME:
			width := 1
			if strings.HasPrefix(s.String(), `"""`) {
				width = 3
			}
			r.At(tok, source.Errorf(s.Sub(0, width), "unclosed-quote", "this quote is never closed on its line").
				WithHint(`a quote in a text is written \", a line end \n, a backslash \\`))
		case gen.EQLLexerUNCLOSED_COMMENT:
			r.At(tok, source.Errorf(s.Sub(0, 2), "unclosed-comment", "this comment is never closed").WithHint("it ends at */"))
		default:
			continue
		}
		r.Blind(tok)
		found = true
	}
	return found
}

// word reports characters and pipes that cannot be meant.
func (r *report) word(t *tokens, i int) {
	tok, s := t.seen[i], t.here(i)
	switch t.at(i) {
	case gen.EQLLexerNAME, gen.EQLLexerCASELESS:
		if at, c := strangeLetter(s.String()); at >= 0 {
			r.At(tok, source.Errorf(s.Sub(at, at+utf8.RuneLen(c)), "strange-letter", "%s holds `%c`, which a plain name cannot", token.Tick(s.String()), c).
				WithHint("put the name in backticks"))
		}
	case gen.EQLLexerOTHER:
		r.At(tok, other(s))
	case gen.EQLLexerBANG:
		if t.at(i+1) != gen.EQLLexerLBRACK {
			r.At(tok, source.Errorf(s, "unexpected", "unexpected `!`").WithHint("a negation is written `not`; `!` stands before an item in brackets"))
		}
	case gen.EQLLexerPIPE:
		r.pipe(t, i)
	}
}

func other(s source.Span) *source.Diagnostic {
	if d := token.BadCharacter(s, `texts stand in "..."`); d != nil {
		return d
	}
	hint := "put a name that holds more than letters, digits, `_` and `.` in backticks, and a text in double quotes"
	switch s.String() {
	case "&":
		hint = "conditions are joined by `and`"
	case "~":
		hint = "no blank stands before the `~` of an operator or a function; `~` goes with `in`, `like`, `regex` and some functions"
	case ".":
		hint = "no blanks stand around the dots of a field; a part that begins with a digit stands in backticks"
	}
	return source.Errorf(s, "unexpected", "unexpected %s", token.Tick(s.String())).WithHint("%s", hint)
}

// strangeLetter is the first letter outside backticks that no plain name has, or -1.
func strangeLetter(name string) (at int, c rune) {
	quoted := false
	for at, c := range name {
		if c == '`' {
			quoted = !quoted
		} else if c >= utf8.RuneSelf && !quoted {
			return at, c
		}
	}
	return -1, 0
}

// brackets reports what is not closed, or was not opened, unless quotes are to blame. False means that the text is nested too deeply
// to be parsed at all.
func (r *report) brackets(t *tokens, quiet bool) bool {
	n := nesting{report: r, tokens: t, quiet: quiet}
	for i, tok := range t.seen {
		switch kind := tok.GetTokenType(); kind {
		case gen.EQLLexerNOT, gen.EQLLexerMINUS:
			n.run++
			n.depth++
		case gen.EQLLexerLPAREN:
			n.push(tok)
		case gen.EQLLexerLBRACK:
			if !t.indexes(i) && t.word(i-1) != "of" {
				n.flush()
			}
			n.push(tok)
		case gen.EQLLexerRPAREN:
			n.close(tok, gen.EQLLexerLPAREN)
		case gen.EQLLexerRBRACK:
			n.close(tok, gen.EQLLexerLBRACK)
		case gen.EQLLexerPIPE, antlr.TokenEOF:
			n.flush()
		default:
			n.settle()
		}
		if n.depth > token.MaxDepth {
			r.Only(source.Errorf(t.Span(tok, tok), "too-deep", "more than %d levels of parentheses", token.MaxDepth))
			return false
		}
	}
	return true
}

// nesting follows the tokens to know what is open. Prefix operators in a row nest like brackets.
type nesting struct {
	*report
	*tokens
	quiet bool
	open  []opening
	run   int // prefix operators before this token
	depth int // brackets that are open, and the prefix operators before and in them
}

type opening struct {
	tok antlr.Token
	run int
}

// settle ends a row of prefix operators.
func (n *nesting) settle() { n.depth, n.run = n.depth-n.run, 0 }

func (n *nesting) push(tok antlr.Token) {
	n.open, n.run, n.depth = append(n.open, opening{tok, n.run}), 0, n.depth+1
}

func (n *nesting) pop() antlr.Token {
	last := n.open[len(n.open)-1]
	n.open, n.depth = n.open[:len(n.open)-1], n.depth-1-last.run
	return last.tok
}

// close ends the last bracket of a kind, and with it all that was opened inside; a parenthesis does not reach out of its item.
func (n *nesting) close(tok antlr.Token, kind int) {
	n.settle()
	for len(n.open) > 0 {
		last := n.open[len(n.open)-1].tok.GetTokenType()
		if kind == gen.EQLLexerLPAREN && last != kind {
			break
		}
		if inner := n.pop(); last == kind {
			return
		} else {
			n.never(inner)
		}
	}
	if !n.quiet {
		n.At(tok, source.Errorf(n.Span(tok, tok), "stray-bracket", "this %s closes nothing", token.Tick(n.Text(tok))))
	}
}

// flush ends all that is open, where nothing can be.
func (n *nesting) flush() {
	n.settle()
	for _, o := range n.open {
		n.never(o.tok)
	}
	n.open, n.depth = nil, 0
}

func (n *nesting) never(tok antlr.Token) {
	if !n.quiet {
		n.At(tok, source.Errorf(n.Span(tok, tok), "unclosed-bracket", "this %s is never closed", token.Tick(n.Text(tok))))
		n.Blind(tok)
	}
}
