package op

import (
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// TestCommon holds that programs share what means the same, and nothing else.
func TestCommon(t *testing.T) {
	call := func(lang function.Lang, name string, args ...plan.Expr) plan.Expr {
		return plan.NewCall(lang, name, source.Span{}, args...)
	}
	x := func() plan.Expr { return &plan.Field{Name: "x"} }
	of := func(v column.Value) plan.Expr { return &plan.Const{V: v} }
	env := &function.Env{Now: 1, Zone: time.UTC}
	first := call(function.SPL, "=", x(), of(column.Str("1")))
	tests := []struct {
		why   string
		expr  plan.Expr
		env   *function.Env
		same  bool
		never bool // with no other program
	}{
		{"the same", call(function.SPL, "=", x(), of(column.Str("1"))), env, true, false},
		{"of another run", call(function.SPL, "=", x(), of(column.Str("1"))), &function.Env{Now: 1, Zone: time.UTC, Seed: 7}, true, false},
		{"another field", call(function.SPL, "=", &plan.Field{Name: "y"}, of(column.Str("1"))), env, false, false},
		{"a number", call(function.SPL, "=", x(), of(column.Integer(1))), env, false, false},
		{"a number of decimals", call(function.SPL, "=", x(), of(column.Real(1))), env, false, false},
		{"a field named like a text", call(function.SPL, "=", x(), &plan.Field{Name: "1"}), env, false, false},
		{"a function of searches", call(function.Search, "=", x(), of(column.Str("1"))), env, false, false},
		{"another time", call(function.SPL, "=", x(), of(column.Str("1"))), &function.Env{Now: 2, Zone: time.UTC}, false, false},
		{"another zone", call(function.SPL, "=", x(), of(column.Str("1"))), &function.Env{Now: 1, Zone: time.FixedZone("", 60)}, false, false},
		{"what may warn", call(function.SPL, "mvrange", x(), of(column.Integer(1))), env, false, true},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			c := NewCommon()
			mine, theirs := c.of(first, env), c.of(test.expr, test.env)
			if mine == nil || (theirs == nil) != test.never {
				t.Fatalf("shared: %t and %t", mine != nil, theirs != nil)
			}
			if (mine == theirs) != test.same {
				t.Errorf("same: %t", mine == theirs)
			}
		})
	}
}
