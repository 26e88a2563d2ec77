package witness

import (
	"regexp"
	"strings"

	"spoor/grammar/ast"
)

// walks is what each command does with the rows.
var walks map[string]func(t *trail, c *ast.Command)

func init() {
	same := func(*trail, *ast.Command) {}
	walks = map[string]func(*trail, *ast.Command){
		"search": (*trail).walkSearch, "where": (*trail).walkWhere, "regex": (*trail).walkRegex,
		"tstats": (*trail).walkTstats, "stats": (*trail).walkStats, "eventstats": (*trail).walkStats, "streamstats": (*trail).walkStats,
		"eval": (*trail).walkEval, "rename": (*trail).walkRename, "rex": (*trail).walkRex, "fillnull": (*trail).walkFillnull,
		"fields": (*trail).walkFields, "table": (*trail).walkFields, "dedup": (*trail).walkDedup, "join": (*trail).walkJoin,
		"lookup": (*trail).walkLookup, "bin": (*trail).walkBin, "bucket": (*trail).walkBin, "convert": (*trail).walkConvert,
		"iplocation": (*trail).walkPlace, "spath": (*trail).walkSpath, "foreach": (*trail).walkForeach, "from": (*trail).walkFrom,
		"sort": same, "head": same, "tail": same, "reverse": same, "mvexpand": same, "fieldformat": same,
		"xmlkv": func(t *trail, _ *ast.Command) { t.unknownFields("what a field holds inside") },
	}
}

func (t *trail) walkSearch(c *ast.Command) {
	for _, a := range c.Args {
		t.wish(t.wishOf(a))
	}
}

func (t *trail) walkWhere(c *ast.Command) {
	for _, a := range c.Args {
		t.wish(t.whether(a))
	}
}

func (t *trail) walkRegex(c *ast.Command) {
	for _, a := range c.Args {
		n, ok := a.(*ast.Compare)
		if !ok {
			t.stop("the command regex on whole records")
			return
		}
		re := pcre(n.Value.Text)
		w := asks(n.String(), t.field(n.Field.Text), matching(n.Value.Text), re.MatchString)
		if n.Op == "!=" {
			w = not(w)
		}
		t.wish(w)
	}
}

func (t *trail) walkFrom(c *ast.Command) {
	name := regexp.MustCompile(`(?i)datamodel[ :=]+"?([\w.]+)`).FindStringSubmatch(c.String())
	if name == nil {
		t.stop("the command from")
		return
	}
	t.dataset(name[1], false)
}

func (t *trail) walkEval(c *ast.Command) {
	for _, a := range c.Args {
		n, ok := a.(*ast.Assign)
		if !ok || strings.Contains(n.Target.Text, "{") {
			t.stop("an eval of another form")
			return
		}
		t.names[n.Target.Text] = t.termOf(n.Value)
	}
}

func (t *trail) walkRename(c *ast.Command) {
	made := map[string]*term{}
	for _, a := range c.Args {
		n, ok := a.(*ast.Alias)
		if !ok {
			continue
		}
		from, to := n.What.(*ast.Name).Text, n.As.Text
		if strings.Contains(from, "*") {
			for name, f := range t.names {
				if star, ok := starOf(from, name); ok {
					delete(t.names, name)
					made[strings.Replace(to, "*", star, 1)] = f
				}
			}
			t.renames = append(t.renames, renaming{from, to})
			continue
		}
		made[to] = t.field(from)
		t.names[from] = nothing()
	}
	for n, f := range made {
		t.names[n] = f
	}
}

func (t *trail) walkFillnull(c *ast.Command) {
	with := "0"
	var names []string
	for _, a := range c.Args {
		switch n := a.(type) {
		case *ast.Option:
			with = strings.Trim(n.Value.String(), `"`)
		case *ast.Name:
			names = append(names, n.Text)
		}
	}
	for _, n := range names {
		t.names[n] = filled(t.field(n), with)
	}
}

func (t *trail) walkFields(c *ast.Command) {
	kept, less := map[string]*term{}, false
	for _, a := range c.Args {
		switch n := a.(type) {
		case *ast.Sign:
			less = n.Minus
		case *ast.Name:
			switch {
			case strings.Contains(n.Text, "*"):
				return
			case less:
				t.names[n.Text] = nothing()
			default:
				kept[n.Text] = t.field(n.Text)
			}
		}
	}
	if !less && len(kept) > 0 {
		t.close(kept, "")
	}
}

func (t *trail) walkDedup(c *ast.Command) {
	for _, a := range c.Args {
		if n, ok := a.(*ast.Name); ok {
			t.present(n.Text)
		}
	}
}

func (t *trail) walkBin(c *ast.Command) {
	for _, a := range c.Args {
		if n, ok := a.(*ast.Name); ok && n.Text != "_time" {
			t.names[n.Text] = vague("ranges of numbers")
		}
	}
}

func (t *trail) walkConvert(c *ast.Command) {
	for _, a := range c.Args {
		n, ok := a.(*ast.Call)
		if ok && len(n.Args) == 1 && !strings.Contains(n.Args[0].String(), "*") {
			t.names[n.Args[0].String()] = vague("times")
		}
	}
}

func (t *trail) walkSpath(c *ast.Command) {
	input, output, path := "", "", ""
	for _, a := range c.Args {
		switch n := a.(type) {
		case *ast.Option:
			value := strings.Trim(n.Value.String(), `"`)
			switch n.Name {
			case "input":
				input = value
			case "output":
				output = value
			case "path":
				path = value
			}
		case *ast.Name:
			path = n.Text
		case *ast.String:
			path = n.Text
		}
	}
	switch {
	case input != "" && input != "_raw" && output == "":
		t.unknownFields("what a field holds inside")
	case input != "" && input != "_raw":
		t.names[output] = vague("what a field holds inside")
	case output != "":
		t.names[output] = t.field(path)
	}
}
