package eql_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/eql"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/spl"
	"spoor/grammar"
	"spoor/grammar/source"
)

var env = &function.Env{Now: 1715000000e9, Zone: time.UTC}

// options is all time, and everything else by default.
func options() eql.Options {
	models := datamodels.Builtin()
	return eql.Options{
		Models: models, Env: env, Earliest: column.Beginning, Latest: column.End,
		Expression: func(at source.Span) (plan.Expr, source.Errors) {
			tree, errs := grammar.ParseEvalSpan(at)
			if errs.Failed() {
				return nil, errs
			}
			return spl.LowerExpression(tree, spl.Options{Models: models, Env: env})
		},
	}
}

// lower parses and lowers a query; what is wrong with it is one line each.
func lower(t *testing.T, query string, o eql.Options) (*eql.Lowered, string) {
	t.Helper()
	tree, errs := grammar.ParseEQL(source.New("query", query))
	if errs.Failed() {
		t.Fatalf("%s: %v", query, errs)
	}
	out, errs := eql.Lower(tree, o)
	if errs.Failed() != (out == nil) {
		t.Errorf("%s: a plan and errors, or neither: %v", query, errs)
	}
	var lines []string
	for _, d := range errs {
		line, col := d.Span.Position()
		lines = append(lines, fmt.Sprintf("%d:%d %s %s: %s", line, col, d.Severity, d.Code, d.Message))
	}
	return out, strings.Join(lines, "\n")
}

// condition is what an event query asks besides the time.
func condition(t *testing.T, query string, o eql.Options) string {
	t.Helper()
	out, wrong := lower(t, query, o)
	if out == nil {
		t.Errorf("%s: %s", query, wrong)
		return ""
	}
	n := out.Plan
	for {
		if f, ok := n.(*plan.Filter); ok {
			return plan.And(plan.Conjuncts(f.Cond)[1:]...).String()
		}
		n = n.Inputs()[0]
	}
}

