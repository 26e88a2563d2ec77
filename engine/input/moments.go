package input

import "strconv"

// clock is a Clock of a scan at work.
type clock struct {
	Clock
	slot int // of its Field; -1: none
}

// moment is the time of an event, if it is known.
type moment struct {
	ns    int64
	known bool
}

// span is the times by one of the clocks from earliest to before latest, and whether that of an event must be known.
type span struct {
	clock            int
	earliest, latest int64
	needed           bool
}

func (x *span) bounded() bool { return x.earliest != Beginning || x.latest != End }

// takes says whether an event of this time is in the window.
func (x *span) takes(t moment) bool {
	if !t.known {
		return !x.needed && !x.bounded()
	}
	return t.ns >= x.earliest && (t.ns < x.latest || x.latest == End)
}

// tell makes the worker tell the time of events by these clocks, and keep those in one of the windows.
func (w *worker) tell(clocks []Clock, windows []span) {
	w.clocks, w.windows = nil, windows
	for _, c := range clocks {
		slot := -1
		if c.Field != "" {
			slot = w.record.Slot([]byte(c.Field))
		}
		w.clocks = append(w.clocks, clock{c, slot})
	}
	w.times, w.takes, w.closed = make([]moment, len(clocks)), make([]bool, len(windows)), nil
	for i := range windows {
		if w.takes[i] = !windows[i].bounded() && !windows[i].needed; !w.takes[i] {
			w.closed = append(w.closed, i)
		}
	}
	w.open = len(w.closed) < len(windows)
}

// hiddenTime begins the names of columns of times by further clocks.
const hiddenTime = "\x00time"

// timeBy is the name of the column of the time by a clock.
func timeBy(clock int) string {
	if clock == 0 {
		return "_time"
	}
	return hiddenTime + strconv.Itoa(clock)
}

// within tells the time of the event in the record, and says whether it is in one of the windows; it counts an event that is in none.
func (w *worker) within(b *builder) bool {
	timed := false
	for i := range w.clocks {
		t := &w.times[i]
		t.ns, t.known = w.time(b, &w.clocks[i], i == 0)
		timed = timed || t.known
	}
	if t := &w.times[0]; t.known {
		w.file.seen(Moment(t.ns), Moment(t.ns))
	}
	any := w.open
	for _, i := range w.closed {
		x := &w.windows[i]
		w.takes[i] = x.takes(w.times[x.clock])
		any = any || w.takes[i]
	}
	switch {
	case any:
	case timed:
		w.file.OutOfWindow++
	default:
		w.file.NoTime++
	}
	return any
}
