package finding

import "slices"

// distinct is values in the order in which they came, each once. There may be very many: logs decide that.
type distinct[T comparable] struct {
	list []T
	seen map[T]bool // once there are more than a few
}

func (d *distinct[T]) add(v T) {
	const few = 16
	switch {
	case d.seen == nil && len(d.list) < few:
		if slices.Contains(d.list, v) {
			return
		}
	case d.seen == nil:
		d.seen = make(map[T]bool, 2*few)
		for _, old := range d.list {
			d.seen[old] = true
		}
		d.add(v)
		return
	case d.seen[v]:
		return
	default:
		d.seen[v] = true
	}
	d.list = append(d.list, v)
}
