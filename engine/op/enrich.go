package op

import (
	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// asker is the sink of events below a process table: those in which it may fill something wait until it is made, the others pass.
type asker struct {
	*ending
	node    *plan.Enrich
	table   *processes // nil: not made yet
	waiting []*column.Batch
	company *company // of those that wait; nil: they need none
}

func (a *asker) Add(b *column.Batch) bool {
	if a.company != nil {
		a.company.meet(b)
	}
	rows := asking(b, a.node.Fields)
	if len(rows) > 0 && a.table != nil {
		b, rows = a.table.fill(b, rows), nil
	}
	if len(rows) > 0 {
		a.waiting = append(a.waiting, b.Pick(rows).Keep())
		b = b.Pick(others(rows, b.Rows))
	}
	return b.Rows > 0 && a.add(b) || a.company.further(len(rows))
}

// leave drops the events that wait without company in what all workers have met.
func (a *asker) leave(all *company) {
	kept := a.waiting[:0]
	for _, b := range a.waiting {
		switch rows := a.company.accompanied(b, all); len(rows) {
		case 0:
		case b.Rows:
			kept = append(kept, b)
		default:
			kept = append(kept, b.Pick(rows))
		}
	}
	clear(a.waiting[len(kept):])
	a.waiting = kept
}

func (a *asker) Merge(Sink)            {}
func (a *asker) Result() column.Stream { return a.sink.Result() }

// answer lets the events pass that waited.
func (a *asker) answer(table *processes) {
	for i, b := range a.waiting {
		a.add(table.fill(b, all(b.Rows)))
		a.waiting[i] = nil
	}
	a.waiting = nil
}

// asking is the rows that lack something which the process table may fill.
func asking(b *column.Batch, fields []string) []uint32 {
	ask := make([]bool, b.Rows)
	var rows []uint32
	for _, f := range fields {
		open := b.Col(plan.Open(f))
		if c, ok := open.(*column.Const); ok && !c.V.True() {
			continue
		}
		v := b.Col(f)
		for r, t := range column.Truths(open) {
			ask[r] = ask[r] || t == column.True && v.IsNull(r)
		}
	}
	for r, yes := range ask {
		if yes {
			rows = append(rows, uint32(r))
		}
	}
	return rows
}

// others is the rows of n that are not in the list.
func others(rows []uint32, n int) []uint32 {
	out := make([]uint32, 0, n-len(rows))
	for r := range uint32(n) {
		if len(rows) > 0 && rows[0] == r {
			rows = rows[1:]
			continue
		}
		out = append(out, r)
	}
	return out
}

// identities reads which process the events of a batch are about. Names of processes hold on one host only.
type identities struct {
	host, entity, pid column.Vector
	nameless          []column.Truth
	buf               []byte
}

func newIdentities(b *column.Batch) *identities {
	return &identities{host: b.Col(plan.HostID), entity: b.Col(plan.EntityID), pid: b.Col(plan.ProcessID),
		nameless: column.Truths(b.Col(plan.Nameless))}
}

// byEntity is the process by its entity id; ok is false if it is not told.
func (id *identities) byEntity(row int) (digest, bool) { return id.of('e', id.entity, row) }

// byNumber is the process by its process id, which others have had before it.
func (id *identities) byNumber(row int) (digest, bool) { return id.of('p', id.pid, row) }

// asked is the process by which an event is looked up; byNumber says that it is known by its process id only.
func (id *identities) asked(row int) (who digest, byNumber, ok bool) {
	if who, ok = id.byEntity(row); ok || !id.entity.IsNull(row) || id.nameless[row] != column.True {
		return who, false, ok
	}
	who, ok = id.byNumber(row)
	return who, true, ok
}

func (id *identities) of(tag byte, name column.Vector, row int) (digest, bool) {
	if name.IsNull(row) || id.host.IsNull(row) {
		return digest{}, false
	}
	id.buf = appendValue(append(id.buf[:0], tag), id.host.Value(row))
	id.buf = appendValue(id.buf, name.Value(row))
	return xxh3.Hash128(id.buf), true
}

// questions is the processes that events ask for.
type questions struct {
	asked map[digest]struct{}
	// names is their entity ids and process ids, as long as they are so few that a scan can look for them.
	entities, numbers []column.Value
	numbered          bool            // some processes are known by their numbers only
	known             map[string]bool // entity ids of which nobody asks
}

// mostNamed is how many processes a scan looks for by their names; of more it looks at all starts.
const mostNamed = 8192

// newQuestions is no questions yet, among which there will be none for the processes that are known.
func newQuestions(known []column.Value) *questions {
	q := &questions{asked: map[digest]struct{}{}, known: map[string]bool{}}
	for _, v := range known {
		q.known[v.String()] = true
	}
	return q
}

// add takes over what the rows of batches ask.
func (q *questions) add(waiting []*column.Batch) {
	for _, b := range waiting {
		id := newIdentities(b)
		for r := range b.Rows {
			who, byNumber, ok := id.asked(r)
			switch {
			case !ok:
			case byNumber:
				q.numbered = true
				q.numbers = q.ask(who, q.numbers, id.pid, r)
			case len(q.known) == 0 || !q.known[id.entity.Value(r).String()]:
				q.entities = q.ask(who, q.entities, id.entity, r)
			}
		}
	}
}

func (q *questions) ask(who digest, names []column.Value, name column.Vector, row int) []column.Value {
	if _, known := q.asked[who]; known {
		return names
	}
	q.asked[who] = struct{}{}
	if len(q.asked) > mostNamed {
		return names
	}
	return append(names, name.Value(row).Clone())
}

// has says whether somebody asks for a process; nobody in particular asks for all.
func (q *questions) has(who digest) bool {
	if q == nil {
		return true
	}
	_, ok := q.asked[who]
	return ok
}

// few says whether all the names are known.
func (q *questions) few() bool { return len(q.asked) <= mostNamed }
