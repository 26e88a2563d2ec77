package tree

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// link gives every event and every child its process.
func (h *host) link() {
	if h.linked {
		return
	}
	h.linked = true
	h.index()
	for _, l := range h.loose {
		p := h.at(l.pid, l.at)
		if p == nil {
			p = newProcess("", l.pid)
			h.byPID[l.pid] = []*process{p}
		}
		p.see(l.at, l.ended, l.image, l.act)
	}
	h.loose = nil
	for _, list := range h.sorted() {
		for _, p := range list {
			if p.above = h.parentOf(p); p.above != nil {
				p.above.children = append(p.above.children, p)
			}
			slices.SortStableFunc(p.acts, byTime)
			p.acts = slices.CompactFunc(p.acts, func(a, b Act) bool { return a.Kind == Exec && a == b }) // delivered twice
		}
	}
}

func byTime(a, b Act) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Object, b.Object), strings.Compare(a.Source, b.Source))
}

// index sorts the processes by their ids of the system, and those of one id by their starts.
func (h *host) index() {
	h.byPID = map[int64][]*process{}
	for _, id := range slices.Sorted(maps.Keys(h.byID)) {
		p := h.byID[id]
		h.byPID[p.pid] = append(h.byPID[p.pid], p)
	}
	for _, p := range h.rest {
		h.byPID[p.pid] = append(h.byPID[p.pid], p)
	}
	for _, list := range h.byPID {
		slices.SortStableFunc(list, func(a, b *process) int { return cmp.Compare(a.begun(), b.begun()) })
	}
}

// sorted is the processes of each id, in the order of the ids.
func (h *host) sorted() [][]*process {
	var out [][]*process
	for _, pid := range slices.Sorted(maps.Keys(h.byPID)) {
		out = append(out, h.byPID[pid])
	}
	return out
}

// begun is the start of the process, or else its first event.
func (p *process) begun() int64 {
	if p.started != Never {
		return p.started
	}
	return p.seen
}

// at is the process that had an id of the system at a time: the last one that began by then, or else the first, if nobody saw that start.
func (h *host) at(pid, at int64) *process {
	list := h.byPID[pid]
	n := len(list)
	for n > 0 && list[n-1].begun() > at {
		n--
	}
	switch {
	case n > 0:
		return list[n-1]
	case len(list) > 0 && list[0].started == Never:
		return list[0]
	}
	return nil
}

// parentOf is the parent of a process, which is made up if no event of it was seen; nil if nothing is known of it.
func (h *host) parentOf(p *process) *process {
	if p.parentID != "" {
		if above := h.byID[p.parentID]; above != nil && above != p {
			return above
		}
	} else if p.ppid >= 0 {
		if above := h.at(p.ppid, p.begun()); above != nil && above != p {
			return above
		}
	}
	if p.parentID == "" && (p.ppid < 0 || p.ppid == p.pid) || p.parentID != "" && p.parentID == p.id {
		return nil
	}
	above := newProcess(p.parentID, p.ppid)
	above.image = p.parent
	if above.id != "" {
		h.byID[above.id] = above
	}
	if above.pid >= 0 {
		h.byPID[above.pid] = slices.Insert(h.byPID[above.pid], 0, above)
	}
	return above
}
