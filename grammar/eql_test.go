package grammar

import (
	"testing"

	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// Each row: a query, and how it prints; "" if it prints as written.
var eqlParses = [][2]string{
	// an event: a category or any, `where`, a condition
	{`process where true`, ``},
	{`any where @timestamp == "2020-01-01T00:00:00Z"`, ``},
	{`process where process.name == "sh"`, ``},
	{"  process\n\twhere\r\n  true  ", `process where true`},
	{"\ufeffprocess where true", `process where true`},
	{`"my-cat.x 9" where true`, ``},
	{`"""a-b""" where true`, `"a-b" where true`},
	{`"process" where true`, `process where true`},
	{`"any" where true`, ``},
	{`"where" where true`, ``},
	{`sequence where sample == 1`, ``},
	{`sample where any == 1`, ``},
	// logic: or, and, not, from loose to tight; n-ary
	{`a where b or c and not d`, ``},
	{`a where (b or c) and d`, ``},
	{`a where (b and c) or d`, `a where b and c or d`},
	{`a where a and b and c and d`, ``},
	{`a where a and (b and c)`, ``},
	{`a where ((a))`, `a where a`},
	{`a where not a == 1`, ``},
	{`a where (not a) == 1`, ``},
	{`a where not (a and b)`, ``},
	{`a where not not (a)`, `a where not not a`},
	// comparisons, none of which is joined to another
	{`a where a == 1 and b != 2 and c < 3 and d <= 4 and e > 5 and f >= 6`, ``},
	{`a where 0 <= exit_code`, ``},
	{`a where (a == b) == (c < d)`, ``},
	{`a where a == null and b != null and c == true and d == false`, ``},
	{`a where null == (exit_code > -1)`, ``},
	// matches
	{`a where a : "x*" and b : ("y?", "z")`, ``},
	{`a where a like "x*" and b like~ ("y", """z\""") and c like ("x")`, ``},
	{`a where a regex "[a-z]+" and b regex~ ("x", "y")`, ``},
	{`a where a in ("x*", 1, -2, .5, true, null) and b in~ ("x")`, ``},
	{`a where a not in (1, 2) and b not in~ ("x")`, ``},
	{`a where not a in (1)`, ``},
	{`a where length(a)+1 in (1) and a+b : "x"`, `a where length(a) + 1 in (1) and a + b : "x"`},
	// arithmetic: unary minus, then * / %, then + -, from the left
	{`a where a + b * c - d / e % f > 0`, ``},
	{`a where (a + b) * c > 0`, ``},
	{`a where a - (b - c) > 0 and a - b - c > 0`, ``},
	{`a where -a + - -b * -(c + d) == -1`, `a where -a + --b * -(c + d) == -1`},
	{`a where a-b==c`, `a where a - b == c`},
	// numbers
	{`a where a == 4.0 or a == .5 or a == 1e3 or a == 1E-3 or a == 2.5e+10 or a == 007`, ``},
	{`a where a == 9223372036854775807`, ``},
	// texts
	{`a where a == "\n\t\r\\\""`, ``},
	{`a where a == "\b\f"`, `a where a == "\u{08}\u{0c}"`},
	{`a where a == "\u{41}\u{00e9}\u{0001F600}"`, `a where a == "Aé😀"`},
	{`a where a == "*\\red_ttp\\*" and b == "// no /* comment */"`, ``},
	{`a where a == "日本 ' {x}"`, ``},
	{`a where a == """\.[a-z]+""" and b == """say "x" ""y"""`, ``},
	{`a where a == """x"""" and b == """y""""" and c == """"""`, ``},
	{`a where a regex """\d""" // end`, `a where a regex """\d"""`},
	// fields
	{`a where @timestamp == 1 and process.Ext.a_1 == 2 and a.@b == 3`, ``},
	{`a where process.any == 1 and a.by.in.like.where == 2 and not.x == 3`, ``},
	{`a where of == 1 and maxspan == 2 and runs == 3 and head == 4 and tail == 5 and join == 6 and event == 7`, ``},
	{`a where sample == 1 and sequence.until == 2 and any.x == 3 and fork == 4 and child == 5`, ``},
	{"a where `a-b` == 1 and `a/b.c``d` == 2 and ?`x y` == 3 and `in` == 4 and `é` == 5", ``},
	{"a where `plain` == 1 and kubernetes.`a/b-c`.d == 2", "a where `plain` == 1 and `kubernetes.a/b-c.d` == 2"},
	{`a where ?process.parent.name == null and ?b`, ``},
	// functions
	{`a where length(x) > 5 and CIDRMATCH(ip, "10.0.0.0/8", "::1")`, ``},
	{`a where startsWith~(string(a), "x") and not wildcard~(b, "*y") == true`, ``},
	{`a where concat(a, 1 + 2, b == c, null) == substring("abc", -1) and length() > 1`, ``},
	// comments
	{"a where a == 1 // one\n and /* two\n * three **/ b == 2 // four", `a where a == 1 and b == 2`},
	{`a where a in (1, /* "x", */ 2)`, `a where a in (1, 2)`},
	{`a where a / b //c`, `a where a / b`},
	// pipes
	{`a where true | head 4 | tail 2`, ``},
	{`sequence [a where true] [b where true]|tail 10`, `sequence [a where true] [b where true] | tail 10`},
	// sequences
	{`sequence by host.id with maxspan=5s [process where true] by process.entity_id [network where true] by process.parent.entity_id`, ``},
	{"sequence\n  by a,`b`, ?c with maxspan = 10 ms [a where true][b where true]", "sequence by a, `b`, ?c with maxspan=10ms [a where true] [b where true]"},
	{`sequence with maxspan=1h ![a where x] [b where y] ![any where z]`, ``},
	{`sequence [a where true] with runs=2`, ``},
	{`sequence [a where true] with runs = 100 [b where true] with runs=1`, `sequence [a where true] with runs=100 [b where true]`},
	{`sequence with maxspan=2d [a where b] by c with runs=3 [d where e] by f until [g where h] by i | head 1`, ``},
	{`sequence [a where true] by sample [b where true] by runs`, ``},
	// samples
	{`sample by host.id [a where true] [b where true]`, ``},
	{`sample by a, ?b [c where d] by e, f [g where h] by i, j [any where k] by l, m`, ``},
	{`sample [a where true] by b [c where true] by d`, ``},
}

func TestEQLParsesAndPrints(t *testing.T) {
	for _, row := range eqlParses {
		tree, errs := ParseEQL(source.New("query", row[0]))
		if errs != nil {
			t.Error(errs)
			continue
		}
		want := row[1]
		if want == "" {
			want = row[0]
		}
		if got := tree.String(); got != want {
			t.Errorf("%s\nprints as %s\nwant      %s", row[0], got, want)
		}
		roundTrip(t, tree, ParseEQL)
	}
}

// where is the condition of a query for an event.
func where(t *testing.T, text string) ast.Node {
	t.Helper()
	tree, errs := ParseEQL(source.New("query", "a where "+text))
	if errs != nil {
		t.Fatal(errs)
	}
	return tree.Body.(*ast.EventQuery).Where
}

// Each row: a condition, and its tree.
var eqlTrees = [][2]string{
	{`a or b and c or d`, `(or
  (field "a" optional=false backticks=false)
  (and
    (field "b" optional=false backticks=false)
    (field "c" optional=false backticks=false))
  (field "d" optional=false backticks=false))`},
	{`not a : ("x", """y""")`, `(not
  (match : not=false bare=false
    (field "a" optional=false backticks=false)
    (text "x" raw=false)
    (text "y" raw=true)))`},
	{`a not in~ (-1)`, `(match in~ not=true bare=false
  (field "a" optional=false backticks=false)
  (minus
    (number 1)))`},
	{`a like "x"`, `(match like not=false bare=true
  (field "a" optional=false backticks=false)
  (text "x" raw=false))`},
	{"1 - 2 - 3 * ?`x``.y` == endsWith~(null, true)", "(==" + `
  (-
    (-
      (number 1)
      (number 2))
    (*
      (number 3)
      (field "x` + "`" + `.y" optional=true backticks=true)))
  (call endsWith ignoring case=true
    (null)
    (true)))`},
	{`"""a"b"""" == "\u{1F600}\\"`, `(==
  (text "a\"b\"" raw=true)
  (text "😀\\" raw=false))`},
}

func TestEQLTrees(t *testing.T) {
	for _, row := range eqlTrees {
		if got := ast.Dump(where(t, row[0])); got != row[1] {
			t.Errorf("%s is\n%s\nwant\n%s", row[0], got, row[1])
		}
	}
	tree, errs := ParseEQL(source.New("query", `sequence by a with maxspan=5m ![x where b] ["y" where c] with runs=1 until [any where d] | head 3`))
	want := `(query
  (sequence maxspan=5m until the last item
    (field "a" optional=false backticks=false)
    (item missing=true runs=1
      (event "x" any=false
        (field "b" optional=false backticks=false)))
    (item missing=false runs=1
      (event "y" any=false
        (field "c" optional=false backticks=false)))
    (item missing=false runs=1
      (event "" any=true
        (field "d" optional=false backticks=false))))
  (pipe head 3))`
	if errs != nil {
		t.Fatal(errs)
	}
	if got := ast.Dump(tree); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Places are those of bytes, whatever characters stand before.
func TestEQLPlaces(t *testing.T) {
	text := "// é日本\nsequence by ?host [proc where \"é\" == `日` + (b) * -c] by `ö` with runs=2 | head 1"
	tree, errs := ParseEQL(source.New("query", text))
	if errs != nil {
		t.Fatal(errs)
	}
	s := tree.Body.(*ast.Sequence)
	item := s.Items[0]
	c := item.Event.Where.(*ast.Comparison)
	sum := c.Y.(*ast.Arithmetic)
	for _, row := range []struct {
		node ast.Node
		want string
	}{
		{tree, text[len("// é日本\n"):]},
		{s.By[0], "?host"},
		{item, "[proc where \"é\" == `日` + (b) * -c] by `ö` with runs=2"},
		{item.Event, "proc where \"é\" == `日` + (b) * -c"},
		{c, "\"é\" == `日` + (b) * -c"},
		{c.X, `"é"`},
		{sum, "`日` + (b) * -c"},
		{sum.Y, "(b) * -c"},
		{sum.Y.(*ast.Arithmetic).X, "b"},
		{item.By[0], "`ö`"},
		{tree.Pipes[0], "head 1"},
	} {
		if got := row.node.At().String(); got != row.want {
			t.Errorf("%T is at %q, want %q", row.node, got, row.want)
		}
	}
	if at := item.Event.CategoryAt.String(); at != "proc" {
		t.Errorf("the category is at %q", at)
	}
}
