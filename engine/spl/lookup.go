package spl

import (
	"slices"

	engine "spoor/engine/lookup"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var lookup = Command{
	Name:   "lookup",
	Syntax: "lookup <lookup> <column> [as <field>] [, <column> [as <field>]]... [OUTPUT | OUTPUTNEW <column> [as <field>] [, <column> [as <field>]]...]",
	Doc: "Set fields to cells of a table: of its rows whose columns match the fields of the row. Several such rows make a multivalue, and so do several values of a field that is looked for. Without OUTPUT every other column is set. OUTPUT replaces fields, OUTPUTNEW sets those that have no value. " +
		"The lookup is a definition or a CSV file in the folders of --lookups and in lookups of the config folder. A definition stands in transforms.conf or in a YAML file of its own, and knows filename, collection (a CSV file of that name), match_type (WILDCARD, CIDR, EXACT), case_sensitive_match, min_matches, max_matches, default_match, time_field, time_format, max_offset_secs, min_offset_secs, and filter, which the rows must satisfy.",
	Notes:   "A row without one of the fields that are looked for stays as it is. Where nothing matches, OUTPUT leaves no value behind, or default_match if min_matches asks for one. At most 100 rows match a value unless max_matches says otherwise, and one if the lookup is bounded in time. An empty cell is a missing value and matches nothing. A collection that has no file yet is empty. Of a file that is not quite CSV the rows are used, and a warning says what is wrong: a row with too few or too many cells, a quote that never closes (it counts as a letter), a name that is there twice, another separator than the comma. Lookups that are programs do not run, but for ut_shannon_lookup, which is built in: it sets ut_shannon to the entropy of word. The filter of a definition is a search expression over the columns, as where of inputlookup takes it; outputlookup writes among all rows of the file. local and update change nothing.",
	Options: idle("local", "update"),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		outputs, _, replace := a.clause("output")
		fresh, at, isNew := a.clause("outputnew")
		if replace && isNew {
			p.errorf(at, "two-outputs", "a lookup takes either OUTPUT or OUTPUTNEW")
		}
		named := p.columnPairs(a)
		a.done()
		if len(named) < 2 {
			p.errorf(commandSpan(c), "missing-argument", "lookup needs the name of a lookup and a column").WithHint("syntax: %s", Lookup("lookup").Syntax)
			return in
		}
		n := &plan.Lookup{In: in, Table: named[0].Column, New: isNew, Span: named[0].at}
		if m, ok := p.measured(n); ok {
			return p.measure(n, m, named[1:], p.columnPairs(&args{p: p, c: c, left: append(outputs, fresh...)}))
		}
		definition, table := p.table(n.Span, n.Table)
		if table == nil {
			return in
		}
		for _, k := range named[1:] {
			p.found(definition.Check(k.at, table, k.Column))
			p.checkNames(in, []*ast.Name{{Pos: ast.Pos{Span: k.at}, Text: k.As}})
			n.Keys = append(n.Keys, k.LookupPair)
		}
		for _, o := range p.columnPairs(&args{p: p, c: c, left: append(outputs, fresh...)}) {
			p.found(definition.Check(o.at, table, o.Column))
			n.Outputs = append(n.Outputs, o.LookupPair)
		}
		if len(n.Outputs) == 0 {
			n.Outputs = others(table, n.Keys)
		}
		p.checkMatches(n, definition)
		return n
	},
}

// columnPair is a column of a lookup with the field that goes with it, and its place.
type columnPair struct {
	plan.LookupPair
	at source.Span
}

// columnPairs is the names among the arguments, with `as` or without.
func (p *planner) columnPairs(a *args) []columnPair {
	var out []columnPair
	a.left = slices.DeleteFunc(a.left, func(n ast.Node) bool {
		what, as := n, ""
		if alias, ok := n.(*ast.Alias); ok {
			what, as = alias.What, alias.As.Text
		}
		text, ok := literal(what)
		if !ok {
			return false
		}
		if as == "" {
			as = text
		}
		out = append(out, columnPair{plan.LookupPair{Column: text, As: as}, n.At()})
		return true
	})
	return out
}

// table is a lookup by its name; nil, and an error is reported, if there is none.
func (p *planner) table(at source.Span, name string) (*engine.Definition, *engine.Table) {
	definition, diag := p.Env.Lookups.Find(at, name)
	if !p.found(diag) {
		return nil, nil
	}
	table, diag := p.Env.Lookups.Table(at, definition)
	if !p.found(diag) {
		return nil, nil
	}
	for _, doubt := range p.Env.Lookups.Doubts(at, definition) {
		if !slices.ContainsFunc(p.diags, func(d *source.Diagnostic) bool { return d.Message == doubt.Message }) {
			p.report(doubt)
		}
	}
	return definition, table
}

// found reports what was not found, if anything.
func (p *planner) found(d *source.Diagnostic) bool {
	if d != nil {
		p.report(d)
	}
	return d == nil
}

// others is the columns that are no keys.
func others(table *engine.Table, keys []plan.LookupPair) []plan.LookupPair {
	var out []plan.LookupPair
	for _, c := range table.Columns {
		if !slices.ContainsFunc(keys, func(k plan.LookupPair) bool { return k.Column == c }) {
			out = append(out, plan.LookupPair{Column: c, As: c})
		}
	}
	return out
}

// checkMatches warns if a value has more rows than nobody in particular asked for.
func (p *planner) checkMatches(n *plan.Lookup, definition *engine.Definition) {
	if p.diags.Failed() {
		return
	}
	names := make([]string, len(n.Keys))
	for i, k := range n.Keys {
		names[i] = k.Column
	}
	m, diag := p.Env.Lookups.Matcher(n.Span, definition, names, p.Env.Times)
	if !p.found(diag) {
		return
	}
	n.Timed = m.Timed()
	if m.Crowd() > m.Max && !m.MaxGiven {
		p.warnf(n.Span, "max-matches", "the lookup %s has up to %d rows that match one value: the first %d of them are taken", n.Table, m.Crowd(), m.Max).
			WithHint("max_matches in its definition says how many")
	}
}
