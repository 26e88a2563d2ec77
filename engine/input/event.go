package input

import (
	"bytes"
	"slices"
	"strings"

	"spoor/engine/input/format"
	"spoor/engine/input/frame"
)

// slots is where a record holds what every scan looks at.
type slots struct {
	utc, system, stamp, computer, number, id, hostName, hostHostname int
}

// always is the fields of slots.
var always = []string{"UtcTime", "SystemTime", "@timestamp", "Computer", "EventRecordID", "EventID", "host.name", "host.hostname"}

func newSlots(r *format.Record) (s slots) {
	for i, to := range []*int{&s.utc, &s.system, &s.stamp, &s.computer, &s.number, &s.id, &s.hostName, &s.hostHostname} {
		*to = r.Slot([]byte(always[i]))
	}
	return s
}

// take decodes a record, gives it to the builder of its kind if it is an event that is kept, and counts it.
func (w *worker) take(start, end int, keep bool) {
	if w.tooLong(start, end) {
		return
	}
	if outcome := w.look(start, end, keep); outcome != format.Event {
		w.count(outcome, start, end)
	}
}

// tooLong says whether a record is longer than records may be, and counts it then.
func (w *worker) tooLong(start, end int) bool {
	if end-start <= w.scan.config.limit {
		return false
	}
	w.unreadable(w.chunk.base+int64(start), "longer than a record may be")
	return true
}

// look decodes a record, and gives it to the builder of its kind if it is an event that is kept: then it has counted it, and the outcome is Event.
func (w *worker) look(start, end int, keep bool) format.Outcome {
	rec := w.chunk.data[start:end]
	if len(rec) > 0 && rec[0] == frame.ServerSent[0] && bytes.HasPrefix(rec, frame.ServerSent) {
		rec = rec[len(frame.ServerSent)-1:]
	}
	outcome := w.decoder.Decode(rec, w.record)
	if outcome != format.Event && outcome != format.Salvaged {
		return outcome
	}
	if outcome == format.Salvaged && w.chunk.last && w.cutOff(end) {
		return format.Unreadable
	}
	b := w.builder(w.record.Kind)
	if b == nil {
		return format.Unwanted
	}
	if outcome == format.Salvaged {
		w.file.Salvaged++
	}
	w.event(b, w.chunk.base+int64(start), keep)
	return format.Event
}

// count counts a record that is no event.
func (w *worker) count(outcome format.Outcome, start, end int) {
	switch {
	case outcome != format.Unwanted && outcome != format.Blank && w.chunk.last && w.cutOff(end):
		w.file.Unfinished++
	case outcome == format.Unreadable:
		w.unreadable(w.chunk.base+int64(start), w.record.Note)
	default:
		w.other(outcome)
	}
}

// cutOff says whether a record that ends at end is the last of the input and lacks its end.
func (w *worker) cutOff(end int) bool {
	if c := w.chunk; c.listed {
		return c.cut && end == c.records[len(c.records)-1][1]
	}
	rest := w.chunk.data[end:]
	return len(rest) == 0 || len(rest) == 1 && rest[0] == '\r'
}

func (w *worker) other(outcome format.Outcome) {
	f := w.file
	switch outcome {
	case format.Unwanted:
		f.Unwanted++
	case format.Blank:
		f.Blank++
	case format.Banner:
		f.Banner++
	case format.Foreign:
		f.Foreign++
	case format.Unsupported:
		f.Unsupported[w.record.Note]++
	case format.Lost:
		f.Lost++
		f.LostHint = w.record.Note
	default:
		f.Other++
	}
}

func (w *worker) unreadable(offset int64, note string) {
	w.file.Unreadable++
	if len(w.file.Places) == places {
		return
	}
	p := Place{Offset: offset, Note: note}
	if c := w.chunk; c.lines >= 0 {
		p.Line = c.lines + int64(bytes.Count(c.data[:offset-c.base], newline)) + 1
	}
	w.file.Places = append(w.file.Places, p)
}

