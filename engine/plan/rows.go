package plan

import (
	"fmt"

	"spoor/engine/column"
)

// Rows is rows that stand in the plan itself: what a command makes of nothing. It is a leaf, as Scan is.
type Rows struct {
	Names []string
	Cols  []column.Vector // one for each name, of N rows
	N     int
}

// Inputs is none.
func (*Rows) Inputs() []Node { return nil }

// With is the node itself.
func (n *Rows) With(...Node) Node { return n }

func (n *Rows) String() string { return fmt.Sprintf("Rows %d of %s", n.N, names(n.Names)) }
