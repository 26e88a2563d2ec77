package spl

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// seriesTable is the options that chart and timechart share.
var seriesTable = []Option{
	{Name: "limit", Value: "[top|bottom]<count>", Default: "10", Doc: "How many values of the split field get columns: those with the greatest results, or with bottom the least. 0 is all."},
	{Name: "useother", Value: "<bool>", Default: "true", Doc: "Put what the other values together give into a column of its own."},
	{Name: "otherstr", Value: "<text>", Default: "OTHER", Doc: "The name of that column."},
	{Name: "usenull", Value: "<bool>", Default: "true", Doc: "Put the rows without the split field into a column of their own."},
	{Name: "nullstr", Value: "<text>", Default: "NULL", Doc: "The name of that column."},
	{Name: "sep", Value: "<text>", Default: ": ", Doc: "What stands between aggregate and value in the name of a column, if there are several aggregates."},
	{Name: "format", Value: "<text>", Doc: "The name of a column, with $AGG$ for the aggregate and $VAL$ for the value, instead of sep."},
	{Name: "agg", Value: "<aggregate>", Doc: "An aggregate without a field, such as count, as if it stood among the others."},
}

const seriesDoc = " The ten values of the split field with the greatest sum of results have columns, or as many as limit says: bottom5 takes the least, 0 all. Of several aggregates the number of rows decides. where chooses by another function of the results in the rows: where max in top5, where avg notin bottom3, where sum > 100. A field in brackets behind the function, max(bytes) > 5, makes no difference. " +
	"The columns are in the order of their values; behind them OTHER is what the other values together give, and NULL what rows without the field do. useother and usenull leave these out, otherstr and nullstr give them other names. " +
	"With several aggregates a column is called <aggregate>: <value>, with sep between them instead, or as format says with $AGG$ and $VAL$."

var chart = Command{
	Name: "chart", Aliases: []string{"sichart"},
	Syntax: "chart [<option>...] <aggregate>... [over <field>] [by <field> [<field>]] [where <function> (in|notin) (top|bottom)<count> | where <function> (<|>) <number>]",
	Doc:    "Aggregate the rows into a table: a row for each value of the first field, behind over or by, and a column for each value of the second, or for each aggregate if there is none. span and bins cut the first field into ranges, as bin does." + seriesDoc,
	Notes:  "Where a wildcard stands for fields that depend on the data, the rows are read once more, before the search. With a where clause limit= does not count. sichart, which prepares rows for a summary index in Splunk, gives the same rows here as chart.",
	Options: slices.Concat([]Option{
		{Name: "span", Value: "<span>", Doc: "Cut the field of the rows into ranges of this width."},
		{Name: "bins", Value: "<count>", Doc: "Cut the field of the rows into at most so many ranges."},
	}, seriesTable, idle("cont")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		over, _, _ := a.clause("over")
		by, _, _ := a.clause("by", "groupby")
		by = a.behindBy(append(over, by...), "span")
		n := &plan.Chart{In: in}
		bins, span := p.bins(a, -1), a.option("span")
		p.series(a, n, nil)
		fields, spans := p.byList(by)
		if len(fields) == 0 || len(fields) > 2 {
			p.errorf(commandSpan(c), "missing-field", "chart takes one field for its rows and at most one for its columns").WithHint("write chart count over a by b, or chart count by a b")
			return in
		}
		if span == nil {
			span = spans[fields[0].Text]
		}
		n.Row = fields[0].Text
		switch {
		case span != nil:
			n.In = extend(n.In, plan.Assign{Name: n.Row, Expr: p.binned(n.Row, span)})
		case bins > 0:
			n.In = bin.lower(p, &ast.Command{Pos: c.Pos, Name: "bin", Word: c.Word, Args: []ast.Node{
				&ast.Option{Pos: c.Pos, Name: "bins", Value: &ast.Number{Pos: c.Pos, Text: strconv.Itoa(bins)}}, fields[0],
			}}, n.In)
		}
		if len(fields) == 2 {
			n.Split = fields[1].Text
			if s := spans[n.Split]; s != nil && n.Split != n.Row {
				n.In = extend(n.In, plan.Assign{Name: n.Split, Expr: p.binned(n.Split, s)})
			}
		}
		p.checkNames(in, fields)
		return p.charted(c, n)
	},
}

