package plan

import (
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/grammar/source"
)

// GroupKey is the hidden column that tells rows apart whatever was counted of them, so that a row is known again when the search is answered
// over other hours: a JSON array whose first element says what the others are.
//
//	["group", "web01", "bash"]   the values by which a group was made
//	["part", null, "curl"]       a value that was expanded out of a row, behind the key of that row
//
// It is null where a row stands for one record, and of rows that cannot be told apart but by all of their columns.
const GroupKey = "\x00group"

// Moment is the hidden column with the time of each event of a sequence, beside GroupKey.
const Moment = "\x00moment"

// Keyed is the plan with a GroupKey in each row.
func Keyed(n Node) Node {
	switch n := n.(type) {
	case *Sequence, *Sample:
		return &Extend{In: n, Assigns: []Assign{{Moment, &Field{Name: EventTime}}}}
	case *Aggregate:
		return keyedBy(n, n.Keys)
	case *Chart:
		return keyedBy(n, []string{n.Row})
	case *Top:
		return keyedBy(n, append(n.By[:len(n.By):len(n.By)], n.Fields...))
	case *Transaction:
		return named(n, "part", n.Fields)
	case *Dedup:
		if n.N == 1 && !n.KeepEvents && !n.KeepEmpty && !n.Consecutive {
			return keyedBy(n, n.Fields)
		}
	case *Expand:
		return named(n.With(Keyed(n.In)), "part", []string{GroupKey, n.Field})
	case *Join:
		return n.With(Keyed(n.Left), n.Right)
	case *AppendColumns:
		return n.With(Keyed(n.Left), n.Right)
	case *AppendPipe:
		return n.With(Keyed(n.In), n.Pipe)
	case *Union:
		ins := make([]Node, len(n.Ins))
		for i, in := range n.Ins {
			ins[i] = Keyed(in)
		}
		return n.With(ins...)
	case *Set:
		return n
	}
	if !Carries(n) || len(n.Inputs()) != 1 {
		return n
	}
	in := n.Inputs()[0]
	if with := Keyed(in); with != in {
		return n.With(with)
	}
	return n
}

func keyedBy(n Node, names []string) Node { return named(n, "group", names) }

// named gives each row of a node its key.
func named(n Node, what string, names []string) Node {
	args := []Expr{&Const{V: column.Str(what)}}
	for _, name := range names {
		args = append(args, &Field{Name: name})
	}
	return &Extend{In: n, Assigns: []Assign{{GroupKey, NewCall(function.SPL, "json_array", source.Span{}, args...)}}}
}
