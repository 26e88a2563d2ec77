package op

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// deadline ends a search that runs too long. It begins when the first row is asked for.
type deadline struct {
	clock func() time.Time
	after time.Duration
	until time.Time
	hit   atomic.Bool // something came too late
}

// over says, of rows that have come, whether the time is up. Without a clock it never is.
func (d *deadline) over() bool {
	if d.clock != nil && d.clock().After(d.until) {
		d.hit.Store(true)
	}
	return d.hit.Load()
}

func (d *deadline) start() {
	if d.clock != nil {
		d.until = d.clock().Add(d.after)
	}
}

// bound is a consumer that is full when the time is up.
func (d *deadline) bound(consume func(string, *column.Batch) (bool, error)) func(string, *column.Batch) (bool, error) {
	if d == nil {
		return consume
	}
	return func(kind string, b *column.Batch) (bool, error) {
		if d.over() {
			return true, nil
		}
		return consume(kind, b)
	}
}

// cap keeps the first rows of a node, and says what was lost.
func (r *runner) cap(n *plan.Cap, need plan.Need) column.Stream {
	inner, late := *r, &deadline{}
	if n.Time > 0 {
		late = &deadline{clock: r.Clock, after: n.Time}
		inner.deadline = late
	}
	in := inner.below(n, need)
	r.given = inner.given
	return func(yield func(*column.Batch, error) bool) {
		late.start()
		left, lost := n.Rows, 0
		for b, err := range in {
			if err == nil && n.Rows > 0 && b.Rows > left {
				lost += b.Rows - left
				b = b.Slice(0, left)
			}
			if empty := err == nil && b.Rows == 0 && lost > 0; !empty && !yield(b, err) || err != nil {
				return
			}
			left -= b.Rows
		}
		r.lost(n, lost, late.hit.Load())
	}
}

// lost says what a Cap took away.
func (r *runner) lost(n *plan.Cap, rows int, late bool) {
	l := n.Limit
	if r.Env.Warn == nil {
		return
	}
	if late {
		r.Env.Warn(source.Warnf(l.Span, l.Name+"-time", "%s ends after %s (%s-time): what it would have found later was lost", l.Of, n.Time, l.Name).WithHint("%s", l.Cure))
	}
	if rows > 0 {
		r.Env.Warn(source.Warnf(l.Span, l.Name, "%s keeps %d rows (%s): lost were %d", l.Of, n.Rows, l.Name, rows).WithHint("%s", l.Cure))
	}
}

// shorten keeps the first values of multivalues, and says what was lost.
func (r *runner) shorten(n *plan.Shorten, in column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		lost := 0
		for b, err := range in {
			if err == nil {
				b = shortened(b, n, &lost)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
		tellShortened(r.Env, n, lost)
	}
}

// tellShortened says how many values were lost, if any.
func tellShortened(env *function.Env, n *plan.Shorten, lost int) {
	if l := n.Limit; lost > 0 && env.Warn != nil {
		env.Warn(source.Warnf(l.Span, l.Name, "%s keeps %d values (%s): lost were %d", l.Of, n.Values, l.Name, lost).WithHint("%s", l.Cure))
	}
}

func shortened(b *column.Batch, n *plan.Shorten, lost *int) *column.Batch {
	for _, name := range b.Schema.Names {
		if !slices.ContainsFunc(n.Columns, func(pattern string) bool { return matches(pattern, name) }) {
			continue
		}
		before := *lost
		if v := cutLists(b.Col(name), n.Values, lost); *lost > before {
			b = b.With(name, v)
		}
	}
	return b
}

// cutLists keeps the first so many values of each, and counts the others.
func cutLists(v column.Vector, most int, lost *int) column.Vector {
	values := column.ToValues(v)
	for i, v := range values {
		if items := v.Items(); len(items) > most {
			*lost += len(items) - most
			values[i] = column.Multi(items[:most])
		}
	}
	return column.FromValues(values)
}

// matches says whether a name is one of a pattern; internal ones are only if it says so.
func matches(pattern, name string) bool {
	_, ok := plan.MatchName(pattern, name)
	return ok && !column.Hidden(name) && (name == pattern || !strings.HasPrefix(name, "_") || strings.HasPrefix(pattern, "_"))
}
