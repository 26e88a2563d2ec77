package spl

import (
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// report is what there is to say about a search. Its parts are the commands.
type report struct {
	token.Report
	syntax bool // the grammar complained
}

// check looks for what needs no grammar: brackets, quotes, characters, command words. It says whether parsing makes sense.
func (r *report) check(t *tokens) bool {
	if len(t.all) > token.MaxTokens {
		far := t.all[token.MaxTokens]
		r.Add(source.Errorf(t.Span(far, far), "too-long", "more than %d words and signs in one search", token.MaxTokens).
			WithHint("divide it into several searches"))
		return false
	}
	r.Divide(stagesOf(t.all))
	if !r.brackets(t) {
		return false
	}
	blanks := token.Blanks{}
	place := context{terms: t.terms}
	for i, tok := range t.all {
		place.pass(tok)
		switch tok.GetTokenType() {
		case gen.SPLLexerUNCLOSED, gen.SPLLexerUNCLOSED_NAME:
			quote := t.Span(tok, tok).Sub(0, 1)
			r.At(tok, source.Errorf(quote, "unclosed-quote", "this quote is never closed"))
			r.Blind(tok)
		case gen.SPLLexerOTHER, gen.SPLLexerWORD:
			r.At(tok, token.BadCharacter(t.Span(tok, tok), quoteHint))
			r.lowerIn(t, i, place)
			if !place.terms && strings.HasPrefix(strings.TrimLeft(t.Text(tok), "+-"), "'") {
				r.At(tok, source.Errorf(t.Span(tok, tok).Sub(0, 1), "unclosed-quote", "this quote is never closed on its line").
					WithHint("put a word that begins with a quote in double quotes"))
			}
		case gen.SPLLexerIN_CLAUSE:
			r.lowerIn(t, i, place)
		case gen.SPLLexerSTRANGE_BLANK:
			r.Add(blanks.Warning(t.Span(tok, tok)))
		case gen.SPLLexerZERO_WIDTH:
			r.At(tok, token.Invisible(t.Span(tok, tok), tok.GetStart() == 0))
		case gen.SPLLexerBACKTICK:
			r.At(tok, leftover(t, tok))
		case gen.SPLLexerUNKNOWN_COMMAND:
			r.unknownCommand(t, tok)
		case gen.SPLLexerNOT_A_COMMAND:
			r.At(tok, t.notCommand(tok))
		}
	}
	r.empties(t)
	r.Checked()
	return true
}

// stagesOf numbers the commands: a pipe or a bracket begins another.
func stagesOf(all []antlr.Token) []int {
	stages := make([]int, len(all))
	stage, outer := 0, []int{}
	last := 0
	for i, tok := range all {
		switch tok.GetTokenType() {
		case gen.SPLLexerPIPE:
			last++
			stage = last
			stages[i] = stage
			continue
		case gen.SPLLexerLBRACK:
			stages[i] = stage
			outer = append(outer, stage)
			last++
			stage = last
			continue
		case gen.SPLLexerRBRACK:
			stages[i] = stage
			if n := len(outer); n > 0 {
				stage, outer = outer[n-1], outer[:n-1]
			}
			continue
		}
		stages[i] = stage
	}
	return stages
}

const quoteHint = `" for values, ' for field names in eval`

const shellHint = "a shell takes a `macro` in double quotes as a command of its own and leaves nothing: put the search in single quotes, or in a file for -f"

// empties reports pipes with nothing between them.
func (r *report) empties(t *tokens) {
	var prev antlr.Token
	for _, tok := range t.all {
		kind := tok.GetTokenType()
		if tok.GetChannel() != antlr.TokenDefaultChannel && kind != gen.SPLLexerBACKTICK {
			continue
		}
		afterPipe := prev != nil && prev.GetTokenType() == gen.SPLLexerPIPE
		afterBracket := prev != nil && prev.GetTokenType() == gen.SPLLexerLBRACK
		switch {
		case kind == gen.SPLLexerPIPE && afterPipe:
			hint := shellHint
			if token.Adjoin(prev, tok) {
				hint = "alternatives are joined by OR, not by ||; " + hint
			}
			r.At(prev, source.Errorf(t.Span(prev, tok), "empty-command", "empty command between pipes").WithHint("%s", hint))
		case kind == gen.SPLLexerPIPE && afterBracket, kind == gen.SPLLexerPIPE && prev == nil: // a leading pipe
		case kind == gen.SPLLexerRBRACK && afterPipe, kind == antlr.TokenEOF && afterPipe:
			r.At(prev, source.Errorf(t.Span(prev, prev), "empty-command", "no command follows the last pipe").WithHint(shellHint))
		case kind == gen.SPLLexerRBRACK && afterBracket:
			r.At(tok, source.Errorf(t.Span(prev, tok), "empty-command", "empty subsearch").WithHint(shellHint))
		case kind == antlr.TokenEOF && prev == nil:
			r.At(tok, source.Errorf(t.Within.Sub(0, 0), "empty-search", "the %s is empty", t.what))
		}
		prev = tok
	}
}

// lowerIn reports `field in (list)` of a search expression, where only the capitals are an operator.
func (r *report) lowerIn(t *tokens, i int, place context) {
	tok := t.all[i]
	if !place.terms || !strings.EqualFold(t.Text(tok), "in") || i == 0 || t.all[i+1].GetTokenType() != gen.SPLLexerLPAREN {
		return
	}
	if kind := t.all[i-1].GetTokenType(); kind == gen.SPLLexerWORD || kind == gen.SPLLexerSTRING {
		r.At(tok, source.Errorf(t.Span(tok, tok), "lower-case-operator", "%s is a word to look for here, not an operator", token.Tick(t.Text(tok))).WithHint("write IN"))
	}
}

func (r *report) unknownCommand(t *tokens, tok antlr.Token) {
	if r.Full() {
		return
	}
	word := t.Text(tok)
	d := source.Errorf(t.Span(tok, tok), "unknown-command", "unknown command `%s`", token.Short(word))
	i := tok.GetTokenIndex()
	if hint := source.Suggest(word, Commands()); len(word) > 2 && hint != "" {
		d = d.WithHint("%s", hint)
	} else if i > 0 && t.all[i-1].GetTokenType() == gen.SPLLexerLBRACK {
		d = d.WithHint("a subsearch begins with a command, such as `[search ...]`")
	}
	r.At(tok, d)
}

func (t *tokens) notCommand(tok antlr.Token) *source.Diagnostic {
	if d := token.BadCharacter(t.Span(tok, tok), quoteHint); d != nil {
		return d
	}
	return source.Errorf(t.Span(tok, tok), "not-a-command", "a command is expected here, not %s", token.Tick(t.Text(tok)))
}

func leftover(t *tokens, tok antlr.Token) *source.Diagnostic {
	text := t.Text(tok)
	name := strings.Trim(text, "`")
	if len(text) < 2 || text[len(text)-1] != '`' || name == "" {
		return source.Errorf(t.Span(tok, tok), "unclosed-macro", "a backtick that closes no macro call").
			WithHint("a macro is called as `name` or `name(argument)`, a comment stands between three backticks")
	}
	return source.Errorf(t.Span(tok, tok), "unexpanded-macro", "the macro `%s` is not expanded here", token.Short(name)).
		WithHint("macros are expanded in searches, not in expressions of data models or of macros")
}
