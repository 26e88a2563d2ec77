package survey

import (
	"strings"
	"time"

	"spoor/engine/column"
)

// tally is what one worker saw.
type tally struct {
	hosts  bounded[host]
	fields map[string]*kind
	named  int // fields of all kinds
}

// kind is a kind of events, and its fields: whether any event fills them.
type kind struct {
	events int64
	filled map[string]bool
}

func newTally(silence time.Duration) *tally {
	return &tally{hosts: newBounded(mostHosts, func() *host { return newHost(silence) }, addHost), fields: map[string]*kind{}}
}

// add puts what another worker saw on top.
func (t *tally) add(o *tally) {
	t.hosts.addAll(&o.hosts)
	for name, from := range o.fields {
		k := t.kind(name)
		k.events += from.events
		for field, filled := range from.filled {
			t.field(k, field, filled)
		}
	}
}

// kind is what is known of a kind. A worker tells no more than some thousand of them apart.
func (t *tally) kind(name string) *kind {
	k := t.fields[name]
	if k == nil {
		k = &kind{filled: map[string]bool{}}
		t.fields[name] = k
	}
	return k
}

// field notes a field of a kind.
func (t *tally) field(k *kind, name string, filled bool) {
	if _, known := k.filled[name]; !known {
		if t.named >= mostFields {
			return
		}
		t.named++
		name = strings.Clone(name)
	}
	k.filled[name] = k.filled[name] || filled
}

// consume counts the events of a batch. It never has enough.
func (t *tally) consume(name string, b *column.Batch) (bool, error) {
	k := t.kind(name)
	k.events += int64(b.Rows)
	for i, field := range b.Schema.Names {
		if own[field] || column.Hidden(field) || k.filled[field] {
			continue
		}
		if named, filled := use(b.Cols[i]); named {
			t.field(k, field, filled)
		}
	}
	t.rows(name, b)
	return false, nil
}

// own is the columns that are no field of the log, and those that are read as times and numbers.
var own = map[string]bool{
	"_time": true, "_raw": true, "host": true, "source": true, "sourcetype": true, "_file": true, "_offset": true,
	"UtcTime": true, "SystemTime": true, "EventRecordID": true,
}

// use says whether any row has the field, and whether there is anything in it.
func use(v column.Vector) (named, filled bool) {
	for row := range v.Len() {
		if v.IsNull(row) {
			continue
		}
		named = true
		for _, item := range v.Value(row).Items() {
			if !hollow(item.Text()) {
				return true, true
			}
		}
	}
	return named, false
}

// hollow says whether a text is what stands for nothing.
func hollow(s string) bool {
	return s == "" || s == "-" || s == "{00000000-0000-0000-0000-000000000000}" || s == "(null)"
}

// rows counts the events of each host.
func (t *tally) rows(name string, b *column.Batch) {
	hosts, times, utc, system := b.Col("host"), b.Col("_time"), b.Col("UtcTime"), b.Col("SystemTime")
	numbers, guids, ids := b.Col("EventRecordID"), b.Col("ProcessGuid"), b.Col("host.id")
	start, sysmon := name == "sysmon/1", strings.HasPrefix(name, "sysmon/")
	var h *host
	var ofKind *seen
	last := ""
	for row := range b.Rows {
		if of := text(hosts, row); h == nil || of != last {
			h, last = t.hosts.of(of), of
			ofKind = h.kinds.of(name)
		}
		at, timed := times.Value(row).Instant()
		h.seen.add(at, timed)
		ofKind.add(at, timed)
		if h == t.hosts.rest {
			continue
		}
		if timed {
			h.activity.add(span{at, at})
		}
		if machine := machine(sysmon, guids, ids, row); machine != "" {
			h.machines.of(machine).add(at, timed)
		}
		written := system.Value(row)
		if written.Kind() != column.Time {
			continue
		}
		if id := numbers.Value(row); id.Kind() == column.Int && id.Int() >= 0 && sysmon {
			h.records.add(id.Int(), written.Int())
		}
		if u := utc.Value(row); u.Kind() == column.Time {
			h.reading(start, milliseconds(u.Int())-milliseconds(written.Int()))
		}
	}
}

func (h *host) reading(start bool, ms int64) {
	if start {
		h.starts.add(ms, 1)
		return
	}
	h.clock.add(ms, 1)
}

// text is the first text in a cell.
func text(v column.Vector, row int) string {
	if items := v.Value(row).Items(); len(items) > 0 {
		return items[0].Text()
	}
	return ""
}

// machine is the machine that an event is of: the beginning of its machine id, with which all of Sysmon's ids of processes begin, too.
func machine(sysmon bool, guids, ids column.Vector, row int) string {
	if !sysmon {
		id := text(ids, row)
		if len(id) == 32 && strings.Trim(id, "0123456789abcdef") == "" {
			return id[:8]
		}
		return id
	}
	const begin = len("{00000000")
	guid := text(guids, row)
	if len(guid) < begin || guid[0] != '{' || guid[1:begin] == "00000000" {
		return ""
	}
	return strings.ToLower(guid[1:begin])
}
