package spl

import (
	"strings"

	"spoor/grammar/spl/gen"
)

func isComparator(kind int) bool {
	switch kind {
	case gen.SPLLexerEQ, gen.SPLLexerEQEQ, gen.SPLLexerNE, gen.SPLLexerLT, gen.SPLLexerLE, gen.SPLLexerGT, gen.SPLLexerGE:
		return true
	}
	return false
}

func isJoiner(kind int) bool {
	return kind == gen.SPLLexerAND || kind == gen.SPLLexerOR || kind == gen.SPLLexerXOR
}

func isArithmetic(kind int) bool {
	switch kind {
	case gen.SPLLexerPLUS, gen.SPLLexerMINUS, gen.SPLLexerSTAR, gen.SPLLexerSLASH, gen.SPLLexerPERCENT, gen.SPLLexerDOT:
		return true
	}
	return false
}

func isOperand(kind int) bool {
	switch kind {
	case gen.SPLLexerNAME, gen.SPLLexerNUMBER, gen.SPLLexerSTRING, gen.SPLLexerQUOTED_NAME, gen.SPLLexerLPAREN, gen.SPLLexerRPAREN:
		return true
	}
	return false
}

// aName is the most general thing to expect.
const aName = "a name"

// spelling is how an error names a kind of token that is expected, or "" for kinds that go without saying.
func spelling(kind int) string {
	switch kind {
	case gen.SPLLexerWORD, gen.SPLLexerNAME:
		return aName
	case gen.SPLLexerSTRING:
		return "a text in double quotes"
	case gen.SPLLexerNUMBER:
		return "a number"
	case gen.SPLLexerEQ:
		return "`=`"
	case gen.SPLLexerAS:
		return "`as`"
	case gen.SPLLexerRPAREN:
		return "`)`"
	case gen.SPLLexerLBRACK:
		return "`[`"
	}
	return ""
}

// unescape undoes the escapes that SPL knows: a quote, a backslash and a pipe. Any other backslash is itself.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\' || s[i+1] == '|') {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// unquote is the text of a token in quotes.
func unquote(s string) string { return unescape(s[1 : len(s)-1]) }

// isNumber says whether a word is a number: digits with at most one point, and a sign before them.
func isNumber(s string) bool {
	s = strings.TrimLeft(s[:min(1, len(s))], "+-") + s[min(1, len(s)):]
	whole, fraction, point := strings.Cut(s, ".")
	return digits(whole) && (!point || digits(fraction))
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
