// Package grammar reads SPL and EQL into the trees of package ast.
package grammar

import (
	"spoor/grammar/ast"
	"spoor/grammar/eql"
	"spoor/grammar/source"
	"spoor/grammar/spl"
)

// ParseSPL reads a search whose macros are expanded. The pipeline is nil if any diagnostic is an error.
func ParseSPL(t *source.Text) (*ast.Pipeline, source.Errors) { return spl.Parse(t) }

// ParseEQL reads a query of EQL. It is nil if any diagnostic is an error.
func ParseEQL(t *source.Text) (*ast.Query, source.Errors) { return eql.Parse(t) }

// ParseEvalSpan reads an eval expression that stands inside a text, such as a value of a YAML file, or is all of it.
func ParseEvalSpan(s source.Span) (ast.Node, source.Errors) { return spl.ParseExpression(s) }

// ParseSearchSpan reads a search expression that stands inside a text.
func ParseSearchSpan(s source.Span) (ast.Node, source.Errors) { return spl.ParseSearch(s) }

// Commands is every SPL command word of the grammar, aliases included.
func Commands() []string { return spl.Commands() }
