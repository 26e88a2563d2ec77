package plan

import (
	"slices"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/grammar/source"
)

var fold = Folder{Env: &function.Env{Zone: time.UTC}}

func field(name string) Expr { return &Field{Name: name} }
func str(s string) Expr      { return &Const{V: column.Str(s)} }
func boolean(b bool) Expr    { return &Const{V: column.Boolean(b)} }
func spl(name string, args ...Expr) Expr {
	return NewCall(function.SPL, name, source.Span{}, args...)
}
func match(name string, args ...Expr) Expr {
	return NewCall(function.Search, name, source.Span{}, args...)
}

func TestFold(t *testing.T) {
	null := &Const{}
	for _, c := range []struct {
		in   Expr
		want string
	}{
		{spl("+", &Const{V: column.Integer(1)}, &Const{V: column.Integer(2)}), "3"},
		{spl("lower", str("ABC")), `"abc"`},
		{spl("lower", field("x")), "lower(x)"},
		{And(boolean(true), match("=", field("x"), str("a"))), `(x ~= "a")`},
		{And(boolean(false), field("x")), "False"},
		{Or(boolean(true), field("x")), "True"},
		{Or(match("=", null, str("a")), field("x")), "(False or x)"}, // a text would become null; a search comparison with nothing is false
		{Or(match("=", null, str("a")), match("=", field("x"), str("a"))), `(x ~= "a")`},
		{spl("if", spl("isnull", null), str("a"), field("x")), `"a"`},
		{spl("if", spl("isnull", str("")), str("a"), field("x")), "x"},
		{spl("case", boolean(false), str("a"), spl("=", field("x"), str("1")), str("b")), `case((x = "1"), "b")`},
		{spl("case", boolean(false), str("a")), "null"},
		{spl("validate", boolean(true), str("a"), boolean(false), str("b"), field("x"), str("c")), `"b"`},
		{spl("validate", boolean(true), str("a"), null, str("b")), "null"},
		{spl("validate", boolean(true), str("a"), field("x"), str("b")), `validate(x, "b")`},
		{spl("coalesce", null, field("x"), str("a"), field("y")), `coalesce(x, "a")`},
		{spl("coalesce", null, null), "null"},
		{spl("random"), "random()"},
	} {
		if got := fold.Fold(c.in).String(); got != c.want {
			t.Errorf("Fold(%s) = %s, want %s", c.in, got, c.want)
		}
	}
}

// many is as many calls as make a set worth while.
func many(f func(text string) Expr) []Expr {
	var out []Expr
	for _, text := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		out = append(out, f(text))
	}
	return out
}

func TestGatherAlternatives(t *testing.T) {
	is := func(name, value string) Expr { return match("=", field(name), str(value)) }
	const letters = `"a", "b", "c", "d", "e", "f", "g", "h"`
	for _, c := range []struct {
		about string
		cond  Expr
		want  string
	}{
		{"one field", Or(many(func(s string) Expr { return is("x", s) })...), `~in(x, ` + letters + `)`},
		{"too few", Or(many(func(s string) Expr { return is("x", s) })[:3]...), `((x ~= "a") or (x ~= "b") or (x ~= "c"))`},
		{"lists are joined", Or(append(many(func(s string) Expr { return is("x", s) }), match("in", field("x"), str("i"), str("j")))...), `~in(x, ` + letters + `, "i", "j")`},
		{"others stay", Or(append(many(func(s string) Expr { return is("x", s) }), is("y", "z"), match("exists", field("z")))...),
			`(~in(x, ` + letters + `) or (y ~= "z") or ~exists(z))`},
		{"regarding case", Or(many(func(s string) Expr { return match("case=", field("x"), str(s)) })...), `~casein(x, ` + letters + `)`},
		{"of eval", Or(many(func(s string) Expr { return spl("=", str(s), field("x")) })...), `in(x, ` + letters + `)`},
		{"fields with fields", Or(many(func(s string) Expr { return spl("=", field(s), field("x")) })...),
			`((a = x) or (b = x) or (c = x) or (d = x) or (e = x) or (f = x) or (g = x) or (h = x))`},
		{"within", And(is("z", "z"), spl("not", Or(many(func(s string) Expr { return is("x", s) })...))), `((z ~= "z") and not(~in(x, ` + letters + `)))`},
		{"rows", Or(many(func(s string) Expr {
			if s > "d" {
				return And(is("y", s), is("x", "1"))
			}
			return And(is("x", "2"), is("y", s))
		})...), `rowin(2, x, y, "2", "a", "2", "b", "2", "c", "2", "d", "1", "e", "1", "f", "1", "g", "1", "h")`},
		{"rows of one field", Or(many(func(s string) Expr { return And(is("x", "*1*"), is("x", s)) })[:2]...), `(((x ~= "*1*") and (x ~= "a")) or ((x ~= "*1*") and (x ~= "b")))`},
	} {
		if got := gathered(c.cond).String(); got != c.want {
			t.Errorf("%s: got\n%s, want\n%s", c.about, got, c.want)
		}
	}
	same := Or(many(func(s string) Expr { return And(is("x", "*1*"), is("x", s)) })...)
	if got := gathered(same); got != same {
		t.Errorf("two conditions on one field became %s", got)
	}
}

