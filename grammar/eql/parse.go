// Package eql reads EQL: text to the trees of package ast, by a grammar that ANTLR made into package gen.
package eql

import (
	"fmt"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// Parse reads a whole query. It is nil if any diagnostic is an error.
func Parse(t *source.Text) (tree *ast.Query, errs source.Errors) {
	out := &report{}
	defer func() {
		r := recover()
		if _, ok := r.(enoughErrors); ok {
			tree, errs = nil, out.Sorted()
		} else if r != nil {
			tree, errs = nil, append(out.Sorted(), source.Errorf(t.All(), "internal-error", "the parser failed on this text: %s", token.Short(fmt.Sprint(r))))
		}
	}()
	if len(t.Body) > token.MaxLength {
		return nil, source.Errors{source.Errorf(t.Span(0, 0), "too-long", "the query is longer than %d MiB", token.MaxLength>>20)}
	}
	if at := token.NotUTF8(t.Body); at >= 0 {
		return nil, source.Errors{source.Errorf(t.Span(at, at+1), "not-utf8", "the query is no UTF-8 text").
			WithHint("save it as UTF-8; from Latin-1: iconv -f latin1 -t utf-8")}
	}
	toks := lex(t.All())
	if !out.check(toks) {
		return nil, out.Sorted()
	}
	ctx := read(toks, out, antlr.PredictionModeSLL)
	if out.syntax { // the quick way of deciding may be wrong about an error, never about a success
		out.Forget()
		out.syntax = false
		toks.stream.Seek(0)
		ctx = read(toks, out, antlr.PredictionModeLL)
	}
	if !out.syntax {
		tree = (&builder{tokens: toks, out: out}).query(ctx)
	}
	if out.Failed() {
		tree = nil
	}
	return tree, out.Sorted()
}

func read(t *tokens, out *report, mode int) *gen.QueryContext {
	p := gen.NewEQLParser(t.stream)
	p.RemoveErrorListeners()
	p.AddErrorListener(&listener{tokens: t, out: out})
	p.GetInterpreter().SetPredictionMode(mode)
	return p.Query().(*gen.QueryContext)
}
