package spl

import (
	"regexp"
	"slices"
	"strings"

	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var savedsearch = Command{
	Name:   "savedsearch",
	Syntax: "| savedsearch <name> [<key>=<value>]... [nosubstitution=<bool>]",
	Doc: "Give the rows of a saved search: a stanza of savedsearches.conf or a rule of security_content, in the config folder's rules or in what --rules names. " +
		"In its text the value of a key takes the place of $key$. The rule <name> of security_content may be called ESCU - <name> - Rule, too.",
	Notes: "The time range is that of --earliest and --latest: that which is saved with the search does not count, and nor do its schedule and its actions. A $key$ that gets no value stays as it is, with a warning.",
	Options: []Option{
		{Name: "<key>", Value: "<text>", Doc: "Put the value in the place of $key$."},
		{Name: "nosubstitution", Value: "<bool>", Default: "false", Doc: "Leave the text as it is."},
	},
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		as := a.flag("nosubstitution", false)
		values := map[string]ast.Node{}
		for _, o := range take(a, every[*ast.Option]) {
			values[o.Name] = o.Value
		}
		names := a.names()
		a.done()
		if len(names) != 1 {
			p.errorf(commandSpan(c), "missing-argument", "savedsearch needs the name of one saved search").WithHint("put a name with blanks in double quotes")
			return nil
		}
		if as {
			values = nil
		}
		return p.savedSearch(names[0].Span, names[0].Text, values)
	},
}

// deepestSaved is how many saved searches may stand within each other.
const deepestSaved = 50

// savedSearch is the rows of a saved search in whose text values take the place of keys; nil leaves it as it is.
func (p *planner) savedSearch(at source.Span, name string, values map[string]ast.Node) plan.Node {
	r, unknown := p.rules().Find(at, name)
	if !p.found(unknown) {
		return nil
	}
	if r.Language != rules.SPL {
		p.errorf(at, "other-language", "%q is no search of SPL: it is in %s", r.Name, r.Language)
		return nil
	}
	if slices.Contains(p.saved, r) || len(p.saved) >= deepestSaved {
		var chain []string
		for _, s := range p.saved {
			chain = append(chain, s.Name)
		}
		p.errorf(at, "recursion", "the saved search %q calls itself: %s", r.Name, strings.Join(append(chain, r.Name), " -> "))
		return nil
	}
	text := p.substituted(r, at, values)
	tree, errs := p.Parse(text)
	p.diags = append(p.diags, errs...)
	if errs.Failed() || tree == nil {
		return nil
	}
	p.saved = append(p.saved, r)
	defer func() { p.saved = p.saved[:len(p.saved)-1] }()
	return p.branch(&ast.Subsearch{Pos: ast.Pos{Span: at}, Pipeline: tree})
}

// rules is the saved searches.
func (p *planner) rules() *rules.Library {
	if p.library == nil && p.Rules != nil {
		library, errs := p.Rules()
		p.library, p.diags = library, append(p.diags, errs...)
	}
	return p.library
}

var placeholder = regexp.MustCompile(`\$([A-Za-z_][\w.]*)\$`)

// substituted is the text of a rule with values.
func (p *planner) substituted(r *rules.Rule, at source.Span, values map[string]ast.Node) *source.Text {
	var b source.Builder
	text, last := r.Query.String(), 0
	if values != nil {
		for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
			key := text[m[2]:m[3]]
			v := values[key]
			if v == nil {
				p.warnf(at, "no-value", "%q has $%s$ in its text, which gets no value and stays as it is", r.Name, key).WithHint("write %s=VALUE behind the name", key)
				continue
			}
			value, _ := literal(v)
			b.Copy(r.Query.Sub(last, m[0]))
			b.Insert(value, v.At())
			last = m[1]
		}
	}
	b.Copy(r.Query.Sub(last, len(text)))
	return b.Text(r.Name)
}