func TestBrief(t *testing.T) {
	args := []Expr{field("x")}
	for range 30 {
		args = append(args, str("a"))
	}
	if got, want := Brief(match("in", args...)), `~in(x, "a", "a", "a", "a", "a", "a", "a", "a", "a", ... 21 more)`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A needle may be taken from a condition only if every record for which the condition is true holds it.
func TestNeedles(t *testing.T) {
	has := func(name, pattern string) Expr { return match("=", field(name), str(pattern)) }
	unknown := func(x Expr) Expr { return spl("coalesce", x, str("unknown")) }
	for _, c := range []struct {
		about string
		cond  Expr
		want  []string
	}{
		{"a whole value", has("Image", "/usr/bin/curl"), []string{"curl"}},
		{"wildcards", has("CommandLine", "*systemctl *restart*"), []string{"systemctl "}},
		{"the most selective conjunct", And(has("a", "*abc*"), has("b", "*longer text*")), []string{"longer text"}},
		{"all branches of OR", Or(has("a", "*abcd*"), has("b", "*efgh*")), []string{"abcd", "efgh"}},
		{"a branch of OR without text", Or(has("a", "*abcd*"), match("exists", field("b"))), nil},
		{"a negation", spl("not", has("a", "abcd")), nil},
		{"IN", match("in", field("a"), str("wget*"), str("curl")), []string{"curl", "wget"}},
		{"IN with a value that matches everything", match("in", field("a"), str("wget*"), str("*")), nil},
		{"a needle that holds another one", match("in", field("a"), str("restart"), str("*start*")), []string{"start"}},
		{"text that formats escape", has("CommandLine", `*<"x">&y*`), nil},
		{"text around what formats escape", has("CommandLine", `*echo "hello world"*`), []string{"hello world"}},
		{"text outside of ASCII", has("CommandLine", "*größe*"), nil},
		{"too short to skip anything", has("a", "*ab*"), nil},
		{"through basename", match("=", spl("basename", field("Image")), str("systemctl")), []string{"systemctl"}},
		{"through coalesce with a constant that does not match", match("=", unknown(field("User")), str("root")), []string{"root"}},
		{"through coalesce with a constant that does", match("=", unknown(field("User")), str("unk*")), nil},
		{"through upper, which keeps to ASCII", spl("=", spl("upper", field("User")), str("ROOT")), []string{"ROOT"}},
		{"not through md5", spl("=", spl("md5", field("User")), str("abcdef")), nil},
		{"words only through joined values", match("=", spl("mvjoin", field("args"), str(" ")), str("*systemctl restart*")), []string{"systemctl"}},
		{"not the time", has("_time", "2024*"), nil},
		{"not the host, which may come from the envelope", has("host", "web-prod-01"), nil},
		{"the raw text", match("term", field("_raw"), str("powershell")), []string{"powershell"}},
		{"eval's equality", spl("=", field("User"), str("postgres")), []string{"postgres"}},
	} {
		if got := needles(fold.Fold(c.cond), fold); !slices.Equal(got, c.want) {
			t.Errorf("%s: %s needs %q, want %q", c.about, c.cond, got, c.want)
		}
	}
}

func TestRewrites(t *testing.T) {
	scan := &Scan{Earliest: column.Beginning, Latest: column.End}
	lt := spl("<", field("x"), &Const{V: column.Integer(5)})
	for _, c := range []struct {
		about string
		in    Node
		want  string
	}{
		{"through columns it does not read", &Filter{&Extend{scan, []Assign{{"y", str("a")}}}, lt},
			"Extend y := \"a\"\n  Filter (x < 5)\n    Scan\n"},
		{"through columns whose expression it takes over", &Filter{&Extend{scan, []Assign{{"x", spl("len", field("z"))}}}, lt},
			"Extend x := len(z)\n  Filter (len(z) < 5)\n    Scan\n"},
		{"the last assignment counts", &Filter{&Extend{scan, []Assign{{"x", field("a")}, {"x", field("b")}}}, lt},
			"Extend x := a, x := b\n  Filter (b < 5)\n    Scan\n"},
		{"not through a random column", &Filter{&Extend{scan, []Assign{{"x", spl("random")}}}, lt},
			"Filter (x < 5)\n  Extend x := random()\n    Scan\n"},
		{"conjunct by conjunct", &Filter{&Extend{scan, []Assign{{"y", spl("random")}}}, And(lt, spl("isnull", field("y")))},
			"Filter isnull(y)\n  Extend y := random()\n    Filter (x < 5)\n      Scan\n"},
		{"past another that stays", &Filter{&Filter{&Extend{scan, []Assign{{"y", spl("random")}}}, spl("isnull", field("y"))}, lt},
			"Filter isnull(y)\n  Extend y := random()\n    Filter (x < 5)\n      Scan\n"},
		{"through what is applied to other columns", &Filter{&Each{scan, []EachRule{{Pattern: "y*", Expr: field(It)}}}, lt}, "Each y* := y*\n  Filter (x < 5)\n    Scan\n"},
		{"not through what is applied to it", &Filter{&Each{scan, []EachRule{{Pattern: "x", Expr: field(It)}}}, lt}, "Filter (x < 5)\n  Each x := x\n    Scan\n"},
		{"nor to it by a pattern", &Filter{&Each{scan, []EachRule{{Pattern: "y*", As: "x*", Expr: field(It)}}}, lt}, "Filter (x < 5)\n  Each x* := y*\n    Scan\n"},
		{"nor what looks at all rows", &Filter{&Each{scan, []EachRule{{Pattern: "y", Expr: field(It), Whole: true}}}, lt}, "Filter (x < 5)\n  Each y := y\n    Scan\n"},
		{"through groups that are not read", &Filter{&Extract{In: scan, Field: "y", Pattern: "(?<z>a)", Max: 1}, lt}, "Extract \"(?<z>a)\" from y\n  Filter (x < 5)\n    Scan\n"},
		{"not through groups that are", &Filter{&Extract{In: scan, Field: "y", Pattern: "(?<x>a)", Max: 1}, lt}, "Filter (x < 5)\n  Extract \"(?<x>a)\" from y\n    Scan\n"},
		{"not through a limit", &Filter{&Limit{scan, 3}, lt}, "Filter (x < 5)\n  Limit 3\n    Scan\n"},
		{"not below a projection that takes the column away", &Filter{&Project{scan, Table, []string{"y"}}, lt},
			"Filter (x < 5)\n  Project table y\n    Scan\n"},
		{"through known columns' new names", &Filter{&Rename{In: &Project{scan, Table, []string{"P.x"}}, Pairs: []RenamePair{{"P.*", "*"}}}, lt},
			"Rename 'P.*' -> '*'\n  Project table P.x\n    Filter (P.x < 5)\n      Scan\n"},
		{"not through a renaming of unknown columns", &Filter{&Rename{In: scan, Pairs: []RenamePair{{"P.*", "*"}}}, lt},
			"Filter (x < 5)\n  Rename 'P.*' -> '*'\n    Scan\n"},
		{"neighbours become one", &Filter{&Filter{scan, lt}, boolean(false)}, "Filter ((x < 5) and False)\n  Scan\n"},
		{"search * goes away", &Filter{scan, boolean(true)}, "Scan\n"},
		{"a limit is told to the sort", &Limit{&Sort{In: scan, Keys: []SortKey{{Name: "x"}}}, 5}, "Limit 5\n  Sort x limit 5\n    Scan\n"},
		{"a sort with a limit keeps filters above it", &Filter{&Sort{In: scan, Keys: []SortKey{{Name: "x"}}, Limit: 2}, lt},
			"Filter (x < 5)\n  Sort x limit 2\n    Scan\n"},
		{"into every branch", &Filter{&Union{Ins: []Node{scan, &Limit{scan, 3}}}, lt},
			"Union of 2\n  Filter (x < 5)\n    Scan\n  Filter (x < 5)\n    Limit 3\n      Scan\n"},
	} {
		if got := Print(Optimise(c.in)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.about, got, c.want)
		}
	}
}

