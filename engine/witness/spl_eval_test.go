package witness

import (
	"slices"
	"strings"

	"spoor/grammar/ast"
)

// termOf is an expression of eval.
func (t *trail) termOf(n ast.Node) *term {
	switch n := n.(type) {
	case *ast.Field:
		if strings.EqualFold(n.Text, "null") && !n.Quoted {
			return nothing()
		}
		if parts := strings.Split(n.Text, "."); len(parts) > 1 && !n.Quoted && t.names[n.Text] == nil && t.role.dataset == nil {
			return t.concatenated(parts)
		}
		return t.field(n.Text)
	case *ast.String:
		return constantTerm(n.Text)
	case *ast.Number:
		return constantTerm(n.Text)
	case *ast.Unary:
		if n.Op == "-" {
			return over(func(_ facts, a [][]string) []string { return arithmetic("-", []string{"0"}, a[0]) }, t.termOf(n.X))
		}
	case *ast.Binary:
		return t.binary(n)
	case *ast.Call:
		return t.call(n)
	}
	return truthTerm(t.whether(n))
}

// concatenated is what a name with dots means that stands for no field: the values of several fields, one behind the other.
func (t *trail) concatenated(names []string) *term {
	var parts []*term
	for _, n := range names {
		parts = append(parts, t.field(n))
	}
	return over(func(_ facts, a [][]string) []string {
		text := ""
		for _, v := range a {
			if len(v) == 0 {
				return nil
			}
			text += v[0]
		}
		return []string{text}
	}, parts...)
}

// truthTerm is a condition as a value.
func truthTerm(w *wish) *term {
	return chosen([]choice{{w, constantTerm("True")}, {not(w), constantTerm("False")}})
}

func (t *trail) binary(n *ast.Binary) *term {
	switch n.Op {
	case "+", "-", "*", "/", "%":
		return over(func(_ facts, a [][]string) []string { return arithmetic(n.Op, a[0], a[1]) }, t.termOf(n.X), t.termOf(n.Y))
	case ".":
		return over(func(_ facts, a [][]string) []string {
			if len(a[0]) == 0 || len(a[1]) == 0 {
				return nil
			}
			return []string{a[0][0] + a[1][0]}
		}, t.termOf(n.X), t.termOf(n.Y))
	}
	return truthTerm(t.whether(n))
}

// call is a function; of those that are not known here the value is not known.
func (t *trail) call(n *ast.Call) *term {
	name := strings.ToLower(n.Name)
	switch name {
	case "if":
		if len(n.Args) == 3 {
			when := t.whether(n.Args[0])
			return chosen([]choice{{when, t.termOf(n.Args[1])}, {always(yes), t.termOf(n.Args[2])}})
		}
	case "case":
		var cases []choice
		for i := 0; i+1 < len(n.Args); i += 2 {
			cases = append(cases, choice{t.whether(n.Args[i]), t.termOf(n.Args[i+1])})
		}
		return chosen(cases)
	case "now", "time", "relative_time", "strftime", "strptime":
		return vague("times")
	case "null":
		return nothing()
	case "mvfilter", "mvmap":
		return vague("the function " + name)
	}
	f, known := calculations[name]
	if !known {
		if predicates[name] != nil {
			return truthTerm(t.whether(n))
		}
		return vague("the function " + name)
	}
	var args []*term
	for _, a := range n.Args {
		args = append(args, t.termOf(a))
	}
	out := over(func(_ facts, a [][]string) []string { return f(a) }, args...)
	switch name {
	case "len", "mvcount", "round", "abs", "floor", "mvfind":
		out.from = nil
	case "basename":
		out.whole = func(p pieces) []pieces { return []pieces{behind("/usr/bin/", p), p} }
	}
	return out
}

// behind is pieces with a text before them.
func behind(text string, p pieces) pieces {
	out := slices.Clone(p)
	out[0] = text + out[0]
	return out
}

// whether is an expression of eval as a condition.
func (t *trail) whether(n ast.Node) *wish {
	switch n := n.(type) {
	case *ast.Binary:
		switch strings.ToUpper(n.Op) {
		case "AND":
			return both(t.whether(n.X), t.whether(n.Y))
		case "OR":
			return either(t.whether(n.X), t.whether(n.Y))
		case "LIKE":
			return t.predicate("like", n.String(), []ast.Node{n.X, n.Y})
		case "=", "==", "!=", "<", "<=", ">", ">=":
			return t.equation(n)
		}
	case *ast.Unary:
		if n.Op == "NOT" {
			return not(t.whether(n.X))
		}
	case *ast.In:
		return t.predicate("in", n.String(), append([]ast.Node{n.X}, n.List...))
	case *ast.Call:
		switch name := strings.ToLower(n.Name); name {
		case "true":
			return always(yes)
		case "false":
			return always(no)
		default:
			if predicates[name] != nil {
				return t.predicate(name, n.String(), n.Args)
			}
		}
	}
	return t.unclear("a condition of another form")
}

// equation compares two terms.
func (t *trail) equation(n *ast.Binary) *wish {
	x, y := t.termOf(n.X), t.termOf(n.Y)
	if x.cases != nil {
		return t.ofCases(x, func(c *term) *wish { return equates(n, c, y) })
	}
	return equates(n, x, y)
}

func equates(n *ast.Binary, x, y *term) *wish {
	p := &predicate{text: n.String(), terms: []*term{x, y}, truth: func(f facts) truth {
		a, b := x.value(f), y.value(f)
		if len(a) == 0 || len(b) == 0 {
			return unknown
		}
		c, numbers := compareNumbers(a[0], b[0])
		if !numbers {
			c = strings.Compare(a[0], b[0])
		}
		return truthOf(ordered(n.Op, c))
	}}
	if len(y.reads) == 0 {
		if text := y.value(nil); text != nil && (n.Op == "=" || n.Op == "==") {
			p.wanted = []pieces{{text[0]}}
		} else if text != nil {
			p.numbers = aroundNumber(text[0])
		}
	}
	return &wish{predicate: p}
}

// predicate is a function that is true or false.
func (t *trail) predicate(name, text string, args []ast.Node) *wish {
	f := predicates[name]
	p := &predicate{text: text}
	var constants []string
	for i, a := range args {
		p.terms = append(p.terms, t.termOf(a))
		if s, ok := a.(*ast.String); ok && i > 0 {
			constants = append(constants, s.Text)
		} else if s, ok := a.(*ast.Number); ok && i > 0 {
			constants = append(constants, s.Text)
		}
	}
	p.truth = func(facts facts) truth {
		values := make([][]string, len(p.terms))
		for i, term := range p.terms {
			values[i] = term.value(facts)
		}
		return f(values)
	}
	for _, c := range constants {
		p.wanted = append(p.wanted, wantedBy(name, c)...)
	}
	if name == "cidrmatch" && len(args) == 2 {
		if s, ok := args[0].(*ast.String); ok {
			p.wanted = []pieces{{prefix(s.Text).Addr().Next().String()}}
		}
	}
	if x := p.terms[0]; x.cases != nil {
		return t.ofCases(x, func(c *term) *wish {
			one := *p
			one.terms, one.read = append([]*term{c}, p.terms[1:]...), nil
			one.truth = func(facts facts) truth {
				values := make([][]string, len(one.terms))
				for i, term := range one.terms {
					values[i] = term.value(facts)
				}
				return f(values)
			}
			return &wish{predicate: &one}
		})
	}
	return &wish{predicate: p}
}
