package spl

import (
	"slices"

	"errors"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var makeresults = Command{
	Name:   "makeresults",
	Syntax: `| makeresults [count=<count>] [annotate=<bool>] [format=csv|json data="<text>"]`,
	Doc: "Make rows out of nothing: one, or as many as count says, with the time of the search in _time. annotate=true adds _raw, host, source and sourcetype without values. " +
		`With format and data the rows are those that the text holds: csv has the names in its first line; json is an array of objects, and its rows have _raw, each object as it was written, and _time too.`,
	Notes: "There is no server, so splunk_server is not among the fields. Columns of JSON come in the order in which they are met.",
	Options: slices.Concat([]Option{
		{Name: "count", Value: "<count>", Default: "1", Doc: "How many rows to make."},
		{Name: "annotate", Value: "<bool>", Default: "false", Doc: "Add _raw, host, source and sourcetype, without values."},
		{Name: "format", Value: "csv|json", Doc: "The form of data."},
		{Name: "data", Value: "<text>", Doc: "The rows, as text."},
	}, idle("splunk_server", "splunk_server_group")),
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		format, data := strings.ToLower(a.text("format", "")), a.option("data")
		n, annotate := a.count("count", 1), a.flag("annotate", false)
		a.done()
		now := &column.Const{V: column.Nanos(p.Env.Now), N: n}
		switch {
		case data != nil:
			text, _ := literal(data)
			rows, err := p.rowsOf(format, text)
			if err != nil {
				p.errorf(data.At(), "bad-data", "the data is no %s: %s", strings.ToUpper(format), err)
			}
			return rows
		case format != "":
			p.errorf(commandSpan(c), "missing-data", "makeresults needs data for its format").WithHint(`for example | makeresults format=csv data="name,age` + "\n" + `Ann,30"`)
			return nil
		case annotate:
			empty := column.Nulls(n)
			return &plan.Rows{Names: []string{"_raw", "_time", "host", "source", "sourcetype"}, Cols: []column.Vector{empty, now, empty, empty, empty}, N: n}
		}
		return &plan.Rows{Names: []string{"_time"}, Cols: []column.Vector{now}, N: n}
	},
}

// rowsOf is the rows that a text holds; nil if it holds none.
func (p *planner) rowsOf(format, data string) (plan.Node, error) {
	t := &writtenRows{}
	var err error
	switch format {
	case "csv":
		err = t.csv(data)
	case "json":
		err = t.json(data, column.Nanos(p.Env.Now))
	default:
		err = errors.New("the formats are csv and json")
	}
	if err != nil {
		return nil, err
	}
	return t.rows(), nil
}