// Events are put in order, newest first, just below what reads them in order, and only there.
func TestOrdered(t *testing.T) {
	scan := &Scan{Earliest: column.Beginning, Latest: column.End}
	const newest = "Sort num(#time) desc, num(#position) desc"
	for _, c := range []struct {
		about string
		in    Node
		want  string
	}{
		{"the result", &Filter{scan, field("x")}, newest + "\n  Filter x\n    Scan\n"},
		{"head", &Limit{&Filter{scan, field("x")}, 3}, "Limit 3\n  " + newest + "\n    Filter x\n      Scan\n"},
		{"a count needs none", &Aggregate{In: scan, Keys: []string{"x"}}, "Aggregate  by x\n  Scan\n"},
		{"sort breaks ties by it", &Sort{In: scan, Keys: []SortKey{{Name: "x"}}}, "Sort x, num(#time) desc, num(#position) desc\n  Scan\n"},
		{"once", &Reverse{&Limit{scan, 3}}, "Reverse\n  Limit 3\n    " + newest + "\n      Scan\n"},
	} {
		if got := Print(Ordered(c.in, true)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.about, got, c.want)
		}
	}
	if got := Print(Ordered(scan, false)); got != "Scan\n" {
		t.Errorf("without order:\n%s", got)
	}
}

