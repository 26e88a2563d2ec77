package function

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
)

// TestLiteralsFind holds that looking literals up finds those that match one by one.
func TestLiteralsFind(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"ab", "AB", "*", "k", "\u212a", "École", "éc", "7", "07", ".0", "-", "&gt;", ">", "10.0.", "0.1", "/8", "::", "fe80", "xyz", "\xff", " "}
	word := func() string {
		var b strings.Builder
		for range r.IntN(5) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		return b.String()
	}
	for range 300 {
		compile := compileSearch
		if r.IntN(3) == 0 {
			compile = compileCase
		}
		texts := []string{"10.0.0.0/8", "10.0.0.0/16", "fe80::/10", "::/0", "7", "7.0", "*b*", "ab*", "*xyz"}[:r.IntN(10)]
		for range r.IntN(40) {
			texts = append(texts, word())
		}
		set := newLiterals(texts, compile)
		for range 40 {
			text := word()
			if r.IntN(4) == 0 {
				text = []string{"10.0.0.1", "fe80::1", "::ffff:10.0.0.1", "7", "07.0", "abxyzab"}[r.IntN(6)]
			}
			var want []uint32
			for i := range texts {
				if l := compile(texts[i]); l.match(text) {
					want = append(want, uint32(i))
				}
			}
			if got := set.find(text, false, nil); !slices.Equal(got, want) {
				t.Fatalf("%q among %q: got %v, want %v", text, texts, got, want)
			}
			if got := set.find(text, true, nil); (len(got) > 0) != (len(want) > 0) {
				t.Fatalf("%q among %q: got %v, want one of %v", text, texts, got, want)
			}
		}
	}
}

// TestRows holds that rows of values mean what an OR of ANDs means.
func TestRows(t *testing.T) {
	data := fields("user", "Eve", "host", "web1", "port", 443, "list", []string{"a", "b"}, "others", []string{"x", "y"})
	for _, c := range []struct {
		fields []string
		rows   [][]string
		want   string
	}{
		{[]string{"user", "host"}, [][]string{{"bob", "web1"}, {"eve", "WEB1"}}, "True"},
		{[]string{"user", "host"}, [][]string{{"bob", "web1"}, {"eve", "web2"}}, "False"},
		{[]string{"user", "host"}, [][]string{{"bob", "web2"}, {"e*", "web*"}}, "True"},
		{[]string{"user", "port"}, [][]string{{"bob", "443"}, {"eve", "443.0"}}, "True"},
		{[]string{"user", "missing"}, [][]string{{"eve", "x"}, {"eve", "*"}}, "False"},
		{[]string{"list", "others"}, [][]string{{"a", "z"}, {"c", "y"}}, "False"},
		{[]string{"list", "others"}, [][]string{{"a", "z"}, {"a", "y"}}, "True"},
		{[]string{"user", "host", "list"}, [][]string{{"eve", "web1", "c"}, {"eve", "web1", "b"}}, "True"},
		{[]string{"list", "others"}, [][]string{{"*", "z"}, {"a*", "w"}, {"*a", "w"}, {"*b", "w"}, {"b*", "w"}, {"z", "*"}, {"z", "y*"}, {"z", "*y"}}, "False"},
	} {
		count := column.Integer(int64(len(c.fields)))
		checkNode(t, Command, fmt.Sprint(c.fields, c.rows), data, c.want, func(*evaluator) node {
			n := node{call: "rowin", args: []node{{value: &count}}}
			for _, f := range c.fields {
				n.args = append(n.args, node{field: f})
			}
			for _, row := range c.rows {
				for _, text := range row {
					v := column.Str(text)
					n.args = append(n.args, node{value: &v})
				}
			}
			return n
		})
	}
}

// TestInIsEquals holds that `in` means what `=` with each of its values means.
func TestInIsEquals(t *testing.T) {
	values := []column.Value{
		column.Str("a"), column.Str("A"), column.Str("a&gt;b"), column.Str("a>b"), column.Str("5"), column.Str("05"), column.Str("5.0"), column.Integer(5), column.Real(5), column.Str(" 5"),
		column.Str("true"), column.Str("True"), column.Boolean(true), column.Str(""), column.Str("1e3"), column.Integer(1000), column.Str("9007199254740993"), column.Str("9007199254740992"),
		column.Integer(9007199254740993), column.Nanos(5e9), column.Str("1970-01-01T00:00:05Z"), column.Real(0.5), column.Str(".5"), {},
	}
	kernel := func(name string, constants ...*column.Value) column.Kernel {
		args := []Arg{{}}
		for _, c := range constants {
			args = append(args, Arg{Const: c})
		}
		k, err := Lookup(SPL, name).Bind(testEnv, args)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	for i := range values {
		for j := range values {
			both := kernel("in", &values[i], &values[j])
			for _, x := range values {
				one := func(k column.Kernel, more ...column.Value) column.Value {
					vectors := []column.Vector{column.FromValues([]column.Value{x})}
					for _, v := range more {
						vectors = append(vectors, &column.Const{V: v, N: 1})
					}
					return k(1, vectors).Value(0)
				}
				want := one(kernel("=", &values[i]), values[i]).True() || one(kernel("=", &values[j]), values[j]).True()
				if got := one(both).True(); got != want {
					t.Errorf("%s in (%s, %s) is %v", show(x), show(values[i]), show(values[j]), got)
				}
			}
		}
	}
}
