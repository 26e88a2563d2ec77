package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var transpose = Command{
	Name:   "transpose",
	Syntax: "transpose [<count>] [column_name=<name>] [header_field=<field>] [include_empty=<bool>]",
	Doc:    "Make rows of columns: the first rows, five unless told otherwise and all with 0, become the columns `row 1`, `row 2` and so on, or are called by their values of header_field. The field column, or what column_name says, holds what the columns were called. include_empty=false leaves out columns without a value.",
	Options: []Option{
		{Name: "int", Value: "<count>", Default: "5", Doc: "How many rows to turn into columns; the count alone says the same. 0 turns all."},
		{Name: "column_name", Value: "<name>", Default: "column", Doc: "The field with what the columns were called."},
		{Name: "header_field", Value: "<field>", Doc: "The field with the names of the new columns."},
		{Name: "include_empty", Value: "<bool>", Default: "true", Doc: "Give columns without a value, too."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Transpose{
			In: in, N: a.count("int", 5), Column: a.text("column_name", "column"), Header: a.text("header_field", ""), Empty: a.flag("include_empty", true),
		}
		a.done()
		return n
	},
}
