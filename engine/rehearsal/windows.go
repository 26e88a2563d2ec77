package rehearsal

import (
	"sort"
	"time"

	"spoor/engine/schedule"
)

// windows is those of a rule's runs, in the order of their ticks.
type windows []schedule.Window

// whole is all of the time that they search.
func (w windows) whole() schedule.Window {
	out := w[len(w)-1]
	out.From = w[0].From
	for _, one := range w {
		if one.From.Before(out.From) {
			out.From = one.From
		}
		if one.To.After(out.To) {
			out.To = one.To
		}
	}
	return out
}

// holding is which of them hold all of the time from first to last.
func (w windows) holding(first, last int64) (out []int) {
	begin := sort.Search(len(w), func(i int) bool { return w[i].To.UnixNano() > last })
	for i := begin; i < len(w) && !after(w[i].From, first); i++ {
		out = append(out, i)
	}
	return out
}

// after says whether a moment lies before a beginning.
func after(from time.Time, ns int64) bool { return !from.IsZero() && from.UnixNano() > ns }

// overlap is by how much a window goes back behind the end of the one before.
func (w windows) overlap(i int) time.Duration {
	if i == 0 || w[i].From.IsZero() {
		return 0
	}
	return w[i-1].To.Sub(w[i].From)
}

// length is how much time one of them holds.
func (w windows) length(i int) time.Duration {
	return w[i].To.Sub(w[i].From).Truncate(time.Microsecond)
}

// edge is the first of them that holds the end of something, of which the beginning is before it.
func (w windows) edge(last int64) (int, bool) {
	i := sort.Search(len(w), func(i int) bool { return w[i].To.UnixNano() > last })
	return i, i < len(w)
}
