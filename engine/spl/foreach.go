package spl

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var foreach = Command{
	Name:   "foreach",
	Syntax: "foreach [mode=(multifield|multivalue|json_array|auto_collections)] <field>... [<commands>]",
	Doc: "Run commands, mostly an eval, for every field that matches. In their text <<FIELD>> stands for the field's name, <<MATCHSTR>> for what its wildcards stood for and <<MATCHSEG1>>, <<MATCHSEG2>> and <<MATCHSEG3>> for what each one did. " +
		"With mode=multivalue, or mode=json_array, the commands are one eval that is run for every value of a field, or element of an array; <<ITEM>> stands for it. auto_collections goes over what each row has, values or elements. <<ITER>> counts the runs, from 0.",
	Notes: "Internal fields match only a pattern that begins with _. Where the fields depend on the data, or how many values there are, the rows are read once more, before the search.",
	Options: []Option{
		{Name: "mode", Value: "multifield|multivalue|json_array|auto_collections", Default: "multifield", Doc: "What to go over: fields, the values of a field, the elements of an array, or whichever of these two a row has."},
		{Name: "fieldstr", Value: "<text>", Default: "<<FIELD>>", Doc: "What stands for the name of the field."},
		{Name: "matchstr", Value: "<text>", Default: "<<MATCHSTR>>", Doc: "What stands for the text that all wildcards stood for."},
		{Name: "matchseg1", Value: "<text>", Default: "<<MATCHSEG1>>", Doc: "What stands for the text of the first wildcard."},
		{Name: "matchseg2", Value: "<text>", Default: "<<MATCHSEG2>>", Doc: "The same for the second."},
		{Name: "matchseg3", Value: "<text>", Default: "<<MATCHSEG3>>", Doc: "The same for the third."},
		{Name: "itemstr", Value: "<text>", Default: "<<ITEM>>", Doc: "What stands for the value or element."},
		{Name: "iterstr", Value: "<text>", Default: "<<ITER>>", Doc: "What stands for the number of the run, from 0."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		mode := strings.ToLower(a.text("mode", "multifield"))
		option := map[string]string{}
		for _, name := range []string{"fieldstr", "matchstr", "matchseg1", "matchseg2", "matchseg3", "itemstr", "iterstr"} {
			option[name] = a.text(name, "<<"+strings.ToUpper(strings.TrimSuffix(name, "str"))+">>")
		}
		option["matchstr"] = strings.ReplaceAll(option["matchstr"], "<<MATCH>>", "<<MATCHSTR>>")
		templates := take(a, every[*ast.Template])
		fields := a.names()
		a.done()
		if len(templates) != 1 || len(fields) == 0 {
			p.errorf(commandSpan(c), "missing-argument", "foreach needs fields, and commands in brackets").WithHint("for example foreach * [eval <<FIELD>>=upper('<<FIELD>>')]")
			return in
		}
		f := &each{p: p, at: c.At(), body: templates[0].Span.Sub(1, len(templates[0].Span.String())-1), words: option}
		switch mode {
		case "multifield":
			return f.overFields(in, fields)
		case "multivalue", "json_array", "auto_collections":
			return f.overValues(in, fields, mode)
		}
		p.errorf(commandSpan(c), "bad-mode", "the mode of foreach is multifield, multivalue, json_array or auto_collections, not %q", mode)
		return in
	},
}

// each is a foreach at work.
type each struct {
	p     *planner
	at    source.Span
	body  source.Span
	words map[string]string // by option, what stands for the field and so on in the template
}

// overFields runs the template for every field that matches.
func (f *each) overFields(in plan.Node, fields []*ast.Name) plan.Node {
	f.p.checkNames(in, fields)
	names, exact := plan.Columns(in)
	wild := slices.ContainsFunc(fields, func(n *ast.Name) bool { return strings.Contains(n.Text, "*") })
	if !exact && wild {
		rows, ok := f.p.answerOf(f.at, in)
		if !ok {
			return f.p.later(in, "foreach "+f.body.String())
		}
		names = namesOf(rows)
	}
	var done []string
	out := in
	for _, field := range fields {
		of := names
		if !exact && !strings.Contains(field.Text, "*") {
			of = []string{field.Text}
		}
		for _, name := range of {
			stars, ok := plan.MatchName(field.Text, name)
			if !ok || f.p.diags.Failed() || slices.Contains(done, name) || strings.HasPrefix(name, "_") && !strings.HasPrefix(field.Text, "_") {
				continue
			}
			done = append(done, name)
			replace := []string{f.words["fieldstr"], name, f.words["matchstr"], strings.Join(stars, ""), f.words["iterstr"], strconv.Itoa(len(done) - 1)}
			for i, star := range stars {
				replace = append(replace, f.words[fmt.Sprintf("matchseg%d", i+1)], star)
			}
			out = f.run(out, strings.NewReplacer(replace...))
		}
	}
	return out
}

// namesOf is the columns in which one of the rows has a value, in their order.
func namesOf(rows []*column.Batch) []string {
	var out []string
	for _, b := range rows {
		for i, name := range b.Schema.Names {
			for r := 0; r < b.Rows && !slices.Contains(out, name); r++ {
				if !b.Cols[i].IsNull(r) {
					out = append(out, name)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// later stands for what cannot be planned before the rows of in are known.
func (p *planner) later(in plan.Node, what string) plan.Node {
	p.pending = true
	return &plan.Pending{In: in, What: what}
}

// run lowers the template over the rows of in.
func (f *each) run(in plan.Node, words *strings.Replacer) plan.Node {
	var b source.Builder
	b.Insert("| "+words.Replace(f.body.String()), f.body)
	tree, errs := grammar.ParseSPL(b.Text("foreach"))
	f.p.diags = append(f.p.diags, errs...)
	if errs.Failed() || tree == nil {
		return in
	}
	return f.p.pipelineOver(tree, in)
}

// item is the column by which the template reads one of the values.
const item = "<<ITEM>>"

// overValues runs the template once for each of the values, as many as any row has.
func (f *each) overValues(in plan.Node, fields []*ast.Name, mode string) plan.Node {
	if len(fields) != 1 {
		f.p.errorf(f.at, "one-field", "foreach goes over the values of one field")
		return in
	}
	f.p.checkNames(in, fields)
	var values plan.Expr = &plan.Field{Name: fields[0].Text, Span: fields[0].Span}
	call := func(name string, args ...plan.Expr) plan.Expr { return plan.NewCall(function.SPL, name, f.at, args...) }
	switch mode {
	case "json_array":
		values = call("json_array_to_mv", values)
	case "auto_collections":
		values = call("coalesce", call("json_array_to_mv", values), values)
	}
	const count = "<<COUNT>>"
	rows, ok := f.p.answerOf(f.at, &plan.Project{In: extend(in, plan.Assign{Name: count, Expr: call("mvcount", values)}), Mode: plan.Table, Patterns: []string{count}})
	if !ok {
		return f.p.later(in, "foreach "+f.body.String())
	}
	most := 0
	for _, b := range rows {
		for r := range b.Rows {
			if n, ok := b.Col(count).Value(r).Number(); ok {
				most = max(most, int(n))
			}
		}
	}
	const list = "<<LIST>>" // the values as they were at the beginning
	out := extend(in, plan.Assign{Name: list, Expr: values})
	for i := range most {
		words := strings.NewReplacer(`"`+f.words["itemstr"]+`"`, "'"+item+"'", "'"+f.words["itemstr"]+"'", "'"+item+"'", f.words["itemstr"], "'"+item+"'",
			f.words["fieldstr"], fields[0].Text, f.words["iterstr"], strconv.Itoa(i))
		at := &plan.Const{V: column.Integer(int64(i)), Span: f.at}
		before := plan.Node(&plan.Extend{In: out, Assigns: []plan.Assign{{Name: item, Expr: call("mvindex", &plan.Field{Name: list}, at)}}})
		e, ok := f.run(before, words).(*plan.Extend)
		if !ok {
			if !f.p.diags.Failed() {
				f.p.errorf(f.body, "eval-only", "over values foreach runs one eval")
			}
			return in
		}
		set := &plan.Extend{In: e.In, Assigns: slices.Clone(e.Assigns)}
		for k, a := range set.Assigns {
			if a.Name != item {
				set.Assigns[k].Expr = call("if", call("isnotnull", &plan.Field{Name: item}), a.Expr, &plan.Field{Name: a.Name})
			}
		}
		out = set
	}
	return &plan.Project{In: out, Mode: plan.Drop, Patterns: []string{item, list}}
}
