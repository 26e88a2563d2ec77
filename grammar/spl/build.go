package spl

import (
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// builder makes a tree of package ast out of ANTLR's. It knows the shared rules of arguments, and no command.
type builder struct {
	*tokens
	out *report
}

func (b *builder) pos(ctx antlr.ParserRuleContext) ast.Pos {
	return ast.Pos{Span: b.Span(ctx.GetStart(), ctx.GetStop())}
}

func (b *builder) pipeline(ctx gen.IPipelineContext) *ast.Pipeline {
	p := &ast.Pipeline{Pos: b.pos(ctx)}
	for _, c := range ctx.AllCommand() {
		p.Commands = append(p.Commands, b.command(c))
	}
	return p
}

// implied is a search whose first command is `search`, unsaid.
func (b *builder) implied(ctx *gen.ImpliedQueryContext) *ast.Pipeline {
	p := &ast.Pipeline{Pos: ast.Pos{Span: b.Within}}
	if e := ctx.SearchExpression(); e != nil {
		at := b.pos(e)
		first := &ast.Command{Pos: at, Name: "search", Word: at.Span.Sub(0, 0), Implied: true, Args: []ast.Node{b.search(e)}}
		b.forgottenPipe(e)
		p.Commands = append(p.Commands, first)
	}
	for _, c := range ctx.AllCommand() {
		p.Commands = append(p.Commands, b.command(c))
	}
	return p
}

// forgottenPipe reports a search that begins with the bare word of a command that makes events rather than looking for them.
func (b *builder) forgottenPipe(e antlr.ParserRuleContext) {
	first := e.GetStart()
	switch word := strings.ToLower(b.Text(first)); word {
	case "tstats", "mstats", "inputlookup", "makeresults", "multisearch", "datamodel":
		if first != e.GetStop() {
			b.out.Add(source.Errorf(b.Span(first, first), "missing-pipe", "`%s` is taken for a word to look for, because no pipe stands before it", word).
				WithHint("begin with `| %s`; to look for the word, put it in double quotes", word))
		}
	}
}

func (b *builder) command(ctx gen.ICommandContext) *ast.Command {
	word := b.Span(ctx.GetStart(), ctx.GetStart())
	if ctx.GetStart().GetTokenType() > gen.SPLLexerUNKNOWN_COMMAND {
		b.out.Add(source.Errorf(word, "not-a-command", "a command is expected here, not %s", token.Tick(word.String())).
			WithHint("a condition needs `search` or `where` before it"))
	}
	return &ast.Command{Pos: b.pos(ctx), Name: strings.ToLower(word.String()), Word: word, Args: b.nodes(ctx.GetChildren()[1:])}
}

// nodes builds the arguments among the children; what is left are commas and parentheses.
func (b *builder) nodes(children []antlr.Tree) []ast.Node {
	var nodes []ast.Node
	desc := false // a sign with a blank after it holds for the sort keys that follow
	for _, child := range children {
		ctx, ok := child.(antlr.ParserRuleContext)
		if !ok {
			continue
		}
		if s, ok := ctx.(*gen.SignedFieldContext); ok {
			nodes = append(nodes, b.signed(s, len(nodes) == 0)...)
			continue
		}
		n := b.node(ctx)
		if key, ok := n.(*ast.SortKey); ok {
			if key.Loose {
				desc = key.Desc
			} else if key.Sign == 0 {
				key.Desc = desc
			}
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// node builds one argument; a rule that is none of the kinds known here or in part is a clause: its keyword and its own arguments.
func (b *builder) node(ctx antlr.ParserRuleContext) ast.Node {
	at := b.pos(ctx)
	switch c := ctx.(type) {
	case *gen.SubsearchContext:
		return &ast.Subsearch{Pos: at, Pipeline: b.pipeline(c.Pipeline())}
	case *gen.TemplateContext:
		return &ast.Template{Pos: at, Text: at.Span.Sub(1, int(at.Span.End-at.Span.Start)-1).String()}
	case *gen.SearchExpressionContext:
		return b.search(c)
	case *gen.ExpressionContext:
		return b.expression(c)
	case *gen.AssignmentContext:
		return &ast.Assign{Pos: at, Target: b.column(c.Target()), Value: b.expression(c.Expression())}
	case *gen.AggregateContext:
		return b.aggregate(c)
	case *gen.AliasedContext:
		return b.aliased(c)
	case *gen.RenamingContext:
		return &ast.Alias{Pos: at, What: b.columnBefore(c, c.AS()), As: b.column(c.Column())}
	case *gen.SortKeyContext:
		return b.sortKey(c)
	}
	if n := b.part(ctx); n != nil {
		return n
	}
	return b.clause(ctx)
}

// clause is a keyword and what belongs to it; commas alone are nothing.
func (b *builder) clause(ctx antlr.ParserRuleContext) *ast.Clause {
	word := ctx.GetStart()
	c := &ast.Clause{Pos: b.pos(ctx), Keyword: strings.ToLower(b.Text(word)), Args: b.nodes(ctx.GetChildren()[1:])}
	if len(c.Args) == 0 {
		b.out.Add(source.Errorf(b.Span(word, word), "missing-name", "missing field after %s", token.Tick(b.Text(word))))
	}
	return c
}

// part builds an option, a comparison, a name or a value, and nothing of anything else.
func (b *builder) part(ctx antlr.ParserRuleContext) ast.Node {
	at := b.pos(ctx)
	switch c := ctx.(type) {
	case *gen.OptionContext:
		if c.RESET_QUOTED() != nil {
			return b.quotedReset(c.GetStart())
		}
		if c.RESET() != nil {
			name, _, _ := strings.Cut(b.Text(c.GetStart()), "=")
			return &ast.Option{Pos: at, Name: strings.ToLower(strings.TrimSpace(name)), Value: b.evalCall(c, c.Expression())}
		}
		return &ast.Option{Pos: at, Name: strings.ToLower(b.Text(c.OptionName().GetStart())), Value: b.optionValue(c.OptionValue().(*gen.OptionValueContext))}
	case *gen.HeadOptionContext:
		return &ast.Option{Pos: at, Name: strings.ToLower(b.Text(c.GetStart())), Value: b.scalar(c.GetStop())}
	case *gen.ComparisonContext:
		op := c.GetChild(1).(antlr.TerminalNode).GetSymbol()
		return &ast.Compare{Pos: at, Field: b.name(c.GetStart()), Op: b.Text(op), Value: b.value(c.GetStop())}
	case *gen.NumberContext, *gen.TextContext, *gen.ArgumentContext, *gen.AnythingContext:
		return b.scalar(c.GetStart())
	case *gen.SignContext:
		return &ast.Sign{Pos: at, Minus: at.Span.String() == "-"}
	case *gen.FieldContext, *gen.ColumnContext, *gen.PlainColumnContext, *gen.ByFieldContext:
		return b.column(c)
	}
	return nil
}

func (b *builder) optionValue(c *gen.OptionValueContext) ast.Node {
	switch {
	case c.Subsearch() != nil:
		return b.node(c.Subsearch())
	case c.SearchExpression() != nil:
		return b.search(c.SearchExpression())
	case c.Expression() != nil:
		return b.evalCall(c, c.Expression())
	}
	return b.scalar(c.GetStart())
}

// quotedReset is `reset_before="("expression")"`, whose quotes may enclose others. The value is the expression alone.
func (b *builder) quotedReset(tok antlr.Token) ast.Node {
	at := b.Span(tok, tok)
	all := at.String()
	name, _, _ := strings.Cut(all, "=")
	from := strings.IndexByte(all, '(') + 2
	to := strings.LastIndexByte(all, ')')
	if inner := all[from:to]; strings.Count(inner, `"`)%2 == 1 {
		to = from + strings.LastIndexByte(inner, '"')
	}
	value := &ast.String{Pos: ast.Pos{Span: at.Sub(from, to)}, Text: all[from:to]}
	return &ast.Option{Pos: ast.Pos{Span: at}, Name: strings.ToLower(strings.TrimSpace(name)), Value: value}
}

// evalCall is `eval(expression)` among names.
func (b *builder) evalCall(ctx antlr.ParserRuleContext, e gen.IExpressionContext) *ast.Call {
	return &ast.Call{Pos: b.pos(ctx), Name: "eval", Args: []ast.Node{b.expression(e)}}
}

// name is a token where the language takes names.
func (b *builder) name(tok antlr.Token) *ast.Name {
	at := ast.Pos{Span: b.Span(tok, tok)}
	text := at.Span.String()
	switch tok.GetTokenType() {
	case gen.SPLLexerSTRING:
		return &ast.Name{Pos: at, Text: unquote(text), Quote: '"'}
	case gen.SPLLexerAPOSTROPHES, gen.SPLLexerQUOTED_NAME:
		return &ast.Name{Pos: at, Text: text[1 : len(text)-1], Quote: '\''}
	}
	return &ast.Name{Pos: at, Text: unescape(text)}
}

// scalar is a token where the language takes values: a text, a number or a word.
func (b *builder) scalar(tok antlr.Token) ast.Node {
	name := b.name(tok)
	switch {
	case name.Quote == '"':
		return &ast.String{Pos: name.Pos, Text: name.Text}
	case tok.GetTokenType() == gen.SPLLexerNUMBER, name.Quote == 0 && isNumber(name.Text):
		return &ast.Number{Pos: name.Pos, Text: name.Text}
	}
	return name
}

// column is the name of a column; one without quotes may be that of an unnamed aggregate, such as values(x), or hold dashes.
func (b *builder) column(ctx antlr.ParserRuleContext) *ast.Name {
	return b.columnBetween(ctx.GetStart(), ctx.GetStop())
}

func (b *builder) columnBefore(ctx antlr.ParserRuleContext, end antlr.TerminalNode) *ast.Name {
	return b.columnBetween(ctx.GetStart(), b.before(end.GetSymbol()))
}

func (b *builder) columnBetween(first, last antlr.Token) *ast.Name {
	name := b.name(first)
	if first == last {
		return name
	}
	name.Span = b.Span(first, last)
	var text strings.Builder
	for i := first.GetTokenIndex(); i <= last.GetTokenIndex(); i++ {
		if tok := b.all[i]; tok.GetChannel() == antlr.TokenDefaultChannel {
			text.WriteString(b.name(tok).Text)
		}
	}
	name.Text = text.String()
	return name
}

// aliased is a name with or without `as`; a lone number is a count.
func (b *builder) aliased(c *gen.AliasedContext) ast.Node {
	if c.Column() != nil {
		return &ast.Alias{Pos: b.pos(c), What: b.column(c.PlainColumn()), As: b.column(c.Column())}
	}
	if c.GetStart() == c.GetStop() && c.GetStart().GetTokenType() == gen.SPLLexerWORD {
		return b.scalar(c.GetStart())
	}
	return b.column(c.PlainColumn())
}

// signed is a field of `fields`; a sign that touches the first one is as good as one with a blank.
func (b *builder) signed(c *gen.SignedFieldContext, first bool) []ast.Node {
	name := b.column(c)
	if !first || name.Quote != 0 || len(name.Text) < 2 || strings.IndexByte("+-", name.Text[0]) < 0 || strings.IndexByte("+-", name.Text[1]) >= 0 {
		return []ast.Node{name}
	}
	sign := &ast.Sign{Pos: ast.Pos{Span: name.Span.Sub(0, 1)}, Minus: name.Text[0] == '-'}
	rest := &ast.Name{Pos: ast.Pos{Span: name.Span.Sub(1, int(name.Span.End-name.Span.Start))}, Text: name.Text[1:]}
	return []ast.Node{sign, rest}
}
