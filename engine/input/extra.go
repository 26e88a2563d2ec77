package input

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

// feeds says how the columns that are no field of the source get their values.
var feeds = map[string]func(b *builder, to cells, r *format.Record, x row){
	"_time": func(_ *builder, to cells, _ *format.Record, x row) {
		to.(*numbers[column.Instant]).add(column.Instant(x.time), x.timed)
	},
	"_offset": func(_ *builder, to cells, _ *format.Record, x row) { to.(*numbers[int64]).add(x.offset, true) },
	column.Position: func(_ *builder, to cells, _ *format.Record, x row) {
		to.(*numbers[int64]).add(column.PackPosition(x.ordinal, x.offset), true)
	},
	"_raw": func(_ *builder, to cells, r *format.Record, _ row) { to.(*texts).add(r.Raw) },
	"_file": func(b *builder, to cells, _ *format.Record, x row) {
		to.(*texts).addString(b.worker.scan.inputs[x.ordinal].Path)
	},
	"host": func(b *builder, to cells, r *format.Record, _ row) {
		s := &b.worker.slots
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
	"source": func(b *builder, to cells, r *format.Record, x row) {
		to.(*texts).orNull(b.source(r, b.worker.scan.inputs[x.ordinal].Path))
	},
	"sourcetype": func(b *builder, to cells, r *format.Record, x row) {
		to.(*texts).orNull(b.sourcetype(r, b.worker.scan.inputs[x.ordinal].Path))
	},
}

// feed is what fills a column that is no field of the source.
func (w *worker) feed(name string) (f func(b *builder, to cells, r *format.Record, x row), ok bool) {
	for i := 1; i < len(w.clocks); i++ {
		if name == timeBy(i) {
			return func(_ *builder, to cells, _ *format.Record, _ row) {
				to.(*numbers[column.Instant]).add(column.Instant(w.times[i].ns), w.times[i].known)
			}, true
		}
	}
	f, ok = feeds[name]
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
