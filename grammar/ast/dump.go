package ast

import (
	"fmt"
	"strings"
)

// Dump is the tree as indented lists, without places, for eyes and for comparing two trees.
func Dump(n Node) string {
	var d dumper
	d.node(n, 0)
	return strings.TrimSuffix(string(d.text), "\n")
}

type dumper struct{ text []byte }

// deepest is where indenting ends: a chain of a thousand operators is as deep as it is long.
const deepest = 60

// line writes a head and then the children below it.
func (d *dumper) line(depth int, head string, children ...Node) {
	d.text = append(d.text, strings.Repeat("  ", min(depth, deepest))+"("+head+"\n"...)
	for _, c := range children {
		d.node(c, depth+1)
	}
	d.text = append(d.text[:len(d.text)-1], ")\n"...)
}

func (d *dumper) node(n Node, depth int) {
	switch x := n.(type) {
	case nil:
		d.line(depth, "nothing")
	case *Pipeline:
		d.line(depth, "pipeline", nodesOf(x.Commands)...)
	case *Command:
		head := x.Name
		if x.Implied {
			head += " implied"
		}
		d.line(depth, head, x.Args...)
	case *Option:
		d.line(depth, "option "+x.Name, x.Value)
	case *Clause:
		d.line(depth, "clause "+x.Keyword, x.Args...)
	case *Alias:
		d.line(depth, "as", x.What, x.As)
	case *SortKey:
		d.line(depth, fmt.Sprintf("key desc=%t sign=%q loose=%t %s", x.Desc, x.Sign, x.Loose, x.Func), x.Field)
	case *Subsearch:
		d.line(depth, "subsearch", x.Pipeline)
	case *Call:
		head := "call " + x.Name
		if x.Bare {
			head = "bare " + x.Name
		}
		d.line(depth, head, x.Args...)
	case *Unary:
		d.line(depth, x.Op, x.X)
	case *Binary:
		head := x.Op
		if x.Implied {
			head += " implied"
		}
		d.line(depth, head, x.X, x.Y)
	case *In:
		d.line(depth, "in", append([]Node{x.X}, x.List...)...)
	case *Assign:
		d.line(depth, "assign", x.Target, x.Value)
	default:
		if !d.eql(n, depth) {
			d.leaf(n, depth)
		}
	}
}

func (d *dumper) leaf(n Node, depth int) {
	switch x := n.(type) {
	case *Name:
		d.line(depth, "name "+quotedBy(x.Text, x.Quote))
	case *Sign:
		d.line(depth, "sign "+x.String())
	case *Template:
		d.line(depth, fmt.Sprintf("template %q", x.Text))
	case *Field:
		d.line(depth, "field "+quotedBy(x.Text, map[bool]byte{true: '\''}[x.Quoted]))
	case *String:
		d.line(depth, fmt.Sprintf("string %q", x.Text))
	case *Number:
		d.line(depth, "number "+x.Text)
	case *Compare:
		d.line(depth, x.Op+" "+quotedBy(x.Field.Text, x.Field.Quote)+" "+x.Value.dump())
	case *Among:
		head := "among " + quotedBy(x.Field.Text, x.Field.Quote)
		for _, v := range x.Values {
			head += " " + v.dump()
		}
		d.line(depth, head, nodesOf(x.Searches)...)
	case *Term:
		d.line(depth, "term "+x.Value.dump())
	default:
		d.line(depth, fmt.Sprintf("%T %s", n, n))
	}
}

func (v *Value) dump() string {
	text := v.Text
	if v.Quoted {
		text = fmt.Sprintf("%q", text)
	}
	return strings.TrimSpace(v.Func + " " + text)
}

// quotedBy is a name, marked by the quotes it was written in.
func quotedBy(text string, quote byte) string {
	if quote == 0 {
		return text
	}
	return string(quote) + text + string(quote)
}

func nodesOf[T Node](list []T) []Node {
	nodes := make([]Node, len(list))
	for i, n := range list {
		nodes[i] = n
	}
	return nodes
}
