package eql

import (
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// enoughErrors is thrown out of the parser when nothing that it may still find will be told.
type enoughErrors struct{}

// listener turns the grammar's complaints into words about the query.
type listener struct {
	antlr.DefaultErrorListener
	tokens *tokens
	out    *report
	heard  int
}

// patience is how many complaints of the grammar are listened to, echoes included: finding each of them takes long.
const patience = 1000

// SyntaxError is called by the parser for each mistake.
func (l *listener) SyntaxError(_ antlr.Recognizer, symbol any, _, _ int, _ string, _ antlr.RecognitionException) {
	tok, ok := symbol.(antlr.Token)
	if !ok {
		return
	}
	l.out.syntax = true
	if l.heard++; l.heard > patience || l.out.Enough(tok) {
		panic(enoughErrors{})
	}
	i := l.tokens.index(tok)
	about := tok
	switch l.tokens.at(i) {
	case gen.EQLLexerPIPE, gen.EQLLexerLBRACK: // what stands before is wrong
		about = l.tokens.seen[max(i-1, 0)]
	}
	if !l.out.Echo(about) {
		l.out.At(about, mistake{l.tokens, i}.explain())
		l.out.Break(tok)
	}
}

// index is the number of a token among the visible ones.
func (t *tokens) index(tok antlr.Token) int {
	low, high := 0, len(t.seen)-1
	for low < high {
		if mid := (low + high) / 2; t.seen[mid].GetTokenIndex() < tok.GetTokenIndex() {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

const quoteCategory = "put a category that holds more than letters, digits and `_` in double quotes"

// mistake is a visible token that cannot stand where it stands.
type mistake struct {
	*tokens
	i int
}

func (m mistake) explain() *source.Diagnostic {
	if m.i == 0 {
		d := source.Errorf(m.here(0), "unexpected", "a query cannot begin with %s", token.Tick(m.Text(m.seen[0]))).
			WithHint("it begins with a category, such as `process where`, with `sequence` or with `sample`")
		if m.at(1) == gen.EQLLexerWHERE {
			d.Hint = quoteCategory
		}
		return d
	}
	inCondition := m.inCondition()
	if d := m.clause(); d != nil && !inCondition {
		return d
	}
	if !inCondition {
		return m.outside()
	}
	if d := m.incomplete(); d != nil {
		return d
	}
	return m.condition()
}

// inCondition says whether a `where` stands before the mistake, in the same item or the same event query.
func (m mistake) inCondition() bool {
	for i := m.i - 1; i >= 0; i-- {
		switch kind := m.at(i); {
		case kind == gen.EQLLexerWHERE:
			return true
		case kind == gen.EQLLexerLBRACK && !m.indexes(i), kind == gen.EQLLexerRBRACK && !m.indexes(i-2), kind == gen.EQLLexerPIPE:
			return false
		}
	}
	return false
}

// ends says that the token ends a condition, or begins what stands behind one.
func (m mistake) ends() bool {
	switch m.at(m.i) {
	case antlr.TokenEOF, gen.EQLLexerPIPE, gen.EQLLexerRBRACK, gen.EQLLexerRPAREN, gen.EQLLexerCOMMA, gen.EQLLexerAND, gen.EQLLexerOR,
		gen.EQLLexerBY, gen.EQLLexerWITH, gen.EQLLexerUNTIL, gen.EQLLexerLBRACK:
		return true
	}
	return false
}

// incomplete explains what the token before lacks.
func (m mistake) incomplete() *source.Diagnostic {
	at, kind := m.here(m.i-1), m.at(m.i-1)
	before := token.Tick(at.String())
	switch {
	case isMatcher(kind) && (m.at(m.i) == gen.EQLLexerSTRING || m.at(m.i) == gen.EQLLexerRAW || m.at(m.i) == gen.EQLLexerNUMBER) && kind != gen.EQLLexerCOLON:
		return source.Errorf(at, "missing-list", "%s takes a list in parentheses", before).WithHint(`such as in ("a", "b")`)
	case !m.ends():
		return nil
	case kind == gen.EQLLexerWHERE:
		return source.Errorf(at, "missing-condition", "no condition stands after `where`").WithHint("`where true` is every event of the category")
	case kind == gen.EQLLexerAND, kind == gen.EQLLexerOR, kind == gen.EQLLexerNOT, isArithmetic(kind):
		return source.Errorf(at, "missing-operand", "nothing stands after %s", before)
	case isComparator(kind), isMatcher(kind):
		return source.Errorf(at, "missing-value", "missing value after %s", before).WithHint(`an empty text is written ""; a missing field is == null`)
	case kind == gen.EQLLexerLPAREN && m.at(m.i) == gen.EQLLexerRPAREN:
		return source.Errorf(at.To(m.here(m.i)), "empty-parentheses", "nothing stands between these parentheses")
	case kind == gen.EQLLexerLPAREN, kind == gen.EQLLexerCOMMA:
		return source.Errorf(at, "missing-operand", "a value is expected after %s", before)
	}
	return nil
}

// condition explains a token that a condition cannot have here.
func (m mistake) condition() *source.Diagnostic {
	here, kind, last := m.here(m.i), m.at(m.i), m.at(m.i-1)
	name := token.Tick(here.String())
	switch {
	case kind == antlr.TokenEOF:
		return source.Errorf(m.here(m.i-1), "incomplete", "the query ends too early, after %s", token.Tick(m.here(m.i-1).String()))
	case last == gen.EQLLexerQUESTION:
		return source.Errorf(m.here(m.i-1), "missing-operand", "a field is expected after `?`")
	case kind == gen.EQLLexerAND, kind == gen.EQLLexerOR:
		return source.Errorf(here, "missing-operand", "nothing stands before %s", name)
	case kind == gen.EQLLexerNOT:
		return m.not(here, last)
	case last == gen.EQLLexerNOT && endsValue(m.at(m.i-2)):
		return m.not(m.here(m.i-1), m.at(m.i-2))
	case isComparator(kind), isMatcher(kind):
		if endsValue(last) {
			return source.Errorf(here, "chained-comparison", "a comparison cannot be compared").
				WithHint("join two comparisons by `and`, or put one in parentheses")
		}
		d := source.Errorf(here, "missing-operand", "nothing stands before %s", name)
		if ast.Reserved(m.Text(m.seen[m.i])) {
			d.Hint = "a field of that name stands in backticks"
		}
		return d
	case kind == gen.EQLLexerBY, kind == gen.EQLLexerWITH, kind == gen.EQLLexerUNTIL:
		return source.Errorf(here, "unexpected", "unexpected %s in a condition", name).
			WithHint("`by`, `with` and `until` belong to sequences and their items, outside the brackets")
	case kind == gen.EQLLexerNUMBER && last == gen.EQLLexerNAME && token.Adjoin(m.seen[m.i-1], m.seen[m.i]):
		return source.Errorf(here, "unexpected", "unexpected %s in a name", name).WithHint("put a part of a name that begins with a digit in backticks")
	case kind == gen.EQLLexerPLUS && !endsValue(last):
		return source.Errorf(here, "unexpected", "unexpected `+`").WithHint("a number has no sign `+`")
	case kind == gen.EQLLexerMEASURE:
		return source.Errorf(here, "unexpected", "%s is neither a number nor a name", name).WithHint("put a name that begins with a digit in backticks, and a text in double quotes")
	case endsValue(last) && kind != gen.EQLLexerQUESTION && m.at(m.i+1) == gen.EQLLexerWHERE:
		return source.Errorf(here, "second-query", "a second query begins here").WithHint("run one query at a time")
	case endsValue(last) && strings.EqualFold(m.word(m.i), "is"):
		return source.Errorf(here, "missing-operator", "%s is no operator", name).WithHint("a missing field is == null, one with a value != null")
	case endsValue(last) && beginsValue(kind):
		return source.Errorf(here, "missing-operator", "an operator is missing before %s", name).
			WithHint("join conditions by `and` or `or`, and values of a list by commas")
	}
	return source.Errorf(here, "unexpected", "unexpected %s in a condition", name)
}

// not explains a `not` that stands in front of no comparison.
func (m mistake) not(here source.Span, last int) *source.Diagnostic {
	d := source.Errorf(here, "unexpected", "unexpected `not`").WithHint("a condition that is compared stands in parentheses: x == (not y)")
	if endsValue(last) {
		d.Hint = "join conditions by `and` or `or`: `and not`"
	}
	return d
}

// clause explains what a clause of a sequence lacks.
func (m mistake) clause() *source.Diagnostic {
	at, kind := m.here(m.i-1), m.at(m.i-1)
	const hint = "such as `with maxspan=5s` for a sequence, or `with runs=3` for an item"
	switch {
	case kind == gen.EQLLexerBY, kind == gen.EQLLexerCOMMA:
		return source.Errorf(at, "missing-name", "missing field after %s", token.Tick(at.String()))
	case kind == gen.EQLLexerWITH:
		return source.Errorf(at, "incomplete", "`with` is not complete").WithHint(hint)
	case m.at(m.i-2) == gen.EQLLexerWITH && kind == gen.EQLLexerNAME, kind == gen.EQLLexerEQ, kind == gen.EQLLexerEQEQ:
		return source.Errorf(at, "missing-value", "missing value after %s", token.Tick(at.String())).WithHint(hint)
	}
	return nil
}

// outside explains a token that cannot stand outside of conditions.
func (m mistake) outside() *source.Diagnostic {
	here, kind, last := m.here(m.i), m.at(m.i), m.at(m.i-1)
	name, before := token.Tick(here.String()), token.Tick(m.here(m.i-1).String())
	switch {
	case isCategory(last) && (m.i == 1 || m.at(m.i-2) == gen.EQLLexerLBRACK):
		return m.category(here, name, before)
	case last == gen.EQLLexerLBRACK:
		return source.Errorf(m.here(m.i-1).To(here), "missing-category", "an item begins with a category, not with %s", name).
			WithHint("such as [process where true]")
	case last == gen.EQLLexerPIPE || m.at(m.i-2) == gen.EQLLexerPIPE:
		return source.Errorf(here, "unexpected", "unexpected %s", name).WithHint("expected `head` or `tail` with a number")
	case kind == antlr.TokenEOF, kind == gen.EQLLexerPIPE:
		return source.Errorf(m.here(m.i-1), "incomplete", "items in brackets are missing after %s", before).WithHint("such as [process where true]")
	case endsValue(last) && last != gen.EQLLexerRBRACK && beginsValue(kind) && m.at(m.i+1) != gen.EQLLexerWHERE:
		return source.Errorf(here, "unexpected", "unexpected %s", name).WithHint("keys are separated by commas")
	}
	return source.Errorf(here, "unexpected", "unexpected %s", name).WithHint("an item is written [category where condition]")
}

// category explains what stands behind a category in place of `where`.
func (m mistake) category(here source.Span, name, before string) *source.Diagnostic {
	at := m.here(m.i - 1)
	switch {
	case m.ends():
		return source.Errorf(at, "missing-condition", "%s has no condition", before).WithHint("`%s where true` is every event of the category", at)
	case token.Adjoin(m.seen[m.i-1], m.seen[m.i]):
		return source.Errorf(here, "unexpected", "unexpected %s in a category", name).
			WithHint(quoteCategory)
	}
	return source.Errorf(here, "missing-where", "`where` is missing before %s", name).WithHint("such as `process where true`")
}
