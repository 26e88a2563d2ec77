package spl

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var mapCommand = Command{
	Name:   "map",
	Syntax: `map (search="<search>" | [<search>]) [maxsearches=<count>]`,
	Doc:    "Run a search for every row and give the rows of all of them. In its text $field$ stands for the row's value of the field.",
	Notes:  "There is no limit on the searches unless maxsearches sets one or --splunk-limits is given. Every one of them reads the inputs: a join or a search in brackets reads them once. Outside of quotes a value that is no plain word is put in quotes. A row that lacks one of the fields is passed over, with a warning.",
	Options: []Option{
		{Name: "search", Value: "<text>", Doc: "The search to run, in quotes."},
		{Name: "maxsearches", Value: "<count>", Default: "0", Doc: "Run only so many searches; 0 runs all. It is said if there were more rows."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		most := -1
		if v := a.option("maxsearches"); v != nil {
			most = a.amount(v)
		}
		text := ""
		var at source.Span
		if v := a.option("search"); v != nil {
			text, _ = literal(v)
			at = v.At()
		}
		for _, s := range take(a, every[*ast.Subsearch]) {
			text, at = strings.TrimSpace(s.Span.Sub(1, len(s.Span.String())-1).String()), s.Span
			if !strings.HasPrefix(text, "|") {
				text = "| " + text
			}
		}
		a.done()
		if text == "" {
			p.errorf(commandSpan(c), "missing-search", "map needs a search").WithHint(`for example map search="search User=$user$"`)
			return in
		}
		if most > 0 {
			in = &plan.Cap{In: in, Rows: most, Limit: plan.Bound{Span: commandSpan(c), Name: "limit-map", Of: "map", Cure: "a larger maxsearches= runs more searches, 0 all"}}
		} else if most < 0 {
			in = p.capped(in, "limit-map", commandSpan(c))
		}
		rows, ok := p.answerOf(at, in)
		if !ok {
			p.reads = p.reads || p.mayRead(text)
			return p.later(in, "map "+text)
		}
		return p.mapped(text, at, rows)
	},
}

// mayRead says whether the search that a text becomes may read events.
func (p *planner) mayRead(text string) bool {
	tree, errs := p.Parse(source.New("map", fieldOfRow.ReplaceAllString(text, "1")))
	if errs.Failed() || tree == nil || len(tree.Commands) == 0 || strings.Contains(text, "[") {
		return true
	}
	switch tree.Commands[0].Name {
	case "makeresults", "gentimes", "inputlookup", "inputcsv":
		return false
	}
	return true
}

// mapped is the searches that a text becomes for every row, one after another.
func (p *planner) mapped(text string, at source.Span, rows []*column.Batch) plan.Node {
	n := &plan.Union{}
	lacking := map[string]int{} // rows without a value, by field
	for _, b := range rows {
		for r := range b.Rows {
			one, missing := filled(text, b, r)
			if missing != "" {
				lacking[missing]++
				continue
			}
			var built source.Builder
			built.Insert(one, at)
			tree, errs := p.Parse(built.Text("map"))
			p.diags = append(p.diags, errs...)
			if errs.Failed() || tree == nil {
				return nil
			}
			if sub := p.branch(&ast.Subsearch{Pos: ast.Pos{Span: at}, Pipeline: tree}); sub != nil {
				n.Ins = append(n.Ins, sub)
			}
		}
	}
	for _, field := range slices.Sorted(maps.Keys(lacking)) {
		if p.Env.Warn != nil {
			p.Env.Warn(source.Warnf(at, "no-value", "map runs no search for rows without a value of %s: %d", field, lacking[field]).
				WithHint("fillnull %s before map gives them one", field))
		}
	}
	if len(n.Ins) == 0 {
		return &plan.Rows{}
	}
	return n
}

var (
	fieldOfRow = regexp.MustCompile(`\$([^$\s|"]+)\$`)
	plainWord  = regexp.MustCompile(`^[\w.:/@*+-]+$`)
)

// filled is the text with the values of a row; missing is a field of which it has none.
func filled(text string, b *column.Batch, r int) (out, missing string) {
	var s strings.Builder
	last, quoted := 0, false
	for _, m := range fieldOfRow.FindAllStringSubmatchIndex(text, -1) {
		for i := last; i < m[0]; i++ {
			if text[i] == '\\' {
				i++
			} else if text[i] == '"' {
				quoted = !quoted
			}
		}
		v := b.Col(text[m[2]:m[3]]).Value(r)
		if v.IsNull() {
			return "", text[m[2]:m[3]]
		}
		value := v.String()
		switch {
		case quoted:
			value = inQuotes.Replace(value)
		case !plainWord.MatchString(value):
			value = `"` + inQuotes.Replace(value) + `"`
		}
		s.WriteString(text[last:m[0]])
		s.WriteString(value)
		last = m[1]
	}
	s.WriteString(text[last:])
	return s.String(), ""
}

var inQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
