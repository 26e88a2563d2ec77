// Package spl reads SPL: text to the trees of package ast, by a grammar that ANTLR made into package gen.
package spl

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// Parse reads a whole search, in which no macro is left. The pipeline is nil if any diagnostic is an error.
func Parse(t *source.Text) (*ast.Pipeline, source.Errors) {
	mode, start := gen.SPLLexerTERMS, opening(t.Body)
	rest := t.Body[start:]
	if strings.HasPrefix(rest, "|") || namesSearch(rest) {
		mode = antlr.LexerDefaultMode
	}
	if d := pastedLineNumbers(t); d != nil {
		return nil, source.Errors{d}
	}
	if mode == antlr.LexerDefaultMode {
		return parse(t.All(), mode, func(p *gen.SPLParser, b *builder) func() *ast.Pipeline {
			ctx := p.Query().(*gen.QueryContext)
			return func() *ast.Pipeline { return b.pipeline(ctx.Pipeline()) }
		})
	}
	return parse(t.All(), mode, func(p *gen.SPLParser, b *builder) func() *ast.Pipeline {
		ctx := p.ImpliedQuery().(*gen.ImpliedQueryContext)
		return func() *ast.Pipeline { return b.implied(ctx) }
	})
}

// ParseExpression reads an eval expression, such as stands in a data model or in a macro's definition.
func ParseExpression(s source.Span) (ast.Node, source.Errors) {
	return parse(s, gen.SPLLexerEXPRESSION, func(p *gen.SPLParser, b *builder) func() ast.Node {
		ctx := p.LoneExpression().(*gen.LoneExpressionContext)
		return func() ast.Node { return b.expression(ctx.Expression()) }
	})
}

// ParseSearch reads a search expression, such as the arguments of `search`.
func ParseSearch(s source.Span) (ast.Node, source.Errors) {
	return parse(s, gen.SPLLexerTERMS, func(p *gen.SPLParser, b *builder) func() ast.Node {
		ctx := p.LoneSearch().(*gen.LoneSearchContext)
		return func() ast.Node { return b.search(ctx.SearchExpression()) }
	})
}

// Commands is every command word of the grammar, aliases included, in the grammar's order.
func Commands() []string {
	gen.SPLLexerInit()
	names := gen.SPLLexerLexerStaticData.SymbolicNames[1:gen.SPLLexerUNKNOWN_COMMAND]
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = strings.ToLower(name)
	}
	return words
}

// parse checks the tokens of s, lets read parse them, and builds the tree if there was no error.
func parse[T any](s source.Span, mode int, read func(*gen.SPLParser, *builder) func() T) (tree T, errs source.Errors) {
	var none T
	out := &report{}
	defer func() {
		r := recover()
		if _, ok := r.(enoughErrors); ok {
			tree, errs = none, out.Sorted()
		} else if r != nil {
			tree, errs = none, append(out.Sorted(), source.Errorf(s, "internal-error", "the parser failed on this text: %s", token.Short(fmt.Sprint(r))))
		}
	}()
	if int(s.End-s.Start) > token.MaxLength {
		return none, source.Errors{source.Errorf(s.Sub(0, 0), "too-long", "the search is longer than %d MiB", token.MaxLength>>20)}
	}
	if at := token.NotUTF8(s.String()); at >= 0 {
		return none, source.Errors{source.Errorf(s.Sub(at, at+1), "not-utf8", "the search is no UTF-8 text").
			WithHint("save it as UTF-8; from Latin-1: iconv -f latin1 -t utf-8")}
	}
	toks := lex(s, mode)
	if !out.check(toks) {
		return none, out.Sorted()
	}
	build := read(newParser(toks, out, antlr.PredictionModeSLL))
	if out.syntax { // the quick way of deciding may be wrong about an error, never about a success
		out.Forget()
		toks.stream.Seek(0)
		build = read(newParser(toks, out, antlr.PredictionModeLL))
	}
	if !out.Failed() {
		tree = build()
	}
	if out.Failed() {
		tree = none
	}
	return tree, out.Sorted()
}

func newParser(t *tokens, out *report, mode int) (*gen.SPLParser, *builder) {
	p := gen.NewSPLParser(t.stream)
	p.RemoveErrorListeners()
	p.AddErrorListener(&listener{tokens: t, out: out})
	p.GetInterpreter().SetPredictionMode(mode)
	return p, &builder{tokens: t, out: out}
}

// opening is the offset of the first byte that is neither blank nor comment.
func opening(body string) int {
	return len(leading.FindString(body))
}

var (
	leading     = regexp.MustCompile("^(?:[\\s\u0085\u00a0\u2028\u2029\ufeff\u200b]|(?s:```.*?```))*")
	searchFirst = regexp.MustCompile(`^(?i:search)(?:$|[\s|("\[\]` + "`" + `\x{00a0}])`)
	comparesIt  = regexp.MustCompile(`^(?i:search)\s*[!=<>]`)
)

// namesSearch says whether the text begins with the command `search`, not with a field of that name.
func namesSearch(rest string) bool {
	return searchFirst.MatchString(rest) && !comparesIt.MatchString(rest)
}
