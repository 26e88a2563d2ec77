package spl

import (
	"strings"

	"spoor/engine/eql"
	"spoor/engine/plan"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var eqlCommand = Command{
	Name:   "eql",
	Syntax: `| eql "<query>" [size=<count>] [category_field=<field>] [timestamp_field=<field>] [tiebreaker_field=<field>] [process_table=<bool>]`,
	Doc:    "Give the events that a query in EQL, Elastic's event query language, finds, under the names of the Elastic Common Schema and the oldest first. Of a sequence or sample each event is a row: _sequence numbers the sequences, _stage the events of each, from 1 on.",
	Notes:  `Splunk has no such command. Quotes within the query are written \", those of its raw strings \"\"\".`,
	Options: []Option{
		{Name: "size", Value: "<count>", Default: "0", Doc: "Give only the last so many events or sequences; 0 gives all."},
		{Name: "category_field", Value: "<field>", Doc: "The field with the category of an event, instead of event.category."},
		{Name: "timestamp_field", Value: "<field>", Doc: "The field with the time of an event, instead of the time that its source gives it."},
		{Name: "tiebreaker_field", Value: "<field>", Doc: "The field that orders events of the same time, instead of event.sequence."},
		{Name: "process_table", Value: "<bool>", Default: "true", Doc: "Fill what an event does not say of its process from the start of that process."},
	},
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		o := eql.Options{
			Models: p.Models, Env: p.Env, Earliest: p.Earliest, Latest: p.Latest, Metadata: []string{"_time", "host", "source", "sourcetype"},
			Expression: func(at source.Span) (plan.Expr, source.Errors) {
				tree, errs := grammar.ParseEvalSpan(at)
				if errs.Failed() {
					return nil, errs
				}
				return LowerExpression(tree, Options{Env: p.Env})
			},
			Size: a.count("size", 0), NoProcessTable: !a.flag("process_table", true),
		}
		for name, to := range map[string]*string{"category_field": &o.Category, "timestamp_field": &o.Timestamp, "tiebreaker_field": &o.Tiebreaker} {
			if v := a.option(name); v != nil {
				*to, _ = literal(v)
			}
		}
		if len(a.left) == 0 {
			p.errorf(commandSpan(c), "missing-query", "eql needs a query").WithHint(`for example | eql "process where process.name == \"curl\""`)
			return nil
		}
		text, ok := a.left[0].(*ast.String)
		if !ok {
			p.errorf(a.left[0].At(), "missing-query", "the query of eql stands in double quotes")
			return nil
		}
		a.left = a.left[1:]
		if len(a.left) > 0 && a.left[0].At().Start == text.At().End {
			p.errorf(a.left[0].At(), "quote", "the query of eql ends before this").WithHint(`a quote within the query is written \"`)
			return nil
		}
		a.done()
		tree, errs := grammar.ParseEQL(unquoted(text))
		p.diags = append(p.diags, errs...)
		if errs.Failed() {
			return nil
		}
		lowered, errs := eql.Lower(tree, o)
		p.diags = append(p.diags, errs...)
		if errs.Failed() {
			return nil
		}
		p.eql = lowered
		return lowered.Plan
	},
}

// unquoted is the text of a string as a text of its own, in which each byte still knows where it stands in the search.
func unquoted(s *ast.String) *source.Text {
	var b source.Builder
	raw, at := s.Span.String(), 1
	for from := 1; at < len(raw)-1; from = at {
		end := strings.IndexByte(raw[at:len(raw)-1], '\\')
		if end < 0 {
			end = len(raw) - 1 - at
		}
		at += end
		escaped := at+1 < len(raw)-1 && strings.IndexByte(`"\|`, raw[at+1]) >= 0
		if !escaped && at < len(raw)-1 {
			at++
		}
		b.Copy(s.Span.Sub(from, at))
		if escaped {
			b.Copy(s.Span.Sub(at+1, at+2))
			at += 2
		}
	}
	return b.Text("query")
}
