package spl

import (
	"fmt"
	"maps"
	"sort"
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
)

// report collects diagnostics and keeps one mistake from being told twice: after an error in the tokens of a command, the
// grammar's complaints about that command are echoes.
type report struct {
	errs    source.Errors
	stages  []int        // of each token: the command in which it stands
	broken  map[int]bool // commands that have an error
	before  map[int]bool // broken, as it was before the grammar had its say
	syntax  bool         // the grammar complained
	checked int          // diagnostics before the grammar had its say
	unknown int          // the token from which on nothing can be said: an opening bracket or quote that is never closed
}

// enough is how many diagnostics are collected before nobody looks for more; of these, the first are shown.
const enough = 5 * maxErrors

func (r *report) add(d *source.Diagnostic) {
	if r.full() {
		return
	}
	r.errs = append(r.errs, d)
}

// full says that nobody needs to look for more.
func (r *report) full() bool { return len(r.errs) >= enough }

// forget drops what the grammar said.
func (r *report) forget() {
	r.errs = r.errs[:r.checked]
	r.broken = maps.Clone(r.before)
}

// at adds an error about a token, unless its command has one already.
func (r *report) at(tok antlr.Token, d *source.Diagnostic) {
	if !r.echo(tok) {
		r.broken[r.stages[tok.GetTokenIndex()]] = true
		r.add(d)
	}
}

// echo says that an error at the token would be that of another one.
func (r *report) echo(tok antlr.Token) bool {
	i := tok.GetTokenIndex()
	return i < 0 || i >= min(r.unknown, len(r.stages)) || r.broken[r.stages[i]]
}

// sorted is what there is to say, in the order of places, and no more of it than anybody reads.
func (r *report) sorted() source.Errors {
	sort.SliceStable(r.errs, func(i, j int) bool { return r.errs[i].Span.Start < r.errs[j].Span.Start })
	if more := len(r.errs) - maxErrors; more > 0 {
		failed := r.errs.Failed()
		sort.SliceStable(r.errs, func(i, j int) bool { return r.errs[i].Severity > r.errs[j].Severity })
		r.errs = r.errs[:maxErrors]
		last := source.Warnf(r.errs[0].Span, "too-many", "left out: %s", source.Count(more, "more message"))
		if more+maxErrors >= enough {
			last.Message = "left out: many more messages"
		}
		if failed {
			last.Severity = source.Note
		}
		r.errs = append(r.errs, last)
	}
	return r.errs
}

