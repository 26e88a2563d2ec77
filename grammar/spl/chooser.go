package spl

import (
	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/spl/gen"
)

// choosers makes one word of the function that chooses columns of a chart, `where max(bytes) > 5`: behind where the grammar expects a search,
// in which brackets group words.
func choosers(all []antlr.Token) {
	charting := false
	for i, tok := range all {
		switch tok.GetTokenType() {
		case gen.SPLLexerCHART, gen.SPLLexerSICHART, gen.SPLLexerTIMECHART, gen.SPLLexerSITIMECHART:
			charting = true
		case gen.SPLLexerPIPE, gen.SPLLexerLBRACK, gen.SPLLexerRBRACK:
			charting = false
		case gen.SPLLexerWHERE_CLAUSE:
			if charting {
				oneWord(all[i+1:])
			}
		}
	}
}

// callTokens is the kinds of the tokens of a function with a field.
var callTokens = [...]int{gen.SPLLexerWORD, gen.SPLLexerLPAREN, gen.SPLLexerWORD, gen.SPLLexerRPAREN}

// oneWord makes the first token cover a function with its field, if that is how the tokens begin, and hides the rest of it from the parser.
func oneWord(toks []antlr.Token) {
	if len(toks) < len(callTokens) {
		return
	}
	for i, kind := range callTokens {
		if toks[i].GetTokenType() != kind {
			return
		}
	}
	last := toks[len(callTokens)-1]
	for i, kind := range callTokens {
		old := toks[i]
		channel, stop := antlr.TokenHiddenChannel, old.GetStop()
		if i == 0 {
			channel, stop = antlr.TokenDefaultChannel, last.GetStop()
		}
		toks[i] = antlr.NewCommonToken(old.GetSource(), kind, channel, old.GetStart(), stop)
		toks[i].SetTokenIndex(old.GetTokenIndex())
	}
}
