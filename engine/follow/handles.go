package follow

import (
	"cmp"
	"slices"
)

// handles is the logs that are open: not more than a process may have, by far, for others need some too.
type handles struct {
	most  int
	open  []*log
	count int
}

// Of the files that a process may have open a third are logs, and no more than mostOpen.
const mostOpen = 800

func newHandles() *handles {
	return &handles{most: max(8, min(mostOpen, openFiles()/3))}
}

// used notes that a log is open and needed. If too many are, those that were not needed for longest are closed: first those that can be found again by
// a name, and of these first those that have one that is looked at.
func (h *handles) used(l *log) {
	if h == nil {
		return
	}
	if l.used == 0 {
		h.open = append(h.open, l)
	}
	h.count++
	if l.used = h.count; len(h.open) <= h.most {
		return
	}
	order := slices.Clone(h.open)
	slices.SortFunc(order, func(a, b *log) int {
		return cmp.Or(cmp.Compare(a.dear(), b.dear()), cmp.Compare(a.used, b.used))
	})
	for _, o := range order[:h.most/4] {
		if o != l && !o.adrift {
			o.close()
		}
	}
}

// dear is how much is lost with the handle of a log.
func (l *log) dear() int {
	switch {
	case l.adrift:
		return 2
	case l.named:
		return 1
	}
	return 0
}

func (h *handles) closed(l *log) {
	if h == nil {
		return
	}
	l.used = 0
	h.open = slices.DeleteFunc(h.open, func(o *log) bool { return o == l })
}
