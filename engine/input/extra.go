package input

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

// feed is where a column gets the value of an event.
type feed struct {
	slot   int
	spared []spare // if one of these is so, the value does not matter
	fill   fill    // in place of the slot
}

// missing is the cell of a field that an event lacks.
var missing = &format.Cell{}

// cell is the value of the event in the record, which is to be in a row; none if it does not matter.
func (f *feed) cell(r *format.Record, row int) *format.Cell {
	for i := range f.spared {
		if s := &f.spared[i]; s.by(r.Cell(s.slot), row) {
			return missing
		}
	}
	return r.Cell(f.slot)
}

// fill puts the value of the event that the worker looks at into a column.
type fill func(b *builder, to cells)

// fills says how the columns that are no field of the source get their values.
var fills = map[string]fill{
	"_time":   func(b *builder, to cells) { fillTime(to, b.worker.row.moment) },
	"_offset": func(b *builder, to cells) { to.(*numbers[int64]).add(b.worker.row.offset, true) },
	column.Position: func(b *builder, to cells) {
		x := &b.worker.row
		to.(*numbers[int64]).add(column.PackPosition(x.ordinal, x.offset), true)
	},
	"_raw":  func(b *builder, to cells) { to.(*texts).add(b.worker.record.Raw) },
	"_file": func(b *builder, to cells) { to.(*texts).addString(b.worker.path()) },
	"host": func(b *builder, to cells) {
		s, r := &b.worker.slots, b.worker.record
		if b.plain {
			to.(*texts).orNull(b.host(r))
			return
		}
		for _, slot := range [...]int{s.computer, s.hostName, s.hostHostname} {
			if c := r.Cell(slot); c.Set && (slot != s.computer || !b.ecs) {
				to.put(c)
				return
			}
		}
		to.(*texts).orNull(b.host(r))
	},
	"source":     func(b *builder, to cells) { to.(*texts).orNull(b.source(b.worker.record, b.worker.path())) },
	"sourcetype": func(b *builder, to cells) { to.(*texts).orNull(b.sourcetype(b.worker.record, b.worker.path())) },
}

func fillTime(to cells, t moment) { to.(*numbers[column.Instant]).add(column.Instant(t.ns), t.known) }

// path is where the event was read.
func (w *worker) path() string { return w.scan.inputs[w.row.ordinal].Path }

// fill is what fills a column that is no field of the source.
func (w *worker) fill(name string) (f fill, ok bool) {
	for i := 1; i < len(w.clocks); i++ {
		if name == timeBy(i) {
			return func(_ *builder, to cells) { fillTime(to, w.times[i]) }, true
		}
	}
	f, ok = fills[name]
	return f, ok
}

func (b *builder) extra(name string) cells {
	if name == "_time" || strings.HasPrefix(name, hiddenTime) {
		return &numbers[column.Instant]{}
	}
	switch name {
	case "_offset", column.Position:
		return &numbers[int64]{}
	case "_raw":
		return &texts{encoder: &encoder{always: true, flat: true}}
	}
	return &texts{encoder: b.worker.encoder(name)}
}
