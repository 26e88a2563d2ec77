package ast

import "fmt"

// eql writes a node of EQL's trees and says whether it was one.
func (d *dumper) eql(n Node, depth int) bool {
	switch x := n.(type) {
	case *Query:
		children := []Node{x.Body}
		for _, p := range x.Pipes {
			children = append(children, p)
		}
		d.line(depth, "query", children...)
	case *Pipe:
		d.line(depth, fmt.Sprintf("pipe %s %d", x.Name, x.Count))
	case *EventQuery:
		d.line(depth, fmt.Sprintf("event %q any=%t", x.Category, x.Any), x.Where)
	case *Sequence:
		d.sequence(x, depth)
	case *Sample:
		d.line(depth, "sample", append(keyNodes(x.By), itemNodes(x.Items)...)...)
	case *Item:
		d.line(depth, fmt.Sprintf("item missing=%t runs=%d", x.Missing, x.Runs), append(keyNodes(x.By), x.Event)...)
	case *Negation:
		d.line(depth, "not", x.X)
	case *Minus:
		d.line(depth, "minus", x.X)
	case *Junction:
		d.line(depth, x.Op, x.Args...)
	case *Comparison:
		d.line(depth, x.Op, x.X, x.Y)
	case *Arithmetic:
		d.line(depth, x.Op, x.X, x.Y)
	case *Match:
		d.line(depth, fmt.Sprintf("match %s not=%t bare=%t", x.Op, x.Not, x.Bare), append([]Node{x.X}, x.List...)...)
	case *Invocation:
		d.line(depth, fmt.Sprintf("call %s ignoring case=%t", x.Name, x.IgnoreCase), x.Args...)
	default:
		return d.eqlLeaf(n, depth)
	}
	return true
}

func (d *dumper) sequence(s *Sequence, depth int) {
	head := "sequence"
	if s.MaxSpan != nil {
		head += " maxspan=" + s.MaxSpan.String()
	}
	children := append(keyNodes(s.By), itemNodes(s.Items)...)
	if s.Until != nil {
		children = append(children, s.Until)
		head += " until the last item"
	}
	d.line(depth, head, children...)
}

func (d *dumper) eqlLeaf(n Node, depth int) bool {
	switch x := n.(type) {
	case *Path:
		d.line(depth, fmt.Sprintf("field %q optional=%t backticks=%t", x.Name, x.Optional, x.Quoted))
	case *Text:
		d.line(depth, fmt.Sprintf("text %q raw=%t", x.Text, x.Raw))
	case *Numeral:
		d.line(depth, "number "+x.Text)
	case *Boolean:
		d.line(depth, x.String())
	case *Null:
		d.line(depth, "null")
	default:
		return false
	}
	return true
}

func keyNodes(keys []*Path) []Node {
	nodes := make([]Node, len(keys))
	for i, k := range keys {
		nodes[i] = k
	}
	return nodes
}

func itemNodes(items []*Item) []Node {
	nodes := make([]Node, len(items))
	for i, item := range items {
		nodes[i] = item
	}
	return nodes
}
