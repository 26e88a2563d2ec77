package eql

import (
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// expression builds a condition or a value. A rule with one child is that child.
func (b *builder) expression(t antlr.Tree) ast.Node {
	for {
		switch c := t.(type) {
		case *gen.RelationContext:
			return b.relation(c)
		case *gen.NegationContext:
			return b.prefixed(c, func(at ast.Pos, x ast.Node) ast.Node { return &ast.Negation{Pos: at, X: x} })
		case *gen.SignedContext, *gen.SimpleContext:
			return b.prefixed(c.(antlr.ParserRuleContext), func(at ast.Pos, x ast.Node) ast.Node { return &ast.Minus{Pos: at, X: x} })
		case *gen.PrimaryContext:
			if e := c.Expression(); e != nil {
				t = e
				continue
			}
		case *gen.LiteralContext:
			return b.literal(c.GetStart())
		case *gen.FieldContext:
			return b.field(c)
		case *gen.CallContext:
			return b.call(c)
		}
		ctx := t.(antlr.ParserRuleContext)
		if ctx.GetChildCount() > 1 {
			return b.chain(ctx)
		}
		t = ctx.GetChild(0)
	}
}

// prefixed builds prefix operators in a row, from the innermost.
func (b *builder) prefixed(ctx antlr.ParserRuleContext, wrap func(ast.Pos, ast.Node) ast.Node) ast.Node {
	n := ctx.GetChildCount() - 1
	x := b.expression(ctx.GetChild(n))
	for i := n - 1; i >= 0; i-- {
		tok := ctx.GetChild(i).(antlr.TerminalNode).GetSymbol()
		x = wrap(ast.Pos{Span: b.Span(tok, ctx.GetStop())}, x)
	}
	return x
}

// maxSum is how many operands a chain of arithmetic may have; unlike and and or it nests.
const maxSum = 1000

// chain builds operands joined by and, by or, or by arithmetic from the left.
func (b *builder) chain(ctx antlr.ParserRuleContext) ast.Node {
	children := ctx.GetChildren()
	operator := func(i int) string { return b.Text(children[i].(antlr.TerminalNode).GetSymbol()) }
	op := operator(1)
	if operands := len(children)/2 + 1; op == "and" || op == "or" {
		if operands > token.MaxChain {
			b.tooMany(ctx, token.MaxChain)
		}
		j := &ast.Junction{Pos: b.pos(ctx), Op: op, Args: make([]ast.Node, 0, operands)}
		for i := 0; i < len(children); i += 2 {
			j.Args = append(j.Args, b.expression(children[i]))
		}
		return j
	} else if operands > maxSum {
		b.tooMany(ctx, maxSum)
	}
	left := b.expression(children[0])
	for i := 2; i < len(children); i += 2 {
		right := children[i].(antlr.ParserRuleContext)
		left = &ast.Arithmetic{Pos: ast.Pos{Span: b.Span(ctx.GetStart(), right.GetStop())}, Op: operator(i - 1), X: left, Y: b.expression(right)}
	}
	return left
}

func (b *builder) tooMany(ctx antlr.ParserRuleContext, limit int) {
	b.out.Only(source.Errorf(b.Span(ctx.GetStart(), ctx.GetStart()), "too-long", "more than %d operands in one expression", limit))
	panic(enoughErrors{})
}

// relation is a comparison, a match, or a value alone.
func (b *builder) relation(c *gen.RelationContext) ast.Node {
	x := b.expression(c.Sum(0))
	switch {
	case c.Comparator() != nil:
		return &ast.Comparison{Pos: b.pos(c), Op: b.comparator(c.Comparator().GetStart()), X: x, Y: b.expression(c.Sum(1))}
	case c.Matcher() == nil:
		return x
	}
	return b.match(c, x)
}

func (b *builder) comparator(tok antlr.Token) string {
	switch at := b.Span(tok, tok); tok.GetTokenType() {
	case gen.EQLLexerEQ:
		b.out.Add(endgame(at, "`=` as a comparison", "write `==`"))
		return "=="
	case gen.EQLLexerOLD_NE:
		b.errorf(at, "unexpected", "unexpected `<>`").WithHint("write `!=`")
		return "!="
	default:
		return at.String()
	}
}

func (b *builder) match(c *gen.RelationContext, x ast.Node) ast.Node {
	op := c.Matcher().GetStart()
	m := &ast.Match{Pos: b.pos(c), Op: b.Text(op), Not: c.NOT() != nil, X: x}
	isIn := op.GetTokenType() == gen.EQLLexerIN || op.GetTokenType() == gen.EQLLexerIN_TILDE
	if m.Not && !isIn {
		not := c.NOT().GetSymbol()
		b.errorf(b.Span(not, not), "unexpected", "only `in` has `not` before it").WithHint("write `not` before the whole comparison: not x %s ...", m.Op)
	}
	if l := c.List(); l != nil {
		m.List = b.arguments(l.AllExpression(), l.AllCOMMA())
		if len(m.List) == 0 {
			b.errorf(b.pos(l).Span, "empty-list", "the list of values is empty")
		}
	} else {
		m.List, m.Bare = []ast.Node{b.expression(c.Simple())}, true
		if isIn {
			b.errorf(b.Span(op, op), "missing-list", "%s takes a list in parentheses", token.Tick(m.Op)).WithHint(`such as in ("a", "b")`)
		}
	}
	if !isIn {
		b.patterns(m)
	}
	return m
}

// patterns checks that all patterns are texts.
func (b *builder) patterns(m *ast.Match) {
	for _, n := range m.List {
		if _, ok := n.(*ast.Text); ok || n.At().IsZero() {
			continue
		}
		if _, ok := n.(*ast.Invocation); ok && m.Bare && m.Op == ":" {
			continue // a method, of which was complained
		}
		d := b.errorf(n.At(), "pattern", "what stands after %s is a text, not %s", token.Tick(m.Op), token.Tick(n.At().String())).
			WithHint("put it in double quotes; numbers and others are compared by `==`")
		if _, ok := n.(*ast.Path); ok {
			d.Hint = "put a text in double quotes; fields cannot be compared with each other"
		}
	}
}

// arguments are the expressions of a list.
func (b *builder) arguments(list []gen.IExpressionContext, commas []antlr.TerminalNode) []ast.Node {
	nodes := make([]ast.Node, 0, len(list))
	for _, e := range list {
		nodes = append(nodes, b.expression(e))
	}
	if n := len(commas); n > 0 && n == len(list) {
		last := commas[n-1].GetSymbol()
		b.out.Add(endgame(b.Span(last, last), "a comma at the end of a list", "leave it out"))
	}
	return nodes
}

func (b *builder) field(c *gen.FieldContext) ast.Node {
	p := &ast.Path{Pos: b.pos(c), Optional: c.QUESTION() != nil}
	tok := c.GetStart()
	if p.Optional {
		tok = b.seen[b.index(tok)+1]
	}
	p.Name, p.Quoted = plainName(b.Text(tok))
	if p.Name == "" {
		b.errorf(p.Span, "empty-name", "the name between these backticks is empty")
	}
	if index := c.LBRACK(0); index != nil {
		at := b.Span(index.GetSymbol(), c.GetStop())
		b.out.Add(endgame(at, "an index", "leave it out: a test of a field with several values is true if one of them passes"))
	}
	return p
}

// plainName is a name without backticks, and whether it had any.
func plainName(s string) (string, bool) {
	if strings.IndexByte(s, '`') < 0 {
		return s, false
	}
	var name strings.Builder
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] != '`':
			name.WriteByte(s[i])
		case quoted && i+1 < len(s) && s[i+1] == '`':
			name.WriteByte('`')
			i++
		default:
			quoted = !quoted
		}
	}
	return name.String(), true
}