// TestConditions holds what becomes of conditions. Every row is a statement of the language.
func TestConditions(t *testing.T) {
	for _, c := range []struct{ statement, where, want string }{
		{"a leaf that is null is false", `process.name == "sh"`, `holds((process.name == "sh"))`},
		{"not is the complement", `not process.name == "sh"`, `not(holds((process.name == "sh")))`},
		{"!= is the complement of ==", `process.name != "sh"`, `not(holds((process.name == "sh")))`},
		{"not binds tighter than and", `not process.pid > 1 and process.pid > 2`, `(not(holds((process.pid > 1))) and holds((process.pid > 2)))`},
		{"and binds tighter than or", `true and process.pid > 1 or process.pid > 2`, `((True and holds((process.pid > 1))) or holds((process.pid > 2)))`},
		{": is like~", `process.name : "Py*"`, `holds(like~(process.name, "Py*"))`},
		{": with a list is any of it", `process.name : ("a", "b*")`, `holds(like~(process.name, "a", "b*"))`},
		{"like minds case", `process.name like ("a", "b*")`, `holds(like(process.name, "a", "b*"))`},
		{"regex", `process.name regex~ "a.+"`, `holds(regex~(process.name, "a.+"))`},
		{"in", `process.name in ("a", "b")`, `holds(in(process.name, "a", "b"))`},
		{"not in is the complement", `process.name not in~ ("a", "b")`, `not(holds(in~(process.name, "a", "b")))`},
		{"a bare boolean field is == true", `process.interactive`, `holds((process.interactive == True))`},
		{"not of a bare field", `not ?process.interactive`, `not(holds((process.interactive == True)))`},
		{"== false is equality: false where the field is missing", `process.interactive == false`, `holds((process.interactive == False))`},
		{"a function is a condition", `startsWith(process.name, "a")`, `holds(startswith(process.name, "a"))`},
		{"names of functions ignore case, ~ ignores it in values", `STARTSWITH~(process.name, "a")`, `holds(startswith~(process.name, "a"))`},
		{"a function == true is the condition", `cidrMatch(source.ip, "10.0.0.0/8") == true`, `holds(cidrmatch(source.ip, "10.0.0.0/8"))`},
		{"a function == false is the complement", `cidrMatch(source.ip, "10.0.0.0/8") == false`, `not(holds(cidrmatch(source.ip, "10.0.0.0/8")))`},
		{"a function != true is the complement", `true != endsWith(process.name, "a")`, `not(holds(endswith(process.name, "a")))`},
		{"a function != false is the condition", `endsWith(process.name, "a") != false`, `holds(endswith(process.name, "a"))`},
		{"so is a comparison in parentheses", `(process.pid > 1) == false`, `not(holds((process.pid > 1)))`},
		{"== null is missing", `process.name == null`, `not(exists(process.name))`},
		{"!= null is existing", `null != process.name`, `exists(process.name)`},
		{"not == null", `not process.name == null`, `not(not(exists(process.name)))`},
		{"a null test keeps three values inside", `null == (process.pid > 1)`, `not(exists((process.pid > 1)))`},
		{"so with not and and", `(not process.pid > 1 and process.pid != 2) == null`, `not(exists((not((process.pid > 1)) and not((process.pid == 2)))))`},
		{"null == null", `null == null`, `True`},
		{"null != null", `null != null`, `False`},
		{"a null leaf is false", `null`, `False`},
		{"a constant may stand on either side", `0 <= process.pid`, `holds((process.pid >= 0))`},
		{"any arithmetic", `-process.pid * 2 + 1 < 5 - 7 % 3`, `holds((add(multiply(neg(process.pid), 2), 1) < 4))`},
		{"signs belong to numbers", `process.pid == -5`, `holds((process.pid == -5))`},
		{"fractions", `process.pid < 4.5 and process.pid > .5 and process.pid != 1e3`, `(holds((process.pid < 4.5)) and holds((process.pid > 0.5)) and not(holds((process.pid == 1000))))`},
		{"functions nest, and take several fields", `length(concat(process.name, host.id)) > 5`, `holds((length(concat(process.name, host.id)) > 5))`},
		{"a constant may be the first argument", `startsWith("explorer.exe", process.name)`, `holds(startswith("explorer.exe", process.name))`},
		{"a number in quotes is a number to a long", `process.pid == "443" or process.pid in ("1", 2)`, `(holds((process.pid == 443)) or holds(in(process.pid, 1, 2)))`},
		{"true in quotes is true to a boolean", `process.interactive == "true"`, `holds((process.interactive == True))`},
		{"an address is compared as such", `source.ip == "::FFFF:10.0.0.1"`, `holds((source.ip == "10.0.0.1"))`},
		{"a date is compared as such", `@timestamp >= "2024-05-01T00:00:00+02:00"`, `holds(('@timestamp' >= 1714514400))`},
		{"an argument may hold blanks: any run of tokens", `process.args : "-c*"`, `(holds(run like~('#joined process.args', "-c*")) or holds(like~('#argv process.args', "-c*")))`},
		{"in is asked of runs too", `process.args in ("-c", "a b")`, `(holds(run in('#joined process.args', "-c", "a b")) or holds(in('#argv process.args', "-c", "a b")))`},
		{"under a not only single tokens count", `not process.args : "-c*"`, `not(holds(like~(process.args, "-c*")))`},
		{"under two nots runs count again", `not (process.args != "-c")`, `not(not((holds(run ==('#joined process.args', "-c")) or holds(('#argv process.args' == "-c")))))`},
		{"not in is a not", `process.args not in ("-c")`, `not(holds(in(process.args, "-c")))`},
		{"== false is a not", `wildcard(process.args, "-c*") == false`, `not(holds(wildcard(process.args, "-c*")))`},
		{"functions without a form for runs see all of them", `startsWith(process.parent.args, "-c")`,
			`(holds(startswith(runs('#joined process.parent.args'), "-c")) or holds(startswith('#argv process.parent.args', "-c")))`},
		{"whether there are arguments is no matter of runs", `process.args != null`, `exists(process.args)`},
	} {
		if got := condition(t, "any where "+c.where, options()); got != c.want {
			t.Errorf("%s\n%s\n%s\nwant:\n%s", c.statement, c.where, got, c.want)
		}
	}
}

