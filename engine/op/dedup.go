package op

import (
	"slices"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// rowPlace is the hidden column that numbers rows which are put away apart, so that they come together again in their order.
const rowPlace = "\x00place"

var byPlace = []plan.SortKey{{Name: rowPlace}}

// deduper keeps the first rows of each combination of values. Beyond a limit of memory it learns no more combinations: the rows with others are
// divided by a hash of them, and each part is looked at on its own.
type deduper struct {
	*plan.Dedup
	space   *spill.Space
	account *spill.Account
	depth   int

	seen map[string]int
	last string
	away *divided // nil: nothing was put away
}

func (r *runner) dedup(in column.Stream, n *plan.Dedup) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		d := &deduper{Dedup: n, space: r.Space, account: r.Space.Account()}
		d.rows(in)(yield)
	}
}

func (d *deduper) rows(in column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		d.seen = map[string]int{}
		defer d.account.Release()
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			if d.away != nil {
				b = d.away.numbered(b)
			}
			known, others := d.decide(b)
			if d.away != nil {
				d.away.add(known, b, others)
			} else if !yield(known, nil) {
				return
			}
			if d.away == nil && !d.Consecutive && d.depth < mostDepth && !d.account.Grow(0) {
				d.away = newDivided(d.space, d.depth)
			}
		}
		if d.away == nil {
			return
		}
		d.seen = nil
		d.account.Release()
		d.away.merged(func(part *spill.Run, _ int) column.Stream {
			below := &deduper{Dedup: d.Dedup, space: d.space, account: d.space.Account(), depth: d.depth + 1}
			return below.rows(part.All())
		})(yield)
	}
}

// decide is the rows of a batch that are kept, and by their hashes those of which that is not known, since they have combinations that are not
// learned any more.
func (d *deduper) decide(b *column.Batch) (known *column.Batch, others map[uint32]uint64) {
	var keep, drop []uint32
	for r := range b.Rows {
		key, complete := dedupKey(b, d.Fields, r)
		switch {
		case !complete && d.KeepEmpty:
			keep = append(keep, uint32(r))
			continue
		case !complete:
			continue
		case d.Consecutive && key != d.last:
			clear(d.seen)
		}
		d.last = key
		n, met := d.seen[key]
		if !met && d.away != nil {
			if others == nil {
				others = map[uint32]uint64{}
			}
			others[uint32(r)] = xxh3.HashString(key)
			continue
		}
		if !met && !d.Consecutive {
			d.account.Grow(80 + len(key))
		}
		if n < d.N {
			d.seen[key]++
			keep = append(keep, uint32(r))
		} else {
			drop = append(drop, uint32(r))
		}
	}
	if d.KeepEvents {
		blanked := blank(b, d.Fields, drop)
		keep = append(keep, drop...)
		slices.Sort(keep)
		return pick(blanked, keep), others
	}
	return pick(b, keep), others
}

// dedupKey is the values of a row's fields as one text; complete is false if one of them is missing.
func dedupKey(b *column.Batch, fields []string, r int) (key string, complete bool) {
	var sb strings.Builder
	for _, f := range fields {
		v := b.Col(f).Value(r)
		if v.IsNull() {
			return "", false
		}
		for _, x := range v.Items() {
			text := x.String()
			sb.WriteString(strconv.Itoa(len(text))) // the text may hold any byte
			sb.WriteByte(':')
			sb.WriteString(text)
		}
		sb.WriteByte(',')
	}
	return sb.String(), true
}

// blank takes the values of some fields away in the given rows.
func blank(b *column.Batch, fields []string, rows []uint32) *column.Batch {
	for _, f := range fields {
		if b.Schema.Slot(f) < 0 {
			continue
		}
		values := column.ToValues(b.Col(f))
		for _, r := range rows {
			values[r] = column.Value{}
		}
		b = b.With(f, column.FromValues(values))
	}
	return b
}
