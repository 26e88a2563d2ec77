package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/function"
)

// function writes the page of a function or operator of eval, if the word is one.
func (p *sheet) function(word string) bool {
	f := function.Lookup(function.SPL, word)
	if f == nil {
		return false
	}
	p.heading("FUNCTION of eval and where: " + f.Family)
	p.entry(f.Syntax, f.Doc)
	given := givenTo(f.Example)
	p.heading("EXAMPLE")
	p.paragraph("  ", "  ", f.Example+" is "+f.Want+told(given)+".")
	fmt.Fprintf(p, "\n%s\n", indented(functionLine(f.Example, given)))
	p.seeAlso([]string{"spoor help functions " + f.Family})
	return true
}

// aggregate writes the page of an aggregate, if the word is one; perc95 is perc.
func (p *sheet) aggregate(word string) bool {
	f, _, ok := aggregate.Lookup(word)
	for _, a := range aggregate.All() {
		if !ok && goesBy(word, a.Name, a.Aliases) {
			f, ok = a, true
		}
	}
	if !ok {
		return false
	}
	p.heading("AGGREGATE of stats and its kin")
	p.entry(f.Syntax, f.Doc)
	if len(f.Aliases) > 0 {
		p.paragraph("  ", "  ", "It goes by "+strings.Join(f.Aliases, " and ")+", too.")
	}
	p.heading("EXAMPLE")
	p.paragraph("  ", "  ", f.Example+" is "+f.Want+", of these rows.")
	fmt.Fprintf(p, "\n%s\n", indented(aggregateLine(f)))
	p.seeAlso([]string{"spoor help aggregates", "spoor help stats"})
	return true
}

// eqlFunction writes the page of a function of EQL, if the word is one.
func (p *sheet) eqlFunction(word string) bool {
	f := function.Lookup(function.EQL, word)
	if f == nil || !f.Callable() {
		return false
	}
	p.heading("FUNCTION of EQL")
	p.entry(f.Syntax, f.Doc)
	p.heading("EXAMPLE")
	given := givenTo(f.Example)
	p.paragraph("  ", "  ", f.Example+" is "+f.Want+told(given)+".")
	log, query := eqlRun(f, given)
	fmt.Fprintf(p, "\n%s\n", indented("echo "+quoted(log)+" | spoor eql "+quoted(query)+" --category-field kind"))
	p.seeAlso([]string{"spoor help eql"})
	return true
}

// eqlRun is an event and a query that finds it, because the example has the value that it should.
func eqlRun(f *function.Func, fields []given) (log, query string) {
	members := []string{`"@timestamp": "2024-05-01T12:00:00Z"`, `"kind": "event"`}
	for _, g := range fields {
		var items []string
		for _, v := range g.value.Items() {
			if v.Kind() == column.String {
				items = append(items, fmt.Sprintf("%q", v.String()))
			} else {
				items = append(items, v.String())
			}
		}
		value := strings.Join(items, ", ")
		if len(items) > 1 {
			value = "[" + value + "]"
		}
		members = append(members, fmt.Sprintf("%q: %s", g.name, value))
	}
	condition := f.Example + " == "
	_, err := strconv.ParseFloat(f.Want, 64)
	switch {
	case f.Want == "True":
		condition = f.Example
	case f.Want == "False":
		condition = "not " + f.Example
	case f.Want == "null", err == nil && f.Name != "string":
		condition += f.Want
	default:
		condition += fmt.Sprintf("%q", f.Want)
	}
	return "{" + strings.Join(members, ", ") + "}", "any where " + condition
}

func (p *sheet) entry(syntax, doc string) {
	p.paragraph("  ", "      ", syntax)
	p.WriteByte('\n')
	p.paragraph("  ", "  ", doc)
}

// given is a field that an example reads.
type given struct {
	name  string
	value column.Value
}

