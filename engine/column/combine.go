package column

const (
	mostCombinations = 1 << 20 // of one row
	portion          = 1 << 13 // combinations that the kernel gets at a time
)

// combiner calls a kernel for all combinations of the values that a row's arguments hold; a missing value is one, too.
type combiner struct {
	lift  *Lift
	args  []Vector
	owner []uint32   // by combination, its row
	items [][]Value  // by argument and combination, the value, if the argument is Multis
	out   []Value    // of predicates: by row, what is known so far
	lists [][]Value  // of others: by row, the results so far
	over  []multiple // the arguments that are Multis
}

type multiple struct {
	arg int
	*Multis
}

func newCombiner(l *Lift, rows int, args []Vector) *combiner {
	c := &combiner{lift: l, args: args, items: make([][]Value, len(args)), out: make([]Value, rows)}
	for i, a := range args {
		if m, ok := a.(*Multis); ok {
			c.over = append(c.over, multiple{i, m})
		}
	}
	if l.Lists == EachCombination {
		c.lists = make([][]Value, rows)
		return c
	}
	for i := range c.out {
		c.out[i] = Boolean(false)
	}
	return c
}

func (c *combiner) result() Vector {
	for r := range c.out {
		c.row(r)
	}
	c.flush()
	for r, items := range c.lists {
		c.out[r] = Multi(items)
	}
	return FromValues(c.out)
}

// row adds the combinations of one row, those first that differ in the last argument. A predicate that is true needs no more of them.
func (c *combiner) row(r int) {
	total := 1
	for _, m := range c.over {
		total = min(total*max(int(m.count(r)), 1), mostCombinations)
	}
	for i := range total {
		if len(c.owner) == portion {
			c.flush()
			if c.lists == nil && c.out[r].True() {
				return
			}
		}
		rest := i
		for k := len(c.over) - 1; k >= 0; k-- {
			m := c.over[k]
			n, v := int(m.count(r)), Value{}
			if n > 0 {
				v = m.Items[int(m.Offsets[r])+rest%n]
				rest /= n
			}
			c.items[m.arg] = append(c.items[m.arg], v)
		}
		c.owner = append(c.owner, uint32(r))
	}
}

// flush evaluates what was gathered.
func (c *combiner) flush() {
	if len(c.owner) == 0 {
		return
	}
	with := make([]Vector, len(c.args))
	for i, a := range c.args {
		with[i] = a
		if _, ok := a.(*Multis); !ok {
			with[i] = a.Pick(c.owner)
		}
	}
	for _, m := range c.over {
		with[m.arg] = FromValues(c.items[m.arg])
		c.items[m.arg] = c.items[m.arg][:0]
	}
	result := c.lift.Kernel(len(c.owner), with)
	for i, r := range c.owner {
		v := result.Value(i)
		switch {
		case c.lists != nil:
			c.lists[r] = append(c.lists[r], v.Items()...)
		case !c.out[r].True() && (v.True() || v.IsNull()):
			c.out[r] = v
		}
	}
	c.owner = c.owner[:0]
}
