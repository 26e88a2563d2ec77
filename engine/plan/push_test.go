package plan

import (
	"slices"
	"testing"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/grammar/source"
)

// A condition on keys is asked of rows; what it reads besides must not pass, nor what tells values of one text apart.
func TestConditionsOnGroups(t *testing.T) {
	scan := &Scan{Earliest: column.Beginning, Latest: column.End}
	count, _, _ := aggregate.Lookup("count")
	values, _, _ := aggregate.Lookup("values")
	groups := &Aggregate{In: scan, Keys: []string{"x", "y"}, Aggs: []Agg{{Func: count, As: "count"}, {Func: values, Args: []Expr{field("z")}, As: "y"}}}
	const by = "Aggregate count() as count, values(z) as y by x, y"
	like := spl("like", field("x"), str("a%"))
	for _, c := range []struct {
		about string
		in    Node
		cond  Expr
		want  string
	}{
		{"a key", groups, like, by + ` only where like(x, "a%")` + "\n  Filter perhaps(like(x, \"a%\"), x)\n    Scan\n"},
		{"a search of a key", groups, match("=", field("x"), str("a*")), by + ` only where (x ~= "a*")` + "\n  Filter perhaps((x ~= \"a*\"), x)\n    Scan\n"},
		{"a key whose name another column has", groups, spl("like", field("y"), str("a%")), `Filter like(y, "a%")` + "\n  " + by + "\n    Scan\n"},
		{"an aggregate", groups, spl(">", field("count"), str("1")), `Filter (count > "1")` + "\n  " + by + "\n    Scan\n"},
		{"both", groups, And(spl(">", field("count"), str("1")), like), `Filter (count > "1")` + "\n  " + by + ` only where like(x, "a%")` + "\n    Filter perhaps(like(x, \"a%\"), x)\n      Scan\n"},
		{"what reads nothing", groups, spl("isnull", str("a")), `Filter isnull("a")` + "\n  " + by + "\n    Scan\n"},
		{"kinds of values", groups, spl("isstr", field("x")), "Filter isstr(x)\n  " + by + "\n    Scan\n"},
		{"an order", groups, spl("<", field("x"), str("5")), `Filter (x < "5")` + "\n  " + by + "\n    Scan\n"},
		{"an order of what a text determines", groups, spl("<", spl("len", field("x")), str("5")),
			by + ` only where (len(x) < "5")` + "\n  Filter perhaps((len(x) < \"5\"), x)\n    Scan\n"},
		{"a key with a default", groups, spl("like", spl("coalesce", field("x"), str("b")), str("a%")),
			by + ` only where like(coalesce(x, "b"), "a%")` + "\n  Filter perhaps(like(coalesce(x, \"b\"), \"a%\"), x)\n    Scan\n"},
		{"a single group", &Aggregate{In: scan, Aggs: groups.Aggs[:1]}, like, `Filter like(x, "a%")` + "\n  Aggregate count() as count\n    Scan\n"},
		{"groups of groups", &Aggregate{In: &Aggregate{In: scan, Keys: []string{"x", "z"}}, Keys: []string{"x"}}, like,
			`Aggregate  by x only where like(x, "a%")` + "\n  Aggregate  by x, z only where perhaps(like(x, \"a%\"), x)\n    Filter perhaps(perhaps(like(x, \"a%\"), x), x)\n      Scan\n"},
	} {
		if got := Print(Optimise(&Filter{c.in, c.cond})); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.about, got, c.want)
		}
	}
	if got := needles(perhaps(match("=", field("x"), str("*curl*")), field("x")), fold); !slices.Equal(got, []string{"curl"}) {
		t.Errorf("groups of rows that hold curl are looked for by %q", got)
	}
}

func perhaps(args ...Expr) Expr { return NewCall(function.Command, "perhaps", source.Span{}, args...) }

// A condition on what a lookup sets asks the table before the lookup.
func TestConditionsOnLookups(t *testing.T) {
	scan := &Scan{Earliest: column.Beginning, Latest: column.End}
	table := &Project{scan, Table, []string{"x", "y"}}
	cond := spl("=", field("out"), str("a"))
	from := func(in Node, as string, more ...LookupPair) *Lookup {
		return &Lookup{In: in, Table: "t", Keys: append([]LookupPair{{"k", "x"}}, more...), Outputs: []LookupPair{{"o", as}}}
	}
	late, timed := from(table, "out"), from(table, "out")
	late.New, timed.Timed = true, true
	const cell = `cell("t", "o", "k", x)`
	for _, c := range []struct {
		about string
		in    *Lookup
		want  string
	}{
		{"a new column", from(table, "out"), "Lookup t by k as x output o as out\n  Project table x, y\n    Filter (" + cell + " = \"a\")\n      Scan\n"},
		{"two keys", from(table, "out", LookupPair{"l", "y"}),
			"Lookup t by k as x, l as y output o as out\n  Project table x, y\n    Filter (cell(\"t\", \"o\", \"k\", x, \"l\", y) = \"a\")\n      Scan\n"},
		{"another column", from(table, "y"), "Lookup t by k as x output o as y\n  Filter (out = \"a\")\n    Project table x, y\n      Scan\n"},
		{"a column that rows may have", from(scan, "out"), "Lookup t by k as x output o as out\n  Filter (if(isnotnull(x), " + cell + ", out) = \"a\")\n    Scan\n"},
		{"a column that only rows without get", late,
			"Lookup t by k as x output new o as out\n  Filter (if(isnotnull(x), coalesce(out, " + cell + "), out) = \"a\")\n    Project table x, y\n      Scan\n"},
		{"by time", timed, "Filter (out = \"a\")\n  Lookup t by k as x output o as out\n    Project table x, y\n      Scan\n"},
	} {
		if got := Print(Optimise(&Filter{c.in, cond})); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.about, got, c.want)
		}
	}
}
