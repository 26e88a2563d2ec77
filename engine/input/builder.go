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
	filled, spared     []int   // the columns that get a value of every event; the others wait for one that has the field
	bySlot             []cells // the column that takes the field of a slot, or nil
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
	for _, i := range b.spared {
		b.feeds[i].spared = b.spares(b.names[i])
	}
	return b
}

// column adds a column of its own to every batch.
func (b *builder) column(name string) {
	b.names = append(b.names, name)
	if f, ok := b.worker.fill(name); ok {
		b.filled = append(b.filled, len(b.cells))
		b.feeds, b.cells = append(b.feeds, feed{fill: f}), append(b.cells, b.extra(name))
		return
	}
	slot, c := b.worker.record.Slot([]byte(name)), b.field(name)
	b.feeds, b.cells = append(b.feeds, feed{slot: slot}), append(b.cells, c)
	if len(b.worker.scan.config.Demand.Spares[b.kind][name]) > 0 {
		b.spared = append(b.spared, len(b.cells)-1)
		return
	}
	b.bySlot = append(b.bySlot, make([]cells, max(0, slot+1-len(b.bySlot)))...)
	b.bySlot[slot] = c
}

// spares is the fields that make another one needless. A value of another type than string may come to nothing.
func (b *builder) spares(name string) (by []spare) {
	d := &b.worker.scan.config.Demand
	for _, s := range d.Spares[b.kind][name] {
		slot := b.worker.record.Slot([]byte(s.By))
		if kind := d.Types[s.By]; slot < 0 || kind != column.Null && kind != column.String {
			continue
		}
		one := spare{slot: slot, enough: s.Enough}
		if i := slices.Index(b.names, s.By); i >= 0 {
			one.column, _ = b.cells[i].(*texts)
		}
		by = append(by, one)
	}
	return by
}

func (b *builder) field(name string) cells {
	if kind := b.worker.scan.config.Demand.Types[name]; kind != column.Null && kind != column.String {
		return &typed{kind: kind}
	}
	return &texts{encoder: b.worker.encoder(name)}
}

// add appends an event.
func (b *builder) add(r *format.Record) {
	for _, i := range b.filled {
		b.feeds[i].fill(b, b.cells[i])
	}
	if b.all {
		b.learn(r)
	}
	for _, slot := range r.Touched() {
		if slot >= len(b.bySlot) || b.bySlot[slot] == nil || !r.Cell(slot).Set {
			continue
		}
		c := b.bySlot[slot]
		switch n := c.len(); {
		case n > b.rows: // it was set twice
			continue
		case n < b.rows:
			pad(c, b.rows)
		}
		c.put(r.Cell(slot))
	}
	for _, i := range b.spared { // what spares them is there now
		b.cells[i].put(b.feeds[i].cell(r, b.rows))
	}
	b.rows++
	b.bytes += len(r.Raw)
}

// learn gives fields that were not met before columns under their own names; a column begins with the first event that has the field.
func (b *builder) learn(r *format.Record) {
	for _, name := range r.Names()[len(b.bySlot):] {
		var c cells
		if !slices.Contains(extras, name) {
			c = b.field(name)
		}
		b.bySlot = append(b.bySlot, c)
	}
}

// batch takes the rows out.
func (b *builder) batch() *column.Batch {
	names, cols := b.names, make([]column.Vector, len(b.cells))
	for i, c := range b.cells {
		if c.len() == 0 {
			cols[i] = column.Nulls(b.rows)
			continue
		}
		pad(c, b.rows)
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
		pad(c, b.rows)
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
