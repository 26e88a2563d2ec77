package op

import (
	"net/netip"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// collector keeps rows, or puts them away where they are too many. With keys it is the sink of plan.Sort, and under a limit it holds about
// twice the limit at most.
type collector struct {
	keys  []plan.SortKey
	limit int  // 0: all
	size  int  // rows per batch of the result
	loose bool // the columns depend on the data
	// arrange gives the columns an order that does not depend on which came first; nil: they have one
	arrange func(names []string) []string
	wanted  *plan.Need // what is read of the result; nil: everything
	filled  bool       // drop the columns in which no row has a value
	batches []*column.Batch
	rows    int
	workers int            // who puts bundles together; 0: no bundles are made
	bundles []*bundle      // of the batches that are bundles, the first ones
	bundled int            // the rows in these
	last    []column.Value // under a limit, once there are that many rows: the keys of the last one; what is behind it is not kept

	space   *spill.Space
	account *spill.Account
	leaving func()       // is called before rows are put away; may be nil
	runs    []*spill.Run // what was put away, each in the order of the keys if there are any
	away    inventory    // of what was put away
}

func (c *collector) Add(b *column.Batch) bool {
	if c.last != nil {
		b = pick(b, c.before(b))
	}
	if b.Rows == 0 && len(c.batches)+len(c.runs) > 0 {
		return false
	}
	if c.bundling() {
		b = b.Pack()
	} else {
		b = b.Keep()
	}
	c.batches = append(c.batches, b)
	c.rows += b.Rows
	if c.limit > 0 && c.rows > 2*c.limit+4096 {
		c.compact()
	} else if c.account != nil && !c.account.Grow(c.cost(b)) {
		c.putAway()
	} else if c.bundling() && c.rows-c.bundled >= bundleBatches*c.size {
		c.bundle()
	}
	return c.space.Err() != nil
}

// cost is the bytes that a batch takes, with what it takes to sort its rows.
func (c *collector) cost(b *column.Batch) int { return spill.Weight(b) + 40*b.Rows }

// bundling says whether rows are put in order as they come. Under a limit it is better to drop some as they come.
func (c *collector) bundling() bool { return c.workers > 0 && len(c.keys) > 0 && c.limit == 0 }

// compact sorts what is there and drops what is beyond the limit.
func (c *collector) compact() {
	kept := c.table()
	b := kept.gather(order(kept, c.keys, c.limit)).Keep()
	c.batches, c.rows = []*column.Batch{b}, b.Rows
	if b.Rows > 0 && b.Rows == c.limit {
		c.last = keysOf(b, c.keys)
	}
	if c.account != nil {
		c.account.Hold(c.cost(b))
	}
}

// keysOf is the keys of the last row.
func keysOf(b *column.Batch, keys []plan.SortKey) []column.Value {
	out := make([]column.Value, len(keys))
	for i, k := range keys {
		out[i] = b.Col(k.Name).Value(b.Rows - 1).Clone()
	}
	return out
}

// before is the rows that do not come behind the last one that is kept.
func (c *collector) before(b *column.Batch) []uint32 {
	cols := make([]column.Vector, len(c.keys))
	for i, k := range c.keys {
		cols[i] = b.Col(k.Name)
	}
	var rows []uint32
	for r := range b.Rows {
		d := 0
		for i := 0; d == 0 && i < len(cols); i++ {
			d = compareKey(cols[i].Value(r), c.last[i], c.keys[i])
		}
		if d <= 0 {
			rows = append(rows, uint32(r))
		}
	}
	return rows
}

func (c *collector) Merge(from Sink) {
	f := from.(*collector)
	if len(c.bundles)+len(f.bundles) > 0 {
		c.bundle()
		f.bundle()
		for _, b := range f.bundles {
			b.from += c.rows
		}
		c.bundles, c.bundled = append(c.bundles, f.bundles...), c.bundled+f.bundled
	}
	c.batches, c.runs = append(c.batches, f.batches...), append(c.runs, f.runs...)
	c.rows += f.rows
	c.away.join(&f.away)
	c.account.Take(f.account)
}

func (c *collector) Result() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		if err := c.space.Err(); err != nil {
			yield(nil, err)
			return
		}
		if c.limit > 0 && (c.loose || c.filled) { // which columns there are, only the rows of the result say
			c.reduce()
		}
		if len(c.runs) > 0 {
			c.united()(yield)
			return
		}
		if len(c.batches) > 0 {
			t, size := c.table(), c.size
			t.names = c.read(t.names)
			if len(c.bundles) > 0 {
				size *= largeBatches // who writes them divides them among all cores
			}
			c.sorted(t, size)(yield)
		}
	}
}

// sorted is the rows of a table in the order of the keys, up to the limit.
func (c *collector) sorted(t *rows, size int) column.Stream {
	if len(c.keys) == 0 && c.limit == 0 && t.n >= fewRows*max(1, len(t.batches)) { // they are in order, and worth handing on as they are
		return under(t.names, batched(t.batches), size)
	}
	if len(c.bundles) > 0 {
		return c.shared(t, size)
	}
	return func(yield func(*column.Batch, error) bool) {
		order := order(t, c.keys, c.limit)
		if len(order) == 0 {
			yield(t.gather(nil), nil)
			return
		}
		for some := range slices.Chunk(order, size) {
			if !yield(t.gather(some), nil) {
				return
			}
		}
	}
}

// read is the names without those that nobody reads of the result.
func (c *collector) read(names []string) []string {
	if c.wanted == nil || c.wanted.All {
		return names
	}
	return slices.DeleteFunc(names, func(name string) bool { return !c.wanted.Names[name] })
}

// held is the rows that are held.
func (c *collector) held(arrange func(names []string) []string) *rows {
	if len(c.bundles) > 0 {
		c.bundle()
	}
	return newRows(c.batches, arrange)
}

func (c *collector) table() *rows {
	t := c.held(c.arrange)
	if c.filled || c.loose { // which columns without values there are depends on the batches
		t.names = slices.DeleteFunc(t.names, func(name string) bool { return !column.Hidden(name) && !t.any(name) })
	}
	return t
}

var comparisons = [...]func(a, b column.Value) int{plan.Auto: column.Compare, plan.Num: column.CompareNumbers, plan.Text: column.CompareText, plan.IP: compareAddresses}

// compareKey orders two values of a key. A missing value comes last in either direction.
func compareKey(a, b column.Value, k plan.SortKey) int {
	if a.IsNull() || b.IsNull() {
		return direction(b.IsNull() && !a.IsNull(), a.IsNull() && !b.IsNull(), false)
	}
	d := comparisons[k.By](a, b)
	return direction(d < 0, d > 0, k.Desc)
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
