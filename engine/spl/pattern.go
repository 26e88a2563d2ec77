package spl

import (
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// pattern is a regular expression as its engine gets it. Other texts lose the backslash of \|, a regular expression keeps it: it wants a
// pipe there, not alternatives.
func pattern(text string, at source.Span) string {
	written := at.String()
	if len(written) < 2 || written[0] != '"' || !strings.Contains(written, `\|`) {
		return text
	}
	written = written[1 : len(written)-1]
	var b strings.Builder
	for i := 0; i < len(written); i++ {
		if written[i] == '\\' && i+1 < len(written) {
			if next := written[i+1]; next == '\\' || next == '"' {
				i++
			}
		}
		b.WriteByte(written[i])
	}
	return b.String()
}

// patterned is the arguments of a function, whose second is a regular expression if the function takes one.
func patterned(function string, written []ast.Node, args []plan.Expr) []plan.Expr {
	switch strings.ToLower(function) {
	case "match", "mvfind", "replace":
	default:
		return args
	}
	if len(written) > 1 {
		if s, ok := written[1].(*ast.String); ok {
			args[1] = text(pattern(s.Text, s.Span), s.Span)
		}
	}
	return args
}
