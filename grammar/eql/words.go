package eql

import "spoor/grammar/eql/gen"

func isComparator(kind int) bool {
	switch kind {
	case gen.EQLLexerEQEQ, gen.EQLLexerNE, gen.EQLLexerLT, gen.EQLLexerLE, gen.EQLLexerGT, gen.EQLLexerGE, gen.EQLLexerEQ, gen.EQLLexerOLD_NE:
		return true
	}
	return false
}

func isMatcher(kind int) bool {
	switch kind {
	case gen.EQLLexerCOLON, gen.EQLLexerIN, gen.EQLLexerIN_TILDE, gen.EQLLexerLIKE, gen.EQLLexerLIKE_TILDE, gen.EQLLexerREGEX, gen.EQLLexerREGEX_TILDE:
		return true
	}
	return false
}

func isArithmetic(kind int) bool {
	switch kind {
	case gen.EQLLexerPLUS, gen.EQLLexerMINUS, gen.EQLLexerSTAR, gen.EQLLexerSLASH, gen.EQLLexerPERCENT:
		return true
	}
	return false
}

func isCategory(kind int) bool {
	switch kind {
	case gen.EQLLexerNAME, gen.EQLLexerANY, gen.EQLLexerSTRING, gen.EQLLexerRAW, gen.EQLLexerAPOSTROPHES, gen.EQLLexerOLD_RAW:
		return true
	}
	return false
}

func isLiteral(kind int) bool {
	switch kind {
	case gen.EQLLexerSTRING, gen.EQLLexerRAW, gen.EQLLexerNUMBER, gen.EQLLexerTRUE, gen.EQLLexerFALSE, gen.EQLLexerNULL,
		gen.EQLLexerAPOSTROPHES, gen.EQLLexerOLD_RAW:
		return true
	}
	return false
}

func isName(kind int) bool {
	switch kind {
	case gen.EQLLexerNAME, gen.EQLLexerANY, gen.EQLLexerSEQUENCE, gen.EQLLexerSAMPLE:
		return true
	}
	return false
}

func endsValue(kind int) bool {
	return isLiteral(kind) || isName(kind) || kind == gen.EQLLexerRPAREN || kind == gen.EQLLexerRBRACK
}

func beginsValue(kind int) bool {
	return isLiteral(kind) || isName(kind) || kind == gen.EQLLexerLPAREN || kind == gen.EQLLexerQUESTION || kind == gen.EQLLexerCASELESS
}
