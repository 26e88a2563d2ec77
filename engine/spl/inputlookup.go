package spl

import (
	"path"
	"slices"
	"strconv"

	"spoor/engine/column"
	engine "spoor/engine/lookup"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var inputlookup = Command{
	Name:   "inputlookup",
	Syntax: "| inputlookup [append=<bool>] [start=<count>] [max=<count>] <lookup> [where <search expression>]",
	Doc:    "Give the rows of a lookup: all of them, or from row start on (the first is 0) max of them, of which where keeps those that match. With append=true it may stand behind other commands, and its rows come after theirs. `spoor help lookup` says where lookups are.",
	Notes:  "An empty cell is a missing value. Without max no row is left out. strict changes nothing: a lookup that is not there is an error.",
	Options: slices.Concat([]Option{
		{Name: "append", Value: "<bool>", Default: "false", Doc: "Put the rows behind those that there are."},
		{Name: "start", Value: "<count>", Default: "0", Doc: "The row to begin with; the first one is 0."},
		{Name: "max", Value: "<count>", Default: "0", Doc: "Give only so many rows; 0 gives all."},
	}, idle("strict")),
	generates: true,
	anywhere:  true,
	lower:     readLookup,
}

var inputcsv = Command{
	Name:   "inputcsv",
	Syntax: "| inputcsv [append=<bool>] [start=<count>] [max=<count>] <file> [where <search expression>]",
	Doc:    "Give the rows of a CSV file in the folders of lookups: as inputlookup does, but .csv may be left out of the name.",
	Notes:  "Splunk reads such files in a folder for results of its server; here they are lookups. events, dispatch and strict change nothing.",
	Options: slices.Concat([]Option{
		{Name: "append", Value: "<bool>", Default: "false", Doc: "Put the rows behind those that there are."},
		{Name: "start", Value: "<count>", Default: "0", Doc: "The row to begin with; the first one is 0."},
		{Name: "max", Value: "<count>", Default: "0", Doc: "Give only so many rows; 0 gives all."},
	}, idle("strict", "events", "dispatch")),
	generates: true,
	anywhere:  true,
	lower:     readLookup,
}

// readLookup lowers inputlookup and inputcsv.
func readLookup(p *planner, c *ast.Command, in plan.Node) plan.Node {
	a := p.args(c)
	start, most := a.wholeNumber("start"), a.wholeNumber("max")
	behind := a.flag("append", false)
	conds, _, _ := a.clause("where")
	named := p.columnPairs(a)
	a.done()
	if in != nil && !behind {
		p.errorf(commandSpan(c), "not-first", "%s makes rows, so it must be the first command", c.Name).
			WithHint("with append=true its rows come after those that are there")
	}
	if len(named) != 1 {
		p.errorf(commandSpan(c), "missing-argument", "%s needs the name of one lookup", c.Name).WithHint("syntax: %s", Lookup(c.Name).Syntax)
		return in
	}
	name := named[0].Column
	if c.Name == "inputcsv" && path.Ext(name) == "" {
		name += ".csv"
	}
	definition, table := p.table(named[0].at, name)
	if table == nil {
		return in
	}
	if unwritten := p.Env.Lookups.Unwritten(named[0].at, definition); unwritten != nil {
		p.report(unwritten)
	}
	from, to := min(start, table.Rows), table.Rows
	if most > 0 {
		to = min(to, from+most)
	}
	rows := rowsOf(table, from, to)
	var out plan.Node = rows
	m := &matcher{p: p, terms: p.rawTerms(rows), field: p.searchField(rows)}
	for _, cond := range conds {
		out = &plan.Filter{In: out, Cond: m.lower(cond)}
	}
	if in != nil {
		out = &plan.Union{Ins: []plan.Node{in, out}}
	}
	return out
}

// rowsOf is rows of a table.
func rowsOf(table *engine.Table, from, to int) *plan.Rows {
	rows := &plan.Rows{Names: table.Columns, Cols: make([]column.Vector, len(table.Cells)), N: to - from}
	for i, cells := range table.Cells {
		rows.Cols[i] = cells.Slice(from, to)
	}
	return rows
}

// wholeNumber is the whole number that an option gives, 0 without it.
func (a *args) wholeNumber(name string) int {
	v := a.option(name)
	if v == nil {
		return 0
	}
	text, _ := literal(v)
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		a.p.errorf(v.At(), "bad-number", "%s of %s needs a whole number, not %q", name, a.c.Name, text)
		return 0
	}
	return n
}
