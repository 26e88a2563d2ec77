package spl

import (
	"slices"
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// enoughErrors is thrown out of a parser when nothing that it may still find will be told.
type enoughErrors struct{}

// listener turns the grammar's complaints into words about the search.
type listener struct {
	antlr.DefaultErrorListener
	tokens *tokens
	out    *report
}

// SyntaxError is called by the parser for each mistake.
func (l *listener) SyntaxError(r antlr.Recognizer, symbol any, _, _ int, _ string, _ antlr.RecognitionException) {
	tok, ok := symbol.(antlr.Token)
	if !ok {
		return
	}
	l.out.syntax = true
	if l.out.Enough(tok) {
		panic(enoughErrors{})
	}
	prev := l.tokens.before(tok)
	about := tok
	if tok.GetTokenType() == gen.SPLLexerPIPE && prev != nil {
		about = prev // the command before the pipe is wrong, not the one behind it
	}
	if !l.out.Echo(about) {
		l.out.At(about, mistake{l.tokens, r.(antlr.Parser), tok, prev}.explain())
	}
}

// before is the visible token in front of tok, or nil.
func (t *tokens) before(tok antlr.Token) antlr.Token {
	for i := tok.GetTokenIndex() - 1; i >= 0; i-- {
		if t.all[i].GetChannel() == antlr.TokenDefaultChannel {
			return t.all[i]
		}
	}
	return nil
}

// mistake is a token that cannot stand where it stands.
type mistake struct {
	*tokens
	parser antlr.Parser
	tok    antlr.Token
	prev   antlr.Token // nil at the start
}

func (m mistake) explain() *source.Diagnostic {
	if m.prev != nil && m.ends() {
		if d := m.missing(); d != nil {
			return d
		}
	}
	here, name := m.Span(m.tok, m.tok), token.Tick(m.Text(m.tok))
	switch kind := m.tok.GetTokenType(); {
	case isJoiner(kind):
		return source.Errorf(here, "missing-operand", "nothing stands before %s", name)
	case m.prev == nil || m.prev.GetTokenType() == gen.SPLLexerPIPE:
		return source.Errorf(here, "not-a-command", "a command is expected here, not %s", name)
	case m.command() == gen.SPLLexerHEAD && !m.inside(isExpression):
		return m.head(here, name)
	case kind == gen.SPLLexerCOMMA && m.inSearch():
		return source.Errorf(here, "unexpected", "unexpected `,` in a search expression").
			WithHint("put a value that contains a comma in double quotes; a list of values stands in `field IN (a, b)`")
	case m.ends():
		return m.early()
	case m.inExpression():
		return m.expression(here, name)
	case (isComparator(kind) || kind == gen.SPLLexerOTHER) && m.inSearch():
		return source.Errorf(here, "unexpected", "unexpected %s", name).WithHint("put a value that contains %s in double quotes", name)
	case isComparator(kind):
		return source.Errorf(here, "unexpected", "unexpected %s", name).WithHint("an option is written name=value")
	}
	d := source.Errorf(here, "unexpected", "unexpected %s", name).WithHint("%s", m.expected())
	if strings.HasPrefix(m.Text(m.tok), "'") && d.Hint == "" {
		d.Hint = "a text stands in double quotes; single ones hold the name of a field"
	}
	return d
}

func (m mistake) head(here source.Span, name string) *source.Diagnostic {
	if m.ends() {
		here, name = m.Span(m.prev, m.prev), token.Tick(m.Text(m.prev))
	}
	return source.Errorf(here, "unexpected", "unexpected %s after `head`", name).
		WithHint("`head` takes a count, or a condition in parentheses")
}

// ends says that the token ends something, so that what is missing stands before it.
func (m mistake) ends() bool {
	switch m.tok.GetTokenType() {
	case antlr.TokenEOF, gen.SPLLexerPIPE, gen.SPLLexerRBRACK, gen.SPLLexerRPAREN, gen.SPLLexerCOMMA, gen.SPLLexerBY, gen.SPLLexerGROUPBY, gen.SPLLexerWHERE_CLAUSE:
		return true
	}
	return isJoiner(m.tok.GetTokenType())
}

// missing explains what the previous token lacks.
func (m mistake) missing() *source.Diagnostic {
	at, name := m.Span(m.prev, m.prev), token.Tick(m.Text(m.prev))
	switch kind := m.prev.GetTokenType(); {
	case isComparator(kind):
		return source.Errorf(at, "missing-value", "missing value after %s", name).WithHint(`an empty value is written ""`)
	case kind == gen.SPLLexerAS:
		return source.Errorf(at, "missing-name", "missing name after %s", name)
	case kind == gen.SPLLexerBY, kind == gen.SPLLexerGROUPBY, kind == gen.SPLLexerSORTBY, kind == gen.SPLLexerOVER,
		kind == gen.SPLLexerOUTPUT, kind == gen.SPLLexerOUTPUTNEW:
		return source.Errorf(at, "missing-name", "missing field after %s", name)
	case kind == gen.SPLLexerFROM_CLAUSE:
		return source.Errorf(at, "missing-name", "missing `datamodel=` after %s", name)
	case isJoiner(kind), kind == gen.SPLLexerNOT, isArithmetic(kind), kind == gen.SPLLexerLIKE:
		return source.Errorf(at, "missing-operand", "nothing stands after %s", name)
	case kind == gen.SPLLexerLPAREN && m.tok.GetTokenType() == gen.SPLLexerRPAREN:
		return source.Errorf(m.Span(m.prev, m.tok), "empty-parentheses", "nothing stands between these parentheses")
	case kind == gen.SPLLexerCOMMA && m.inExpression(), kind == gen.SPLLexerLPAREN && m.inExpression():
		return source.Errorf(at, "missing-operand", "an expression is expected after %s", name)
	}
	return nil
}

// early explains a command that ends before it is complete.
func (m mistake) early() *source.Diagnostic {
	if m.prev == nil {
		return source.Errorf(m.Span(m.tok, m.tok), "incomplete", "an expression is expected")
	}
	at, name := m.Span(m.prev, m.prev), token.Tick(m.Text(m.prev))
	switch word := m.prev.GetTokenType(); word {
	case gen.SPLLexerWHERE, gen.SPLLexerWHERE_CLAUSE:
		return source.Errorf(at, "incomplete", "%s needs an expression", name)
	case gen.SPLLexerEVAL, gen.SPLLexerFIELDFORMAT:
		return source.Errorf(at, "incomplete", "%s needs an assignment, such as `field=expression`", name)
	case gen.SPLLexerFOREACH:
		return source.Errorf(at, "incomplete", "%s needs fields and a template in brackets", name)
	}
	switch m.parser.GetParserRuleContext().(type) {
	case *gen.AssignmentContext:
		return source.Errorf(at, "incomplete", "%s is not assigned anything: `=` is missing", name)
	case *gen.RenamingContext:
		return source.Errorf(at, "incomplete", "%s has no new name: `as` is missing", name)
	}
	if m.command() == gen.SPLLexerFOREACH {
		return source.Errorf(at, "incomplete", "a template in brackets is missing after %s", name)
	}
	if m.tok.GetTokenType() == antlr.TokenEOF {
		return source.Errorf(at, "incomplete", "the %s ends too early, after %s", m.what, name).WithHint("%s", m.expected())
	}
	return source.Errorf(m.Span(m.tok, m.tok), "unexpected", "unexpected %s", token.Tick(m.Text(m.tok))).WithHint("%s", m.expected())
}

// expression explains a token that an eval expression cannot have here.
func (m mistake) expression(here source.Span, name string) *source.Diagnostic {
	if _, ok := m.parser.GetParserRuleContext().(*gen.AssignmentContext); ok && m.prev != nil {
		return source.Errorf(here, "unexpected", "unexpected %s where a field is assigned", name).
			WithHint("put a field name that holds more than letters, digits, `_` and `.` in double quotes before `=`")
	}
	if m.prev != nil && isOperand(m.prev.GetTokenType()) && isOperand(m.tok.GetTokenType()) {
		return source.Errorf(here, "missing-operator", "an operator is missing before %s", name).
			WithHint("join conditions by AND or OR, and texts by a dot; put field names with blanks in single quotes")
	}
	d := source.Errorf(here, "unexpected", "unexpected %s in an expression", name)
	switch m.Text(m.tok) {
	case "&", "!":
		return d.WithHint("write AND, OR and NOT")
	case "*":
		return d.WithHint("an expression knows no wildcards: use like(field, \"%%x%%\") or match(field, \"x\")")
	}
	return d
}

// expected names what could stand here, if that is few things.
func (m mistake) expected() string {
	set := m.parser.GetExpectedTokens()
	if set == nil {
		return ""
	}
	var names []string
	for _, i := range set.GetIntervals() {
		for kind := i.Start; kind < i.Stop && len(names) < 5; kind++ {
			if name := spelling(kind); name != "" {
				names = append(names, name)
			}
		}
	}
	if slices.Contains(names, aName) {
		return "expected " + aName
	}
	if len(names) == 0 || len(names) > 3 {
		return ""
	}
	return "expected " + strings.Join(names, " or ")
}
