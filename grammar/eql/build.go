package eql

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// builder makes a tree of package ast out of ANTLR's, and complains of what the grammar is too generous for.
type builder struct {
	*tokens
	out *report
}

func (b *builder) pos(ctx antlr.ParserRuleContext) ast.Pos {
	return ast.Pos{Span: b.Span(ctx.GetStart(), ctx.GetStop())}
}

func (b *builder) errorf(at source.Span, code, format string, args ...any) *source.Diagnostic {
	d := source.Errorf(at, code, format, args...)
	b.out.Add(d)
	return d
}

func (b *builder) query(ctx *gen.QueryContext) *ast.Query {
	q := &ast.Query{Pos: b.pos(ctx)}
	if e := ctx.Event(); e != nil {
		q.Body = b.event(e)
	} else {
		q.Body = b.joint(ctx.Joint())
	}
	for _, c := range ctx.AllPipe() {
		q.Pipes = append(q.Pipes, b.pipe(c))
	}
	q.Span = q.Body.At()
	if n := len(q.Pipes); n > 0 {
		q.Span = q.Span.To(q.Pipes[n-1].Span)
		if _, sample := q.Body.(*ast.Sample); sample {
			b.errorf(q.Pipes[0].Span, "in-sample", "samples have no pipes").WithHint("for commands of SPL: spoor search '| eql \"...\" | head 5'")
		}
	}
	return q
}

// pipe is `head n` or `tail n`; other names were complained of before.
func (b *builder) pipe(c gen.IPipeContext) *ast.Pipe {
	name := c.NAME().GetSymbol()
	p := &ast.Pipe{Pos: ast.Pos{Span: b.Span(name, c.GetStop())}, Name: b.Text(name)}
	if p.Name != "head" && p.Name != "tail" {
		return p
	}
	args := c.AllExpression()
	if len(args) == 0 {
		b.errorf(p.Span, "pipe-count", "%s needs a number", token.Tick(p.Name)).WithHint("such as `%s 10`", p.Name)
		return p
	}
	at := b.pos(args[0]).Span
	if len(args) > 1 {
		b.errorf(b.pos(args[1]).Span, "pipe-count", "%s takes one number", token.Tick(p.Name))
	}
	n, err := strconv.Atoi(at.String())
	if err != nil || n < 1 || !digits.MatchString(at.String()) {
		b.errorf(at, "pipe-count", "%s takes a whole number from 1, not %s", token.Tick(p.Name), token.Tick(at.String()))
	}
	p.Count = n
	return p
}

var digits = regexp.MustCompile(`^[0-9]+$`)

func (b *builder) event(ctx gen.IEventContext) *ast.EventQuery {
	e := &ast.EventQuery{Pos: b.pos(ctx)}
	tok := ctx.Category().GetStart()
	e.CategoryAt = b.Span(tok, tok)
	e.Category = e.CategoryAt.String()
	switch tok.GetTokenType() {
	case gen.EQLLexerANY:
		e.Category, e.Any = "", true
	case gen.EQLLexerNAME:
		if strings.ContainsAny(e.Category, ".@`") {
			b.errorf(e.CategoryAt, "category", "the category %s needs quotes", token.Tick(e.Category)).
				WithHint(quoteCategory)
		}
	case gen.EQLLexerSAMPLE, gen.EQLLexerSEQUENCE:
	default:
		e.Category = b.text(tok).Text
	}
	e.Where = b.expression(ctx.Expression())
	return e
}

// keys are the fields behind `by`.
func (b *builder) keys(c gen.IClauseContext) []*ast.Path {
	var keys []*ast.Path
	for _, e := range c.AllExpression() {
		key, ok := b.expression(e).(*ast.Path)
		if !ok {
			key = &ast.Path{Pos: b.pos(e)}
			b.errorf(key.Span, "key", "a key after `by` is a field, not an expression")
		}
		keys = append(keys, key)
	}
	return keys
}

// limit is the value of `with maxspan=5s` and `with runs=3`.
type limit struct {
	name, whole source.Span
	sign        bool
	value       antlr.Token
	unit        antlr.Token // nil if there is none apart from the value
}

func (b *builder) limit(c gen.IOptionContext) limit {
	names := c.AllNAME()
	l := limit{name: b.Span(names[0].GetSymbol(), names[0].GetSymbol()), whole: b.pos(c).Span, sign: c.MINUS() != nil}
	if eq := c.EQEQ(); eq != nil {
		b.errorf(b.Span(eq.GetSymbol(), eq.GetSymbol()), "unexpected", "unexpected `==`").WithHint("an option is written with a single `=`, such as `with maxspan=5s`")
	}
	l.value = c.GetStop()
	if len(names) > 1 {
		l.unit = names[1].GetSymbol()
		l.value = b.seen[b.index(l.unit)-1]
	}
	return l
}

// units are those of maxspan, in milliseconds.
var units = map[string]int64{"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}

var measure = regexp.MustCompile(`^([0-9]*)(\.[0-9]+)?(?:([eE][+-]?[0-9]+)|([a-zA-Z_][a-zA-Z0-9_]*))?$`)

// maxSpan reads a number with a unit.
func (b *builder) maxSpan(l limit) *ast.Duration {
	end := l.value
	parts := measure.FindStringSubmatch(b.Text(l.value))
	if l.unit != nil {
		end = l.unit
	}
	d := &ast.Duration{Pos: ast.Pos{Span: b.Span(l.value, end)}}
	const hint = "write a whole number with a unit: ms, s, m, h or d, such as `maxspan=30s`"
	if parts == nil || l.sign || parts[2] != "" || parts[3] != "" {
		b.errorf(d.Span, "maxspan", "maxspan takes a whole number with a unit").WithHint(hint)
		return d
	}
	unit := parts[4]
	if l.unit != nil {
		unit += b.Text(l.unit)
	}
	n, err := strconv.ParseInt(parts[1], 10, 64)
	each, known := units[unit]
	switch {
	case unit == "":
		b.errorf(d.Span, "maxspan", "maxspan has no unit").WithHint("write `maxspan=%ss` for seconds, or ms, m, h or d; Endgame's EQL took seconds without saying", parts[1])
	case !known:
		b.errorf(d.Span, "maxspan", "unknown unit %s of maxspan", token.Tick(unit)).WithHint(hint)
	case err != nil, n > math.MaxInt64/1_000_000/each:
		b.errorf(d.Span, "maxspan", "maxspan is longer than 292 years")
	case n == 0:
		b.errorf(d.Span, "maxspan", "maxspan cannot be zero").WithHint(hint)
	}
	d.N, d.Unit = n, unit
	return d
}

// runs reads how often an item must be there.
func (b *builder) runs(l limit) int {
	n, err := strconv.Atoi(b.Text(l.value))
	if err != nil || n < 1 || n > 100 || l.sign || l.unit != nil {
		b.errorf(l.whole, "runs", "runs is a whole number from 1 to 100")
		return 1
	}
	return n
}