// check looks for what needs no grammar: brackets, quotes, characters, command words. It says whether parsing makes sense.
func (r *report) check(t *tokens) bool {
	if len(t.all) > maxTokens {
		far := t.all[maxTokens]
		r.add(source.Errorf(t.span(far, far), "too-long", "more than %d words and signs in one search", maxTokens).
			WithHint("divide it into several searches"))
		return false
	}
	r.stages, r.broken, r.unknown = stagesOf(t.all), map[int]bool{}, len(t.all)
	if !r.brackets(t) {
		return false
	}
	strange := map[rune]bool{}
	place := context{terms: t.terms}
	for i, tok := range t.all {
		place.pass(tok)
		switch tok.GetTokenType() {
		case gen.SPLLexerUNCLOSED, gen.SPLLexerUNCLOSED_NAME:
			quote := t.span(tok, tok).Sub(0, 1)
			r.at(tok, source.Errorf(quote, "unclosed-quote", "this quote is never closed"))
			r.unknown = min(r.unknown, tok.GetTokenIndex())
		case gen.SPLLexerOTHER, gen.SPLLexerWORD:
			r.characters(t, tok)
			r.lowerIn(t, i, place)
			if !place.terms && strings.HasPrefix(strings.TrimLeft(t.text(tok), "+-"), "'") {
				r.at(tok, source.Errorf(t.span(tok, tok).Sub(0, 1), "unclosed-quote", "this quote is never closed on its line").
					WithHint("put a word that begins with a quote in double quotes"))
			}
		case gen.SPLLexerIN_CLAUSE:
			r.lowerIn(t, i, place)
		case gen.SPLLexerSTRANGE_BLANK:
			r.strangeBlank(t, tok, strange)
		case gen.SPLLexerZERO_WIDTH:
			r.zeroWidth(t, tok)
		case gen.SPLLexerBACKTICK:
			r.at(tok, leftover(t, tok))
		case gen.SPLLexerUNKNOWN_COMMAND:
			r.unknownCommand(t, tok)
		case gen.SPLLexerNOT_A_COMMAND:
			r.at(tok, t.notCommand(tok))
		}
	}
	r.empties(t)
	r.checked, r.before = len(r.errs), maps.Clone(r.broken)
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
			if adjoin(prev, tok) {
				hint = "alternatives are joined by OR, not by ||; " + hint
			}
			r.at(prev, source.Errorf(t.span(prev, tok), "empty-command", "empty command between pipes").WithHint("%s", hint))
		case kind == gen.SPLLexerPIPE && afterBracket, kind == gen.SPLLexerPIPE && prev == nil: // a leading pipe
		case kind == gen.SPLLexerRBRACK && afterPipe, kind == antlr.TokenEOF && afterPipe:
			r.at(prev, source.Errorf(t.span(prev, prev), "empty-command", "no command follows the last pipe").WithHint(shellHint))
		case kind == gen.SPLLexerRBRACK && afterBracket:
			r.at(tok, source.Errorf(t.span(prev, tok), "empty-command", "empty subsearch").WithHint(shellHint))
		case kind == antlr.TokenEOF && prev == nil:
			r.at(tok, source.Errorf(t.within.Sub(0, 0), "empty-search", "the %s is empty", t.what))
		}
		prev = tok
	}
}

// lowerIn reports `field in (list)` of a search expression, where only the capitals are an operator.
func (r *report) lowerIn(t *tokens, i int, place context) {
	tok := t.all[i]
	if !place.terms || !strings.EqualFold(t.text(tok), "in") || i == 0 || t.all[i+1].GetTokenType() != gen.SPLLexerLPAREN {
		return
	}
	if kind := t.all[i-1].GetTokenType(); kind == gen.SPLLexerWORD || kind == gen.SPLLexerSTRING {
		r.at(tok, source.Errorf(t.span(tok, tok), "lower-case-operator", "%s is a word to look for here, not an operator", tick(t.text(tok))).WithHint("write IN"))
	}
}

func (r *report) unknownCommand(t *tokens, tok antlr.Token) {
	if r.full() {
		return
	}
	word := t.text(tok)
	d := source.Errorf(t.span(tok, tok), "unknown-command", "unknown command `%s`", short(word))
	i := tok.GetTokenIndex()
	if hint := source.Suggest(word, Commands()); len(word) > 2 && hint != "" {
		d = d.WithHint("%s", hint)
	} else if i > 0 && t.all[i-1].GetTokenType() == gen.SPLLexerLBRACK {
		d = d.WithHint("a subsearch begins with a command, such as `[search ...]`")
	}
	r.at(tok, d)
}

func (t *tokens) notCommand(tok antlr.Token) *source.Diagnostic {
	if d := badCharacter(t.span(tok, tok)); d != nil {
		return d
	}
	return source.Errorf(t.span(tok, tok), "not-a-command", "a command is expected here, not %s", tick(t.text(tok)))
}

func leftover(t *tokens, tok antlr.Token) *source.Diagnostic {
	text := t.text(tok)
	name := strings.Trim(text, "`")
	if len(text) < 2 || text[len(text)-1] != '`' || name == "" {
		return source.Errorf(t.span(tok, tok), "unclosed-macro", "a backtick that closes no macro call").
			WithHint("a macro is called as `name` or `name(argument)`, a comment stands between three backticks")
	}
	return source.Errorf(t.span(tok, tok), "unexpanded-macro", "the macro `%s` is not expanded here", short(name)).
		WithHint("macros are expanded in searches, not in expressions of data models or of macros")
}

func tick(s string) string { return fmt.Sprintf("`%s`", short(s)) }
