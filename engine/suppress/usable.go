package suppress

import (
	"spoor/engine"
	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/grammar/source"
)

// Usable says what is wrong with a silence; nil if it can be applied.
func Usable(x state.Silence, o engine.Options) *source.Diagnostic {
	var named rules.Selection
	if wrong := named.Include("name=" + x.Rule); wrong != nil {
		return wrong
	}
	if x.Where == "" {
		return nil
	}
	_, wrong := compile(x.Where, o)
	return wrong
}
