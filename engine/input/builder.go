package input

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

// row is what a scan knows of an event beside its fields.
type row struct {
	moment
	offset  int64
	ordinal int
}

// extras is the names of columns that are no field of the source.
var extras = []string{"_time", "_raw", "host", "source", "sourcetype", "_file", "_offset", column.Position}

// builder makes the batches of one worker and kind.
type builder struct {
	kind               string
	family             family
	ecs, sysmon, start bool
	plain              bool  // who an event is of and when it was is for the decoder to say, not for its fields
	events             int64 // of the current input
	rows, bytes        int
	worker             *worker
	all                bool
	names              []string
	cells              []cells
	feeds              []feed
	bySlot             []cells // under Demand.All: the column of each slot, or nil
	hands              []*hand // of a pass that several queries share: what each seat gets, nil if it wants none of the kind
	eligible           []eligible
	sieve              *sieve // nil: who holds a needle is known by the record
}

func newBuilder(w *worker, kind string) *builder {
	d := &w.scan.config.Demand
	b := &builder{kind: kind, family: familyOf(kind), worker: w, all: d.All, ecs: strings.HasPrefix(kind, "ecs/"), sysmon: strings.HasPrefix(kind, "sysmon/"), start: kind == "sysmon/1",
		plain: kind == "text" || strings.HasPrefix(kind, "auditd/")}
	names := slices.Concat(d.Fields, d.Kinds[kind])
	if w.deal != nil {
		names = w.deal.sit(b)
	}
	if d.All {
		names = append(names, extras...)
	}
	for _, name := range names {
		if !slices.Contains(b.names, name) && (!d.All || slices.Contains(extras, name)) {
			b.column(name)
		}
	}
	return b
}

// column adds a column of its own to every batch.
func (b *builder) column(name string) {
	b.names = append(b.names, name)
	if f, ok := b.worker.fill(name); ok {
		b.feeds = append(b.feeds, feed{fill: f})
		b.cells = append(b.cells, b.extra(name))
		return
	}
	b.feeds = append(b.feeds, feed{slot: b.worker.record.Slot([]byte(name)), spared: b.spared(name)})
	b.cells = append(b.cells, b.field(name))
}

// spared is the slots of the fields that make another one needless. A value of another type than string may come to nothing.
func (b *builder) spared(name string) (slots []int) {
	d := &b.worker.scan.config.Demand
	for _, other := range d.Spares[b.kind][name] {
		slot := b.worker.record.Slot([]byte(other))
		if kind := d.Types[other]; slot >= 0 && (kind == column.Null || kind == column.String) {
			slots = append(slots, slot)
		}
	}
	return slots
}

func (b *builder) field(name string) cells {
	if kind := b.worker.scan.config.Demand.Types[name]; kind != column.Null && kind != column.String {
		return &typed{kind: kind}
	}
	return &texts{encoder: b.worker.encoder(name)}
}

// add appends an event.
func (b *builder) add(r *format.Record) {
	for i := range b.feeds {
		if f := &b.feeds[i]; f.fill == nil {
			b.cells[i].put(f.cell(r))
		} else {
			f.fill(b, b.cells[i])
		}
	}
	if b.all {
		b.addAll(r)
	}
	b.rows++
	b.bytes += len(r.Raw)
}

// addAll appends each field under its own name; a column begins with the first event that has the field.
func (b *builder) addAll(r *format.Record) {
	for slot, name := range r.Names() {
		if slot == len(b.bySlot) {
			var c cells
			if !slices.Contains(extras, name) {
				c = b.field(name)
			}
			b.bySlot = append(b.bySlot, c)
		}
		if c := b.bySlot[slot]; c != nil && r.Cell(slot).Set {
			for c.len() < b.rows {
				c.put(&format.Cell{})
			}
			c.put(r.Cell(slot))
		}
	}
}

// batch takes the rows out.
func (b *builder) batch() *column.Batch {
	names, cols := b.names, make([]column.Vector, len(b.cells))
	for i, c := range b.cells {
		cols[i] = c.vector()
	}
	if b.all {
		names, cols = b.withAll(cols)
	}
	out := column.NewBatch(column.NewSchema(names...), cols, b.rows)
	b.rows, b.bytes = 0, 0
	return out
}

// withAll adds the fields that any of the rows has, by name.
func (b *builder) withAll(cols []column.Vector) ([]string, []column.Vector) {
	type named struct {
		name string
		cells
	}
	var found []named
	for slot, c := range b.bySlot {
		if c == nil || c.len() == 0 {
			continue
		}
		for c.len() < b.rows {
			c.put(&format.Cell{})
		}
		found = append(found, named{b.worker.record.Names()[slot], c})
	}
	slices.SortFunc(found, func(x, y named) int { return cmp.Compare(x.name, y.name) })
	names := slices.Clone(b.names)
	for _, f := range found {
		names, cols = append(names, f.name), append(cols, f.vector())
	}
	return names, cols
}

func sortedBuilders(by map[string]*builder) []*builder {
	return slices.SortedFunc(maps.Values(by), func(x, y *builder) int { return cmp.Compare(x.kind, y.kind) })
}

// wanted is the fields that decoders should read.
func wanted(c *Config) *format.Wanted {
	d := &c.Demand
	w := &format.Wanted{All: d.All, JSON: d.JSON, Text: d.Text, Braces: d.Braces, Now: c.Now, Zone: c.Zone, NoOutlines: c.NoOutlines}
	add := func(names ...string) {
		for _, n := range names {
			if _, extra := fills[n]; !extra && !slices.Contains(w.Fields, n) {
				w.Fields = append(w.Fields, n)
			}
		}
	}
	add(always...)
	if d.Clock.Field != "" {
		add(d.Clock.Field)
	}
	add(d.Fields...)
	if d.Kinds != nil {
		w.Kinds = make(map[string]struct{}, len(d.Kinds))
		for _, kind := range slices.Sorted(maps.Keys(d.Kinds)) {
			w.Kinds[kind] = struct{}{}
			w.Audit = w.Audit || strings.HasPrefix(kind, "auditd/")
			add(d.Kinds[kind]...)
		}
	}
	for _, kind := range d.Except {
		if w.Except == nil {
			w.Except = map[string]struct{}{}
		}
		w.Except[kind] = struct{}{}
	}
	return w
}
