package spl

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var multikv = Command{
	Name:   "multikv",
	Syntax: "multikv [copyattrs=<bool>] [rmorig=<bool>] [noheader=<bool>] [forceheader=<line>] [multitable=<bool>] [fields <field>...] [filter <term>...]",
	Doc: "Make a row of each line of the tables in _raw, with a field for each column and the line as _raw. The columns are named by the first line of several different words without a number, or by the line that forceheader counts, from 1, without blank lines; with noheader=true they are Column_1, Column_2 and so on. " +
		"A new table begins behind a blank line, unless multitable is false. fields are the columns that count; filter keeps lines that hold one of the terms. The rows have the other fields of their event, unless copyattrs is false; rmorig=false gives the events too, each behind its rows.",
	Notes: "In a line whose cells begin or end where the names of the columns do, and if these stand more than a blank apart, each word belongs to the column that it stands nearest to. Of other lines with as many words as there are columns each has one. In names of columns what is no letter, digit, dot, colon or dash becomes _. There are no configured forms of tables: conf is refused.",
	Options: []Option{
		{Name: "copyattrs", Value: "<bool>", Default: "true", Doc: "Give the rows the other fields of their event."},
		{Name: "rmorig", Value: "<bool>", Default: "true", Doc: "Leave the events out, of which the rows were made."},
		{Name: "noheader", Value: "<bool>", Default: "false", Doc: "Take the first line as a row too, and call the columns Column_1, Column_2 and so on."},
		{Name: "forceheader", Value: "<count>", Doc: "The line that names the columns, counted from 1."},
		{Name: "multitable", Value: "<bool>", Default: "true", Doc: "Let a new table begin behind a blank line."},
		{Name: "conf", Value: "<name>", Doc: "A configured form of tables. There are none here, so it is refused."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		m := &tableReading{at: commandSpan(c), in: in, copied: a.flag("copyattrs", true), alone: a.flag("rmorig", true)}
		m.several, m.header = a.flag("multitable", true), p.countOption(a, "forceheader")
		if a.flag("noheader", false) {
			m.several, m.header = false, -1
		}
		list := &m.other
		for _, n := range a.names() {
			switch word := strings.ToLower(n.Text); {
			case n.Quote == 0 && word == "fields":
				list = &m.fields
			case n.Quote == 0 && word == "filter":
				list = &m.terms
			default:
				*list = append(*list, column.Str(n.Text))
			}
		}
		if v := a.option("conf"); v != nil {
			p.errorf(v.At(), "cannot-run", "there are no configured forms of tables here").WithHint("forceheader= and noheader= say which line names the columns")
		}
		a.done()
		if len(m.other) > 0 {
			p.errorf(m.at, "unexpected-argument", "multikv does not take %q", m.other[0].String()).WithHint("names stand behind `fields`, what a line must hold behind `filter`")
			return in
		}
		return m.lower()
	},
}

// tableReading is a multikv at work.
type tableReading struct {
	at                     source.Span
	in                     plan.Node
	header                 int
	several, copied, alone bool
	fields, terms, other   []column.Value
}

// lower makes JSON of the lines, a row of each, and fields of their members.
func (m *tableReading) lower() plan.Node {
	const line = "table in _raw"
	constant := func(v column.Value) plan.Expr { return &plan.Const{V: v, Span: m.at} }
	rows := plan.Expr(plan.NewCall(function.Command, "tables", m.at, &plan.Field{Name: "_raw", Span: m.at}, constant(column.Integer(int64(m.header))),
		constant(column.Boolean(m.several)), constant(column.Multi(m.fields)), constant(column.Multi(m.terms))))
	if !m.alone { // an event stands for itself as a row without cells
		rows = plan.NewCall(function.SPL, "mvappend", m.at, rows, constant(column.Str("{}")))
	}
	out := plan.Node(&plan.Expand{In: extend(m.in, plan.Assign{Name: line, Expr: rows}), Field: line})
	if m.alone {
		out = &plan.Filter{In: out, Cond: plan.NewCall(function.SPL, "isnotnull", m.at, &plan.Field{Name: line, Span: m.at})}
	}
	if !m.copied {
		original := plan.NewCall(function.SPL, "=", m.at, &plan.Field{Name: line, Span: m.at}, constant(column.Str("{}")))
		out = &plan.Each{In: out, Rules: []plan.EachRule{{Pattern: line}, {Pattern: "*", Expr: plan.NewCall(function.SPL, "if", m.at, original, &plan.Field{Name: plan.It, Span: m.at}, null)}}}
	}
	out = &plan.Unpack{In: out, Field: line, From: plan.Members}
	return &plan.Project{In: out, Mode: plan.Drop, Patterns: []string{line}}
}
