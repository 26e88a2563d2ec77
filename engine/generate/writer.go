package generate

import (
	"context"
	"io"
	"time"
)

// A writer renders events into one buffer, spoils them if asked, and keeps the truth.
type writer struct {
	ctx     context.Context
	to      io.Writer
	form    renderer
	damage  *damager // nil: none
	buf     []byte
	written int64 // bytes that left buf
	truth   Truth
	kinds   map[*kind]*int
	held    held
	begun   map[int]int // sequences of which events are still missing, and how many
}

// held is a record that waits for its successor to overtake it.
type held struct {
	rec            []byte
	at             int64
	planted, marks int // where it is in the truth, and how often
}

const flushAt = 256 << 10

// overtaking is how many microseconds apart neighbours in the wrong order may be.
const overtaking = 15_000

func newWriter(ctx context.Context, to io.Writer, c Config, form renderer) *writer {
	o := &writer{ctx: ctx, to: to, form: form, buf: make([]byte, 0, flushAt+64<<10), kinds: map[*kind]*int{}, begun: map[int]int{}}
	o.truth = Truth{Form: c.Form, Seed: c.Seed, Hosts: c.Hosts, ByEventID: map[int]int{}, Damage: map[string]int{}, Planted: []Planted{}}
	for _, k := range kinds {
		o.kinds[k] = new(int)
	}
	if c.Damage != (Damage{}) {
		o.damage = newDamager(c, o.truth.Damage)
	}
	return o
}

func (o *writer) event(e *event) error {
	if o.truth.Events == 0 {
		o.truth.First = time.UnixMicro(e.system).UTC()
	}
	o.truth.Last = time.UnixMicro(e.system).UTC()
	o.truth.Events++
	*o.kinds[e.kind]++
	if o.damage == nil {
		start := len(o.buf)
		o.buf = o.form.render(o.buf, e)
		o.plant(e, start)
	} else {
		o.spoil(e)
	}
	if len(o.buf) < flushAt {
		return nil
	}
	return o.flush()
}

// plant notes the record of e, which begins at start, if it is a planted one. It returns how many entries that makes.
func (o *writer) plant(e *event, start int) int {
	marks := 0
	for m := e.mark; m != nil; m = m.next {
		o.truth.Planted = append(o.truth.Planted, m.planted(e, o.written+int64(start), len(o.buf)-start))
		marks++
	}
	if marks > 0 && e.mark.sequence > 0 {
		o.advance(e.mark)
	}
	return marks
}

// advance counts an event of a sequence.
func (o *writer) advance(m *mark) {
	left, ok := o.begun[m.sequence]
	if !ok {
		left = m.events
	}
	if left--; left > 0 {
		o.begun[m.sequence] = left
	} else {
		delete(o.begun, m.sequence)
	}
}

// spoil writes the record of e with all that goes wrong with it.
func (o *writer) spoil(e *event) {
	d := o.damage
	if o.truth.Events == 1 {
		o.buf = d.endings(d.start(o.buf, o.form, e), 0)
	}
	if len(o.held.rec) > 0 && e.system-o.held.at > overtaking {
		o.release()
	}
	d.event(e)
	start := len(o.buf)
	o.buf = d.endings(d.others(o.buf, o.form, e), start)
	start = len(o.buf)
	o.buf = o.form.render(o.buf, e)
	o.buf = o.buf[:start+len(d.record(o.buf[start:], e))]
	if d.twice(e) {
		o.buf = append(o.buf, o.buf[start:]...)
	}
	o.buf = d.endings(o.buf, start)
	marks := o.plant(e, start)
	switch {
	case len(o.held.rec) > 0:
		o.release()
		d.count(Swapped)
	case d.hits(Swapped):
		o.held = held{append(o.held.rec, o.buf[start:]...), e.system, len(o.truth.Planted) - marks, marks}
		o.buf = o.buf[:start]
	}
}

// release writes the record that was held back.
func (o *writer) release() {
	for i := range o.held.marks {
		o.truth.Planted[o.held.planted+i].Offset = o.written + int64(len(o.buf))
	}
	o.buf = append(o.buf, o.held.rec...)
	o.held.rec = o.held.rec[:0]
}

func (o *writer) flush() error {
	if err := o.ctx.Err(); err != nil {
		return err
	}
	n, err := o.to.Write(o.buf)
	o.written += int64(n)
	o.buf = o.buf[:0]
	return err
}

// close writes what is left and completes the truth.
func (o *writer) close() error {
	if len(o.held.rec) > 0 {
		o.release()
	}
	err := o.flush()
	o.truth.Bytes = o.written
	for i, p := range o.truth.Planted {
		if o.begun[p.Sequence] > 0 {
			o.truth.Planted[i].MustMatch = false // the run ended in its midst
		}
	}
	for k, n := range o.kinds {
		if *n > 0 {
			o.truth.ByEventID[k.id] = *n
		}
	}
	return err
}
