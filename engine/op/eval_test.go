package op

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

var env = &function.Env{Zone: time.UTC}

func fn(name string, args ...plan.Expr) plan.Expr {
	return plan.NewCall(function.SPL, name, source.Span{}, args...)
}

func col(name string) plan.Expr    { return &plan.Field{Name: name} }
func over(e plan.Expr) plan.Expr   { return plan.OverValues(e.(*plan.Call), &plan.Field{Name: "l"}) }
func lit(v column.Value) plan.Expr { return &plan.Const{V: v} }
func show(v column.Vector) string  { return strings.Trim(fmt.Sprint(texts(v)), "[]") }
func texts(v column.Vector) (s []string) {
	for i := range v.Len() {
		if x := v.Value(i); x.IsNull() {
			s = append(s, "-")
		} else {
			s = append(s, strings.ReplaceAll(x.String(), " ", ","))
		}
	}
	return s
}

// encodings is the same column as a dictionary and flat.
func encodings(texts ...string) []column.Vector {
	dict := dictOf(column.NewDictionary(), texts...)
	return []column.Vector{dict, column.FromValues(column.ToValues(dict))}
}

func TestEvaluate(t *testing.T) {
	str := func(s string) plan.Expr { return lit(column.Str(s)) }
	for _, c := range []struct {
		e    plan.Expr
		want string // for x = a, null, 5, a
	}{
		{col("x"), "a - 5 a"},
		{col("missing"), "- - - -"},
		{fn("upper", col("x")), "A - 5 A"},
		{fn("isnull", col("x")), "False True False False"},
		{fn("=", col("x"), str("a")), "True - False True"},
		{fn("not", fn("=", col("x"), str("a"))), "False - True False"},
		{plan.And(fn("=", col("x"), str("a")), fn("isnotnull", col("x"))), "True False False True"},
		{plan.Or(fn("=", col("x"), str("a")), fn("isnull", col("x"))), "True True False True"},
		{plan.And(fn("=", col("x"), str("a")), lit(column.Value{})), "- - False -"},
		{plan.Or(fn("=", col("x"), str("a")), lit(column.Value{})), "True - - True"},
		{fn("if", fn("=", col("x"), str("a")), str("yes"), col("x")), "yes - 5 yes"},
		{fn("case", fn("=", col("x"), str("5")), str("five"), fn("isnull", col("x")), str("none")), "- none five -"},
		{fn("coalesce", col("missing"), col("x"), col("y")), "a y 5 a"},
		{fn("coalesce", col("x"), str("?")), "a ? 5 a"},
		{fn("+", col("x"), lit(column.Integer(1))), "- - 6 -"},
		{fn(".", col("x"), col("y")), "ay - 5y ay"},
		{fn("mvappend", col("x"), col("y")), "a,y y 5,y a,y"},
		{over(fn("mvmap", col("l"), fn(".", col("l"), col("y")))), "1y,2y - 3y 4y,1y"},
		{over(fn("mvfilter", fn(">", col("l"), lit(column.Integer(1))))), "2 - 3 4"},
		{fn("=", col("l"), str("1")), "True - False True"}, // any value
		{fn("upper", col("l")), "1,2 - 3 4,1"},
	} {
		for i, x := range encodings("a", "", "5", "a") {
			list := func(items ...string) column.Value {
				return column.Multi(column.ToValues(dictOf(column.NewDictionary(), items...)))
			}
			b := column.NewBatch(column.NewSchema("x", "y", "l"), []column.Vector{x, &column.Const{V: column.Str("y"), N: 4},
				column.FromValues([]column.Value{list("1", "2"), {}, list("3"), list("4", "1")})}, 4)
			bd := newBinder(env)
			ev := bd.bind(c.e)
			for range 2 { // the second time from what is remembered
				if got := show(ev.eval(b)); got != c.want || bd.err != nil {
					t.Errorf("%s (encoding %d) = %s %v, want %s", c.e, i, got, bd.err, c.want)
				}
			}
		}
	}
}

// A dictionary may grow between batches, or be another one: results follow.
func TestEvaluateGrowingDictionary(t *testing.T) {
	ev := newBinder(env).bind(fn("upper", col("x")))
	d := column.NewDictionary()
	for _, c := range []struct {
		d    *column.Dictionary
		in   []string
		want string
	}{
		{d, []string{"a", "b"}, "A B"},
		{d, []string{"c", "a"}, "C A"},
		{column.NewDictionary(), []string{"z", "a"}, "Z A"},
		{d, []string{"b"}, "B"},
	} {
		b := column.NewBatch(column.NewSchema("x"), []column.Vector{dictOf(c.d, c.in...)}, len(c.in))
		if got := show(ev.eval(b)); got != c.want {
			t.Errorf("%v became %s", c.in, got)
		}
	}
}

// A branch sees only its rows.
func TestLazyBranches(t *testing.T) {
	seen := &spy{}
	br := branches{conds: []evaluator{&fieldRef{name: "c"}}, results: []evaluator{seen, constant{column.Str("no")}}}
	b := column.NewBatch(column.NewSchema("c"), []column.Vector{&column.Bools{Values: []bool{true, false, true}}}, 3)
	if got := show(br.eval(b)); got != "saw no saw" || seen.rows != 2 {
		t.Errorf("got %s, and the branch saw %d rows", got, seen.rows)
	}
}

type spy struct{ rows int }

func (s *spy) eval(b *column.Batch) column.Vector {
	s.rows += b.Rows
	return &column.Const{V: column.Str("saw"), N: b.Rows}
}

func BenchmarkEvaluateDictionary(b *testing.B) {
	const rows = 1024
	names := make([]string, rows)
	for i := range names {
		names[i] = fmt.Sprintf("/usr/bin/tool-%d", i%50)
	}
	batch := column.NewBatch(column.NewSchema("x"), []column.Vector{dictOf(column.NewDictionary(), names...)}, rows)
	ev := newBinder(env).bind(fn("if", fn("=", fn("basename", col("x")), lit(column.Str("tool-7"))), lit(column.Str("seven")), fn("upper", col("x"))))
	b.ReportAllocs()
	b.SetBytes(rows) // MB/s reads as million rows per second
	for b.Loop() {
		ev.eval(batch)
	}
}
