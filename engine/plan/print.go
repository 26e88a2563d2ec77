package plan

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"spoor/engine/column"
)

// Print is the plan as a tree, the last step first: what explain shows.
func Print(n Node) string {
	var b strings.Builder
	printTree(&b, n, 0)
	return b.String()
}

func printTree(b *strings.Builder, n Node, depth int) {
	b.WriteString(strings.Repeat("  ", depth))
	b.WriteString(n.String())
	b.WriteByte('\n')
	for _, in := range n.Inputs() {
		printTree(b, in, depth+1)
	}
}

func names(list []string) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = fieldName(n)
	}
	return strings.Join(out, ", ")
}

func (n *Scan) String() string {
	if n.Earliest == column.Beginning && n.Latest == column.End {
		return "Scan"
	}
	return "Scan " + instant(n.Earliest) + " <= _time < " + instant(n.Latest)
}

func instant(ns int64) string {
	switch ns {
	case column.Beginning:
		return "beginning"
	case column.End:
		return "end"
	}
	return time.Unix(0, ns).UTC().Format(time.RFC3339Nano)
}

func (n *View) String() string {
	return fmt.Sprintf("View %s of %d kinds of events", n.Dataset, len(n.Kinds))
}
func (n *Filter) String() string { return "Filter " + Brief(n.Cond) }

func (n *Extend) String() string {
	parts := make([]string, len(n.Assigns))
	for i, a := range n.Assigns {
		parts[i] = fieldName(a.Name) + " := " + Brief(a.Expr)
	}
	return "Extend " + strings.Join(parts, ", ")
}

func (n *Each) String() string {
	parts := make([]string, len(n.Rules))
	for i, r := range n.Rules {
		as := r.As
		if as == "" {
			as = r.Pattern
		}
		if r.Expr == nil {
			parts[i] = r.Pattern + " as it is"
		} else {
			parts[i] = as + " := " + strings.ReplaceAll(r.Expr.String(), fieldName(It), r.Pattern)
		}
	}
	return "Each " + strings.Join(parts, ", ")
}

func (n *Project) String() string {
	return "Project " + [...]string{"keep ", "drop ", "table "}[n.Mode] + names(n.Patterns)
}

func (n *Rename) String() string {
	parts := make([]string, len(n.Pairs))
	for i, p := range n.Pairs {
		parts[i] = fieldName(p.From) + " -> " + fieldName(p.To)
	}
	return "Rename " + strings.Join(parts, ", ")
}

func (n *Extract) String() string {
	s := "Extract " + strconv.Quote(n.Pattern) + " from " + fieldName(n.Field)
	if n.Max != 1 {
		s += " max " + strconv.Itoa(n.Max)
	}
	if n.OffsetAs != "" {
		s += ", places as " + fieldName(n.OffsetAs)
	}
	return s
}

func (n *Aggregate) String() string {
	s := "Aggregate " + aggregatesBy(n.Aggs, n.Keys)
	if n.Only != nil {
		s += " only where " + Brief(n.Only)
	}
	return s
}

func (a *Agg) String() string {
	args := make([]string, len(a.Args))
	for i, x := range a.Args {
		args[i] = x.String()
	}
	if a.Wild != "" {
		args = []string{a.Wild}
	}
	name := a.Func.Name
	if a.Func.Param {
		name += strconv.FormatFloat(a.Param, 'f', -1, 64)
	}
	return name + "(" + strings.Join(args, ", ") + ") as " + fieldName(a.As)
}

func (n *Sort) String() string {
	parts := make([]string, len(n.Keys))
	for i, k := range n.Keys {
		parts[i] = fieldName(k.Name)
		if by := [...]string{"", "num", "str", "ip"}[k.By]; by != "" {
			parts[i] = by + "(" + parts[i] + ")"
		}
		if k.Desc {
			parts[i] += " desc"
		}
	}
	s := "Sort " + strings.Join(parts, ", ")
	if n.Limit > 0 {
		s += " limit " + strconv.Itoa(n.Limit)
	}
	return s
}

func (n *Limit) String() string     { return "Limit " + strconv.Itoa(n.N) }
func (n *TakeWhile) String() string { return "TakeWhile " + n.Cond.String() }
func (n *Tail) String() string      { return "Tail " + strconv.Itoa(n.N) }
func (n *Reverse) String() string   { return "Reverse" }
func (n *Unify) String() string     { return "Unify" }
func (n *Bins) String() string {
	return fmt.Sprintf("Bins %s into %d as %s", fieldName(n.Field), n.N, fieldName(n.As))
}

func (n *Dedup) String() string {
	s := fmt.Sprintf("Dedup %d by %s", n.N, names(n.Fields))
	for _, o := range []struct {
		on   bool
		name string
	}{{n.KeepEvents, "keepevents"}, {n.KeepEmpty, "keepempty"}, {n.Consecutive, "consecutive"}} {
		if o.on {
			s += " " + o.name
		}
	}
	return s
}
