package spl

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// args reads a command's arguments. Each reading takes what it reads; done reports what is left.
type args struct {
	p    *planner
	c    *ast.Command
	left []ast.Node
}

func (p *planner) args(c *ast.Command) *args {
	a := &args{p: p, c: c}
	a.left = a.accepted(slices.Clone(c.Args))
	return a
}

// take removes and returns the arguments that match.
func take[T ast.Node](a *args, match func(T) bool) []T {
	var out []T
	a.left = slices.DeleteFunc(a.left, func(n ast.Node) bool {
		t, ok := n.(T)
		if !ok || !match(t) {
			return false
		}
		out = append(out, t)
		return true
	})
	return out
}

func every[T ast.Node](T) bool { return true }

// option is the value of an option, the last one if it stands there twice, or nil.
func (a *args) option(name string) ast.Node {
	found := take(a, func(o *ast.Option) bool { return o.Name == name })
	if len(found) == 0 {
		return nil
	}
	return found[len(found)-1].Value
}

// text is the text of an option, or what stands in its place if it is missing.
func (a *args) text(name, otherwise string) string {
	if v := a.option(name); v != nil {
		s, _ := literal(v)
		return s
	}
	return otherwise
}

// literal is the text of a value: of a string, a number or a name.
func literal(n ast.Node) (text string, ok bool) {
	switch n := n.(type) {
	case *ast.String:
		return n.Text, true
	case *ast.Number:
		return n.Text, true
	case *ast.Name:
		return n.Text, true
	case *ast.Field:
		return n.Text, true
	}
	return n.At().String(), false
}

// count is the whole number that an option gives or that stands alone among the arguments.
func (a *args) count(name string, otherwise int) int {
	v := a.option(name)
	for _, n := range take(a, every[*ast.Number]) {
		v = n
	}
	if v == nil {
		return otherwise
	}
	text, _ := literal(v)
	i, err := strconv.Atoi(text)
	switch {
	case err != nil:
		a.p.errorf(v.At(), "bad-number", "%s needs a whole number, not %q", a.c.Name, text)
		return otherwise
	case i < 0:
		a.p.errorf(v.At(), "bad-number", "%s needs a number from 0 on, not %s", a.c.Name, text)
		return otherwise
	}
	return i
}

// number is the number that an option gives.
func (a *args) number(name string, otherwise float64) float64 {
	v := a.option(name)
	if v == nil {
		return otherwise
	}
	text, _ := literal(v)
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		a.p.errorf(v.At(), "bad-number", "%s of %s needs a number, not %q", name, a.c.Name, text)
	}
	return f
}

// flag is the truth value of an option.
func (a *args) flag(name string, otherwise bool) bool {
	v := a.option(name)
	if v == nil {
		return otherwise
	}
	text, _ := literal(v)
	if yes, ok := truthOf(text); ok {
		return yes
	}
	a.p.errorf(v.At(), "bad-flag", "%s of %s is true or false, not %q", name, a.c.Name, text)
	return otherwise
}

// truthOf is the truth value that a word says.
func truthOf(word string) (yes, ok bool) {
	switch strings.ToLower(word) {
	case "t", "true", "1", "yes":
		return true, true
	case "f", "false", "0", "no":
		return false, true
	}
	return false, false
}

// names is the plain names among the arguments, strings and numbers included: fields.
func (a *args) names() []*ast.Name {
	var out []*ast.Name
	a.left = slices.DeleteFunc(a.left, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Name:
			out = append(out, n)
		case *ast.String:
			out = append(out, &ast.Name{Pos: n.Pos, Text: n.Text, Quote: '"'})
		case *ast.Number:
			out = append(out, &ast.Name{Pos: n.Pos, Text: n.Text})
		default:
			return false
		}
		return true
	})
	return out
}

// clause is the arguments of a clause such as `by`, and its keyword's place; ok is false if there is none. Two of a kind are one.
func (a *args) clause(keywords ...string) (list []ast.Node, at source.Span, ok bool) {
	for _, c := range take(a, func(c *ast.Clause) bool { return slices.Contains(keywords, c.Keyword) }) {
		list, at, ok = append(list, c.Args...), c.At(), true
	}
	return list, at, ok
}

// behindBy gives back the options that stand behind a by clause, and so in it, but belong to the command; the rest is the clause, with the
// options that are its own.
func (a *args) behindBy(list []ast.Node, own ...string) []ast.Node {
	cmd := Lookup(a.c.Name)
	return slices.DeleteFunc(list, func(n ast.Node) bool {
		o, ok := n.(*ast.Option)
		if !ok || slices.Contains(own, o.Name) || cmd.option(o.Name) == nil {
			return false
		}
		if !cmd.option(o.Name).Idle {
			a.left = append(a.left, o)
		}
		return true
	})
}

// done reports whatever nothing asked for.
func (a *args) done() {
	syntax := ""
	if cmd := Lookup(a.c.Name); cmd != nil {
		syntax = "syntax: " + cmd.Syntax
	}
	for _, n := range a.left {
		a.p.errorf(n.At(), "unexpected-argument", "%s does not take this", a.c.Name).WithHint("%s", syntax)
	}
}

func texts(names []*ast.Name) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.Text
	}
	return out
}
