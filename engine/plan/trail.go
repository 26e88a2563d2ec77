package plan

import (
	"strconv"
	"strings"
)

// Trail sets columns to something about a field in the rows before and in the row itself. Where there is nothing to say, the column stays.
type Trail struct {
	In    Node
	Steps []TrailStep
}

// TrailKind is what a step of Trail makes of a field.
type TrailKind uint8

// The kinds: the last value, if the row has none; the value N rows before; the number less that of N rows before; the sum of the numbers so
// far; and the means of the last N numbers: the plain one, one in which newer numbers count for more, one in which all before count for less
// and less.
const (
	Fill TrailKind = iota
	Lag
	Difference
	Total
	SimpleMean
	WeightedMean
	ExponentialMean
)

// TrailStep is one column of Trail.
type TrailStep struct {
	Kind  TrailKind
	Field string // that of Fill may hold wildcards, which do not stand for internal fields
	As    string // of Fill: empty
	N     int
}

func (n *Trail) Inputs() []Node       { return []Node{n.In} }
func (n *Trail) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Trail) String() string {
	parts := make([]string, len(n.Steps))
	for i, s := range n.Steps {
		parts[i] = [...]string{"fill", "lag", "difference", "total", "sma", "wma", "ema"}[s.Kind]
		if s.N > 0 {
			parts[i] += strconv.Itoa(s.N)
		}
		parts[i] += "(" + s.Field + ")"
		if s.As != "" {
			parts[i] += " as " + fieldName(s.As)
		}
	}
	return "Trail " + strings.Join(parts, ", ")
}

// Filled says whether a step fills a column.
func (s *TrailStep) Filled(name string) bool {
	if strings.HasPrefix(name, "_") && !strings.HasPrefix(s.Field, "_") {
		return false
	}
	_, ok := MatchName(s.Field, name)
	return s.Kind == Fill && ok
}

func (need Need) ofTrail(n *Trail) Need {
	out := need.plus()
	for _, s := range n.Steps {
		if s.Kind != Fill {
			out.add(s.Field)
		}
	}
	return out
}

func trailColumns(n *Trail) ([]string, bool) {
	out, exact := Columns(n.In)
	for _, s := range n.Steps {
		switch {
		case s.Kind != Fill:
			out = add(out, s.As)
		case !strings.Contains(s.Field, "*"):
			out = add(out, s.Field)
		}
	}
	return out, exact
}
