package engine

import (
	"spoor/engine/function"
	"spoor/grammar/source"
	"spoor/macros"
)

// Expand replaces the macro calls of a query, as Compile does first, and tells which macros were used.
func Expand(text *source.Text, o Options) (*source.Text, []macros.Use, source.Errors) {
	o = o.withDefaults()
	p := &Program{models: o.Models, env: &function.Env{Now: o.Now.UnixNano(), Zone: o.Zone}}
	return (&macros.Expander{Library: o.Macros, Eval: p.evalMacro}).Expand(text)
}
