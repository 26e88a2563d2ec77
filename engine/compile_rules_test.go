package engine

import (
	"os"
	"testing"

	"spoor/engine/lookup"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/macros"
)

// Rules that are compiled together have the plans that each has alone, and the same errors.
func TestCompileRules(t *testing.T) {
	folder, part := "../examples/rules", 1
	if corpus := os.Getenv("SPOOR_CORPUS"); corpus != "" {
		folder, part = corpus, 8
	} else {
		t.Log("SPOOR_CORPUS names no folder of published rules: only our own are compiled")
	}
	l := &rules.Library{}
	l.Load(folder)
	o := Options{Macros: macros.Builtin()}
	for _, file := range l.Macros {
		o.Macros.LoadPath(file)
	}
	if l.Lookups != nil {
		o.Lookups, _ = lookup.Open(l.Lookups...)
	}
	var list []*rules.Rule
	for i, r := range l.All() {
		if i%part == 0 {
			list = append(list, r)
		}
	}
	list = append(list, &rules.Rule{Name: "hostile", Language: rules.SPL}) // without a text at all
	all := CompileRules(list, o)
	for i, r := range list[:len(list)-1] {
		p, errs := CompileRule(r, o)
		c := all[i]
		if c.Rule != r || (p == nil) != (c.Program == nil) || errs.Error() != c.Errors.Error() {
			t.Errorf("%s: %v, alone %v", r.File, c.Errors, errs)
		} else if p != nil && plan.Print(p.Plan) != plan.Print(c.Program.Plan) {
			t.Errorf("%s:\n%s\nalone\n%s", r.File, plan.Print(c.Program.Plan), plan.Print(p.Plan))
		}
	}
	if c := all[len(list)-1]; c.Program != nil || !c.Errors.Failed() {
		t.Errorf("a rule without a query: %v", c.Errors)
	}
}