func TestSpecialise(t *testing.T) {
	scan := &Scan{}
	view := &View{In: scan, Dataset: "M.D", Fields: []string{"D.name", "D.user", "D.none"}, Kinds: map[string]*KindView{
		"s/1": {Fields: map[string]Expr{"D.name": spl("basename", field("Image")), "D.user": field("User")}},
		"s/5": {Fields: map[string]Expr{"D.user": field("User")}, Where: match("=", field("EventID"), str("5"))},
	}}
	filter := &Filter{view, match("=", field("D.name"), str("curl"))}
	lower, ok := Cut(filter)
	if !ok {
		t.Fatal("no cut")
	}
	kp, ok := lower.Specialise(Kind{Name: "s/1"}, needOnly("D.user"), fold)
	if !ok || !slices.Equal(kp.Fields, []string{"Image", "User"}) || !slices.Equal(kp.Needles, []string{"curl"}) {
		t.Errorf("s/1: %v %+v", ok, kp)
	}
	if kp, ok := lower.Specialise(Kind{Name: "s/5"}, needOnly("D.user"), fold); ok {
		t.Errorf("s/5 has no D.name, so nothing can match, but: %+v", kp)
	}
	if _, ok := lower.Specialise(Kind{Name: "s/9"}, needOnly("D.user"), fold); ok {
		t.Error("s/9 is not in the dataset")
	}
	lower, _ = Cut(view)
	kp, ok = lower.Specialise(Kind{Name: "s/5", Const: map[string]string{"EventID": "5"}}, needOnly("D.user", "_time"), fold)
	if !ok || !slices.Equal(kp.Fields, []string{"User", "_time"}) {
		t.Errorf("s/5 without a filter: %v %+v", ok, kp)
	}
	lower, _ = Cut(&Filter{scan, match("=", field("EventID"), str("1"))})
	if _, ok := lower.Specialise(Kind{Name: "s/5", Const: map[string]string{"EventID": "5"}}, Everything(), fold); ok {
		t.Error("EventID=1 is false of s/5")
	}
}
