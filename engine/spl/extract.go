package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var extract = Command{
	Name:    "extract",
	Aliases: []string{"kv"},
	Syntax:  "extract [pairdelim=<characters>] [kvdelim=<characters>] [limit=<count>] [maxchars=<count>] [mv_add=<bool>] [clean_keys=<bool>] [auto=<bool>]",
	Doc: "Make fields of the names and values in _raw: name=value between blanks, or as pairdelim and kvdelim say, each character of which separates. A field that has a value keeps it; " +
		"mv_add=true adds to it. clean_keys=false leaves names as they are written.",
	Notes: "There are no configured extractions: the name of one is refused. All pairs and characters count unless limit and maxchars say otherwise; segment and reload change nothing.",
	Options: slices.Concat([]Option{
		{Name: "pairdelim", Value: "<characters>", Doc: "The characters that separate pairs."},
		{Name: "kvdelim", Value: "<characters>", Doc: "The characters that separate a name from its value."},
		{Name: "limit", Value: "<count>", Default: "0", Doc: "Take only so many pairs; 0 takes all."},
		{Name: "maxchars", Value: "<count>", Default: "0", Doc: "Look only at so many characters; 0 looks at all."},
		{Name: "mv_add", Value: "<bool>", Default: "false", Doc: "Add to a field that has a value."},
		{Name: "clean_keys", Value: "<bool>", Default: "true", Doc: "Put _ in place of characters that a name should not have."},
		{Name: "auto", Value: "<bool>", Default: "true", Doc: "Take name=value pairs even if no characters are given."},
	}, idle("segment", "reload")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Unpack{In: in, Field: "_raw", From: plan.Pairs}
		n.Pairs = plan.PairForm{Between: a.text("pairdelim", ""), Within: a.text("kvdelim", ""), Dirty: !a.flag("clean_keys", true)}
		n.Pairs.Limit, n.Pairs.Length = p.countOption(a, "limit"), p.countOption(a, "maxchars")
		n.Add = a.flag("mv_add", false)
		n.Keep = !n.Add
		auto := a.flag("auto", true)
		for _, name := range a.names() {
			p.errorf(name.Span, "cannot-run", "there is no configured extraction %s here", name.Text).WithHint("use rex, or pairdelim= and kvdelim=")
		}
		a.done()
		if !auto && n.Pairs.Between == "" && n.Pairs.Within == "" {
			return in
		}
		return n
	},
}

// countOption is the whole number of an option, 0 without one.
func (p *planner) countOption(a *args, name string) int {
	n := a.number(name, 0)
	if n < 0 || n > 1<<30 || n != float64(int(n)) {
		p.errorf(a.c.At(), "bad-number", "%s of %s needs a whole number", name, a.c.Name)
		return 0
	}
	return int(n)
}
