package engine

import (
	"runtime"
	"sync"
	"sync/atomic"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

// CompileRule compiles the query of a rule in its language, with what the rule says of the fields by which it finds its way. Errors stand
// where the query does, in the rule's file.
func CompileRule(r *rules.Rule, o Options) (*Program, source.Errors) {
	if why := r.Unsupported(); why != "" {
		at := r.Query
		if at.IsZero() {
			at = r.At
		}
		return nil, source.Errors{source.Errorf(at.Sub(0, min(1, len(at.String()))), "unsupported-rule", "%s", why)}
	}
	if o.Language = SPL; r.Language == rules.EQL {
		o.Language = EQL
		o.EQL.Category, o.EQL.Timestamp, o.EQL.Tiebreaker = r.EQL.EventCategory, r.EQL.Timestamp, r.EQL.Tiebreaker
	}
	if r.Language != rules.EQL {
		var b source.Builder
		b.Copy(r.Query)
		return Compile(b.Text(r.Name), o)
	}
	text, left := narrowed(r, o.withDefaults())
	p, errs := Compile(text, o)
	return p, append(left, errs...)
}

// Compiled is a rule and its program or, if that is nil, why there is none.
type Compiled struct {
	Rule    *rules.Rule
	Program *Program
	Errors  source.Errors
}

// CompileRules compiles rules on all processors. What is wrong with one of them stops no other.
func CompileRules(list []*rules.Rule, o Options) []Compiled {
	o = o.withDefaults()
	out := make([]Compiled, len(list))
	onAllCores(len(list), func(i int) { out[i] = compileOne(list[i], o) })
	return out
}

// onAllCores does n things, as many at a time as there are processors.
func onAllCores(n int, do func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}

func compileOne(r *rules.Rule, o Options) (c Compiled) {
	c.Rule = r
	defer func() {
		if why := recover(); why != nil {
			d := source.Errorf(r.At, "internal", "the rule %q cannot be compiled: %v", r.Name, why)
			c.Program, c.Errors = nil, source.Errors{d.WithHint("this is a bug: please report it with the rule")}
		}
	}()
	c.Program, c.Errors = CompileRule(r, o)
	return c
}
