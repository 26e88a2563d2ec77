package witness

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"spoor/grammar/ast"
)

// words is the raw field that holds what is looked for in the whole record.
const words = "message"

// word begins the text of a predicate on the whole record, which other fields may fulfil too.
const word = "the word "

// wishOf is the condition of a search expression.
func (t *trail) wishOf(n ast.Node) *wish {
	switch n := n.(type) {
	case *ast.Binary:
		if n.Op == "OR" {
			return either(t.wishOf(n.X), t.wishOf(n.Y))
		}
		return both(t.wishOf(n.X), t.wishOf(n.Y))
	case *ast.Unary:
		return not(t.wishOf(n.X))
	case *ast.Compare:
		return t.compared(n.Field.Text, n.Op, n.Value)
	case *ast.Among:
		var parts []*wish
		for _, v := range n.Values {
			parts = append(parts, t.compared(n.Field.Text, "=", v))
		}
		return either(parts...)
	case *ast.Term:
		if n.Value.Text == "*" {
			return always(yes)
		}
		if t.field("_raw") == nil {
			return always(no)
		}
		if strings.ContainsAny(n.Value.Text, `\"`) {
			return t.unclear("words that are escaped in the record")
		}
		return asks(word+n.String(), t.raw(words), starred("* "+n.Value.Text+" *"), func(v string) bool {
			return strings.Contains(strings.ToLower(v), strings.ToLower(n.Value.Text))
		})
	case *ast.Subsearch, *ast.Option:
		return t.unclear("what a search within the search finds")
	}
	return t.unclear("a condition of another form")
}

// unclear is a condition of which it cannot be known whether it holds.
func (t *trail) unclear(why string) *wish {
	w := always(unknown)
	w.predicate.terms = []*term{vague(why)}
	return w
}

// compared is the condition that a field has a value, or not, in a search expression.
func (t *trail) compared(field, op string, v *ast.Value) *wish {
	switch {
	case slices.Contains([]string{"earliest", "latest"}, strings.ToLower(field)):
		return t.unclear("times")
	case field == "index":
		return always(yes)
	case field == "eventtype":
		return t.unclear("event types")
	}
	text, of := field+op+v.Text, t.field(field)
	switch op {
	case "=", "==":
		if of.cases != nil {
			return t.ofCases(of, func(c *term) *wish { return has(text, c, v) })
		}
		return has(text, of, v)
	case "!=":
		exists := has(field+"=*", of, &ast.Value{Text: "*"})
		return both(exists, not(has(text, of, v)))
	}
	w := asks(text, of, nil, func(x string) bool { return ordered(op, compareFolded(x, v.Text)) })
	w.predicate.numbers = aroundNumber(v.Text)
	return w
}

// has is the condition that any value of a field matches a literal of a search expression.
func has(text string, of *term, v *ast.Value) *wish {
	pattern := []rune(strings.ToLower(v.Text))
	net, isNet := netip.ParsePrefix(v.Text)
	limit, isNumber := strconv.ParseFloat(v.Text, 64)
	w := asks(text, of, starred(v.Text), func(x string) bool {
		if starMatch([]rune(strings.ToLower(x)), pattern) {
			return true
		}
		if n, err := strconv.ParseFloat(x, 64); err == nil && isNumber == nil {
			return n == limit
		}
		a, err := netip.ParseAddr(x)
		return err == nil && isNet == nil && net.Contains(a)
	})
	if isNet == nil {
		w.predicate.wanted = []pieces{{net.Addr().Next().String()}}
	}
	return w
}

// asks is the condition that any value of a term is as holds says; of a term without values it is false.
func asks(text string, of *term, wanted []pieces, holds func(string) bool) *wish {
	return &wish{predicate: &predicate{text: text, terms: []*term{of}, wanted: wanted, truth: func(f facts) truth {
		return truthOf(slices.ContainsFunc(of.value(f), holds))
	}}}
}

// starred is the pieces of a text in which * is anything.
func starred(text string) []pieces { return []pieces{strings.Split(text, "*")} }

// starMatch is a match in which * is any text.
func starMatch(value, pattern []rune) bool {
	parts := strings.Split(string(pattern), "*")
	text := string(value)
	if len(parts) == 1 {
		return text == parts[0]
	}
	if !strings.HasPrefix(text, parts[0]) {
		return false
	}
	text = text[len(parts[0]):]
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(text, p)
		if i < 0 {
			return false
		}
		text = text[i+len(p):]
	}
	return strings.HasSuffix(text, parts[len(parts)-1])
}

// compareFolded compares as numbers if both are, else as texts in any case.
func compareFolded(x, y string) int {
	if c, ok := compareNumbers(x, y); ok {
		return c
	}
	return strings.Compare(strings.ToLower(x), strings.ToLower(y))
}

func compareNumbers(x, y string) (int, bool) {
	a, err := strconv.ParseFloat(x, 64)
	b, err2 := strconv.ParseFloat(y, 64)
	switch {
	case err != nil || err2 != nil:
		return 0, false
	case a < b:
		return -1, true
	case a > b:
		return 1, true
	}
	return 0, true
}

func ordered(op string, c int) bool {
	switch op {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "!=":
		return c != 0
	}
	return c == 0
}

// aroundNumber is numbers at which a comparison with one changes.
func aroundNumber(text string) []string {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return []string{text, text + "x", "0"}
	}
	return []string{strconv.Itoa(int(v)), strconv.Itoa(int(v) + 1), strconv.Itoa(int(v) - 1)}
}

// ofCases is a condition on a term that is one of several: on the one that it is.
func (t *trail) ofCases(of *term, ask func(*term) *wish) *wish {
	var parts, before []*wish
	for _, c := range of.cases {
		inner := ask(c.then)
		if c.then.cases != nil {
			inner = t.ofCases(c.then, ask)
		}
		parts = append(parts, both(append(slices.Clone(before), c.when, inner)...))
		before = append(before, both(not(c.when)))
	}
	return either(parts...)
}
