package spl

import (
	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// brackets reports what is not closed, or was not opened. False means that the text is nested too deeply to be parsed at all.
func (r *report) brackets(t *tokens) bool {
	var open []antlr.Token
	run := 0 // prefix operators in a row nest like brackets
	for _, tok := range t.all {
		switch tok.GetTokenType() {
		case gen.SPLLexerNOT, gen.SPLLexerMINUS, gen.SPLLexerPLUS:
			run++
		case gen.SPLLexerLPAREN, gen.SPLLexerEVAL_OPEN, gen.SPLLexerRESET, gen.SPLLexerLBRACK:
			open = append(open, tok)
		case gen.SPLLexerRPAREN:
			if n := len(open); n > 0 && open[n-1].GetTokenType() != gen.SPLLexerLBRACK {
				open = open[:n-1]
			} else {
				r.stray(t, tok)
			}
		case gen.SPLLexerPIPE:
			for n := len(open); n > 0 && open[n-1].GetTokenType() != gen.SPLLexerLBRACK; n = len(open) {
				r.never(t, open[n-1])
				open = open[:n-1]
			}
		case gen.SPLLexerRBRACK:
			open = r.closeBracket(t, open, tok)
		}
		if kind := tok.GetTokenType(); kind != gen.SPLLexerNOT && kind != gen.SPLLexerMINUS && kind != gen.SPLLexerPLUS {
			run = 0
		}
		if len(open)+run > token.MaxDepth {
			r.Only(source.Errorf(t.Span(tok, tok), "too-deep", "more than %d levels of parentheses", token.MaxDepth))
			return false
		}
	}
	for _, tok := range open {
		r.never(t, tok)
	}
	return true
}

func (r *report) closeBracket(t *tokens, open []antlr.Token, tok antlr.Token) []antlr.Token {
	for n := len(open); n > 0; n = len(open) {
		last := open[n-1]
		open = open[:n-1]
		if last.GetTokenType() == gen.SPLLexerLBRACK {
			return open
		}
		r.never(t, last)
	}
	r.stray(t, tok)
	return open
}

func (r *report) stray(t *tokens, tok antlr.Token) {
	r.At(tok, source.Errorf(t.Span(tok, tok), "stray-bracket", "this %s closes nothing", token.Tick(t.Text(tok))))
}

func (r *report) never(t *tokens, tok antlr.Token) {
	s := t.Span(tok, tok)
	s = s.Sub(int(s.End-s.Start)-1, int(s.End-s.Start))
	r.At(tok, source.Errorf(s, "unclosed-bracket", "this %s is never closed", token.Tick(s.String())))
	r.Blind(tok)
}
