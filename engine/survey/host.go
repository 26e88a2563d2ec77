package survey

import "time"

// Bounds of what logs can choose.
const (
	mostHosts    = 1 << 14
	mostKinds    = 256 // of a host
	mostMachines = 16  // of a host
	mostFields   = 1 << 16
)

// others is the name of all hosts, kinds or machines beyond the bound.
const others = "(others)"

// seen is how many events there were, and when.
type seen struct {
	events, timed int64
	time          span // of those that have a time
}

func (s *seen) add(at int64, ok bool) {
	s.events++
	if ok {
		s.widen(span{at, at}, 1)
	}
}

func (s *seen) widen(by span, timed int64) {
	if timed == 0 {
		return
	}
	if s.timed == 0 {
		s.time = by
	}
	s.timed += timed
	s.time.from, s.time.to = min(s.time.from, by.from), max(s.time.to, by.to)
}

func addSeen(to, from *seen) {
	to.events += from.events
	to.widen(from.time, from.timed)
}

// host is what is known of a host.
type host struct {
	seen
	kinds    bounded[seen]
	machines bounded[seen]
	activity activity
	records  records
	clock    readings // UtcTime less SystemTime
	starts   readings // the same of process starts, whose UtcTime is that of the fork
	judged   judged
}

// judged is what is known of a host once all of its events are in.
type judged struct {
	gaps     []gap
	restarts []restart
	silences []span
	many     bool // the host stands for many, of which nothing else is known
}

func (h *host) judge() {
	h.judged.gaps, h.judged.restarts = h.records.judge()
	h.judged.silences = h.activity.silences()
}

// merge makes the host stand for many.
func (h *host) merge() {
	h.judged.many = true
	h.activity, h.records, h.clock, h.starts, h.machines.by, h.machines.rest = activity{}, records{}, readings{}, readings{}, nil, nil
}

func newHost(silence time.Duration) *host {
	return &host{
		kinds:    newBounded(mostKinds, func() *seen { return &seen{} }, addSeen),
		machines: newBounded(mostMachines, func() *seen { return &seen{} }, addSeen),
		activity: activity{silence: uint64(max(0, silence))},
	}
}

func addHost(to, from *host) {
	addSeen(&to.seen, &from.seen)
	to.kinds.addAll(&from.kinds)
	to.machines.addAll(&from.machines)
	to.activity.addAll(&from.activity)
	to.records.addAll(&from.records)
	to.clock.addAll(&from.clock)
	to.starts.addAll(&from.starts)
}

// drift is by how many milliseconds UtcTime is ahead of SystemTime in the middle of the events; ok is false if none has both.
func (h *host) drift() (ms int64, ok bool) {
	if ms, ok = h.clock.median(); ok {
		return ms, true
	}
	return h.starts.median()
}
