package witness

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"spoor/grammar/ast"
)

// document is an event as a query sees it: the values of its fields as text. A field without a value is missing.
type document struct {
	values map[string][]string
	// joined is the fields whose values are the words of a text. What is asked of them holds if it holds for a run of words, but under
	// not only for one word.
	joined map[string]bool
}

func newDocument() *document {
	return &document{values: map[string][]string{}, joined: map[string]bool{}}
}

func (d *document) clone() *document {
	return &document{values: maps.Clone(d.values), joined: maps.Clone(d.joined)}
}

// set gives a field its values, if there are any.
func (d *document) set(field string, values ...string) {
	if len(values) > 0 {
		d.values[field] = values
	}
}

// of is the values of a field: plain ones, or all runs of words.
func (d *document) of(field string, plain bool) []string {
	words := d.values[field]
	if plain || !d.joined[field] {
		return words
	}
	var runs []string
	for i := range words {
		for j := i; j < len(words); j++ {
			runs = append(runs, strings.Join(words[i:j+1], " "))
		}
	}
	return runs
}

// satisfies says whether a condition holds; plain is set under an odd number of nots.
func (d *document) satisfies(n ast.Node, plain bool) bool {
	switch n := n.(type) {
	case *ast.Negation:
		return !d.satisfies(n.X, !plain)
	case *ast.Junction:
		for _, a := range n.Args {
			if d.satisfies(a, plain) == (n.Op == "or") {
				return n.Op == "or"
			}
		}
		return n.Op == "and"
	case *ast.Comparison:
		if n.Op == "!=" {
			return !d.holds(equal(n), !plain)
		}
	}
	return d.holds(n, plain)
}

// equals is the comparisons that those with != deny.
var equals = map[*ast.Comparison]*ast.Comparison{}

func equal(n *ast.Comparison) *ast.Comparison {
	if equals[n] == nil {
		equals[n] = &ast.Comparison{Pos: n.Pos, Op: "==", X: n.X, Y: n.Y}
	}
	return equals[n]
}

// holds says whether a condition holds that has no other conditions in it: whether it does for some value.
func (d *document) holds(leaf ast.Node, plain bool) bool {
	switch n := leaf.(type) {
	case *ast.Boolean:
		return n.Value
	case *ast.Comparison:
		if _, ok := n.Y.(*ast.Null); ok {
			return len(d.operand(n.X, true)) == 0
		}
		return slices.ContainsFunc(d.operand(n.X, plain), func(v string) bool { return compares(n.Op, v, n.Y) })
	case *ast.Match:
		return slices.ContainsFunc(d.operand(n.X, plain), func(v string) bool {
			return slices.ContainsFunc(n.List, func(l ast.Node) bool { return matches(n.Op, v, constant(l)) })
		})
	}
	return slices.Contains(d.operand(leaf, plain), "true")
}

// operand is the values of what is compared.
func (d *document) operand(n ast.Node, plain bool) []string {
	switch n := n.(type) {
	case *ast.Path:
		return d.of(n.Name, plain)
	case *ast.Invocation:
		return d.call(n, plain)
	}
	return []string{constant(n)}
}

// call is the results of a function, for every combination of the values of its arguments.
func (d *document) call(n *ast.Invocation, plain bool) []string {
	combinations := [][]string{nil}
	for _, a := range n.Args {
		var longer [][]string
		for _, c := range combinations {
			for _, v := range d.operand(a, plain) {
				longer = append(longer, append(c[:len(c):len(c)], v))
			}
		}
		combinations = longer
	}
	var out []string
	for _, args := range combinations {
		if n.IgnoreCase {
			for i := range args {
				args[i] = strings.ToLower(args[i])
			}
		}
		out = append(out, apply(strings.ToLower(n.Name), args))
	}
	return out
}

func apply(function string, args []string) string {
	switch function {
	case "string":
		return args[0]
	case "length":
		return strconv.Itoa(utf8.RuneCountInString(args[0]))
	case "startswith":
		return strconv.FormatBool(strings.HasPrefix(args[0], args[1]))
	case "stringcontains":
		return strconv.FormatBool(args[0] != "" && args[1] != "" && strings.Contains(args[0], args[1]))
	case "cidrmatch":
		return strconv.FormatBool(slices.ContainsFunc(args[1:], func(network string) bool { return within(args[0], network) }))
	}
	panic(fmt.Sprintf("no rule of those known when this was written calls %s", function))
}

// within says whether an address is in a network.
func within(address, network string) bool {
	a, err := netip.ParseAddr(address)
	return err == nil && prefix(network).Contains(a)
}

var prefixes = map[string]netip.Prefix{}

// prefix is a network; an address alone is a network of one.
func prefix(network string) netip.Prefix {
	p, known := prefixes[network]
	if known {
		return p
	}
	p, err := netip.ParsePrefix(network)
	if err != nil {
		a := netip.MustParseAddr(network)
		p = netip.PrefixFrom(a, a.BitLen())
	}
	prefixes[network] = p.Masked()
	return p.Masked()
}

// constant is a literal as text.
func constant(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Text:
		return n.Text
	case *ast.Numeral:
		return n.Text
	case *ast.Minus:
		return "-" + constant(n.X)
	case *ast.Boolean:
		return strconv.FormatBool(n.Value)
	}
	panic(fmt.Sprintf("%T is no constant", n))
}

// compares says whether a value is equal to a literal, less, and so on.
func compares(op, value string, literal ast.Node) bool {
	c := strings.Compare(value, constant(literal))
	if _, text := literal.(*ast.Text); !text {
		if bound, err := strconv.ParseFloat(constant(literal), 64); err == nil {
			v, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return false
			}
			c = cmp.Compare(v, bound)
		}
	}
	switch op {
	case "==":
		return c == 0
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	}
	return c >= 0
}