// givenTo is the fields that an example reads, out of those that all examples share.
func givenTo(example string) []given {
	bare := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(example, `""`)
	if strings.HasPrefix(example, "searchmatch(") { // its text is a search
		bare = example
	}
	var out []given
	r := function.ExampleRow()
	for i, name := range r.Schema.Names {
		if regexp.MustCompile(`\b` + name + `\b`).MatchString(bare) {
			out = append(out, given{name, r.Cols[i].Value(0)})
		}
	}
	return out
}

// told says what the fields hold.
func told(list []given) string {
	var parts []string
	for _, g := range list {
		values := g.value.Items()
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = v.String()
		}
		if len(texts) > 1 {
			parts = append(parts, g.name+" has the values "+strings.Join(texts, ", "))
		} else {
			parts = append(parts, g.name+" is "+texts[0])
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " where " + strings.Join(parts, " and ")
}

// functionLine is a command line that computes an example, as the field result.
func functionLine(example string, fields []given) string {
	var sets []string
	for _, g := range fields {
		sets = append(sets, g.name+"="+written(g.value))
	}
	sets = append(sets, "result="+example)
	line := "spoor search " + quoted("| makeresults | eval "+strings.Join(sets, ", ")+" | table result")
	if strings.Contains(example, ".csv") {
		line += " --lookups examples/lookups"
	}
	return line
}

// written is a value as an expression.
func written(v column.Value) string {
	if items := v.Items(); len(items) > 1 {
		texts := make([]string, len(items))
		for i, item := range items {
			texts[i] = item.String()
		}
		return `split("` + strings.Join(texts, ",") + `", ",")`
	}
	if _, ok := v.Number(); ok && v.Kind() != column.String {
		return v.String()
	}
	return `"` + v.String() + `"`
}

// aggregateLine is a command line that computes the example of an aggregate.
func aggregateLine(f *aggregate.Func) string {
	rows := aggregate.ExampleRows()
	names, timed := []string{"n", "name"}, f.Timed || f.PerSpan || f.Series
	if timed {
		names = append(names, "_time")
	}
	lines := []string{strings.Join(names, ",")}
	for r := range rows.Rows {
		var cells []string
		for _, name := range names {
			v := rows.Col(name).Value(r)
			if name == "_time" {
				ns, _ := v.Instant()
				v = column.Integer(ns / 1e9)
			}
			text := v.String()
			if v.IsNull() {
				text = ""
			}
			cells = append(cells, text)
		}
		lines = append(lines, strings.Join(cells, ","))
	}
	command := "stats " + f.Example + " as result"
	if f.PerSpan {
		command = "timechart span=1m " + f.Example + " as result"
	}
	return "spoor search " + quoted(`| makeresults format=csv data="`+strings.Join(lines, "\n")+`"`+"\n| "+command)
}

// quoted is a word as a shell reads it.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// functionEntry writes the page of a function or an aggregate, or lists a family of functions.
func (p *sheet) functionEntry(name string) bool {
	function, aggregate := p.function(name), p.aggregate(name)
	return function || aggregate || p.functions(name)
}

// functions lists the functions and operators of eval by their families, or those of one family.
func (p *sheet) functions(family string) bool {
	families := map[string][]row{}
	var order []string
	for _, f := range function.All(function.SPL) {
		if family != "" && !strings.EqualFold(family, f.Family) {
			continue
		}
		if !slices.Contains(order, f.Family) {
			order = append(order, f.Family)
		}
		families[f.Family] = append(families[f.Family], row{f.Syntax, sentence(f.Doc)})
	}
	for _, name := range order {
		p.heading(strings.ToUpper(name))
		p.rows(families[name])
	}
	return len(order) > 0
}

// aggregates lists the aggregates.
func (p *sheet) aggregates() {
	p.heading("AGGREGATES of stats, eventstats, streamstats, chart, timechart and tstats")
	var rows []row
	for _, a := range aggregate.All() {
		rows = append(rows, row{a.Syntax, sentence(a.Doc)})
	}
	p.rows(rows)
}