var limitForm = regexp.MustCompile(`^(top|bottom)?([0-9]+)$`)

// series takes the aggregates and what says how columns are made from the arguments, and reports what is left.
func (p *planner) series(a *args, n *plan.Chart, seconds plan.Expr) {
	n.Limit, n.Titles = 10, plan.Titles{Sep: a.text("sep", ": "), Format: a.titleForm()}
	p.choice(a, n)
	other, null := a.text("otherstr", "OTHER"), a.text("nullstr", "NULL")
	if a.flag("useother", true) {
		n.Other = other
	}
	if a.flag("usenull", true) {
		n.Null = null
	}
	if v := a.option("limit"); v != nil && n.Choice == nil {
		text, _ := literal(v)
		m := limitForm.FindStringSubmatch(strings.ToLower(text))
		if m == nil {
			p.errorf(v.At(), "bad-number", "%q is no limit", text).WithHint("write a number, top5 or bottom5")
		} else {
			n.Least = m[1] == "bottom"
			n.Limit, _ = strconv.Atoi(m[2])
		}
	}
	if v := a.option("agg"); v != nil {
		name, _ := literal(v)
		a.left = append(a.left, &ast.Call{Pos: ast.Pos{Span: v.At()}, Name: name, Bare: true})
	}
	g := &aggregates{p: p, field: p.columnNamed(n.In), eval: p.knownFields(n.In), wild: true, span: seconds}
	n.Aggs = g.take(a)
	n.Shown = g.results(n.Aggs)
	g.within(nil)
	a.done()
}

// charted is the chart, if it has aggregates; of several fields with one name it needs to know which is which.
func (p *planner) charted(c *ast.Command, n *plan.Chart) plan.Node {
	if len(n.Aggs) == 0 {
		if !p.diags.Failed() {
			p.errorf(commandSpan(c), "missing-aggregate", "%s needs an aggregate function such as count", c.Name)
		}
		return n.In
	}
	if slices.ContainsFunc(n.Aggs, func(a plan.Agg) bool { return a.Wild != "" }) {
		columns, ok := p.matching(n.In, nil, commandSpan(c))
		if !ok {
			return p.later(n.In, c.Name)
		}
		if concrete(n, columns); len(n.Aggs) == 0 {
			p.errorf(commandSpan(c), "no-match", "no field matches the wildcards of %s", c.Name)
			return n.In
		}
	}
	if n.Split == "" && slices.ContainsFunc(n.Aggs, func(a plan.Agg) bool { return a.As == n.Row }) {
		p.errorf(commandSpan(c), "name-taken", "%s is the field of the rows: no aggregate can have this name", n.Row).WithHint("give the aggregate another name with `as`")
	}
	n.Short = p.short(n.Aggs, commandSpan(c))
	return n
}

// concrete puts the columns that wildcards match in their place.
func concrete(n *plan.Chart, columns []string) {
	keys := []string{n.Row, n.Split}
	var shown []plan.Assign
	for _, s := range n.Shown {
		i := slices.IndexFunc(n.Aggs, func(a plan.Agg) bool { return a.Wild != "" && a.As == s.Name })
		if i < 0 {
			shown = append(shown, s)
			continue
		}
		for _, a := range plan.Concrete(n.Aggs[i:i+1], keys, columns) {
			shown = append(shown, plan.Assign{Name: a.As, Expr: &plan.Field{Name: a.As}})
		}
	}
	n.Aggs, n.Shown = plan.Concrete(n.Aggs, keys, columns), shown
}
