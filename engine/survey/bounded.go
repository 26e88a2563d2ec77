package survey

import (
	"maps"
	"slices"
)

// bounded keeps something for each of many names that a log chooses: for the first so many of them in the order of names, and for all others
// together. So what it holds does not depend on the order in which the names come.
type bounded[T any] struct {
	most   int
	make   func() *T
	add    func(to, from *T)
	by     map[string]*T
	rest   *T     // of the names that were put out; nil: none was
	beyond string // the first of them: it and all behind it are out
}

func newBounded[T any](most int, make func() *T, add func(to, from *T)) bounded[T] {
	return bounded[T]{most: most, make: make, add: add, by: map[string]*T{}}
}

// of is what is kept for a name.
func (b *bounded[T]) of(name string) *T {
	if t := b.by[name]; t != nil {
		return t
	}
	if b.rest != nil && name >= b.beyond {
		return b.rest
	}
	name = string([]byte(name)) // the text of a batch would keep all of its neighbours
	t := b.make()
	b.by[name] = t
	if len(b.by) >= 2*b.most { // seldom, for it looks at all of them
		b.trim()
		if name >= b.beyond {
			return b.rest
		}
	}
	return t
}

// names is the names that something is kept for, in order.
func (b *bounded[T]) names() []string { return slices.Sorted(maps.Keys(b.by)) }

// trim puts names out until there are no more than there may be.
func (b *bounded[T]) trim() {
	names := b.names()
	from := min(b.most, len(names))
	if b.rest != nil {
		at, _ := slices.BinarySearch(names, b.beyond)
		from = min(from, at)
	}
	for _, name := range names[from:] {
		if b.rest == nil {
			b.rest = b.make()
		}
		b.add(b.rest, b.by[name])
		delete(b.by, name)
	}
	if from < len(names) {
		b.beyond = names[from]
	}
}

// addAll puts what another one keeps on top.
func (b *bounded[T]) addAll(o *bounded[T]) {
	if o.rest != nil {
		if b.rest == nil {
			b.rest, b.beyond = b.make(), o.beyond
		}
		b.beyond = min(b.beyond, o.beyond)
		b.add(b.rest, o.rest)
		b.trim()
	}
	for _, name := range o.names() {
		b.add(b.of(name), o.by[name])
	}
}
