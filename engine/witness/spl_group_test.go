package witness

import (
	"maps"
	"slices"
	"strings"

	"spoor/grammar/ast"
)

func (t *trail) walkTstats(c *ast.Command) {
	fill := ""
	for _, a := range c.Args {
		switch n := a.(type) {
		case *ast.Option:
			if n.Name == "fillnull_value" {
				fill = strings.Trim(n.Value.String(), `"`)
			}
		case *ast.Clause:
			if n.Keyword != "from" {
				continue
			}
			for _, o := range n.Args {
				if o, ok := o.(*ast.Option); ok && o.Name == "datamodel" {
					t.dataset(strings.Trim(o.Value.String(), `"`), true)
				}
			}
		}
	}
	if t.role.dataset == nil || t.stopped != "" {
		t.stop("tstats without a data model")
		return
	}
	for _, a := range c.Args {
		if n, ok := a.(*ast.Clause); ok && n.Keyword == "where" {
			for _, w := range n.Args {
				t.wish(t.wishOf(w))
			}
		}
	}
	t.group(c, fill, true)
}

func (t *trail) walkStats(c *ast.Command) { t.group(c, "", c.Name == "stats") }

// group makes the fields of stats and its like.
func (t *trail) group(c *ast.Command, fill string, closes bool) {
	names, by, why := map[string]*term{}, map[string]bool{}, ""
	keys := groupKeys(c)
	for _, k := range keys {
		f := t.field(k)
		if fill != "" && k != "_time" {
			f = filled(f, fill)
		} else {
			t.present(k)
		}
		names[k] = f
		by[mainly(f)] = true
	}
	for _, a := range c.Args {
		what, as := a, ""
		if n, ok := a.(*ast.Alias); ok {
			what, as = n.What, n.As.Text
		}
		n, ok := what.(*ast.Call)
		if !ok {
			continue
		}
		if as == "" {
			as = n.String()
		}
		if strings.Contains(as, "*") {
			why = "fields named by a pattern"
		}
		names[as] = t.aggregate(c.Name, n, by)
	}
	if !closes {
		maps.Copy(t.names, names)
		return
	}
	if len(keys) == 0 {
		t.idle, t.wishes = append(t.idle, t.wishes...), nil
	}
	t.close(names, why)
}

// mainly is the raw field from which a term mostly comes.
func mainly(t *term) string {
	for _, r := range append(slices.Clone(t.from), t.reads...) {
		return r
	}
	return ""
}

// groupKeys is the fields of by.
func groupKeys(c *ast.Command) (keys []string) {
	for _, a := range c.Args {
		if n, ok := a.(*ast.Clause); ok && (n.Keyword == "by" || n.Keyword == "groupby") {
			for _, k := range n.Args {
				if k, ok := k.(*ast.Name); ok {
					keys = append(keys, k.Text)
				}
			}
		}
	}
	return keys
}

func filled(f *term, with string) *term {
	return over(func(_ facts, a [][]string) []string {
		if len(a[0]) == 0 {
			return []string{with}
		}
		return a[0]
	}, f)
}

// aggregate is a function of the rows of a group, which are all alike.
func (t *trail) aggregate(command string, n *ast.Call, by map[string]bool) *term {
	of, cond := t.aggregated(n)
	if len(n.Args) > 0 && of == nil {
		return vague("an aggregate of another form")
	}
	switch strings.ToLower(n.Name) {
	case "count", "c":
		if command == "streamstats" {
			return vague("numbers of rows so far")
		}
		if cond == nil && of != nil {
			cond = asks("is there", of, nil, func(string) bool { return true })
		}
		if cond == nil {
			return counted()
		}
		return chosen([]choice{{cond, counted()}, {always(yes), constantTerm("0")}})
	case "dc", "distinct_count", "estdc":
		if by[mainly(of)] && len(of.reads) > 0 {
			return constantTerm("1")
		}
		return t.different(of)
	case "values", "list", "min", "max", "first", "last", "earliest", "latest", "mode":
		return of
	case "earliest_time", "latest_time":
		return moment()
	}
	return vague("statistics")
}

// aggregated is what an aggregate is of: a field, or an expression, which may be a condition.
func (t *trail) aggregated(n *ast.Call) (of *term, cond *wish) {
	if len(n.Args) == 0 {
		return nil, nil
	}
	switch a := n.Args[0].(type) {
	case *ast.Name:
		if a.Text == "_raw" {
			return vague("numbers of different records"), nil
		}
		return t.field(a.Text), nil
	case *ast.Field:
		return t.field(a.Text), nil
	case *ast.Call:
		if strings.EqualFold(a.Name, "eval") && len(a.Args) == 1 {
			return t.termOf(a.Args[0]), t.whether(a.Args[0])
		}
	}
	return nil, nil
}

// different is how many values of a term there are in a group.
func (j *journey) different(of *term) *term {
	if len(of.reads) == 0 && of.vague == "" {
		return constantTerm("1")
	}
	if of.vague != "" || len(of.from) == 0 {
		return vague("a number of different values that follow from others")
	}
	name := varied + of.from[0]
	j.counts[name] = of
	return &term{reads: append([]string{name}, of.reads...), from: []string{name}, value: func(f facts) []string {
		switch {
		case len(of.value(f)) == 0:
			return []string{"0"}
		case len(f[name]) == 0:
			return []string{"1"}
		}
		return f[name]
	}}
}
