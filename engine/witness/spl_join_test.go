package witness

import (
	"fmt"
	"slices"
	"strings"

	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// outputs is the names that an OUTPUT clause makes.
func outputs(c *ast.Command) (names []string, clause bool) {
	for _, a := range c.Args {
		n, ok := a.(*ast.Clause)
		if !ok || !strings.HasPrefix(n.Keyword, "output") {
			continue
		}
		clause = true
		for _, o := range n.Args {
			switch o := o.(type) {
			case *ast.Name:
				names = append(names, o.Text)
			case *ast.Alias:
				names = append(names, o.As.Text)
			}
		}
	}
	return names, clause
}

func (t *trail) walkLookup(c *ast.Command) {
	const why = "what a lookup holds"
	names, clause := outputs(c)
	for _, n := range names {
		t.names[n] = vague(why)
	}
	if !clause {
		t.unknownFields(why)
	}
}

// unknownFields makes fields of which nothing was said yet unknown.
func (t *trail) unknownFields(why string) {
	before := t.other
	t.other = func(name string) *term {
		if name != "_raw" && !slices.Contains(t.known(t.met), name) {
			return vague(why)
		}
		return before(name)
	}
}

func (t *trail) walkPlace(c *ast.Command) {
	prefix := ""
	for _, a := range c.Args {
		if o, ok := a.(*ast.Option); ok && o.Name == "prefix" {
			prefix = strings.Trim(o.Value.String(), `"`)
		}
	}
	for _, n := range []string{"City", "Country", "Region", "lat", "lon"} {
		t.names[prefix+n] = vague("where an address is")
	}
}

// walkForeach runs the template once for each field that is known; a search is walked twice, so that these are all.
func (t *trail) walkForeach(c *ast.Command) {
	var patterns []string
	var template *ast.Template
	for _, a := range c.Args {
		switch n := a.(type) {
		case *ast.Name:
			patterns = append(patterns, n.Text)
		case *ast.Template:
			template = n
		default:
			t.stop("a foreach of another form")
			return
		}
	}
	names := t.known(t.before)
	for _, pattern := range patterns {
		for _, name := range names {
			star, ok := starOf(pattern, name)
			if !ok && name != pattern {
				continue
			}
			text := strings.NewReplacer("<<FIELD>>", name, "<<MATCHSTR>>", star).Replace(template.Text)
			p, errs := grammar.ParseSPL(source.New("template", "| makeresults | "+strings.TrimPrefix(strings.TrimSpace(text), "|")))
			if errs.Failed() {
				t.stop("a foreach of another form")
				return
			}
			for _, inner := range p.Commands[1:] {
				if inner.Name != "eval" {
					t.stop("a foreach of another form")
					return
				}
				t.walkEval(inner)
			}
		}
	}
}

// walkJoin lets the records of another search have the same keys.
func (t *trail) walkJoin(c *ast.Command) {
	var keys []string
	var sub *ast.Subsearch
	kind := "inner"
	for _, a := range c.Args {
		switch n := a.(type) {
		case *ast.Option:
			if n.Name == "type" {
				kind = n.Value.String()
			}
		case *ast.Name:
			keys = append(keys, n.Text)
		case *ast.Subsearch:
			sub = n
		}
	}
	if sub == nil || len(keys) == 0 {
		t.stop("a join of another form")
		return
	}
	if len(sub.Pipeline.Commands) > 0 && sub.Pipeline.Commands[0].Name == "inputlookup" {
		t.stop("what a lookup holds")
		return
	}
	if kind != "inner" {
		t.unknownFields("what a search that is joined finds")
		return
	}
	other := t.follow(sub.Pipeline, &role{name: t.role.name + fmt.Sprint(len(t.roles)) + "|"})
	for _, k := range keys {
		mine, theirs := t.field(k), other.field(k)
		if k == "_time" || mine == nil || theirs == nil {
			continue
		}
		t.present(k)
		if len(theirs.reads) == 1 && len(theirs.from) == 1 && theirs.whole == nil && strings.HasPrefix(theirs.from[0], other.role.name) {
			t.alias[theirs.from[0]] = mine
		} else {
			t.wish(sameValue(k, mine, theirs))
		}
	}
	for n, f := range other.names {
		if !slices.Contains(keys, n) {
			t.names[n] = f
		}
	}
}

func sameValue(key string, x, y *term) *wish {
	return &wish{predicate: &predicate{text: key + " is the same in both", terms: []*term{x, y}, truth: func(f facts) truth {
		a, b := x.value(f), y.value(f)
		return truthOf(len(a) > 0 && len(b) > 0 && a[0] == b[0])
	}}}
}
