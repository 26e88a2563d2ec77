package engine

import (
	"sync"

	"spoor/datamodels"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// common is what programs over the same models find out once: what sources say of events, and the trees of the models' expressions. It is
// safe for several goroutines.
type common struct {
	known func() known

	mu    sync.Mutex
	trees map[source.Span]parsed
}

type parsed struct {
	tree ast.Node
	errs source.Errors
}

func newCommon(models *datamodels.Library) *common {
	return &common{known: sync.OnceValue(func() known { return whatIsKnown(models) }), trees: map[source.Span]parsed{}}
}

// expression reads an expression of a model. Nobody may change the tree.
func (c *common) expression(at source.Span) (ast.Node, source.Errors) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.trees[at]
	if !ok {
		p.tree, p.errs = grammar.ParseEvalSpan(at)
		c.trees[at] = p
	}
	return p.tree, p.errs
}