func TestCategories(t *testing.T) {
	custom := options()
	custom.Category = "type"
	for _, c := range []struct {
		query string
		o     eql.Options
		want  string
	}{
		{`process where true`, options(), `holds((event.category == "process"))`},
		{`"my.category" where true`, options(), `holds((event.category == "my.category"))`},
		{`any where true`, options(), `True`},
		{`process where true`, custom, `holds((type == "process"))`},
	} {
		if got := condition(t, c.query, c.o); got != c.want {
			t.Errorf("%s\n%s\nwant:\n%s", c.query, got, c.want)
		}
	}
}

// TestKinds holds which kinds of events are read. A document of several categories is of the first of the kinds process, network and
// file; the empty name stands for documents of all other kinds.
func TestKinds(t *testing.T) {
	clock, category := options(), options()
	clock.Timestamp, category.Category = "ts", "type"
	all := slices.Sorted(maps.Keys(kinds(t, "any where true", options())))
	for _, c := range []struct {
		query   string
		o       eql.Options
		has     string
		hasNone string
	}{
		{`process where true`, options(), "ecs/process sysmon/1 sysmon/5", "ecs/network ecs/file ecs/other ecs/session sysmon/3 sysmon/11 sysmon/23 -"},
		{`network where true`, options(), "ecs/process ecs/network sysmon/3", "ecs/file sysmon/1 sysmon/5 sysmon/11 -"},
		{`file where true`, options(), "ecs/process ecs/network ecs/file sysmon/11 sysmon/23", "sysmon/1 sysmon/3 sysmon/5 -"},
		{`authentication where true`, options(), "ecs/process ecs/network ecs/file ecs/session ecs/authentication -", "sysmon/1 sysmon/3 sysmon/5 sysmon/11"},
		{`any where true`, options(), "ecs/other ecs/process ecs/network ecs/file sysmon/1 sysmon/3 sysmon/5 sysmon/11 sysmon/23 -", ""},
		{`sequence [process where true] [file where true]`, options(), "ecs/process ecs/network ecs/file sysmon/1 sysmon/11", "sysmon/3 -"},
		{`sequence [process where true] [process where true] until [network where true]`, options(), "ecs/process ecs/network sysmon/1 sysmon/3", "ecs/file sysmon/11 -"},
		{`process where true`, clock, "ecs/process sysmon/1 -", "ecs/file"},
		{`process where true`, category, "ecs/process ecs/network ecs/file -", "sysmon/1 sysmon/3"},
	} {
		got := kinds(t, c.query, c.o)
		for _, k := range strings.Fields(c.has) {
			if got[strings.Trim(k, "-")] == nil {
				t.Errorf("%s does not read %s", c.query, k)
			}
		}
		for _, k := range strings.Fields(c.hasNone) {
			if got[strings.Trim(k, "-")] != nil {
				t.Errorf("%s reads %s", c.query, k)
			}
		}
		for k := range got {
			if !slices.Contains(all, k) {
				t.Errorf("%s reads %s, which nobody declares", c.query, k)
			}
		}
	}
}

// kinds is the kinds of the view at the bottom of the plan.
func kinds(t *testing.T, query string, o eql.Options) map[string]*plan.KindView {
	t.Helper()
	out, wrong := lower(t, query, o)
	if out == nil {
		t.Fatalf("%s: %s", query, wrong)
	}
	return view(out.Plan).Kinds
}

func view(n plan.Node) *plan.View {
	for {
		if v, ok := n.(*plan.View); ok {
			return v
		}
		n = n.Inputs()[0]
	}
}
