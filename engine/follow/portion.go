package follow

import (
	"bytes"
	"cmp"
	"os"
	"slices"
	"time"

	"spoor/engine/input"
	"spoor/grammar/source"
)

// portion is what a round has of a log.
type portion struct {
	log   *log
	to    int64
	tail  []byte // what stands before that
	still bool   // it is read from a copy
}

// Done says that the round was answered: its records do not come again.
func (r *Round) Done() {
	for _, p := range r.portions {
		p.done()
	}
	r.portions = nil
}

// done moves on, unless the log was emptied while it was read: then nobody knows what was read of it.
func (p portion) done() {
	l := p.log
	if l.gone {
		return
	}
	if !p.still && !l.packed && l.open() == nil && !l.holdsAt(p.to, p.tail) {
		l.twice, l.mod = true, time.Time{}
		return
	}
	l.pos, l.tail = p.to, p.tail
}

// round is what is new of all that was seen.
func (w *Watcher) round() *Round {
	r := &Round{}
	w.more = false
	w.stills.clear()
	w.share(r)
	r.Problems, w.fresh = w.fresh, nil
	r.Ended = !w.more && w.ended()
	return r
}

// share gives the queues equal shares of a round. Those with less than that leave the rest to the others.
func (w *Watcher) share(r *Round) {
	for _, p := range w.pipes {
		p.mu.Lock()
		defer p.mu.Unlock()
	}
	queues := w.queues()
	for i := range queues {
		queues[i].place = i
	}
	slices.SortStableFunc(queues, func(a, b queue) int { return cmp.Compare(a.unread, b.unread) })
	left := w.options.Most
	taken := make([][]portion, len(queues))
	for i, q := range queues {
		taken[q.place] = w.take(q, left/int64(len(queues)-i), left == w.options.Most)
		for _, p := range taken[q.place] {
			left -= p.to - p.log.pos
		}
		left = max(left, 0)
	}
	r.portions = slices.Concat(taken...)
	for _, p := range r.portions {
		r.Inputs = append(r.Inputs, w.input(p))
	}
}

// queue is logs that are read one behind the other: the files of a pipe, or what a log was before it was rotated and the log.
type queue struct {
	logs   []*log
	unread int64
	place  int
}

func (q *queue) add(l *log) {
	q.logs = append(q.logs, l)
	q.unread += l.unread()
}

// queues is the logs that have something to read, in their order.
func (w *Watcher) queues() (out []queue) {
	last := map[string]int{} // of a family
	for _, l := range w.logs {
		if l.unread() == 0 {
			continue
		}
		of := l.past().family
		if i, ok := last[of]; ok && l.mod.Sub(out[i].logs[len(out[i].logs)-1].mod) > time.Second { // else both may be written to
			out[i].add(l)
			continue
		}
		last[of] = len(out)
		out = append(out, queue{})
		out[len(out)-1].add(l)
	}
	for _, p := range w.pipes {
		if p.sweep(); p.broken != nil {
			w.tell(p.name, source.Errorf(source.Span{}, "unreadable", "%s: %s", p.name, source.Reason(p.broken)))
		}
		var q queue
		for _, l := range p.logs {
			q.add(l)
		}
		if q.unread > 0 {
			out = append(out, q)
		}
	}
	return out
}

// take is about so many bytes of a queue. What is compressed is read as a whole, if it is not too long or the first of the round.
func (w *Watcher) take(q queue, most int64, first bool) (out []portion) {
	for _, l := range q.logs {
		if l.unread() == 0 {
			continue
		}
		if len(out) > 0 && most <= 0 || l.packed && l.unread() > most && !first {
			w.more = true
			return out
		}
		to, more := l.upTo(max(most, 1))
		if to > l.pos {
			p, ok := w.portion(l, to)
			if !ok {
				return out
			}
			out, first = append(out, p), false
			most -= to - l.pos
		}
		if more {
			w.more = true
			return out
		}
	}
	return out
}

// portion is a log up to where a record ends. ok is false if the log was emptied meanwhile: then it must be looked at first.
func (w *Watcher) portion(l *log, to int64) (p portion, ok bool) {
	p = portion{log: l, to: to, tail: l.before(to)}
	if l.packed {
		return p, true
	}
	if l.objects == nil && l.handles != nil { // nobody empties the file of a pipe
		p.still = w.stills.keep(l, to)
	}
	if !l.stands(sizeOf(l.handle)) || !bytes.Equal(l.before(to), p.tail) {
		l.mod, w.urgent = time.Time{}, true
		return p, false
	}
	return p, true
}

// opener opens the text of a portion, also after its log was emptied: then in a copy of it, if there is one. What stands there by then is another text.
func (w *Watcher) opener(p portion) func() (*os.File, error) {
	of := p.log.past().family
	return func() (*os.File, error) {
		f, err := p.log.another()
		if err != nil || p.log.packed || p.within(f) {
			return f, err
		}
		f.Close()
		for _, l := range w.logs {
			if l == p.log || l.packed || family(l.path) != of {
				continue
			}
			if f, err := l.another(); err == nil {
				if p.within(f) {
					return f, nil
				}
				f.Close()
			}
		}
		return nil, errReplaced
	}
}

// within says whether a file holds the portion where the log did.
func (p portion) within(f *os.File) bool {
	return bytes.Equal(readAt(f, p.to-int64(len(p.tail)), int64(len(p.tail))), p.tail)
}

// input is the log from where it was answered.
func (w *Watcher) input(p portion) input.Input {
	l := p.log
	in := input.Input{Path: l.name, Size: l.size, Bounds: &input.Range{From: l.pos, To: p.to}, Open: w.opener(p), Passing: l.handles == nil}
	if l.packed {
		in.Bounds.To = input.End
	}
	if p.still {
		in.Still = w.stills.opener(l)
	}
	return in
}
