package op

import (
	"cmp"
	"slices"
	"sort"
	"sync/atomic"
	"time"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// processes is the process table: of each process that was asked for its start events, and where a process is known by its number only
// also what ended. It is read-only once made.
type processes struct {
	fields []string
	facts  facts  // a row per start
	starts []life // sorted
	ends   []life

	forgotten int // starts that did not find room
	missed    atomic.Int64
}

// life is an event that starts or ends a process.
type life struct {
	process   digest
	time, pos int64
	fact      uint32
}

func (l *life) compare(to *life) int {
	return cmp.Or(cmp.Compare(l.process.Hi, to.process.Hi), cmp.Compare(l.process.Lo, to.process.Lo), cmp.Compare(l.time, to.time),
		cmp.Compare(l.pos, to.pos))
}

// grace is how much later than a process's end events of it may still come.
const grace = 60 * time.Second

// fill gives rows that ask what the start event of their process says. The others stay as they are.
func (t *processes) fill(b *column.Batch, rows []uint32) *column.Batch {
	found := t.find(b, rows)
	if found == nil {
		return b
	}
	out := b
	for i, f := range t.fields {
		open := column.Truths(b.Col(plan.Open(f)))
		if !slices.Contains(open, column.True) {
			continue
		}
		v := b.Col(f)
		var values []column.Value
		for k, r := range rows {
			if found[k] < 0 || open[r] != column.True || !v.IsNull(int(r)) {
				continue
			}
			if x := t.facts.value(uint32(found[k]), i); !x.IsNull() {
				if values == nil {
					values = column.ToValues(v)
				}
				values[r] = x
			}
		}
		if values != nil {
			out = out.With(f, column.FromValues(values))
		}
	}
	return out
}

// find is the fact for each of the rows, or -1; nil if there is none.
func (t *processes) find(b *column.Batch, rows []uint32) []int {
	id, at := newIdentities(b), b.Col(plan.EventTime)
	var found []int
	missed := 0
	for k, r := range rows {
		fact := -1
		who, byNumber, ok := id.asked(int(r))
		switch {
		case !ok:
		case byNumber:
			fact = t.number(who, at.Value(int(r)))
		default:
			fact = t.entity(who, at.Value(int(r)))
		}
		if fact < 0 {
			missed++
			continue
		}
		if found == nil {
			found = slices.Repeat([]int{-1}, len(rows))
		}
		found[k] = fact
	}
	t.missed.Add(int64(missed))
	return found
}

// entity is the last start of the process that is not later than at, else the first.
func (t *processes) entity(who digest, at column.Value) int {
	i := -1
	if !at.IsNull() {
		i = t.before(who, at.Int())
	}
	if i < 0 {
		i = t.after(t.starts, &life{process: who, time: column.Beginning, pos: column.Beginning})
	}
	if i < 0 || i == len(t.starts) || t.starts[i].process != who {
		return -1
	}
	return int(t.starts[i].fact)
}

// number is the last start that is not later than at, of the process that had the number then.
func (t *processes) number(who digest, at column.Value) int {
	if at.IsNull() {
		return -1
	}
	i := t.before(who, at.Int())
	if i < 0 {
		return -1
	}
	s := t.starts[i]
	if e := t.after(t.ends, &s); e < len(t.ends) && t.ends[e].process == who && t.ends[e].time < at.Int()-int64(grace) {
		return -1
	}
	return int(s.fact)
}

// before is the last start of a process that is not later than a time, or -1.
func (t *processes) before(who digest, at int64) int {
	i := t.after(t.starts, &life{process: who, time: at, pos: column.End}) - 1
	if i < 0 || t.starts[i].process != who {
		return -1
	}
	return i
}

// after is the first of the sorted events that comes behind another one.
func (t *processes) after(events []life, one *life) int {
	return sort.Search(len(events), func(i int) bool { return events[i].compare(one) > 0 })
}

// warn says if events found no start because there was no room for all.
func (t *processes) warn(r *runner) {
	if missed := t.missed.Load(); t.forgotten > 0 && missed > 0 {
		r.warn("the process table was full: the oldest starts were forgotten (%d), and events found no start (%d); files, which can be read twice, have no such limit",
			t.forgotten, missed)
	}
}
