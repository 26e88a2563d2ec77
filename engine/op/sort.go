package op

import (
	"net/netip"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// collector keeps rows. With keys it is the sink of plan.Sort, and under a limit it holds about twice the limit at most.
type collector struct {
	keys    []plan.SortKey
	limit   int  // 0: all
	size    int  // rows per batch of the result
	loose   bool // the columns depend on the data: give them an order that does not depend on which came first
	batches []*column.Batch
	rows    int
}

func (c *collector) Add(b *column.Batch) bool {
	if b.Rows > 0 || len(c.batches) == 0 {
		c.batches = append(c.batches, b.Keep())
		c.rows += b.Rows
	}
	if c.limit > 0 && c.rows > 2*c.limit+4096 {
		c.compact()
	}
	return false
}

// compact sorts what is there and drops what is beyond the limit.
func (c *collector) compact() {
	b := c.sorted()
	c.batches, c.rows = []*column.Batch{b}, b.Rows
}

func (c *collector) Merge(from Sink) {
	f := from.(*collector)
	c.batches = append(c.batches, f.batches...)
	c.rows += f.rows
}

func (c *collector) Result() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		if len(c.batches) == 0 {
			return
		}
		b := c.sorted()
		if b.Rows == 0 {
			yield(b, nil)
			return
		}
		pieces(b, c.size)(yield)
	}
}

// sorted is all rows in one batch, in order.
func (c *collector) sorted() *column.Batch {
	b := union(c.batches)
	if c.loose {
		b = canonical(b)
	}
	if len(c.keys) == 0 {
		return b
	}
	order := all(b.Rows)
	cmps := make([]func(x, y uint32) int, len(c.keys))
	for i, k := range c.keys {
		cmps[i] = comparer(b.Col(k.Name), k)
	}
	slices.SortStableFunc(order, func(x, y uint32) int {
		for _, cmp := range cmps {
			if d := cmp(x, y); d != 0 {
				return d
			}
		}
		return 0
	})
	if c.limit > 0 && len(order) > c.limit {
		order = order[:c.limit]
	}
	return b.Pick(order)
}

// union is the rows of all batches under the columns of all.
func union(batches []*column.Batch) *column.Batch {
	if len(batches) == 1 {
		return batches[0]
	}
	var names []string
	seen := map[string]bool{}
	rows := 0
	for _, b := range batches {
		rows += b.Rows
		for _, n := range b.Schema.Names {
			if !seen[n] {
				seen[n] = true
				names = append(names, n)
			}
		}
	}
	cols := make([]column.Vector, len(names))
	parts := make([]column.Vector, len(batches))
	for i, n := range names {
		for j, b := range batches {
			parts[j] = b.Col(n)
		}
		cols[i] = column.Concat(parts)
	}
	return column.NewBatch(column.NewSchema(names...), cols, rows)
}

// comparer orders two rows by one key. Rows without a value come last in either direction.
func comparer(v column.Vector, k plan.SortKey) func(x, y uint32) int {
	values := column.ToValues(v)
	compare := [...]func(a, b column.Value) int{column.Compare, column.CompareNumbers, column.CompareText, compareAddresses}[k.By]
	if ints, ok := plainInts(v); ok && k.By <= plan.Num {
		values, compare = nil, nil
		return func(x, y uint32) int { return direction(ints[x] < ints[y], ints[x] > ints[y], k.Desc) }
	}
	return func(x, y uint32) int {
		a, b := values[x], values[y]
		if a.IsNull() || b.IsNull() {
			return direction(b.IsNull() && !a.IsNull(), a.IsNull() && !b.IsNull(), false)
		}
		d := compare(a, b)
		return direction(d < 0, d > 0, k.Desc)
	}
}

func direction(less, more, desc bool) int {
	switch {
	case less == more:
		return 0
	case less != desc:
		return -1
	}
	return 1
}

// plainInts is a column's integers, if it holds nothing but integers or times.
func plainInts(v column.Vector) ([]int64, bool) {
	switch v := v.(type) {
	case *column.Ints:
		return v.Values, v.Null == nil
	case *column.Times:
		out := make([]int64, len(v.Values))
		for i, t := range v.Values {
			out[i] = int64(t)
		}
		return out, v.Null == nil
	}
	return nil, false
}

// compareAddresses orders addresses by address; what is none comes behind, as text.
func compareAddresses(a, b column.Value) int {
	x, errx := netip.ParseAddr(a.String())
	y, erry := netip.ParseAddr(b.String())
	switch {
	case errx == nil && erry == nil:
		return x.Compare(y)
	case errx == nil:
		return -1
	case erry == nil:
		return 1
	}
	return column.CompareText(a, b)
}