// event counts the event in the record and keeps it if it is within a window.
func (w *worker) event(b *builder, offset int64, keep bool) {
	if !w.silent {
		b.events++
		w.enclosed(w.record.Meta.Envelope, w.file)
	}
	if !w.within(b) {
		return
	}
	if w.scan.seen != nil && !b.plain && w.record.Cell(w.slots.number).Set {
		if w.scan.seen.known(&w.slots, w.record, w.times[0].ns) {
			w.file.Duplicates++
			if w.scan.config.Unique {
				return
			}
		}
	}
	if !keep || w.deal != nil && !w.deal.row(b) {
		return
	}
	w.row = row{moment: w.times[0], offset: offset, ordinal: w.ordinal}
	b.add(w.record)
	if b.rows == w.scan.config.BatchRows || b.bytes > batchBytes {
		w.flush(b)
	}
}

// batchBytes bounds the records of a batch, when they are long.
const batchBytes = 8 << 20

// time is the time of the event in the record by a clock; first says that it is the first clock by which it is told.
func (w *worker) time(b *builder, c *clock, first bool) (int64, bool) {
	r := w.record
	if c.Field != "" {
		return w.parse(r, c.slot)
	}
	if b.plain {
		return enclosing(r)
	}
	if b.ecs {
		if ns, ok := w.parse(r, w.slots.stamp); ok {
			return ns, true
		}
		return enclosing(r)
	}
	var t instants
	t.utc, t.hasUTC = w.parse(r, w.slots.utc)
	t.system, t.hasSystem = w.parse(r, w.slots.system)
	if !b.start && first && !w.silent {
		if wrong, known := t.drifted(); known {
			w.drift(wrong)
		}
	}
	of := t.event
	if c.Written {
		of = t.written
	}
	if ns, ok := of(); ok {
		return ns, true
	}
	if ns, ok := w.parse(r, w.slots.stamp); ok && !b.sysmon {
		return ns, true
	}
	return enclosing(r)
}

// enclosing is the time that the envelope says.
func enclosing(r *format.Record) (int64, bool) { ns := r.Time(); return ns, ns != 0 }

// parse is the time in a slot of the record.
func (w *worker) parse(r *format.Record, slot int) (int64, bool) {
	if slot < 0 {
		return 0, false
	}
	c := r.Cell(slot)
	if !c.Set {
		return 0, false
	}
	return w.minute.parse(c.Text)
}

// mostHosts is of how many hosts a worker judges the clock.
const mostHosts = 1 << 16

func (w *worker) drift(wrong bool) {
	host := w.record.Cell(w.slots.computer).Text
	d := w.hosts[string(host)]
	if d == nil {
		if len(w.hosts) >= mostHosts {
			return // hosts are named by the log: do not let them fill the memory
		}
		d = &drift{}
		w.hosts[string(host)] = d
	}
	d.events++
	if wrong {
		d.wrong++
	}
}

// builder is that of a kind; nil: it is not wanted.
func (w *worker) builder(kind string) *builder {
	if w.last != nil && w.kind == kind {
		return w.last
	}
	if !w.scan.wanted.Kind(kind) {
		return nil
	}
	w.kind = kind
	b := w.builders[kind]
	known := w.scan.config.Demand.Known
	if b == nil && len(w.builders) >= kinds && !slices.Contains(known, kind) { // logs choose their kinds: do not let them fill the memory
		kind = "other"
		b = w.builders[kind]
	}
	if b == nil {
		b = newBuilder(w, strings.Clone(kind))
		w.builders[b.kind] = b
	}
	w.last = b
	return b
}

// kinds is how many kinds of events a worker tells apart; there are some 50.
const kinds = 1024

func (w *worker) flush(b *builder) {
	if b.rows == 0 || w.full || w.err != nil {
		return
	}
	if w.deal != nil {
		w.full = w.deal.flush(b)
		return
	}
	w.full, w.err = w.consume(b.kind, b.batch())
}

// flushAll delivers what is left at the end of the input.
func (w *worker) flushAll() {
	for _, b := range sortedBuilders(w.builders) {
		w.flush(b)
	}
}
