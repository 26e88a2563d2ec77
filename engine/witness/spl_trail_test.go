package witness

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"spoor/datamodels"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// journey is what the way of records through a search asks of them.
type journey struct {
	models  *datamodels.Library
	pick    map[string]int              // by role: which of the kinds of records that feed its dataset are made
	kinds   map[string]*datamodels.Kind // by role: that kind; nil for any that a raw search reads
	roles   []*role
	wishes  []*wish          // conditions of the search
	needs   []*wish          // fields that must be there, because rows without them are dropped
	idle    []*wish          // conditions without which there is a row too, for instance one with the count 0
	alias   map[string]*term // raw fields that are the same as others, because of a join
	counts  map[string]*term // by the name of its number: the field of which different values are counted
	met     map[string]bool  // raw fields
	before  map[string]bool  // those that were met when the search was followed before
	stopped string           // why the search cannot be followed; empty if it can
}

// role is one set of records: of the search itself, or of one joined to it.
type role struct {
	name    string // stands before the names of its raw fields
	dataset *datamodels.Dataset
}

// trail is the rows somewhere in a search: how their fields came to be.
type trail struct {
	*journey
	role    *role
	names   map[string]*term
	renames []renaming
	other   func(name string) *term // fields that no command has made
}

// renaming is a rename with wildcards.
type renaming struct{ from, to string }

// field is a field of the rows; nil is returned for _raw alone, if it is gone.
func (t *trail) field(name string) *term {
	if f, ok := t.names[name]; ok {
		return f
	}
	for i := len(t.renames) - 1; i >= 0; i-- {
		if star, ok := starOf(t.renames[i].to, name); ok {
			earlier := *t
			earlier.renames = t.renames[:i]
			return earlier.field(strings.Replace(t.renames[i].from, "*", star, 1))
		}
	}
	return t.other(name)
}

// starOf is what stands for the star of a pattern in a name.
func starOf(pattern, name string) (string, bool) {
	before, after, ok := strings.Cut(pattern, "*")
	if !ok || len(name) < len(before)+len(after) || !strings.HasPrefix(name, before) || !strings.HasSuffix(name, after) {
		return "", false
	}
	return name[len(before) : len(name)-len(after)], true
}

// gone is the fields of rows that have no others than those that commands made.
func gone(why string) func(string) *term {
	return func(name string) *term {
		switch {
		case name == "_raw":
			return nil
		case why != "":
			return vague(why)
		}
		return nothing()
	}
}

// raw is a raw field of the role's records.
func (t *trail) raw(name string) *term {
	name = t.role.name + name
	if same := t.alias[name]; same != nil {
		return same
	}
	t.met[name] = true
	return raw(name)
}

// rawField is a field of a raw search.
func (t *trail) rawField(name string) *term {
	switch name {
	case "_raw":
		return t.raw(words)
	case "_time":
		return moment()
	}
	return t.raw(name)
}

// places is the fields that tell where a record is from.
var places = []string{"host", "source", "sourcetype"}

// moment is the time of all records.
func moment() *term { return constantTerm(fmt.Sprint(start.Unix())) }

// follow walks through a pipeline.
func (j *journey) follow(p *ast.Pipeline, r *role) *trail {
	t := &trail{journey: j, role: r, names: map[string]*term{}}
	j.roles = append(j.roles, r)
	t.other = t.rawField
	for _, c := range p.Commands {
		if j.stopped != "" {
			return t
		}
		walk, ok := walks[c.Name]
		if !ok {
			t.stop("the command " + c.Name)
			return t
		}
		walk(t, c)
	}
	return t
}

func (t *trail) stop(why string) {
	if t.stopped == "" {
		t.stopped = why
	}
}

func (t *trail) wish(w *wish) { t.wishes = append(t.wishes, w) }

// present says that a field must be there.
func (t *trail) present(name string) {
	if slices.Contains(places, name) && t.role.dataset != nil {
		return
	}
	if f := t.field(name); f != nil {
		t.needs = append(t.needs, asks(name+"=*", f, nil, func(string) bool { return true }))
	}
}

// expression is an expression of a mapping.
func (t *trail) expression(at source.Span, field func(string) *term) *term {
	inner := &trail{journey: t.journey, role: t.role, names: map[string]*term{}, other: field}
	return inner.termOf(parsed(at))
}

var expressionsAt = map[source.Span]ast.Node{}

// parsed is the tree of an expression of a data model or of a mapping.
func parsed(at source.Span) ast.Node {
	if expressionsAt[at] == nil {
		n, errs := grammar.ParseEvalSpan(at)
		if errs.Failed() {
			panic(errs)
		}
		expressionsAt[at] = n
	}
	return expressionsAt[at]
}

// dataset makes the rows those of a dataset: fields are found by its mapping of the role's kind.
func (t *trail) dataset(name string, prefixed bool) {
	d, errs := t.models.Lookup(name)
	if errs != nil {
		t.stop("a data model that is not there")
		return
	}
	t.role.dataset = d
	kind := feeding(t.models, d)[t.pick[t.role.name]]
	t.kinds[t.role.name] = kind
	assigns, _ := kind.Mapping(d)
	extracted := map[string]*term{}
	rawOf := func(name string) *term {
		if v, ok := kind.Const[name]; ok {
			return constantTerm(v)
		}
		if kind.Field(name) == nil && !kind.Open {
			return nothing()
		}
		switch {
		case !strings.HasPrefix(kind.Name, "sysmon/"):
			return t.raw(name)
		case name == "Computer":
			return filled(t.raw(name), "host-1")
		}
		return filled(t.raw(name), "-")
	}
	for _, a := range assigns {
		extracted[a.Field] = t.expression(a.Expr, rawOf)
	}
	of := func(name string) *term {
		if x := extracted[name]; x != nil {
			return x
		}
		if kind.AsIs(d) {
			return rawOf(name)
		}
		return nothing()
	}
	mapped := func(d *datamodels.Dataset, name string) *term {
		f := d.Field(name)
		if f == nil || f.Default.IsZero() {
			return of(name)
		}
		return t.expression(f.Default, of)
	}
	t.other = func(name string) *term {
		if name == "_time" {
			return moment()
		}
		if slices.Contains(places, name) {
			return vague("where the record was read")
		}
		for _, d := range d.Root().Descendants() {
			if own, ok := strings.CutPrefix(name, d.Path()+"."); ok && !strings.Contains(own, ".") {
				return mapped(d, own)
			}
		}
		if !prefixed {
			return mapped(d, name)
		}
		if name == "nodename" {
			return constantTerm(d.Path())
		}
		return nothing()
	}
	for _, at := range d.Conditions() {
		inner := &trail{journey: t.journey, role: t.role, names: map[string]*term{}, other: func(name string) *term { return mapped(d, name) }}
		t.wish(inner.whether(parsed(at)))
	}
}

// close leaves no fields but these.
func (t *trail) close(names map[string]*term, why string) {
	t.names, t.renames, t.other = names, nil, gone(why)
}

// known is the names of the fields that commands have made and of the raw fields that were met, in order.
func (t *trail) known(met map[string]bool) []string {
	names := slices.Collect(maps.Keys(t.names))
	for name := range met {
		if own, ok := strings.CutPrefix(name, t.role.name); ok {
			names = append(names, own)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
